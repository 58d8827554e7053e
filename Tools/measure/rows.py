"""The rows of the bench: each gives what was measured, what it is set beside, and how the two compare."""

import sqlite3
from dataclasses import dataclass


@dataclass
class Row:
    """A figure and its reference; `ratio` is how many times as good as the reference the figure is: more is better."""

    name: str
    value: float
    unit: str
    reference: float
    ratio: float
    beside: str

    @property
    def json(self):
        return {"name": self.name, "value": self.value, "unit": self.unit, "reference": self.reference,
                "ratio": self.ratio}


def rate(name, value, unit, reference, beside):
    """A figure of which more is better."""
    return Row(name, value, unit, reference, value / reference, beside)


def cost(name, value, unit, reference, beside):
    """A figure of which less is better."""
    return Row(name, value, unit, reference, reference / value, beside)


def signed(machine, name, figures, what, per_entry=1, unit="entries/s"):
    limit = figures[name, "", "libsodium on all cores"]
    value = figures[name, "", what]
    beside = "libsodium's verifications on all cores"
    wall = Row(name, value * per_entry, unit, limit * per_entry, figures[name, "", "ratio"], beside)
    return [wall, processor(name, figures, "libsodium's share of all processor time")]


def processor(name, figures, beside):
    """The same ratio in processor time, which hardly depends on what else the machine does."""
    ratio = figures[name, "", "processor ratio"]
    return Row(f"{name}/processor", ratio, "1", 1, ratio, beside)


def append(machine):
    return signed(machine, "append", write_log(machine), "entries")


def write_log(machine):
    return machine.ours("append", machine.entries, machine.log)


def append_curves(machine):
    figures = machine.ours("append-curves", max(machine.entries // 8, 1_000), machine.directory / "curves")
    idle = figures["append-curves", "", "entries of 96 orders on idle cores"] * 96
    return signed(machine, "append-curves", figures, "entries of 96 orders", 96, "orders/s") + [
        rate("append-curves/idle", idle, "orders/s", 500_000, "the rate that we ask for, if no core did anything else")]


def verify(machine):
    write_log(machine)
    figures = machine.ours("verify", machine.entries, machine.log)
    memory = figures["verify", "", "peak memory"]
    return signed(machine, "verify", figures, "entries") + [
        cost("verify/memory", memory / 1e6, "MB", 150, "the limit that we set")]


def verify_without_signatures(machine):
    write_log(machine)
    name = "verify-no-signatures"
    figures = machine.ours(name, machine.entries, machine.log)
    value = figures[name, "", "entries"]
    idle = figures[name, "", "entries on idle cores"]
    return [rate(name, value, "entries/s", 300_000, "the rate that we ask for"),
            rate(f"{name}/idle", idle, "entries/s", 300_000, "the same, if no core did anything else")]


def replay(machine):
    write_log(machine)
    figures = machine.ours("replay", machine.entries, machine.log)
    value, decoding = figures["replay", "", "events"], figures["replay", "", "events decoded alone"]
    peer = machine.python("replay_eventsourcing.py", min(machine.entries, 20_000), 3)["rate"]
    return [rate("replay/decoding", value, "events/s", decoding, "decoding the same JSON alone, one core"),
            processor("replay", figures, "decoding's share of all processor time"),
            rate("replay/eventsourcing", value, "events/s", peer, "PyPI's eventsourcing on SQLite")]


def restart(machine):
    write_log(machine)
    figures = machine.ours("replay", machine.entries, machine.log)
    return [cost("restart", figures["restart", "", "restart"], "s", figures["restart", "", "replay"],
                 "a replay of the whole log")]


def prove(machine):
    write_log(machine)
    figures = machine.ours("prove", machine.entries, machine.log)
    sizes = sorted((int(key[1].split("=")[1]), value) for key, value in figures.items())
    for size, value in sizes:
        machine.curve("proof, µs by leaves", "median", size, value)
    (_, first), (size, last) = sizes[0], sizes[-1]
    return [cost(f"prove/{size}", last, "µs", first, f"a proof among {sizes[0][0]} leaves")]


def memory(machine):
    figures = write_log(machine)
    sizes = sorted((int(key[1].split("=")[1]), value / 1e6) for key, value in figures.items() if key[0] == "memory")
    for size, value in sizes:
        machine.curve("memory of a node, MB by leaves", "resident", size, value)
    first, last = sizes[len(sizes) // 4], sizes[-1]
    return [cost(f"memory/{last[0]}", last[1], "MB", first[1], f"at {first[0]} leaves")]


def disk(machine):
    write_log(machine)
    database = sqlite3.connect(f"file:{machine.log}/log.sqlite?mode=ro", uri=True)
    leaves, line = database.execute("SELECT count(*), avg(length(line)) FROM leaves").fetchone()
    whole, = database.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    rows = [cost("disk", whole / leaves, "B/leaf", line, "the line itself")]
    try:
        parts = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    except sqlite3.OperationalError:
        return rows
    return rows + [cost(f"disk/{name}", size / leaves, "B/leaf", line, "the line itself")
                   for name, size in parts if size / leaves >= 1]


def messages(machine):
    figures = machine.ours("messages", machine.entries, machine.directory / "messages")
    value, alone = figures["messages", "", "messages"], figures["messages", "", "libnats alone"]
    sizes = sorted((int(key[1].split("=")[1]), value / 1e6)
                   for key, value in figures.items() if key[0] == "messages-memory")
    for size, resident in sizes:
        machine.curve("memory of a node that tells, MB by messages", "resident", size, resident)
    first, last = sizes[len(sizes) // 4], sizes[-1]
    beside = "libnats publishing the same bytes alone"
    return [Row("messages", value, "messages/s", alone, figures["messages", "", "ratio"], beside),
            Row("messages/processor", figures["messages", "", "processor ratio"], "1", 1,
                figures["messages", "", "processor ratio"], "libnats's share of the processor time"),
            rate("messages/stored", figures["messages-stored", "", "messages"], "messages/s",
                 figures["messages-stored", "", "each alone"], "JetStream's word awaited for each message"),
            cost(f"messages/memory/{last[0]}", last[1], "MB", first[1], f"at {first[0]} messages")]


def clear_slot(machine):
    figures = machine.ours("clear-1m", machine.orders)
    rows = []
    for count in [count for count in (100, 1_000, 10_000, 100_000, 1_000_000) if count <= machine.orders]:
        parameters = f"orders={count} margin=time"
        value = figures["clear-1m", parameters, "median"]
        repetitions = max(9, min(200, 1_000_000 // count))
        for line, peer in (("numpy", machine.python("clear_numpy.py", count, repetitions)),
                           ("C++", machine.cpp("clear_limit.cpp", count, repetitions))):
            same = [figures["clear-1m", parameters, measure] for measure in ("volume", "price")]
            assert same == [peer["volume"], peer["price"]], f"{line} clears {count} orders otherwise"
            rows.append(cost(f"clear-1m/{count}/{line}", value * 1e6, "µs", peer["median"] * 1e6, line))
            machine.curve("clearing a slot, ns an order by orders", line, count, peer["median"] / count * 1e9)
        machine.curve("clearing a slot, ns an order by orders", "Twinergy", count, value / count * 1e9)
    size = figures["clear-1m", "", "memory of an order and its fill"]
    return rows + [cost("clear-1m/memory", size, "B/order", 24, "price, energy and fill in 64 bits each")]


def clear_day(machine):
    count = max(machine.orders // 100, 100)
    value = machine.ours("clear-day", count)["clear-day", f"slots=96 orders={count}", "median"]
    return [cost(f"clear-day/{line}", value * 1e3, "ms", peer["median"] * 1e3, line)
            for line, peer in (("numpy", machine.python("clear_numpy.py", count, 5, 96)),
                               ("C++", machine.cpp("clear_limit.cpp", count, 9, 96)))]


def continuous(machine):
    figures = machine.ours("continuous", machine.orders)
    ours = {key[2]: value for key, value in figures.items()}
    pace = int(next(iter(figures))[1].split("rate=")[1])
    peer = machine.cpp("heap_book.cpp", machine.orders, pace)
    assert (ours["trades"], ours["volume"]) == (peer["trades"], peer["volume"]), "the heaps trade otherwise"
    beside = "a book of two heaps in C++"
    return [rate("continuous", ours["throughput"], "orders/s", peer["throughput"], beside)] + [
        cost(f"continuous/{part}", ours[part], "ns", peer[part], beside) for part in ("p50", "p99", "p99.9")]


def couple(machine):
    each = max(min(machine.orders // 1_000, 1_000), 10)
    ours = {key[2]: value for key, value in machine.ours("couple", each).items()}
    peer = machine.python("couple_highs.py", 100, each, 3)
    assert ours["welfare"] == round(peer["welfare"]), "HiGHS finds another welfare"
    return [cost("couple", ours["median"] * 1e3, "ms", peer["median"] * 1e3, "HiGHS, same welfare")]


def validators(machine):
    figures = machine.ours("validators", max(machine.entries // 20, 1_000), machine.directory / "validators")
    found = []
    for number in (4, 7):
        of = lambda what, n=number: figures["validators", f"validators={n}", what]
        alone = lambda what: figures["validators", "validators=1", what]
        name, beside = f"validators/{number}", "one validator alone"
        found += [rate(name, of("entries"), "entries/s", alone("entries"), beside),
                  cost(f"{name}/p50", of("p50") * 1e3, "ms", alone("p50") * 1e3, beside),
                  cost(f"{name}/p99", of("p99") * 1e3, "ms", alone("p99") * 1e3, beside)]
    return found


ALL = {
    "append": append, "append-curves": append_curves, "verify": verify,
    "verify-no-signatures": verify_without_signatures, "replay": replay, "restart": restart, "prove": prove,
    "memory": memory, "disk": disk, "clear-1m": clear_slot, "clear-day": clear_day, "continuous": continuous,
    "couple": couple, "validators": validators, "messages": messages,
}
