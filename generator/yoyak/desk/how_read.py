"""How the file of an article was read: what was left out and by which rule, and which titles lost."""

from __future__ import annotations

from yoyak.desk.records import Records
from yoyak.model.types import Record
from yoyak.show.show import show_file


class HowRead(Record, kw_only=True):
    titles: tuple[str, ...]
    """Those that lost, best first."""
    lines: tuple[tuple[int, str, str, bool], ...]
    """Of a capture: number, text, label with its rule, and whether it was kept."""
    left_out: tuple[tuple[str, str], ...]
    """Of a saved page: words, and why."""


def how_read(records: Records, path: str) -> HowRead | None:
    """Return how a capture or a saved page was read; None for what its author wrote as it is."""
    shown = show_file(records.folder / path, records.folder, records.config.now)
    if shown.kind == "markdown":
        return None
    title = shown.fields.get("title")
    labels = {one.n: one for one in shown.lines}
    lines = tuple(
        (number, text, f"{labels[number].label}: {labels[number].rule}", labels[number].kept)
        for number, text in enumerate(shown.text, 1)
        if number in labels
    )
    return HowRead(
        titles=tuple(str(one) for one in title.alternatives) if title else (),
        lines=lines if shown.kind == "capture" else (),
        left_out=tuple((one.text, one.rule) for one in shown.left_out),
    )
