"""What the tests over NATS share: brokers, authors, logs and nodes, each a program that is started and ended here."""
import asyncio
import base64
import json
import os
import re
import shutil
import subprocess
import threading
import urllib.request
import warnings
from pathlib import Path

import nats
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.jwk import OKPKey

warnings.simplefilter("ignore")  # joserfc would rather see RFC 9864's name of EdDSA
REGISTRY = jws.JWSRegistry(algorithms=["EdDSA"])
CHAIN = "test.example/lem"

# All are on this machine.
os.environ["no_proxy"] = os.environ["NO_PROXY"] = "*"


def url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def run(*arguments, status=0, text=None):
    done = subprocess.run([str(a) for a in arguments], input=text, capture_output=True, text=True)
    assert done.returncode == status, f"{arguments} exits {done.returncode}, not {status}: {done.stdout}{done.stderr}"
    return done.stdout


class Program:
    """A program whose standard error is read line by line."""

    def __init__(self, *arguments, until, environment=None):
        self.arguments, self.until, self.environment = [str(a) for a in arguments], until, environment
        self.lines = []
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                                        env={**os.environ, **(self.environment or {})})
        ready = threading.Event()
        before = len(self.lines)

        def read(stream):
            for line in stream:
                self.lines.append(line.rstrip())
                if re.search(self.until, line):
                    ready.set()
            ready.set()

        threading.Thread(target=read, args=(self.process.stderr,), daemon=True).start()
        assert ready.wait(240), f"{self.arguments} is not ready: {self.lines}"
        assert any(re.search(self.until, line) for line in self.lines[before:]), f"{self.arguments} ends: {self.lines}"

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(30) == 0, f"{self.arguments} ends with {self.process.returncode}: {self.lines[-5:]}"

    @property
    def runs(self):
        return self.process.poll() is None


def get(node, path):
    """What the node answers over HTTP."""
    address = next(re.search("url=(http://[^ ]+)", line) for line in node.lines if "event=listening" in line)[1]
    with urllib.request.urlopen(address + path, timeout=10) as answer:
        return answer.read().decode()


class Broker:
    """A nats-server on a free loopback port, which it keeps when it is started again."""

    def __init__(self, program, directory, configuration=""):
        self.directory, self.port = Path(directory), -1
        self.directory.mkdir(parents=True, exist_ok=True)
        self.program, self.configuration = program, configuration
        self.server = None
        self.start()

    def start(self):
        file = self.directory / "server.conf"
        # Where accounts come as JWTs, they say themselves who has JetStream, and here none does.
        store = "" if "operator:" in self.configuration else f'jetstream {{ store_dir: "{self.directory}/store" }}'
        file.write_text(f'listen: "127.0.0.1:{self.port}"\n{store}\n{self.configuration}')
        self.server = Program(self.program, "-c", file, until="Server is ready")
        if self.port == -1:
            listening = next(line for line in self.server.lines if "Listening for client connections" in line)
            self.port = int(listening.rsplit(":", 1)[1])

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    def kill(self, loses_store=False):
        self.server.kill()
        if loses_store:
            shutil.rmtree(self.directory / "store", ignore_errors=True)


class Author:
    """One who signs entries with a JOSE library that is not ours."""

    def __init__(self):
        private = Ed25519PrivateKey.generate()
        self.x = url(private.public_key().public_bytes_raw())
        self.key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": self.x, "d": url(private.private_bytes_raw())})
        self.kid, self.seq = self.key.thumbprint(), 0

    def sign(self, *events):
        self.seq += 1
        payload = {"chain": CHAIN, "id": f"e{self.seq}", "seq": self.seq, "at": 1_700_000_000_000, "events": events}
        return jws.serialize_compact({"alg": "EdDSA", "kid": self.kid, "typ": "twinergy-entry+jws"},
                                     json.dumps(payload, separators=(",", ":")).encode(), self.key, registry=REGISTRY)


class Log:
    """A log whose genesis grants: an operator of Python's, the gateway, M7 who may do much, M1 who may only ask."""

    def __init__(self, twinergy, directory):
        self.twinergy, self.directory = twinergy, Path(directory)
        self.directory.mkdir(parents=True)
        self.data, keys = self.directory / "data", self.directory / "keys"
        (self.directory / "passphrase").write_text("correct horse battery staple\n")
        self.secret = ["--keys", keys, "--passphrase-file", self.directory / "passphrase"]
        made = run(twinergy, "key", "new", "vote", "cosign", "gateway", *self.secret).splitlines()
        vote, cosign, gateway = (json.loads(line)["x"] for line in made)
        self.operator, m7, self.m1 = Author(), Author(), Author()
        genesis = {
            "twinergy": 1, "origin": CHAIN, "time": 1_600_000_000_000,
            "validators": [{"name": "test", "vote": vote, "cosign": cosign}],
            "keys": [{"x": vote, "roles": ["validator"]}, {"x": self.operator.x, "roles": ["operator"]},
                     {"x": gateway, "roles": ["gateway", "operator"]}, {"x": m7.x, "roles": ["m7", "operator"]},
                     {"x": self.m1.x, "roles": ["m1"]}],
            "parameters": {"stateInterval": 16},
        }
        (self.directory / "genesis.json").write_text(json.dumps(genesis))
        run(twinergy, "log", "new", self.data, "--genesis", self.directory / "genesis.json")
        self.submit(self.operator.sign({"type": "lem.opened", "lem": "l", "currency": "EUR", "zone": "UTC0", "k": "1/2",
                                        "margin": "pro-rata", "lead": 0}))

    def submit(self, *lines):
        run(self.twinergy, "submit", "-", "--data", self.data, *self.secret, "--validator", "test",
            text="\n".join(lines) + "\n")

    def node(self, broker_url, *options):
        return Program(self.twinergy, "node", "run", "--data", self.data, *self.secret, "--http", "127.0.0.1:0",
                       "--nats", broker_url, *options, until="event=answering")

    def messages(self):
        """(id, subject, payload) of all messages, computed from the log without any broker."""
        lines = map(json.loads, run(self.twinergy, "messages", self.data).splitlines())
        return [(m["headers"]["Nats-Msg-Id"], m["subject"], m["payload"]) for m in lines]


async def connect(broker_url, **options):
    return await nats.connect(broker_url, connect_timeout=10, **options)


async def settle(client):
    """Waits until the server has all that `client` asked for: twice, since the first answer may be to an earlier ping."""
    await client.flush()
    await client.flush()


class Inbox:
    """A subscription of which everything is kept."""

    def __init__(self):
        self.messages, self.news = [], asyncio.Event()

    @classmethod
    async def of(cls, client, subject):
        inbox = cls()

        async def take(message):
            inbox.messages.append(message)
            inbox.news.set()

        await client.subscribe(subject, cb=take, pending_msgs_limit=10**6, pending_bytes_limit=10**9)
        await settle(client)
        return inbox

    async def until(self, condition, what, seconds=60):
        """Waits until `condition` of the messages holds; answers what it answers."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (found := condition(self.messages)):
            self.news.clear()
            left = deadline - asyncio.get_running_loop().time()
            assert left > 0, f"{what} did not come within {seconds} s, only {[m.subject for m in self.messages][-5:]}"
            try:
                await asyncio.wait_for(self.news.wait(), left)
            except asyncio.TimeoutError:
                pass
        return found
