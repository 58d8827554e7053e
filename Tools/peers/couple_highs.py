"""Coupled markets as one linear programme, solved by HiGHS. Prints one JSON line: processor seconds of the solver alone, welfare."""

import json
import statistics
import sys
import time

import highspy
import numpy

import orders


def problem(markets, each):
    """Columns: a fill for each order, then each line forward and backward. Rows: one balance a market."""
    cost, upper, rows, values = [], [], [], []
    for market in range(markets):
        is_bid, price, energy = orders.orders(market * each, each)
        cost.append(numpy.where(is_bid, price, -price))
        upper.append(energy)
        rows += [[market]] * each
        values += [[-1.0] if bid else [1.0] for bid in is_bid]
    lines = numpy.arange(2 * markets, dtype=numpy.uint64)
    place = lambda p, bound: (orders.draw(10**9 + 3 * lines + numpy.uint64(p)) % numpy.uint64(bound)).astype(int)
    chord, capacity, fee = 2 + place(0, markets - 3), 500 + place(1, 20_000), place(2, 400)
    for line in range(2 * markets):
        start = line % markets
        end = (start + (1 if line < markets else int(chord[line]))) % markets
        for a, b in ((start, end), (end, start)):
            cost.append([-fee[line]])
            upper.append([capacity[line]])
            rows.append([a, b])
            values.append([-1.0, 1.0])
    return numpy.concatenate(cost).astype(float), numpy.concatenate(upper).astype(float), rows, values


def solve(markets, each):
    cost, upper, rows, values = problem(markets, each)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), markets
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, numpy.zeros(len(cost)), upper
    model.row_lower_ = model.row_upper_ = numpy.zeros(markets)
    model.sense_ = highspy.ObjSense.kMaximize
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = numpy.concatenate([[0], numpy.cumsum([len(r) for r in rows])]).astype(numpy.int32)
    model.a_matrix_.index_ = numpy.concatenate(rows).astype(numpy.int32)
    model.a_matrix_.value_ = numpy.concatenate(values)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.passModel(model)
    before = time.process_time()
    highs.run()
    return time.process_time() - before, highs.getInfo().objective_function_value


if __name__ == "__main__":
    markets, each, repetitions = (int(argument) for argument in sys.argv[1:4])
    results = [solve(markets, each) for _ in range(repetitions)]
    print(json.dumps({"median": statistics.median(r[0] for r in results), "welfare": results[0][1]}))
