"""The rows as a table to read."""


def lines(rows, machine):
    cells = [("row", "value", "", "reference", "ratio", "beside")]
    for row in rows:
        cells.append((row.name, number(row.value), row.unit, number(row.reference), f"{row.ratio:.2f}", row.beside))
    widths = [max(len(cell[column]) for cell in cells) for column in range(5)]
    yield f"{machine.kind()}; log of {machine.entries} leaves; largest slot of {machine.orders} orders"
    yield "ratio: how many times as good as the reference; more is better"
    for name, value, unit, reference, ratio, beside in cells:
        yield (f"{name:<{widths[0]}}  {value:>{widths[1]}} {unit:<{widths[2]}}  {reference:>{widths[3]}}  "
               f"{ratio:>{widths[4]}}  {beside}")


def number(value):
    """Three figures, thousands apart."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"
