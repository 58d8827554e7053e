"""What the tests of the pilots share: the demonstration's day said to validators whose clocks go with it, and what must be so."""
import base64
import concurrent.futures
import http.client
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pilots_namespaces
from pilots_support import TOOLS, Loopback, Pilots

TWINERGY = Path(sys.argv[1]).resolve()
NATS = sys.argv[2] if len(sys.argv) > 2 else shutil.which("nats-server") or "/usr/sbin/nats-server"
SEED = int(os.environ.get("TWINERGY_SEED", random.SystemRandom().randrange(1 << 32)))
NAMES = ["bristol", "benetutti", "hagedorn", "athens"]
NEWCOMER = "twinergy"
STARTED = time.monotonic()


def say(text):
    print(f"   {time.monotonic() - STARTED:5.1f} s  {text}", flush=True)


def run(*arguments, status=0, environment=None):
    """What a command writes. A place that does not answer in time (13) is asked again: the machine may be busy, and that is told."""
    for attempt in range(6):
        done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True,
                              env={**os.environ, **(environment or {})})
        if done.returncode != 13 or status == 13:
            break
        say(f"asked again: {done.stderr.strip()}")
    assert done.returncode == status, f"{arguments} exits {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def until(condition, what, seconds=180, pause=0.05):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(pause)
    return found


def leaves(export):
    """The lines of an exported log, read by nothing of Twinergy's."""
    found = []
    for bundle in sorted((export / "tile/entries").rglob("*"), key=lambda p: (p.parent.name.endswith(".p"), str(p))):
        data = bundle.read_bytes() if bundle.is_file() else b""
        while data:
            length = int.from_bytes(data[:2], "big")
            found.append(data[2:2 + length])
            data = data[2 + length:]
    return found


def part(line, number):
    """The header (0) or the payload (1) of a line."""
    text = line.split(b".")[number]
    return json.loads(base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)))


def record(scratch):
    """The day where one validator decides alone: genesis, [(time, [line])], and the market's state at its end."""
    run(TWINERGY, "demo", "--data", scratch / "alone")
    run(TWINERGY, "log", "export", scratch / "alone", scratch / "recorded")
    lines = leaves(scratch / "recorded")
    genesis, blocks, entries = json.loads(lines[0]), [], []
    grants = [key for key in genesis["keys"] if key["roles"] != ["validator"]]
    for line in lines[1:]:
        said = part(line, 1)
        if "events" not in said:
            blocks.append((said["time"], entries))
            entries = []
        elif said["events"][0]["type"] == "key.granted":
            # Who may speak stands in the pilots' genesis.
            grants += [{k: v for k, v in event.items() if k in ("x", "roles", "party")} for event in said["events"]]
        else:
            entries.append(line)
    return genesis, grants, [block for block in blocks if block[1]], market(scratch / "alone")


def market(source):
    part = json.loads(run(TWINERGY, "replay", source, "--module", "M9").splitlines()[0])
    return part["state"]


class Clock:
    """The clock of the day, for programs that are started with its environment."""

    def __init__(self, scratch):
        library = scratch / "clock.so"
        run(shutil.which("cc") or "clang", "-shared", "-fPIC", "-O1", "-o", library, TOOLS / "clock/clock.c", "-ldl")
        self.file = scratch / "clock"
        self.environment = {"LD_PRELOAD": str(library), "TWINERGY_TEST_CLOCK": str(self.file)}
        self.offset = 0

    def set(self, milliseconds):
        """It is now at least so late; it never goes back."""
        offset = milliseconds / 1000 - time.time()
        if offset <= self.offset and self.offset:
            return
        self.offset = offset
        new = self.file.with_suffix(".new")
        new.write_text(f"{offset:+.3f}\n")
        new.rename(self.file)


class Day:
    def __init__(self, pilots, clock, rng):
        self.pilots, self.clock, self.rng, self.names = pilots, clock, rng, list(pilots.names)
        self.receipts, self.tries = {}, 0
        self.silent = {}  # when a validator last failed to answer

    def submit(self, line, patience=300):
        """Asks one validator after the other until there is a receipt."""
        deadline = time.monotonic() + patience
        names = self.rng.sample(self.names, len(self.names))
        names.sort(key=lambda name: time.monotonic() - self.silent.get(name, -60) < 20)
        for name in itertools.cycle(names):
            assert time.monotonic() < deadline, f"no receipt within {patience} s for {line[:80]}"
            self.tries += 1
            try:
                connection = http.client.HTTPConnection(self.pilots.http[name], timeout=4)
                connection.request("POST", "/entries", line)
                answer = connection.getresponse()
                body = answer.read()
                connection.close()
            except (OSError, http.client.HTTPException):
                self.silent[name] = time.monotonic()
                continue
            if answer.status in (200, 201):
                index = int(next(text for text in body.split(b"\n") if text.startswith(b"index ")).split()[1])
                assert self.receipts.setdefault(line, index) == index, "two receipts for one entry"
                return index
            assert answer.status == 503, f"{name} answers {answer.status}: {body}"
            self.silent[name] = time.monotonic()
            time.sleep(0.1)

    def play(self, blocks):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for moment, entries in blocks:
                self.clock.set(moment)
                list(pool.map(self.submit, entries))


    # -- what is so

    def all_ready(self):
        return all(self.pilots.ready(name)[0] for name in self.names)

    def same(self):
        """The checkpoint on which all agree; None while they do not."""
        found = {self.pilots.checkpoint(name) for name in self.names}
        return found.pop() if len(found) == 1 and None not in found else None

    def url(self, name):
        return f"http://{self.pilots.http[name]}"

    def export(self, name):
        """The log that `name` publishes, as files; what was exported before is extended."""
        directory = self.pilots.directory / f"export-{name}"
        run(TWINERGY, "log", "export", self.url(name), directory)
        return directory

    # -- governance, by the real program

    def governance(self, name, *words):
        """Has the pilot `name` sign what `words` say, and submits it; answers its index."""
        line = run(TWINERGY, "governance", *words, "--key", "vote", "--source", self.url(name), *self.pilots.secret(name),
                   environment=self.clock and self.clock.environment)
        return self.submit(line.strip().encode())

    def decide(self, names, *changes):
        """A motion for `changes`: the first of `names` proposes it, the others approve."""
        self.governance(names[0], "propose", *changes)
        for name in names[1:]:
            shown = json.loads(run(TWINERGY, "governance", "show", self.url(names[0]), "--json"))
            self.governance(name, "approve", shown["open"][0]["motion"])


@contextmanager
def pilots_at_work(directory, *arguments, **options):
    """Pilots that are up, and down again at the end; a failure shows what they said last."""
    pilots = Pilots(TWINERGY, directory, *arguments, **options)
    try:
        pilots.up()
        yield pilots
    except BaseException:
        for name, process in pilots.validators.items():
            print(f"--- {name} {pilots.ready(name)}\n" + "\n".join(process.said("")[-12:]), file=sys.stderr)
        if keep := os.environ.get("TWINERGY_KEEP"):
            shutil.copytree(directory, keep, dirs_exist_ok=True)
        raise
    finally:
        pilots.down()


def choose_network():
    """Prints the seed and how pilots are cut off; answers what makes a network in a directory."""
    why_not = "asked for" if os.environ.get("TWINERGY_PILOT_NETWORK") == "loopback" else pilots_namespaces.enter()
    print(f"seed {SEED}; cut off by " + (f"a link process ({why_not})" if why_not else "network namespaces"), flush=True)
    return Loopback if why_not else lambda directory: pilots_namespaces.Namespaces()
