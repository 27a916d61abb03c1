"""Measures become medians, ratios and tables. Nothing here measures.

`Measures` are numbers by name; the name holds the unit. A ratio is yoyak's number over a peer's: below 1, yoyak needs
less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

Measures = dict[str, float]
Ratios = dict[str, dict[str, float]]
Row = Sequence[str]


def medians(rounds: Sequence[Mapping[str, float]]) -> Measures:
    """Return the median of every measure over the rounds that have it."""
    names = dict.fromkeys(name for each in rounds for name in each)
    return {name: median(each[name] for each in rounds if name in each) for name in names}


def ratios(generators: Mapping[str, Measures]) -> Ratios:
    """Return by peer and measure how many times its number yoyak's is."""
    own = generators["yoyak"]
    return {
        peer: {name: own[name] / value for name, value in measures.items() if own.get(name) and value}
        for peer, measures in generators.items()
        if peer != "yoyak"
    }


def growth(small: Mapping[str, float], large: Mapping[str, float]) -> Measures:
    """Return how many times those of a site the measures of a larger one are."""
    return {f"{name} growth": value / small[name] for name, value in large.items() if small.get(name)}


def table(generators: Mapping[str, Measures]) -> Iterator[Row]:
    """Give a head and a row for each measure: yoyak's number, and each peer's with its ratio."""
    peers = [name for name in generators if name != "yoyak"]
    compared = ratios(generators)
    yield ["", "yoyak", *(cell for peer in peers for cell in (peer, f"yoyak/{peer}"))]
    for name, value in generators["yoyak"].items():
        cells = [name, number(value)]
        for peer in peers:
            theirs, ratio = generators[peer].get(name), compared[peer].get(name)
            cells += [number(theirs) if theirs is not None else "", f"{ratio:.2f}" if ratio else ""]
        yield cells


def changes(before: Mapping[str, Measures], now: Mapping[str, Measures]) -> Iterator[Row]:
    """Give a row for each measure of yoyak in two runs: both numbers, and both ratios to each peer of both."""
    compared = ratios(before), ratios(now)
    peers = [peer for peer in compared[1] if peer in compared[0]]
    yield ["", "before", "now", "now/before", *(f"yoyak/{peer}" for peer in peers)]
    for name, value in now["yoyak"].items():
        old = before["yoyak"].get(name)
        if old:
            both = ([each[peer].get(name) for each in compared] for peer in peers)
            shifts = (f"{first:.2f} → {then:.2f}" if first and then else "" for first, then in both)
            yield [name, number(old), number(value), f"{value / old:.2f}", *shifts]


def number(value: float) -> str:
    """Return a number with three significant digits, or whole when it is large."""
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}"


def as_text(rows: Sequence[Row]) -> str:
    """Return rows as columns for a terminal."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_markdown(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table."""
    rule = ["---", *["---:"] * (len(rows[0]) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))
