"""How a file was read, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yoyak.reading import Field
from yoyak.showing import Shown

WIDTH = 100


def lines_of(shown: Shown) -> Iterator[str]:
    """Yield how a file was read: fields with their provenance, the body's pieces, the lines left out, the problems."""
    yield f"{shown.path} · {shown.kind.replace('_', ' ')} · {shown.encoding}"
    yield ""
    for name, field in shown.fields.items():
        yield from _field(name, field)
    if shown.body:
        yield ""
        yield f"Body: {len(shown.body)} pieces"
        for block in shown.body:
            yield f"  {block.line or '':>4} {block.kind:<9} {_short(block.text)}"
    left = [line for line in shown.lines if not line.kept]
    if shown.lines:
        yield ""
        yield f"Left out: {len(left)} of {len(shown.lines)} lines that are not blank"
    for line in left:
        text = _short(shown.text[line.n - 1], 60)
        yield f"  {line.n:>4} {line.label:<9} {text}  ({line.rule}, {line.confidence:.0%})"
    if shown.problems:
        yield ""
        yield from map(str, shown.problems)


def _field(name: str, field: Field) -> Iterator[str]:
    yield f"  {name:<14} {_short(_words(field.value))}"
    said = [
        e.rule + (f", line {e.line}" if e.line else "") + (f", {e.selector}" if e.selector else "")
        for e in field.evidence
    ]
    yield f"  {'':<14} from {'; '.join(said) or 'the default'} · {field.confidence:.0%} sure"
    for other in field.alternatives[:3]:
        yield f"  {'':<14} or: {_short(_words(other))}"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    return ", ".join(map(_words, value)) if isinstance(value, list | tuple) else str(value)


def _short(text: str, width: int = WIDTH - 18) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= width else one_line[: width - 1] + "…"
