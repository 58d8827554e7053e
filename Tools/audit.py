"""Verifies an exported Twinergy log from its genesis document alone, with no code of Twinergy's: audit.py DIR [GENESIS]"""
import base64, functools, hashlib, json, pathlib, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

def sha(data): return hashlib.sha256(data).digest()
def url(raw): return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
def unurl(text): return base64.urlsafe_b64decode(text + "==")
def kid(x): return url(sha(b'{"crv":"Ed25519","kty":"OKP","x":"%s"}' % x.encode()))
def verify(x, signature, message): Ed25519PublicKey.from_public_bytes(unurl(x)).verify(signature, message)
def root(row):
    while len(row) > 1: row = [sha(b"\1" + b"".join(row[i:i + 2])) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]
def top_of(edge): return functools.reduce(lambda right, left: sha(b"\1" + left + right), edge[-2::-1], edge[-1])
def quorum(votes, height, top):  # the precommits for the tree of `top`, which ends with block `height`
    assert {vote["kid"] for vote in votes} <= voters and 3 * len({vote["kid"] for vote in votes}) > 2 * len(voters), "no quorum"
    assert len({vote["round"] for vote in votes}) == 1, "votes of several rounds"
    for vote in votes:
        head, said = {"alg": "EdDSA", "kid": vote["kid"], "typ": "twinergy-vote+jws"}, {"chain": origin, "height": height}
        said |= {"round": vote["round"], "step": "precommit", "root": top.hex()}
        text = b".".join(url(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode()).encode() for part in (head, said))
        verify(keys[vote["kid"]][0], unurl(vote["signature"]), text)
def tiles(kind, row):  # the files of a row of byte strings: 256 in each, fewer in the last
    for i in range(0, len(row), 256):
        *high, low = f"{i // 256:,}".split(",")
        path = "/".join([f"tile/{kind}"] + [f"x{g:0>3}" for g in high] + [f"{low:0>3}"])
        yield path + (f".p/{len(row) - i}" if len(row) - i < 256 else ""), b"".join(row[i:i + 256])

try:
    place, log = "files", pathlib.Path(sys.argv[1])
    files = {p.relative_to(log).as_posix(): p.read_bytes() for p in log.rglob("*") if p.is_file()}
    trusted = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else log / "genesis.json").read_bytes()
    genesis, place, cosigned = json.loads(trusted), "checkpoint", set()
    note, signatures = files[place].decode().split("\n\n")
    origin, size, top = note.split("\n")
    for line in signatures.removesuffix("\n").split("\n"):
        name, blob = line.split(" ")[1], base64.b64decode(line.split(" ")[2])
        assert line == f"— {name} {base64.b64encode(blob).decode()}", "not a signature line"
        for v in genesis["validators"]:
            if name == v["name"] and blob[:4] == sha(name.encode() + b"\n\4" + unurl(v["cosign"]))[:4]:
                verify(v["cosign"], blob[12:], f"cosignature/v1\ntime {int.from_bytes(blob[4:12], 'big')}\n{note}\n".encode())
                cosigned.add(name)
    assert origin == genesis["origin"] and 3 * len(cosigned) > 2 * len(genesis["validators"]), "no quorum for this log"
    lines, keys = [], {kid(k["x"]): [k["x"], 1, int(size), 0] for k in genesis["keys"]}  # key, from, until, last seq
    voters, height, begin = {kid(v["vote"]) for v in genesis["validators"]}, 0, 1
    for path in sorted((p for p in files if p.startswith("tile/entries/")), key=lambda p: (p.count("/"), p)):
        data = files[path]
        while data:
            lines.append(data[2:2 + int.from_bytes(data[:2], "big")])
            data = data[2 + len(lines[-1]):]
    hashes, place = [sha(b"\0" + line) for line in lines], "entry 0"
    assert lines[0] == trusted == files["genesis.json"], "not the genesis that you trust"
    previous, edge = hashes[0], [hashes[0]]  # the roots of the complete subtrees, largest first
    for i, line in enumerate(lines[1:], 1):
        place = f"entry {i}"
        header, payload, signature = parts = [unurl(part) for part in line.decode().split(".")]
        fact, by = json.loads(payload), json.loads(header)["kid"]
        kind = "block" if "height" in fact else "entry"
        assert header.decode() == f'{{"alg":"EdDSA","kid":"{by}","typ":"twinergy-{kind}+jws"}}', "another header"
        assert ".".join(map(url, parts)).encode() == line, "base64url is not canonical"
        assert fact["chain"] == origin and keys[by][1] <= i < keys[by][2], "another log, or a key not valid here"
        verify(keys[by][0], signature, line[:line.rindex(b".")])
        if kind == "block":
            assert by in voters and [fact[k] for k in ("height", "previous", "first")] == [height + 1, previous.hex(), begin]
            if height and len(voters) > 1: quorum(fact["precommits"], height, top_before)
            else: assert not fact["precommits"], "precommits where no vote was taken"
        else:
            assert fact["seq"] > keys[by][3], "a sequence number that was used"
            keys[by][3] = fact["seq"]
        for event in fact.get("events", []):
            assert by in voters or not event["type"].startswith("key."), "keys are for validators to govern"
            if event["type"] == "key.granted": keys.setdefault(kid(event["x"]), [event["x"], i + 1, int(size), 0])
            if event["type"] == "key.revoked": keys[event["kid"]][2] = i + 1
        edge.append(hashes[i])
        for _ in range((i + 1 & -(i + 1)).bit_length() - 1): edge[-2:] = [sha(b"\1" + edge[-2] + edge[-1])]
        if kind == "block": height, previous, begin, top_before = height + 1, hashes[i], i + 1, top_of(edge)
    place, row, level = "checkpoint", hashes, 0
    assert begin == int(size) and f"{origin}\n{begin}\n{base64.b64encode(root(hashes)).decode()}" == note, "another size or root"
    right = {"genesis.json": trusted, "checkpoint": files[place]}
    right.update(tiles("entries", [len(line).to_bytes(2, "big") + line for line in lines]))
    while row:
        right.update(tiles(level, row))
        level, row = level + 1, [root(row[i:i + 256]) for i in range(0, len(row) - 255, 256)]
    for place in sorted(files.keys() | right.keys()): assert files.get(place) == right.get(place), "not the file of this log"
    print(f"good: {begin - 1 - height} entries in {height} blocks, root {top}, cosigned by {', '.join(sorted(cosigned))}")
except Exception as error: sys.exit(f"bad: {place}: {error or repr(error)}")
