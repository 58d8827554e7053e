"""Our Huang auction beside pymarket's on the same books: volume and both prices.

usage: TWINERGY_REQUIREMENTS=Tools/peers/pymarket/requirements.txt Tools/python Tools/peers/pymarket/compare.py TWINERGY [BOOKS] [ORDERS]
"""
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
warnings.filterwarnings("ignore")

import numpy  # noqa: E402
import pandas  # noqa: E402
from pymarket.mechanisms import HuangAuction  # noqa: E402

import books  # noqa: E402


def peer(book):
    """Volume bought and sold, what buyers pay, what sellers get."""
    is_bid, price, energy = book
    frame = pandas.DataFrame(dict(
        quantity=energy.astype(float), price=price.astype(float), user=numpy.arange(len(price)), buying=is_bid, time=0,
        divisible=True))
    trades = HuangAuction(frame).run()[0].get_df()
    trades = trades[trades.quantity > 0]
    bought = trades[is_bid[trades.bid.astype(int)]]
    sold = trades[~is_bid[trades.bid.astype(int)]]
    return bought.quantity.sum(), sold.quantity.sum(), set(bought.price), set(sold.price)


def main():
    twinergy, count, size = sys.argv[1], *(int(a) for a in (sys.argv[2:] + ["50", "40"][len(sys.argv) - 2:]))
    same, told = 0, 0
    for number in range(count):
        book = books.book(number, size)
        ours = books.cleared(twinergy, book, "huang")
        bought, sold, pays, gets = peer(book)
        agrees = abs(bought - ours["volume"]) < 1e-6 and abs(sold - ours["volume"]) < 1e-6
        agrees = agrees and (not ours["volume"] or (pays == {ours["buyerPays"]} and gets == {ours["sellerGets"]}))
        same += agrees
        if not agrees and told < 3:
            told += 1
            print(f"book {number}: ours {ours['volume']} Wh at {ours['buyerPays']} and {ours['sellerGets']}, "
                  f"pymarket buys {bought} at {pays} and sells {sold} at {gets}")
    print(f"pymarket: {same} of {count} books have our volume and prices")


if __name__ == "__main__":
    main()
