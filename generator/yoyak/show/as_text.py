"""How a file was read, in lines for a person: what it says, then every line of a capture or every piece of a body.

Every word of it comes from a file that nobody has looked at: all of it goes through `printable` before it is styled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from yoyak.messages.catalogue import severity_word, speak, spoken_language, texts
from yoyak.model.message import Value, say
from yoyak.model.sources import Block, Evidence, Field, LineLabel
from yoyak.show.show import Shown
from yoyak.text.columns import columns, padded, printable, wrapped

UNSURE = 0.7
"""Below this confidence a person should look."""
_NAMES = 15
"""Columns of a field's name."""
_LABELS = 10
"""Columns of a line's label."""
_NARROWEST = 30
_MOMENT = re.compile(r"(\d{4,}-\d\d-\d\d)T(\d\d:\d\d(?::(?!00)\d\d)?)(?::00)?(?:\.\d+)?([+-][\d:]+|Z)?")

_OF_EMBARGO = re.compile(r"embargo line \((.*?)\)(?:, not understood: (.*))?")
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"fg": "green", "bold": True}, "subtitle": {"fg": "green"}, "heading": {"bold": True},
    "date": {"fg": "yellow"}, "byline": {"fg": "bright_blue"}, "publisher": {"fg": "bright_blue"},
    "theme": {"fg": "magenta"}, "tags": {"fg": "magenta"}, "rights": {"fg": "bright_red"}, "caption": {"fg": "cyan"},
    "figure": {"fg": "cyan"}, "paragraph": {"fg": "green"},
}  # fmt: skip
_LEFT_OUT = {"dim": True}
_LOOK = {"fg": "yellow", "bold": True}


def lines_of(shown: Shown, width: int | None) -> Iterator[str]:
    """Yield what was read, in rows of at most `width` columns; None leaves every line whole, for another program."""
    where = [printable(shown.path), _said(f"kind.{shown.kind}"), shown.encoding or _said("not-decoded")]
    yield click.style(" · ".join(where), bold=True)
    if not shown.in_site:
        yield _said("no-site")
    if shown.elsewhere:
        yield printable(_said("elsewhere", folder=shown.elsewhere))
    if shown.kind == "root_file" and not shown.problems:
        yield _said("as-it-is")
    if shown.fields:
        yield ""
    for name, field in shown.fields.items():
        yield from _field(name, field, shown.days, width)
    yield from _lines(shown, width) if shown.lines else _body(shown, width)
    yield from _left_out(shown, width)
    yield from _to_look_at(shown, width)


# --- what it says --------------------------------------------------------------------------------


def _field(name: str, field: Field, days: frozenset[str], width: int | None) -> Iterator[str]:
    head, space = padded(printable(name), _NAMES), " " * _NAMES
    value = _words(field.value, is_day=name in days)
    yield from _rows(head, click.style(head, bold=True), value, width, _STYLES["title"] if name == "title" else {})
    sure = _said("sure", percent=f"{field.confidence:.0%}") if field.confidence < 1 else ""
    said = " · ".join(filter(None, (sure, "; ".join(map(_evidence, field.evidence)))))
    if field.confidence < UNSURE:
        yield from _rows(space, space, _said("look", found=said), width, _LOOK)
    elif said:
        yield from _rows(space, space, said, width, _LEFT_OUT)
    for number, other in enumerate(field.alternatives[:3]):
        yield from _rows(space, space, _said("or", value=_words(other, is_day=f"{name}.{number}" in days)), width, {})


def _evidence(evidence: Evidence) -> str:
    place = _said("line", line=str(evidence.line)) if evidence.line else printable(evidence.selector or "")
    return _rule(evidence.rule) + (f", {place}" if place else "")


def _rule(name: str) -> str:
    """Return a rule in words. A pattern is called as a rule file calls it, where its name may be written."""
    key = "rule." + re.sub("[^a-z]+", "-", name.lower())
    if f"show.{key}" in texts(spoken_language()):
        return _said(key)
    if found := _OF_EMBARGO.fullmatch(name):
        how, why = found.groups()
        said = _said("rule-of-embargo.not-understood", how=how, why=why) if why else _said("rule-of-embargo", how=how)
        return printable(said)
    return printable(_said("rule-of-pattern", name=name) if re.fullmatch(r"[\w.-]+", name) else name)


def _words(value: Any, *, is_day: bool = False) -> str:
    if isinstance(value, dict):
        if set(value) <= {"name", "email"}:
            return _words(value["name"]) + (f" <{_words(value['email'])}>" if "email" in value else "")
        return ", ".join(f"{key}: {_words(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return _said("yes" if value else "no")
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    text = str(value)
    if moment := _MOMENT.fullmatch(text):
        text = moment[1] if is_day else " ".join(filter(None, moment.groups()))
    return printable(" ".join(text.split()))


# --- every line of a capture, or every piece ---------------------------------------------------------


def _lines(shown: Shown, width: int | None) -> Iterator[str]:
    left = sum(not line.kept for line in shown.lines)
    yield ""
    yield click.style(_said("lines", kept=len(shown.lines) - left, left=left), bold=True)
    for line in shown.lines:
        yield from _line(line, shown.text[line.n - 1], width)


def _line(line: LineLabel, text: str, width: int | None) -> Iterator[str]:
    mark = "+" if line.kept else "-"
    unsure = line.confidence < UNSURE
    sure = f"{line.confidence:>4.0%}{'?' if unsure else ' '}"
    number, label = f"{line.n:>4} {mark} ", padded(printable(line.label), _LABELS)
    style = _STYLES.get(line.label, {}) if line.kept else _LEFT_OUT
    styled = (
        click.style(number, dim=True)
        + click.style(label, **style)
        + click.style(sure, **_LOOK if unsure else _LEFT_OUT)
    )
    shown = printable(text.expandtabs(4).strip())
    rule = click.style(f"  ({_rule(line.rule)})", dim=True)
    yield from _rows(f"{number}{label}{sure} ", styled + " ", shown, width, {} if line.kept else _LEFT_OUT, rule)


def _body(shown: Shown, width: int | None) -> Iterator[str]:
    if not shown.body:
        return
    yield ""
    yield click.style(_said("body", count=len(shown.body)), bold=True)
    for block in shown.body:
        number, label = f"{block.line or '':>4}   ", padded(block.kind, _LABELS)
        styled = click.style(number, dim=True) + click.style(label, **_STYLES.get(block.kind, {}))
        credit = f" ({block.credit})" if block.credit else ""
        first, *rest = [printable(row) for row in (block.text + credit).split("\n")]
        yield from _rows(number + label, styled, first, width, {})
        for row in rest:
            space = " " * columns(number + label)
            yield from _rows(space, space, row, width, {})


def _left_out(shown: Shown, width: int | None) -> Iterator[str]:
    """Yield what of a saved page is not shown, each with its reason and its element."""
    if not shown.left_out:
        return
    yield ""
    yield click.style(_said("left-out", count=len(shown.left_out)), bold=True)
    for block in shown.left_out:
        rule = click.style(f"  ({_rule(block.rule)}, {printable(block.selector)})", dim=True)
        head = "     - "
        yield from _rows(head, click.style(head, dim=True), printable(block.text), width, _LEFT_OUT, rule)


# --- what a person should look at ----------------------------------------------------------------------


def _to_look_at(shown: Shown, width: int | None) -> Iterator[str]:
    if not shown.problems:
        return
    yield ""
    yield click.style(_said("to-look-at"), bold=True)
    for problem in shown.problems:
        what = speak(problem.message)
        if problem.path != shown.path:
            what = f"{problem.place}: {what}"
        elif problem.line:
            what = _said("at-line", line=str(problem.line), message=what)
        style: dict[str, Any] = {"fg": "red"} if problem.severity == "error" else {"fg": "yellow"}
        mark = f"{severity_word(problem)} "
        yield from _rows(f"  {mark}", "  " + click.style(mark, **style), printable(what), width, {})
        if problem.hint:
            space = " " * (2 + columns(mark))
            for line in (speak(problem.hint), *problem.write):
                yield from _rows(space, space, printable(line), width, {})


def _said(key: str, /, **values: Value) -> str:
    return speak(say(f"show.{key}", **values))


def _rows(head: str, styled: str, text: str, width: int | None, style: dict[str, Any], tail: str = "") -> Iterator[str]:
    """Yield `text` behind its head; the rows after the first stand below its first word."""
    indent = columns(head)
    rows: Sequence[str] = [text]
    if width is not None:
        room = max(_NARROWEST, width - indent)
        rows = list(wrapped(text, room))
        if tail and columns(rows[-1]) + columns(click.unstyle(tail)) > room:
            rows = [*rows, ""]
    for number, row in enumerate(rows):
        end = tail if number == len(rows) - 1 else ""
        yield ((styled if number == 0 else " " * indent) + (click.style(row, **style) if row else "") + end).rstrip()


# --- How a file was read, for a program: the shape that docs/reference/cli.md describes --------------------------


def plain(shown: Shown) -> Mapping[str, Any]:
    """Return what was read as plain values. What is not known is absent."""
    left_out = {"left_out": shown.left_out} if shown.kind == "saved_page" else {}
    return {
        "path": shown.path,
        "kind": shown.kind,
        "encoding": shown.encoding,
        "fields": {name: _plain_field(field, is_day=name in shown.days) for name, field in shown.fields.items()},
        "body": [_block(block) for block in shown.body],
        "lines": shown.lines,
        **left_out,
        "problems": shown.problems,
    }


def _plain_field(field: Field, *, is_day: bool) -> Mapping[str, Any]:
    found = {
        "value": field.value,
        "confidence": field.confidence,
        "evidence": [_plain_evidence(evidence) for evidence in field.evidence],
        "alternatives": field.alternatives,
    }
    return found | ({"day_only": True} if is_day else {})


def _plain_evidence(evidence: Evidence) -> Mapping[str, Any]:
    found = {"line": evidence.line, "selector": evidence.selector, "rule": evidence.rule}
    return {name: value for name, value in found.items() if value}


def _block(block: Block) -> Mapping[str, Any]:
    found = {"kind": block.kind, "text": block.text}
    return found | {name: value for name in ("line", "credit") if (value := getattr(block, name))}
