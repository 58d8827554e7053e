"""Our uniform price beside pay-as-clear of assume-framework on the same books: volume, welfare, price.

usage: TWINERGY_REQUIREMENTS=Tools/peers/assume/requirements.txt Tools/python Tools/peers/assume/compare.py TWINERGY [BOOKS] [ORDERS]
"""
import logging
import os
import random
import sys
import tempfile
import warnings
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
warnings.filterwarnings("ignore")
TWINERGY = os.path.abspath(sys.argv[1])
# assume-framework writes a log where it is started.
os.chdir(tempfile.mkdtemp())

from assume.common.market_objects import MarketConfig, MarketProduct  # noqa: E402
from assume.markets.clearing_algorithms.simple import PayAsClearRole  # noqa: E402
from dateutil import rrule  # noqa: E402
from dateutil.relativedelta import relativedelta  # noqa: E402

import books  # noqa: E402

logging.disable(logging.CRITICAL)
START = datetime(2024, 1, 1)
END = START + timedelta(minutes=15)


def role():
    hours = rrule.rrule(rrule.HOURLY, dtstart=START, until=START + timedelta(days=1))
    return PayAsClearRole(MarketConfig(
        market_id="m", opening_hours=hours, opening_duration=timedelta(minutes=15),
        market_products=[MarketProduct(duration=relativedelta(minutes=15), count=1)]))


def amount(value):
    return sum(value.values()) if isinstance(value, dict) else value


def peer(book):
    """Volume, welfare and price of pay-as-clear."""
    is_bid, price, energy = book
    random.seed(0)
    bids = [dict(bid_id=k, start_time=START, end_time=END, only_hours=None, price=int(price[k]), agent_addr=f"u{k}",
                 volume=-int(energy[k]) if is_bid[k] else int(energy[k]), node="node0") for k in range(len(price))]
    accepted = role().clear(bids, [(START, END, None)])[0]
    fills = [(amount(order["accepted_volume"]), order) for order in accepted]
    volume = sum(fill for fill, order in fills if order["volume"] > 0)
    welfare = sum(-fill * order["price"] for fill, order in fills)
    prices = {amount(order["accepted_price"]) for fill, order in fills if fill}
    return volume, welfare, prices.pop() if len(prices) == 1 else None


def main():
    count, size = (int(a) for a in (sys.argv[2:] + ["50", "40"][len(sys.argv) - 2:]))
    same, outside, told = 0, 0, 0
    for number in range(count):
        book = books.book(number, size)
        ours = books.cleared(TWINERGY, book, "uniform")
        volume, welfare, price = peer(book)
        if (volume, welfare) == (ours["volume"], ours["welfare"]):
            same += 1
        elif told < 3:
            told += 1
            print(f"book {number}: volume {ours['volume']} and {volume}, welfare {ours['welfare']} and {welfare}")
        if price is not None and ours["range"] and not ours["range"][0] <= price <= ours["range"][1]:
            outside += 1
    print(f"assume-framework: {same} of {count} books have our volume and welfare; its price is no equilibrium in {outside}")


if __name__ == "__main__":
    main()
