#!/usr/bin/env python3
"""Asks a module of the platform, and prints its answer.

    request.py M7 M9 get_balance '{"id": "anna"}'

The answer comes by NATS's request and reply; it is published on M9.response.M7 besides, with the same keyId.
"""
import asyncio
import json
import sys
import uuid

import nats
from listen import options


async def main(sender, receiver, operation, params):
    client = await nats.connect(**options())
    request = {"operation": operation, "keyId": str(uuid.uuid4()), "params": params}
    answer = json.loads((await client.request(f"{sender}.request.{receiver}", json.dumps(request).encode(), timeout=10)).data)
    await client.close()
    assert answer.get("keyId") == request["keyId"], "the answer is to another question"
    print(json.dumps(answer, indent=2))
    return 1 if "error" in answer else 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(asyncio.run(main(*sys.argv[1:4], json.loads(sys.argv[4]))))
