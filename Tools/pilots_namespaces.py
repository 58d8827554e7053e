"""Each program of the pilots in a network namespace of its own, joined by a bridge: cut off is whose link is down.

The program that wants this starts itself again in namespaces of its own for users, mounts, processes and networks, which
needs no rights where the machine allows it. What it makes there is gone when it ends, however it ends.
"""
import os
import shutil
import signal
import subprocess
import sys

OUTSIDE = ["unshare", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
MARK = "TWINERGY_IN_NAMESPACES"


def ip(*arguments):
    subprocess.run(["ip", *map(str, arguments)], check=True)


def begin():
    """A bridge, and room for the names of namespaces that nobody else sees."""
    subprocess.run(["mount", "-t", "tmpfs", "none", "/run"], check=True)
    ip("link", "set", "lo", "up")
    ip("link", "add", "pilots", "type", "bridge")
    ip("address", "add", "10.77.0.1/24", "dev", "pilots")
    ip("link", "set", "pilots", "up")


def join(name, number):
    """The namespace `name`, at 10.77.0.`number` on the bridge."""
    ip("netns", "add", name)
    ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
    ip("link", "set", name, "master", "pilots", "up")
    ip("-n", name, "address", "add", f"10.77.0.{number}/24", "dev", "eth0")
    for device in ("lo", "eth0"):
        ip("-n", name, "link", "set", device, "up")


def enter():
    """Starts this program again in namespaces, once; where the machine forbids them, answers why and does nothing."""
    if os.environ.get(MARK):
        # The first process of a namespace ignores what it does not handle.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        begin()
        return None
    missing = [tool for tool in ("unshare", "ip", "mount") if not shutil.which(tool)]
    if missing:
        return f"there is no {' and no '.join(missing)}"
    attempt = "import pilots_namespaces as n; n.begin(); n.join('one', 2); n.ip('netns', 'exec', 'one', 'true')"
    done = subprocess.run([*OUTSIDE, sys.executable, "-c", attempt], cwd=os.path.dirname(os.path.abspath(__file__)),
                          capture_output=True, text=True)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["unshare fails"])[0]
    os.execvpe(OUTSIDE[0], [*OUTSIDE, sys.executable, *sys.argv], {**os.environ, MARK: "1"})


class Namespaces:
    """The network of programs that are each in a namespace of their own; ``enter()`` comes first."""
    name, can_cut_servers, link = "network namespaces", True, None

    def __init__(self):
        self.numbers = {}

    def place(self, name, port):
        """Where `name` listens at `port`."""
        if name not in self.numbers:
            self.numbers[name] = len(self.numbers) + 2
            join(name, self.numbers[name])
        return f"10.77.0.{self.numbers[name]}:{port}"

    def way(self, name, place):
        """By what address `name` reaches `place`."""
        return place

    def command(self, name, arguments):
        """The command that runs `arguments` where `name` is."""
        return ["ip", "netns", "exec", name, *arguments]

    def cut(self, name, is_cut=True):
        ip("link", "set", name, "down" if is_cut else "up")
