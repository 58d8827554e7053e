#!/usr/bin/env python3
"""Rebuilds what each party has taken and earned in a market, from the events alone, beginning at index 0.

    twinergy log export DATA DIRECTORY
    balance.py DIRECTORY [LEM]

Prints a JSON line for each party: `energy_wh` taken less given, `tokens_wh` rewarded, as `twinergy account --json` has them.
(Money needs the auction besides: `twinergy market clear` computes it.) Signatures are Tools/audit.py's business.
"""
import base64
import json
import sys
from collections import Counter
from pathlib import Path


def leaves(directory):
    """The lines of the log in their order: each bundle is a sequence of lines behind their lengths (C2SP tlog-tiles)."""
    index = 0
    while True:
        number = index // 256
        digits = f"{number % 1000:03}"
        while number >= 1000:
            number //= 1000
            digits = f"x{number % 1000:03}/{digits}"
        whole = directory / "tile/entries" / digits
        parts = sorted(Path(f"{whole}.p").glob("*"), key=lambda p: int(p.name)) if not whole.is_file() else [whole]
        if not parts:
            return
        data, before = parts[-1].read_bytes(), index
        while data:
            length = int.from_bytes(data[:2], "big")
            yield data[2:2 + length]
            data, index = data[2 + length:], index + 1
        if index - before < 256:
            return


def events(directory):
    """The events of all entries; the genesis and block lines have none."""
    for line in leaves(directory):
        if line.count(b".") == 2:
            payload = line.split(b".")[1]
            yield from json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))).get("events", [])


def balances(directory, lem=None):
    """{party: (energy taken less given, tokens)}, both in Wh."""
    owners, readings, energy, tokens = {}, {}, Counter(), Counter()
    for event in events(directory):
        if event["type"] == "device.registered":
            owners[event["device"]] = event["owners"]
        if lem not in (None, event.get("lem")):
            continue
        match event["type"]:
            case "account.opened":
                energy[event["party"]] += 0
            case "reading.recorded":
                [owner] = owners[event["device"]]  # this example divides no meter among several owners
                for offset, (taken, given) in enumerate(zip(event["imported"], event["exported"])):
                    readings.setdefault(event["first"] + offset, []).append((owner["party"], taken - given))
            case "slot.settled":
                for slot in range(event["first"], event["first"] + len(event["local"])):
                    for party, amount in readings.pop(slot, []):
                        energy[party] += amount
            case "token.rewarded":
                for reward in event["rewards"]:
                    tokens[reward["party"]] += reward["energy"]
    return {party: (energy[party], tokens[party]) for party in sorted(energy)}


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    for party, (taken, earned) in balances(Path(sys.argv[1]), *sys.argv[2:]).items():
        print(json.dumps({"party": party, "energy_wh": taken, "tokens_wh": earned}))
