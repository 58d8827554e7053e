"""Validators and NATS servers on this machine's loopback: started, ended, paused and cut off."""
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TOOLS = Path(__file__).resolve().parent

# All are on this machine.
os.environ["no_proxy"] = os.environ["NO_PROXY"] = "*"


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


class Loopback:
    """The network of programs that share this machine's loopback. What a validator sends goes through pilots_link.py, which
    can cut it; a server cannot be cut off."""
    name, can_cut_servers = "a link process", False

    def __init__(self, directory):
        self.directory, self.ports, self.links = Path(directory).resolve(), iter(free_ports(128)), []
        self.link = Process(self.directory, "link", [sys.executable, TOOLS / "pilots_link.py", self.directory])

    def place(self, name, port):
        """Where `name` listens at what is `port` elsewhere."""
        return f"127.0.0.1:{next(self.ports)}"

    def way(self, name, place):
        """By what address `name` reaches `place`."""
        self.links.append({"of": name, "listen": next(self.ports), "to": int(place.split(":")[1])})
        write(self.directory / "links.json", json.dumps(self.links))
        return f"127.0.0.1:{self.links[-1]['listen']}"

    def command(self, name, arguments):
        """The command that runs `arguments` where `name` is."""
        return arguments

    def cut(self, name, is_cut=True):
        file = self.directory / "run" / f"{name}.cut"
        file.touch() if is_cut else file.unlink(missing_ok=True)


class Pilots:
    """The pilots of a plan (Genesis/pilots.json) in a directory: keys, genesis, configurations, processes.

    `newcomers` have all that validators have, but a place in the genesis; `up` leaves them. `guests` may speak over the same
    servers, of other things. `like` are pilots whose keys and genesis these have too.
    """

    def __init__(self, twinergy, directory, plan, nats_server="nats-server", grants=(), genesis_time=None, environment=None,
                 network=None, newcomers=(), guests=(), like=None):
        self.twinergy, self.directory, self.plan = str(twinergy), Path(directory).resolve(), plan
        self.grants, self.time = list(grants), genesis_time
        self.network = network or Loopback(self.directory)
        self.names, self.newcomers, self.guests, self.like = plan["validators"], list(newcomers), list(guests), like
        self.server_names = [f"nats-{i}" for i in range(plan["nats"])]
        self.prepare()
        places = json.loads((self.directory / "places.json").read_text())
        self.http, self.nats = places["http"], places["nats"]
        self.servers = {name: self.process_of(name, [nats_server, "-c", self.directory / f"{name}.conf"])
                        for name in self.server_names}
        self.validators = {
            name: self.process_of(name, [self.twinergy, "node", "run", "--config", self.directory / name / "node.json"],
                                  environment) for name in [*self.names, *self.newcomers]}

    def process_of(self, name, arguments, environment=None, place=None):
        """A program called `name` that runs at its own place, or at that of another."""
        return Process(self.directory, name, self.network.command(place or name, arguments), environment)

    def run(self, *arguments):
        done = subprocess.run([self.twinergy, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def secret(self, name):
        """What opens the keys of the pilot `name`."""
        return ["--keys", self.directory / name / "keys", "--passphrase-file", self.directory / name / "passphrase"]

    def prepare(self):
        """Makes what is missing; keys and passwords never leave the directories of their pilots."""
        if (self.directory / "genesis.json").exists():
            return
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.directory / "run").mkdir(exist_ok=True)
        for name in [*self.names, *self.newcomers]:
            if self.like:
                shutil.copytree(self.like.directory / name / "keys", self.directory / name / "keys")
                shutil.copy(self.like.directory / name / "passphrase", self.directory / name)
            else:
                write(self.directory / name / "passphrase", secrets.token_hex(24) + "\n")
                self.run("key", "new", "vote", "cosign", *(["root"] if name in self.newcomers else []), *self.secret(name))
        for name in [*self.names, *self.newcomers, *self.guests]:
            write(self.directory / name / "nats-password", secrets.token_hex(24) + "\n")
        self.configure()
        genesis = (self.like.directory / "genesis.json").read_text() if self.like else self.genesis()
        write(self.directory / "genesis.new", genesis)
        for name in self.names:
            self.run("log", "new", self.directory / name / "data", "--genesis", self.directory / "genesis.new")
        (self.directory / "genesis.new").rename(self.directory / "genesis.json")

    def genesis(self):
        document = json.loads(self.run(
            "genesis", "new", "--origin", self.plan["origin"], "--state-interval", self.plan["stateInterval"],
            *[word for name in self.names for word in ("--validator", f"{name}={self.directory / name / 'keys'}")]))
        document["keys"] += self.grants
        if self.time is not None:
            document["time"] = self.time
        return json.dumps(document, separators=(",", ":"))

    @property
    def subjects(self):
        """What the subjects of these validators begin with."""
        return f"twinergy.{token(self.plan['origin'])}.consensus"

    def password(self, name):
        return (self.directory / name / "nats-password").read_text().strip()

    def configure(self):
        network, everybody = self.network, [*self.names, *self.newcomers]
        client, route = ({name: network.place(name, port) for name in self.server_names} for port in (4222, 6222))
        http = {name: network.place(name, 8080) for name in everybody}
        rights = {name: ([f"{self.subjects}.*.{token(name)}"], [f"{self.subjects}._.*", f"{self.subjects}.{token(name)}.*"])
                  for name in everybody} | {name: (["M9.>"], ["M9.>"]) for name in self.guests}
        users = ",\n    ".join(
            f'{{user: "{name}", password: "{self.password(name)}", permissions: '
            f"{{publish: {json.dumps(publish)}, subscribe: {json.dumps(subscribe)}}}}}"
            for name, (publish, subscribe) in rights.items())
        routes = ", ".join(f'"nats-route://{place}"' for place in route.values())
        for name in self.server_names:
            write(self.directory / f"{name}.conf",
                  f'listen: "{client[name]}"\nserver_name: "{name}"\nmax_payload: 1048576\nping_interval: "2s"\n'
                  f'cluster {{ name: "pilots", listen: "{route[name]}", routes: [{routes}] }}\n'
                  f"authorization {{\n  users: [\n    {users}\n  ]\n}}\n")
        for name in everybody:
            home = self.directory / name
            write(home / "node.json", json.dumps({
                "data": f"{home}/data", "keys": f"{home}/keys", "passphrase-file": f"{home}/passphrase",
                "http": http[name], "genesis": f"{self.directory}/genesis.json",
                "peers": ",".join(f"http://{network.way(name, http[other])}" for other in self.names if other != name),
                "consensus-nats": ",".join(f"nats://{network.way(name, place)}" for place in client.values()),
                "consensus-nats-user": name, "consensus-nats-password-file": f"{home}/nats-password"}, indent=1))
        write(self.directory / "places.json", json.dumps({"http": http, "nats": client}))

    # -- starting, ending, cutting off

    @property
    def processes(self):
        link = {"link": self.network.link} if self.network.link else {}
        return {**link, **self.servers, **self.validators}

    def up(self):
        for name, process in self.processes.items():
            if name not in self.newcomers:
                process.start()

    def down(self):
        for process in reversed(self.processes.values()):
            process.signal(signal.SIGTERM)

    def cut(self, name, is_cut=True):
        self.network.cut(name, is_cut)

    # -- asking

    def get(self, name, path, timeout=5):
        with urllib.request.urlopen(f"http://{self.http[name]}{path}", timeout=timeout) as answer:
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

    def metrics(self, name):
        try:
            return self.get(name, "/metrics").decode()
        except OSError:
            return None

    def checkpoint(self, name):
        """(size, root) of the newest final checkpoint; None where there is none or nobody answers."""
        try:
            lines = self.get(name, "/checkpoint").decode().split("\n")
            return int(lines[1]), lines[2]
        except (OSError, ValueError):
            return None
