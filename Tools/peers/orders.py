"""ORDERS-v1: SplitMix64 as a counter hash, five draws an order; the same numbers as the bench's own generator."""

import numpy

FEED_IN, RETAIL, SEED = 8_000, 30_000, 20_240_915


def draw(index):
    """The draws at an array of stream positions."""
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(SEED) + (numpy.asarray(index, numpy.uint64) + numpy.uint64(1)) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))


def orders(first, count):
    """Arrays (is_bid, price, energy) of the orders first … first + count − 1."""
    number = numpy.arange(first, first + count, dtype=numpy.uint64)
    draws = [draw(number * numpy.uint64(5) + numpy.uint64(place)) for place in range(4)]
    levels = numpy.uint64(RETAIL - FEED_IN + 1)
    is_bid = (draws[0] & numpy.uint64(1)).astype(bool)
    a, b = (draws[1] % levels).astype(numpy.int64), (draws[2] % levels).astype(numpy.int64)
    price = FEED_IN + numpy.where(is_bid, numpy.maximum(a, b), numpy.minimum(a, b))
    energy = 10 + (draws[3] % numpy.uint64(2_491)).astype(numpy.int64)
    return is_bid, price, energy
