"""Verifies an exported Twinergy log from its genesis document alone, with no code of Twinergy's: audit.py DIR [GENESIS]"""
import base64, hashlib, json, pathlib, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def url(raw): return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
def unurl(text):
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert url(raw) == text, "base64url is not canonical"
    return raw
def kid(x): return url(sha(b'{"crv":"Ed25519","kty":"OKP","x":"%s"}' % x.encode()))
def verify(x, signature, message): Ed25519PublicKey.from_public_bytes(unurl(x)).verify(signature, message)
def root(hashes):
    half = 1 << (len(hashes) - 1).bit_length() - 1 if len(hashes) > 1 else 0
    return sha(b"\1", root(hashes[:half]), root(hashes[half:])) if half else hashes[0]
def number(n, end=""): return (number(n // 1000, "/") if n > 999 else "") + ("x" if end else "") + f"{n % 1000:03}" + end
def tiles(kind, count): return [(f"tile/{kind}/{number(i // 256)}" + (f".p/{count - i}" if count - i < 256 else ""), i) for i in range(0, count, 256)]

def checkpoint(text, genesis):
    note, signatures = text[:text.index("\n\n") + 1], text[text.index("\n\n") + 2:]
    origin, size, top = note.splitlines()
    assert origin == genesis["origin"] and note == f"{origin}\n{int(size)}\n{top}\n", "checkpoint: not one of this log"
    cosigned = set()
    for line in signatures.removesuffix("\n").split("\n"):
        dash, name, blob = line.split(" ")
        blob = base64.b64decode(blob, validate=True)
        for v in genesis["validators"]:
            if name == v["name"] and blob[:4] == sha(name.encode(), b"\n\4", unurl(v["cosign"]))[:4]:
                verify(v["cosign"], blob[12:], b"cosignature/v1\ntime %d\n" % int.from_bytes(blob[4:12], "big") + note.encode())
                cosigned.add(name)
    assert 3 * len(cosigned) > 2 * len(genesis["validators"]), "checkpoint: fewer than a quorum have cosigned"
    return int(size), top, cosigned

def audit(log, trusted):
    genesis, files = json.loads(trusted), {"genesis.json", "checkpoint"}
    size, top, cosigned = checkpoint((log / "checkpoint").read_bytes().decode(), genesis)
    voters = {kid(v["vote"]) for v in genesis["validators"]}
    keys = {kid(k["x"]): [k["x"], 1, size, 0] for k in genesis["keys"]}  # key, first and past-the-last index, last seq
    lines = []
    for path, first in tiles("entries", size):
        files.add(path)
        data = (log / path).read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            lines.append(data[2:2 + length])
            data = data[2 + length:]
        assert len(lines) == min(size, first + 256) and len(lines[-1]) == length, f"{path}: not the entries from {first} on"
    assert lines[0] == trusted == (log / "genesis.json").read_bytes(), "entry 0: not the genesis that you trust"
    hashes, height, begin = [sha(b"\0", line) for line in lines], 0, 1
    previous = hashes[0]
    for i, line in enumerate(lines[1:], 1):
        try:
            header, payload, signature = map(unurl, line.decode().split("."))
            fact, by = json.loads(payload), json.loads(header)["kid"]
            kind = "block" if "height" in fact else "entry"
            assert header.decode() == f'{{"alg":"EdDSA","kid":"{by}","typ":"twinergy-{kind}+jws"}}', "another header"
            assert fact["chain"] == genesis["origin"] and keys[by][1] <= i < keys[by][2], "another log, or a key not valid here"
            verify(keys[by][0], signature, line[:line.rindex(b".")])
            if kind == "block":
                assert by in voters and [fact[k] for k in ("height", "previous", "first")] == [height + 1, previous.hex(), begin]
                height, previous, begin = height + 1, hashes[i], i + 1
                continue
            assert fact["seq"] > keys[by][3], "a sequence number that was used"
            keys[by][3] = fact["seq"]
            for event in fact["events"]:
                assert by in voters or not event["type"].startswith("key."), "keys are for validators to govern"
                if event["type"] == "key.granted": keys.setdefault(kid(event["x"]), [event["x"], i + 1, size, 0])
                if event["type"] == "key.revoked": keys[event["kid"]][2] = i + 1
        except Exception as error: raise Exception(f"entry {i}: {error!r}")
    assert begin == size and base64.b64encode(root(hashes)).decode() == top, "checkpoint: the entries do not hash to its root"
    level, row = 0, hashes
    while row:
        for path, i in tiles(level, len(row)):
            files.add(path)
            assert (log / path).read_bytes() == b"".join(row[i:i + 256]), f"{path}: the entries hash to something else"
        level, row = level + 1, [root(row[i:i + 256]) for i in range(0, len(row) - 255, 256)]
    strange = {str(p.relative_to(log)) for p in log.rglob("*") if p.is_file()} - files
    assert not strange, f"{min(strange)}: no file of this log"
    return f"good: {size - 1 - height} entries in {height} blocks, root {top}, cosigned by {', '.join(sorted(cosigned))}"

try:
    here = pathlib.Path(sys.argv[1])
    print(audit(here, pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else here / "genesis.json").read_bytes()))
except Exception as error: sys.exit(f"bad: {error or repr(error)}")
