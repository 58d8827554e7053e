#!/usr/bin/env python3
"""Signs an entry with a JOSE library, and hands it to a node over NATS.

    sign.py KEY.jwk CHAIN SEQUENCE '[{"type":"participant.joined","participant":"anna"}]'

KEY.jwk holds an Ed25519 key as RFC 8037 has it; governance must have granted its public half. The node answers with the
entry's index and the checkpoint that makes it final, or with a code and a sentence.
"""
import asyncio
import json
import sys
import time
import warnings
from pathlib import Path

import nats
from joserfc import jws
from joserfc.jwk import OKPKey
from listen import options

warnings.simplefilter("ignore")  # the library would rather see RFC 9864's name of EdDSA


def sign(key, chain, sequence, events):
    """The entry as a JWS line: these header members, in this order, and nothing else."""
    header = {"alg": "EdDSA", "kid": key.thumbprint(), "typ": "twinergy-entry+jws"}
    payload = {"chain": chain, "id": f"example-{sequence}", "seq": sequence, "at": int(time.time() * 1000), "events": events}
    return jws.serialize_compact(header, json.dumps(payload, separators=(",", ":")).encode(), key,
                                 registry=jws.JWSRegistry(algorithms=["EdDSA"]))


async def main(file, chain, sequence, events):
    key = OKPKey.import_key(json.loads(Path(file).read_text()))
    line = sign(key, chain, int(sequence), json.loads(events))
    client = await nats.connect(**options())
    answer = json.loads((await client.request("twinergy.submit", line.encode(), timeout=10)).data)
    await client.close()
    print(json.dumps(answer, indent=2))
    return 0 if "receipt" in answer else 1


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(asyncio.run(main(*sys.argv[1:])))
