"""Who gets in, and what they may do there: D7.1's three test cases by each way in, and the permissions of Specs/nats.conf."""
import asyncio
import base64
import datetime
import hashlib
import json
import os
import re
import ssl
import subprocess
import sys
import time
from pathlib import Path

import nkeys
from nats_support import Author, Broker, Inbox, Log, Program, connect, run, settle

ROOT = Path(__file__).resolve().parent.parent


def certificates(directory):
    """An authority and a certificate of 127.0.0.1, made by openssl."""
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    ca, server, extension = directory / "ca", directory / "server", directory / "extension"
    extension.write_text("subjectAltName=IP:127.0.0.1\n")
    run("openssl", "req", "-x509", *curve, "-days", "2", "-subj", "/CN=ca", "-keyout", f"{ca}.key", "-out", f"{ca}.pem")
    run("openssl", "req", *curve, "-subj", "/CN=127.0.0.1", "-keyout", f"{server}.key", "-out", f"{server}.csr")
    run("openssl", "x509", "-req", "-in", f"{server}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key", "-days", "2",
        "-extfile", extension, "-out", f"{server}.pem")
    return Path(f"{ca}.pem"), f'tls {{ cert_file: "{server}.pem", key_file: "{server}.key" }}'


def key_pair(prefix):
    seed = bytes(nkeys.encode_seed(os.urandom(32), prefix))
    pair = nkeys.from_seed(seed)
    return seed.decode(), pair.public_key.decode(), pair


def jwt(issuer, subject, name, nats):
    """A JWT as NATS signs them (ADR-14): the id is the digest of the claims without it."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=").decode()

    claims = {"iat": int(time.time()), "iss": issuer.public_key.decode(), "name": name, "sub": subject, "nats": nats}
    digest = hashlib.new("sha512_256", json.dumps(claims, separators=(",", ":")).encode()).digest()
    claims["jti"] = base64.b32encode(digest).decode().rstrip("=")
    text = f'{part({"typ": "JWT", "alg": "ed25519-nkey"})}.{part(claims)}'
    return f"{text}.{base64.urlsafe_b64encode(issuer.sign(text.encode())).rstrip(b'=').decode()}"


def credentials(directory):
    """An operator, an account and a user; answers the server's configuration and the user's file."""
    _, operator_name, operator = key_pair(nkeys.PREFIX_BYTE_OPERATOR)
    _, account_name, account = key_pair(nkeys.PREFIX_BYTE_ACCOUNT)
    seed, user_name, _ = key_pair(nkeys.PREFIX_BYTE_USER)
    limits = {"subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": True, "conn": -1,
              "leaf": -1, "mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1}
    operator_jwt = jwt(operator, operator_name, "pilots", {"type": "operator", "version": 2})
    account_jwt = jwt(operator, account_name, "hagedorn", {"type": "account", "version": 2, "limits": limits})
    user_jwt = jwt(account, user_name, "node",
                   {"type": "user", "version": 2, "pub": {}, "sub": {}, "subs": -1, "data": -1, "payload": -1})
    file = directory / "node.creds"
    file.write_text(f"-----BEGIN NATS USER JWT-----\n{user_jwt}\n------END NATS USER JWT------\n\n"
                    f"-----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n")
    _, system_name, _ = key_pair(nkeys.PREFIX_BYTE_ACCOUNT)
    system_jwt = jwt(operator, system_name, "system", {"type": "account", "version": 2, "limits": limits})
    return (f"operator: {operator_jwt}\nsystem_account: {system_name}\nresolver: MEMORY\n"
            f"resolver_preload: {{ {account_name}: {account_jwt}, {system_name}: {system_jwt} }}\n", file)


def ways_in(directory):
    """(name, the server's configuration, nats-py's options, ours)."""
    secret, seed_file = directory / "secret", directory / "seed"
    secret.write_text("s3cret\n")
    seed, public, _ = key_pair(nkeys.PREFIX_BYTE_USER)
    seed_file.write_text(seed)
    ca, tls = certificates(directory)
    server, creds = credentials(directory)
    trusted = ssl.create_default_context(cafile=str(ca))
    return [
        ("token", 'authorization { token: "s3cret" }', {"token": "s3cret"}, ["--nats-token-file", secret]),
        ("password", 'authorization { users: [{ user: node, password: "s3cret" }] }',
         {"user": "node", "password": "s3cret"}, ["--nats-user", "node", "--nats-password-file", secret]),
        ("NKEY", f"authorization {{ users: [{{ nkey: {public} }}] }}", {"nkeys_seed": str(seed_file)},
         ["--nats-nkey-file", seed_file]),
        ("TLS", tls, {"tls": trusted}, ["--nats-ca-file", ca]),
        ("credentials", server, {"user_credentials": str(creds)}, ["--nats-creds-file", creds]),
    ]


async def test_cases(broker, theirs, ours, log):
    """TC01 connects, TC02 sends and receives, TC03 asks and is answered; and our node is on the same server."""
    listener, publisher = await connect(broker.url, **theirs), await connect(broker.url, **theirs)  # TC01
    for subject, text in [("test.messages", b'{"code":200,"message":"OK"}'),
                          ("test.notification.error", b'{"code":500,"message":"Test"}')]:  # TC02, both readings of it
        inbox = await Inbox.of(listener, subject)
        await publisher.publish(subject, text)
        await publisher.flush()
        assert (await inbox.until(lambda ms: ms and ms[0], subject)).data == text

    async def tell_time(message):
        await message.respond(json.dumps({"time": datetime.datetime.now().isoformat()}).encode())

    await listener.subscribe("getTime", cb=tell_time)  # TC03
    await settle(listener)
    assert datetime.datetime.fromisoformat(json.loads((await publisher.request("getTime", timeout=10)).data)["time"])
    status = await Inbox.of(listener, "M9.notify.status")
    node = log.node(broker.url, *ours)
    assert (await status.until(lambda ms: ms and ms[0], "our node's status")).data
    answer = await publisher.request(
        "M7.request.M9", b'{"operation":"get_balance","keyId":"k","params":{"kind":"grid"}}', timeout=15)
    assert json.loads(answer.data)["response"]["account"] == "grid", answer.data
    node.stop()
    told = "\n".join(node.lines)
    assert "s3cret" not in told and "SUA" not in told, "a secret stands in the node's log"
    await listener.close()
    await publisher.close()


async def lets_in_by_every_way(program, scratch, twinergy):
    log = Log(twinergy, scratch / "log")
    for name, configuration, theirs, ours in ways_in(scratch):
        broker = Broker(program, scratch / name, configuration)
        try:
            await test_cases(broker, theirs, ours, log)
        except Exception as error:
            raise AssertionError(f"with {name}: {error!r}, {broker.server.lines[-3:]}") from error
        finally:
            broker.server.kill()
    refused = subprocess.run([twinergy, "node", "run", "--data", log.data, *map(str, log.secret), "--http", "127.0.0.1:0",
                              "--nats", "nats://node:s3cret@127.0.0.1:1"], capture_output=True, text=True, timeout=60)
    assert refused.returncode not in (0, None) and "nats_invalid" in refused.stderr and "s3cret" not in refused.stderr, refused


def configured(program, scratch):
    """Specs/nats.conf as it stands but for paths, ports and passwords; the server itself checks it."""
    ca, tls = certificates(scratch)
    text = (ROOT / "Specs/nats.conf").read_text()
    for pattern, replacement in [('listen: "0.0.0.0:4222"', 'listen: "127.0.0.1:-1"'), ('http: "127.0.0.1:8222"', ""),
                                 (r"tls \{[^}]*\}", tls), ("/var/lib/nats", str(scratch / "store"))]:
        text, count = re.subn(pattern, lambda _: replacement, text)
        assert count == 1, f"Specs/nats.conf has no {pattern}"
    file = scratch / "nats.conf"
    file.write_text(text)
    environment = {f"{name}_PASSWORD": f"secret-{name}" for name in ["NODE", "ADMIN", *[f"M{n}" for n in range(1, 10)]]}
    subprocess.run([program, "-t", "-c", file], check=True, capture_output=True, env={**os.environ, **environment})
    server = Program(program, "-c", file, until="Server is ready", environment=environment)
    line = next(line for line in server.lines if "Listening for client connections" in line)
    return server, f"nats://127.0.0.1:{line.rsplit(':', 1)[1]}", ca


async def keeps_modules_to_their_names(program, scratch, twinergy):
    log = Log(twinergy, scratch / "log")
    server, url, ca = configured(program, scratch)
    trusted = ssl.create_default_context(cafile=str(ca))
    (scratch / "password").write_text("secret-NODE")
    node = log.node(url, "--nats-user", "node", "--nats-password-file", scratch / "password", "--nats-ca-file", ca,
                    "--nats-stream", "TWINERGY")
    clients, errors = {}, {}
    for name in ("M1", "M7"):
        async def note(error, name=name):
            errors.setdefault(name, []).append(str(error))

        clients[name] = await connect(url, user=name, password=f"secret-{name}", tls=trusted, error_cb=note,
                                      inbox_prefix=f"_INBOX_{name}".encode())
    m1, m7 = clients["M1"], clients["M7"]
    told = await Inbox.of(m1, "M9.notif.>")
    question = {"operation": "create_account", "keyId": "1", "params": {"prosumer": "anna"}}
    answer = json.loads((await m7.request("M7.request.M9", json.dumps(question).encode(), timeout=15)).data)
    assert answer["response"] == {"prosumer": "anna"}, answer
    await told.until(lambda ms: any(m.subject == "M9.notif.account_created" for m in ms), f"what is told to all: {node.lines}")
    # M1 speaks in nobody else's name, reads nobody's answers, and touches no stream.
    for attempt in (m1.publish("M7.request.M9", b"{}"), m1.publish("M9.notif.error", b"{}"),
                    m1.publish("$JS.API.STREAM.DELETE.TWINERGY", b""), m1.subscribe("_INBOX.>"),
                    m1.subscribe("M9.response.M7"), m1.subscribe("$JS.>")):
        before = len(errors.get("M1", []))
        await attempt
        await m1.flush()
        for _ in range(200):
            if len(errors.get("M1", [])) > before:
                break
            await asyncio.sleep(0.02)
        assert "permissions violation" in errors.get("M1", [""])[-1].lower(), errors
    for client in clients.values():
        await client.close()
    faults = [line for line in node.lines if "fault" in line or "waits" in line]
    assert not faults, f"the node lacks a permission: {faults}"
    node.stop()
    server.kill()


async def runs_the_examples(program, scratch, twinergy):
    log = Log(twinergy, scratch / "log")
    broker = Broker(program, scratch / "broker")
    node = log.node(broker.url)
    environment = {**os.environ, "NATS_URL": broker.url}
    folder = ROOT / "Tools/examples"
    key = scratch / "operator.jwk"
    key.write_text(json.dumps(log.operator.key.as_dict(private=True)))
    languages = [("python", [sys.executable, folder / "sign.py"], [sys.executable, folder / "request.py"],
                  [sys.executable, folder / "listen.py"])]
    javascript = ["node", folder / "twinergy.mjs"]
    if not subprocess.run(["which", "node"], capture_output=True).returncode:
        languages.append(("javascript", [*javascript, "submit"], [*javascript, "request"], [*javascript, "listen"]))

    def example(*arguments, status=0):
        done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, env=environment, timeout=60)
        assert done.returncode == status, f"{arguments}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    for name, sign, request, listen in languages:
        listening = subprocess.Popen([*map(str, listen), "M9.notif.prosumer_joined"], stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True, env=environment)
        assert "listening" in listening.stderr.readline()
        # Its subscription is behind the word that it listens, on the same connection as nothing else: ask once first.
        example(*request, "M7", "M9", "get_balance", '{"kind":"grid"}')
        log.operator.seq += 1
        event = {"type": "participant.joined", "participant": f"{name}-1"}
        receipt = await asyncio.to_thread(example, *sign, key, "test.example/lem", log.operator.seq, json.dumps([event]))
        assert receipt["receipt"] > 0, receipt
        line = await asyncio.wait_for(asyncio.to_thread(listening.stdout.readline), 30)
        assert line.startswith("M9.notif.prosumer_joined test.example/lem/") and f'"{name}-1"' in line, line
        listening.kill()
        listening.wait()
        refused = example(*request, "M7", "M9", "get_balance", '{"id":"zoe"}', status=1)
        assert refused["error"]["code"] == 404, refused
    node.stop()
    broker.server.kill()
    rebuild(twinergy, scratch)
    print(f"   examples in {' and '.join(name for name, *_ in languages)}")


def rebuild(twinergy, scratch):
    """The balances that the example rebuilds from index 0 are those of the ledger."""
    day, export = scratch / "day", scratch / "export"
    run(twinergy, "demo", "--data", day)
    run(twinergy, "log", "export", day, export)
    lines = [json.loads(line) for line in run(sys.executable, ROOT / "Tools/examples/balance.py", export, "hagedorn").splitlines()]
    assert len(lines) == 38
    for line in lines[::6]:
        ours = json.loads(run(twinergy, "account", day, "--lem", "hagedorn", "--party", line["party"], "--json").splitlines()[-1])
        assert (ours["energy_wh"], ours["tokens_wh"]) == (line["energy_wh"], line["tokens_wh"]), (ours, line)


PARTS = [lets_in_by_every_way, keeps_modules_to_their_names, runs_the_examples]
