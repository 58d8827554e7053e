"""One slot cleared as a data scientist would: sort, cumulate, search. Prints one JSON line: median processor seconds of the clearing alone.

usage: clear_numpy.py ORDERS REPETITIONS [SLOTS]
"""

import gc
import json
import statistics
import sys
import time

import numpy

import orders


def clear(is_bid, price, energy):
    """Volume, price at k = 1/2, and the fill of each order; equal prices are filled in order of time."""
    bids, asks = numpy.flatnonzero(is_bid), numpy.flatnonzero(~is_bid)
    bids = bids[numpy.argsort(-price[bids], kind="stable")]
    asks = asks[numpy.argsort(price[asks], kind="stable")]
    bid_price, ask_price = price[bids], price[asks]
    demand, supply = numpy.cumsum(energy[bids]), numpy.cumsum(energy[asks])
    steps = numpy.sort(numpy.concatenate([demand, supply]), kind="stable")
    steps = steps[steps <= min(demand[-1], supply[-1])]
    bid_at, ask_at = numpy.searchsorted(demand, steps), numpy.searchsorted(supply, steps)
    crossing = int(numpy.count_nonzero(bid_price[bid_at] >= ask_price[ask_at]))
    fills = numpy.zeros(len(price), numpy.int64)
    if crossing == 0:
        return 0, None, fills
    volume, bid, ask = int(steps[crossing - 1]), int(bid_at[crossing - 1]), int(ask_at[crossing - 1])
    fills[bids] = numpy.clip(volume - (demand - energy[bids]), 0, energy[bids])
    fills[asks] = numpy.clip(volume - (supply - energy[asks]), 0, energy[asks])
    next_bid = bid if demand[bid] > volume else bid + 1
    next_ask = ask if supply[ask] > volume else ask + 1
    low = max(ask_price[ask], bid_price[next_bid] if next_bid < len(bid_price) else orders.FEED_IN)
    high = min(bid_price[bid], ask_price[next_ask] if next_ask < len(ask_price) else orders.RETAIL)
    return volume, (int(low) + int(high)) // 2, fills


def main():
    count, repetitions = int(sys.argv[1]), int(sys.argv[2])
    slots = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    books = [orders.orders(slot * count, count) for slot in range(slots)]
    seconds = []
    gc.disable()
    for _ in range(repetitions):
        before = time.process_time()
        results = [clear(*book) for book in books]
        seconds.append(time.process_time() - before)
    volume, price, _ = results[0]
    print(json.dumps({"median": statistics.median(seconds), "volume": volume, "price": price}))


if __name__ == "__main__":
    main()
