"""The same facts in PyPI's eventsourcing on its SQLite recorder. Prints one JSON line: events replayed in a second of processor time.

usage: replay_eventsourcing.py EVENTS REPETITIONS
"""

import json
import statistics
import sys
import tempfile
import time

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

import orders


class Market(Aggregate):
    """Orders by their names, as a market knows them before it clears."""

    def __init__(self, lem: str):
        self.lem = lem
        self.orders = {}

    @event("OrderPlaced")
    def place(self, party: str, order: str, side: str, first: int, price: list, energy: list):
        self.orders[order] = (party, side, first, price, energy)


class Markets(Application):
    pass


def fill(application, count):
    is_bid, price, energy = orders.orders(0, count)
    market = Market("lem")
    for number in range(count):
        party = f"h{number % 1024}"
        market.place(
            party, f"{party}-d0-{number}", "bid" if is_bid[number] else "ask", 1_979_712 + number % 96,
            [int(price[number])], [int(energy[number])])
    application.save(market)
    return market.id


def main():
    count, repetitions = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as directory:
        application = Markets(env={
            "PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": f"{directory}/events.sqlite"})
        name = fill(application, count)
        seconds = []
        for _ in range(repetitions):
            before = time.process_time()
            market = application.repository.get(name)
            seconds.append(time.process_time() - before)
            assert len(market.orders) == count
        print(json.dumps({"rate": count / statistics.median(seconds)}))


if __name__ == "__main__":
    main()
