"""Validators and NATS servers on this machine's loopback: started, ended, paused and cut off."""
import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TOOLS = Path(__file__).resolve().parent


def token(name):
    """The token by which a name stands in the validators' subjects (Specs/consensus.md)."""
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else "".join(f"%{b:02x}" for b in c.encode()) for c in name)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def write(path, text, mode=0o600):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode)
    path.write_text(text)


class Process:
    """A program with a file of its process id and one of what it says."""

    def __init__(self, directory, name, arguments, environment=None):
        self.name, self.arguments, self.environment = name, [str(a) for a in arguments], environment or {}
        self.pid_file, self.log = directory / "run" / f"{name}.pid", directory / "run" / f"{name}.log"

    @property
    def pid(self):
        try:
            pid = int(self.pid_file.read_text())
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            return None if state == "Z" else pid
        except (OSError, ValueError):
            return None

    def start(self):
        if self.pid:
            return
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            process = subprocess.Popen(self.arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       env={**os.environ, **self.environment}, start_new_session=True)
        self.pid_file.write_text(str(process.pid))
        self.process = process

    def signal(self, number):
        pid = self.pid
        if pid:
            os.kill(pid, number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            if pid and number == signal.SIGTERM:
                os.kill(pid, signal.SIGCONT)
            deadline = time.monotonic() + 15
            while self.pid and time.monotonic() < deadline:
                if process := getattr(self, "process", None):
                    process.poll()
                time.sleep(0.02)
            if self.pid:
                os.kill(self.pid, signal.SIGKILL)
            self.pid_file.unlink(missing_ok=True)

    def said(self, word, since=0):
        """Lines of its log behind byte `since` that hold `word`."""
        data = self.log.read_bytes()[since:] if self.log.exists() else b""
        return [line for line in data.decode(errors="replace").splitlines() if word in line]

    @property
    def spoken(self):
        return self.log.stat().st_size if self.log.exists() else 0


class Pilots:
    """The pilots of a plan (Genesis/pilots.json) in a directory: keys, genesis, configurations, processes."""

    def __init__(self, twinergy, directory, plan, nats_server="nats-server", grants=(), genesis_time=None, environment=None):
        self.twinergy, self.directory, self.nats_server = str(twinergy), Path(directory).resolve(), nats_server
        self.plan, self.grants, self.time = plan, list(grants), genesis_time
        self.names = plan["validators"]
        self.prepare()
        ports = json.loads((self.directory / "ports.json").read_text())
        self.http = dict(zip(self.names, ports["http"]))
        self.link = Process(self.directory, "link", [sys.executable, TOOLS / "pilots_link.py", self.directory])
        self.servers = {f"nats-{i}": Process(self.directory, f"nats-{i}", [nats_server, "-c", self.directory / f"nats-{i}.conf"])
                        for i in range(plan["nats"])}
        self.validators = {name: Process(self.directory, name, [self.twinergy, "node", "run", "--config",
                                                                self.directory / name / "node.json"], environment)
                           for name in self.names}

    def run(self, *arguments):
        done = subprocess.run([self.twinergy, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def prepare(self):
        """Makes what is missing; keys and passwords never leave the directories of their pilots."""
        if (self.directory / "genesis.json").exists():
            return
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.directory / "run").mkdir(exist_ok=True)
        for name in self.names:
            home = self.directory / name
            write(home / "passphrase", secrets.token_hex(24) + "\n")
            write(home / "nats-password", secrets.token_hex(24) + "\n")
            self.run("key", "new", "vote", "cosign", "--keys", home / "keys", "--passphrase-file", home / "passphrase")
        self.configure()
        document = json.loads(self.run(
            "genesis", "new", "--origin", self.plan["origin"], "--state-interval", self.plan["stateInterval"],
            *[word for name in self.names for word in ("--validator", f"{name}={self.directory / name / 'keys'}")]))
        document["keys"] += self.grants
        if self.time is not None:
            document["time"] = self.time
        write(self.directory / "genesis.new", json.dumps(document, separators=(",", ":")))
        for name in self.names:
            self.run("log", "new", self.directory / name / "data", "--genesis", self.directory / "genesis.new")
        (self.directory / "genesis.new").rename(self.directory / "genesis.json")

    def configure(self):
        count, servers = len(self.names), self.plan["nats"]
        ports = free_ports(2 * servers + count + count * (servers + count))
        client, route, http = ports[:servers], ports[servers:2 * servers], ports[2 * servers:2 * servers + count]
        links, rest = [], iter(ports[2 * servers + count:])
        prefix = f"twinergy.{token(self.plan['origin'])}.consensus"
        users = ",\n    ".join(
            f'{{user: "{name}", password: "{(self.directory / name / "nats-password").read_text().strip()}", permissions: {{'
            f'publish: ["{prefix}.*.{token(name)}"], subscribe: ["{prefix}._.*", "{prefix}.{token(name)}.*"]}}}}'
            for name in self.names)
        routes = ", ".join(f'"nats-route://127.0.0.1:{port}"' for port in route)
        for i in range(servers):
            write(self.directory / f"nats-{i}.conf",
                  f'listen: "127.0.0.1:{client[i]}"\nserver_name: "nats-{i}"\nmax_payload: 1048576\n'
                  f'cluster {{ name: "pilots", listen: "127.0.0.1:{route[i]}", routes: [{routes}] }}\n'
                  f"authorization {{\n  users: [\n    {users}\n  ]\n}}\n")
        for name in self.names:
            to_servers, to_peers = [], []
            for target in client:
                links.append({"of": name, "listen": next(rest), "to": target})
                to_servers.append(f"nats://127.0.0.1:{links[-1]['listen']}")
            for other, target in zip(self.names, http):
                if other != name:
                    links.append({"of": name, "listen": next(rest), "to": target})
                    to_peers.append(f"http://127.0.0.1:{links[-1]['listen']}")
            home = self.directory / name
            write(home / "node.json", json.dumps({
                "data": f"{home}/data", "keys": f"{home}/keys", "passphrase-file": f"{home}/passphrase",
                "http": f"127.0.0.1:{http[self.names.index(name)]}", "genesis": f"{self.directory}/genesis.json",
                "peers": ",".join(to_peers), "consensus-nats": ",".join(to_servers), "consensus-nats-user": name,
                "consensus-nats-password-file": f"{home}/nats-password"}, indent=1))
        write(self.directory / "links.json", json.dumps(links))
        write(self.directory / "ports.json", json.dumps({"nats": client, "http": http}))

    # -- starting, ending, cutting off

    def process(self, name):
        return {"link": self.link, **self.servers, **self.validators}[name]

    def up(self):
        for process in [self.link, *self.servers.values(), *self.validators.values()]:
            process.start()

    def down(self):
        for process in [*self.validators.values(), *self.servers.values(), self.link]:
            process.signal(signal.SIGTERM)

    def cut(self, name, is_cut=True):
        file = self.directory / "run" / f"{name}.cut"
        file.touch() if is_cut else file.unlink(missing_ok=True)

    # -- asking

    def get(self, name, path, timeout=5):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http[name]}{path}", timeout=timeout) as answer:
            return answer.read()

    def ready(self, name):
        """(whether it is ready, what /readyz says); None where it does not answer."""
        try:
            return True, json.loads(self.get(name, "/readyz"))
        except urllib.error.HTTPError as error:
            return False, json.loads(error.read())
        except (OSError, ValueError):
            return None, None

    def status(self, name):
        try:
            return json.loads(self.get(name, "/api/status"))
        except (OSError, ValueError):
            return None

    def checkpoint(self, name):
        """(size, root) of the newest final checkpoint; None where there is none or nobody answers."""
        try:
            lines = self.get(name, "/checkpoint").decode().split("\n")
            return int(lines[1]), lines[2]
        except (OSError, ValueError):
            return None
