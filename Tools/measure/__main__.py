"""Runs the rows of the bench and prints them as a table. Started by Tools/bench."""

import argparse
import json
import sys
import tempfile

import rows
import table
import plot
from machine import Machine


def arguments():
    parser = argparse.ArgumentParser(prog="Tools/bench", description="Measures Twinergy against its limits and peers.")
    parser.add_argument("program", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"rows to run, all without one: {' '.join(rows.ALL)}")
    parser.add_argument("--entries", type=int, default=100_000, help="leaves of the log (default 100000)")
    parser.add_argument("--orders", type=int, default=1_000_000, help="orders of the largest slot (default 1000000)")
    parser.add_argument("--json", metavar="FILE", help="write the rows as JSON")
    parser.add_argument("--svg", metavar="FILE", help="draw time and memory as they grow")
    options = parser.parse_args()
    for name in options.names:
        if name not in rows.ALL:
            parser.error(f"there is no row {name}; the rows are {' '.join(rows.ALL)}")
    return options


def main():
    options = arguments()
    names = [name for name in rows.ALL if not options.names or name in options.names]
    with tempfile.TemporaryDirectory(prefix="twinergy-bench-") as directory:
        machine = Machine(options.program, directory, options.entries, options.orders)
        found = []
        for name in names:
            print(f"measuring {name}", file=sys.stderr)
            found += rows.ALL[name](machine)
        print("\n".join(table.lines(found, machine)))
        if options.json:
            with open(options.json, "w") as file:
                json.dump([row.json for row in found], file, indent=1)
                file.write("\n")
        if options.svg:
            with open(options.svg, "w") as file:
                file.write(plot.svg(machine.curves))


if __name__ == "__main__":
    main()
