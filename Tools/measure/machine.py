"""This machine: runs our program and its peers, and remembers what they said."""

import json
import os
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / "peers"


class Machine:
    """One run of the bench: a directory for its logs, and the figures so far."""

    def __init__(self, program, directory, entries, orders):
        self.program, self.directory, self.entries, self.orders = program, Path(directory), entries, orders
        self.curves = {}
        self._figures = {}

    @property
    def log(self):
        """The directory of the log that the row `append` writes."""
        return self.directory / "log"

    def ours(self, row, size, log=None):
        """The figures of a row of our program, by (row, parameters, measure); each row runs once."""
        if row not in self._figures:
            command = [self.program, row, "--size", str(size)] + (["--log", str(log)] if log else [])
            lines = run(command).splitlines()
            self._figures[row] = {
                (m["row"], m["parameters"], m["measure"]): m["value"] for m in map(json.loads, lines)}
        return self._figures[row]

    def python(self, script, *arguments):
        """What a peer in Python says on its last line."""
        return json.loads(run([sys.executable, PEERS / script, *map(str, arguments)]).splitlines()[-1])

    def cpp(self, source, *arguments):
        """What a peer in C++ says, compiled for this machine as fast as the compiler can."""
        program = self.directory / Path(source).stem
        if not program.exists():
            run(["g++", "-O3", "-march=native", "-std=c++17", PEERS / source, "-o", program])
        return json.loads(run([program, *map(str, arguments)]))

    def curve(self, plot, line, x, y):
        """Adds a point to a line of a plot."""
        self.curves.setdefault(plot, {}).setdefault(line, []).append((x, y))

    @staticmethod
    def kind():
        """The processor and how many of its cores there are."""
        names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        return f"{names[0] if names else 'unknown processor'}, {os.cpu_count()} cores"


def run(command):
    result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    if result.returncode:
        sys.exit(f"{Path(str(command[0])).name} {' '.join(map(str, command[1:]))} ended with {result.returncode}")
    return result.stdout
