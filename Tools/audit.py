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
def verifier(v): return f'{v["name"]}+{cosigner(v).hex()}+{base64.b64encode(bytes([4]) + unurl(v["cosign"])).decode()}'
def cosigner(v): return sha(v["name"].encode() + b"\n\4" + unurl(v["cosign"]))[:4]
def voters(validators): return {kid(v["vote"]) for v in validators}
def quorum(votes, height, top):  # the precommits for the tree of `top`, which ends with block `height`
    who = {vote["kid"] for vote in votes}
    assert who <= voters(deciders) and 3 * len(who) > 2 * len(deciders), "no quorum"
    assert len({vote["round"] for vote in votes}) == 1, "votes of several rounds"
    for vote in votes:
        head, said = {"alg": "EdDSA", "kid": vote["kid"], "typ": "twinergy-vote+jws"}, {"chain": origin, "height": height}
        said |= {"round": vote["round"], "step": "precommit", "root": top.hex()}
        text = b".".join(url(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode()).encode() for part in (head, said))
        verify(keys[vote["kid"]][0], unurl(vote["signature"]), text)
def change(act, i):  # what holds from leaf i on
    global validators
    kind, x = act["type"], act.get("x")
    if kind == "key.granted":
        assert kid(x) not in keys, "a key that was granted before"
        keys[kid(x)] = [x, i, int(size), 0]
    elif kind == "key.revoked":
        mine = {kid(v[k]) for v in validators for k in ("vote", "root") if k in v}
        assert act["kid"] not in mine and keys[act["kid"]][2] == int(size), "a validator's key, or none that is valid"
        keys[act["kid"]][2] = i
    elif kind != "parameters.changed":
        old = next((v for v in validators if v["name"] == act["name"]), None)
        assert (old is None) == (kind == "validator.added"), "a validator already, or none"
        new = {k: act[k] for k in ("name", "vote", "cosign", "root") if k in act} if kind != "validator.removed" else None
        for k in ("vote", "root"):
            if new and k in new: change({"type": "key.granted", "x": new[k]}, i)
            if old and k in old and (not new or k in new): keys[kid(old[k])][2] = i
        new = new and {**({"root": old["root"]} if old and "root" in old else {}), **new}
        place = validators.index(old) if old else len(validators)
        validators = validators[:place] + ([new] if new else []) + validators[place + 1:]
        assert validators, "nobody decides any more"
        if new: names[kid(new["vote"])] = new["name"], new["vote"]
def approve(motion, by):  # counts a voting key's word; decides when a quorum of those who are validators now have spoken
    motion["for"] |= {by}
    if 3 * len(motion["for"] & voters(validators)) > 2 * len(validators):
        motions.remove(motion)
        due.append((max(motion["height"], height + 2), motion))
def govern(event, by, i):
    kind, deciding = event["type"], voters(validators)
    if kind == "validator.accused": return accuse(event["lines"], i)
    if kind == "motion.proposed":
        own = next((v for v in validators if by in [kid(v[k]) for k in ("vote", "root") if k in v]), None)
        assert own and (by in deciding or {c["type"] for c in event["changes"]} == {"validator.replaced"}), "not to propose"
        assert all(c["type"] != "validator.replaced" or c["name"] == own["name"] for c in event["changes"]), "another's keys"
        assert time < event["expires"], "too late"
        name = sha(json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()).hex()
        motions.append({**event, "name": name, "by": by, "for": set()})
        return by in deciding and approve(motions[-1], by)
    found = [m for m in motions if m["name"] == event.get("motion")]
    if kind == "motion.withdrawn": assert found and found[0]["by"] == by, "not to withdraw"
    else: assert by in deciding, "for validators to govern"
    if kind == "motion.withdrawn": motions.remove(found[0])
    elif kind == "motion.approved":
        assert found and by not in found[0]["for"], "no motion to approve"
        approve(found[0], by)
    else:
        assert len(validators) == 1 and kind in ("key.granted", "key.revoked"), "a quorum must approve"
        change(event, i + 1)
def accuse(lines, i):  # two lines that no honest validator signs both
    said = []
    for line in lines:
        header, payload, signature = [unurl(part) for part in line.split(".")]
        header, fact = json.loads(header), json.loads(payload)
        name, key = names[header["kid"]]
        verify(key, signature, line[:line.rindex(".")].encode())
        assert header["typ"] in ("twinergy-vote+jws", "twinergy-proposal+jws") and fact["chain"] == origin, "no vote here"
        said.append((header, [fact[k] for k in ("height", "round")] + [fact.get("step")], payload))
    assert len(said) == 2 and said[0][:2] == said[1][:2] and said[0][2] != said[1][2], "no contradiction"
    guilty.append(f"{name} has signed two contradicting lines at height {said[0][1][0]} (entry {i})")
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
    assert origin == genesis["origin"], "another log"
    lines, keys = [], {kid(k["x"]): [k["x"], 1, int(size), 0] for k in genesis["keys"]}  # key, from, until, last seq
    validators = deciders = genesis["validators"]
    height, begin, time, motions, due, guilty = 0, 1, genesis["time"], [], [], []
    names = {kid(v["vote"]): (v["name"], v["vote"]) for v in validators}  # of all who ever voted
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
            assert by in voters(validators), "no validator's key"
            assert [fact[k] for k in ("height", "previous", "first")] == [height + 1, previous.hex(), begin], "no next block"
            rows = [" ".join([v["name"], kid(v["vote"]), verifier(v)] + ([kid(v["root"])] if "root" in v else [])) for v in validators]
            assert fact["validators"] == sha("".join(row + "\n" for row in rows).encode()).hex(), "other validators"
            if height and len(deciders) > 1: quorum(fact["precommits"], height, top_before)
            else: assert not fact["precommits"], "precommits where no vote was taken"
        else:
            assert fact["seq"] > keys[by][3], "a sequence number that was used"
            keys[by][3] = fact["seq"]
        for event in fact.get("events", []):
            if event["type"].startswith(("key.", "motion.", "validator.")): govern(event, by, i)
        edge.append(hashes[i])
        for _ in range((i + 1 & -(i + 1)).bit_length() - 1): edge[-2:] = [sha(b"\1" + edge[-2] + edge[-1])]
        if kind == "block":
            height, previous, begin, top_before = height + 1, hashes[i], i + 1, top_of(edge)
            deciders, time = validators, max(time, fact["time"])
            for act in [act for at, motion in sorted(due, key=lambda d: d[0]) if at == height + 1 for act in motion["changes"]]:
                change(act, i + 1)
            due = [(at, motion) for at, motion in due if at > height + 1]
            here = {kid(v[k]) for v in validators for k in ("vote", "root") if k in v}
            motions = [m for m in motions if m["expires"] > time and m["by"] in here]
    place, row, level = "checkpoint", hashes, 0
    for line in signatures.removesuffix("\n").split("\n"):
        name, blob = line.split(" ")[1], base64.b64decode(line.split(" ")[2])
        assert line == f"— {name} {base64.b64encode(blob).decode()}", "not a signature line"
        for v in deciders:
            if name == v["name"] and blob[:4] == cosigner(v):
                verify(v["cosign"], blob[12:], f"cosignature/v1\ntime {int.from_bytes(blob[4:12], 'big')}\n{note}\n".encode())
                cosigned.add(name)
    assert 3 * len(cosigned) > 2 * len(deciders), "no quorum has cosigned"
    assert begin == int(size) and f"{origin}\n{begin}\n{base64.b64encode(root(hashes)).decode()}" == note, "another size or root"
    right = {"genesis.json": trusted, "checkpoint": files[place]}
    right.update(tiles("entries", [len(line).to_bytes(2, "big") + line for line in lines]))
    while row:
        right.update(tiles(level, row))
        level, row = level + 1, [root(row[i:i + 256]) for i in range(0, len(row) - 255, 256)]
    for place in sorted(files.keys() | right.keys()): assert files.get(place) == right.get(place), "not the file of this log"
    for sentence in guilty: print(f"guilty: {sentence}")
    print(f"good: {begin - 1 - height} entries in {height} blocks, root {top}, cosigned by {', '.join(sorted(cosigned))}")
except Exception as error: sys.exit(f"bad: {place}: {error or repr(error)}")
