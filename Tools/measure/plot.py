"""Small line plots in SVG, both axes logarithmic."""

import math
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 460, 300, 60, 40, 34
COLOURS = ("#005f73", "#ca6702", "#9b2226", "#6a994e")


def svg(plots):
    """All plots, one below the other."""
    parts = [panel(title, lines, number * HEIGHT) for number, (title, lines) in enumerate(plots.items())]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT * max(len(parts), 1)}" '
            f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>'
            + "".join(parts) + "</svg>\n")


def panel(title, lines, top):
    points = [point for line in lines.values() for point in line]
    x, y = Axis([p[0] for p in points], LEFT, WIDTH - 90), Axis([p[1] for p in points], HEIGHT - BOTTOM, TOP)
    out = [f'<g transform="translate(0,{top})"><text x="{LEFT}" y="18" font-weight="bold">{escape(title)}</text>']
    for mark in x.marks:
        out.append(f'<line x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>'
                   f'<text x="{x(mark):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{mark:g}</text>')
    for mark in y.marks:
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 90}" y1="{y(mark):.1f}" y2="{y(mark):.1f}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 6}" y="{y(mark) + 4:.1f}" text-anchor="end">{mark:g}</text>')
    for colour, (name, line) in zip(COLOURS, lines.items()):
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in sorted(line))
        (a, b) = max(line)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
                   + "".join(f'<circle cx="{x(c):.1f}" cy="{y(d):.1f}" r="2.5" fill="{colour}"/>' for c, d in line)
                   + f'<text x="{x(a) + 8:.1f}" y="{y(b) + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    return "".join(out) + "</g>"


class Axis:
    """Maps values to places by their logarithm, from whole mark to whole mark."""

    def __init__(self, values, start, end):
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        self.low, self.high, self.start, self.end = low, max(high, low + 1), start, end
        self.marks = [10.0 ** exponent for exponent in range(self.low, self.high + 1)]

    def __call__(self, value):
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)
