"""Books of ORDERS-v1 for a comparison, and what `twinergy market clear` makes of them."""

import json
import subprocess
import tempfile

import orders


def book(number, size):
    """The book of `size` orders that begins at order number · size: arrays (is_bid, price, energy)."""
    return orders.orders(number * size, size)


def cleared(twinergy, book, *mechanism):
    """The JSON of a clearing; orders are named by their position."""
    is_bid, price, energy = book
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("id,side,price,energy\n")
        for position in range(len(price)):
            file.write(f"{position},{'B' if is_bid[position] else 'S'},{price[position]},{energy[position]}\n")
        file.flush()
        command = [twinergy, "market", "clear", "--orders", file.name, "--json", "--feed-in", str(orders.FEED_IN),
                   "--retail", str(orders.RETAIL), "--mechanism", *mechanism]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
