"""Repairs of keys: a slip in a name, a key written twice, a colon without its space, a tab."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yoyak.fixing.case import ENTRY, Case, Found, Repair, becomes, block_end, indent_of, nearest
from yoyak.front_matter.yaml_shadow import without_tabs
from yoyak.model.message import say
from yoyak.text.byte_lines import Edit

_NO_SPACE = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[A-Za-z_]+)\s*(?::|：|﹕)\s*(?P<value>[^\s:/].*)$")
_NAME = re.compile(r"\w+")


def misspelt_key(case: Case) -> Found:
    """Mend a name that is one slip away from one known key."""
    start = case.start
    match = _NAME.match(case.line, start + (case.line[start : start + 1] in "\"'"))
    if not match:
        return
    meant = nearest(match[0], case.names(top=case.problem.column == 1), shortest=3)
    if meant:
        yield Repair(what=becomes(match[0], meant), edits=case.put(match.start(), match.end(), meant))


def repeated_key(case: Case) -> Found:
    """Take one of two entries out when nothing is lost by it: they say the same, or one of them says nothing."""
    first = _first_of(case)
    if not first:
        return
    last = case.looked.head.stop - 1
    spans = [(at, block_end(case.lines, at, last)) for at in (first, case.at)]
    if spans[0][1] >= case.at:
        return
    texts = [tuple(case.lines.text(n).rstrip() for n in range(start, end + 1)) for start, end in spans]
    outs = [(Edit(line=start, count=end - start + 1),) for start, end in spans]
    empty = [len(text) == 1 and text[0].endswith(":") for text in texts]
    if empty[1] or empty[0]:
        yield Repair(what=say("repair.empty-key"), edits=outs[1 if empty[1] else 0])
        return
    if texts[0] != texts[1] and not _are_read_as_one(case, outs):
        return
    for number in (1, 0):
        if texts[0] == texts[1] or "#" not in "".join(texts[number]):
            yield Repair(what=say("repair.twice"), edits=outs[number])


def _are_read_as_one(case: Case, outs: Sequence[tuple[Edit, ...]]) -> bool:
    """Tell whether either of two entries says what the other says; two that nobody can read do not."""
    neither, without_first, without_second = (case.trial(edits) for edits in ((*outs[0], *outs[1]), *outs))
    if neither is None or without_first is None or without_second is None:
        return False
    return without_first.keys == without_second.keys != neither.keys


def _first_of(case: Case) -> int:
    """Return the line of the first entry with the problem's name and parent; 0 when it has no line of its own."""
    entry = ENTRY.match(case.line)
    if not entry or entry["lead"].strip() or case.start > entry.end("key"):
        return 0
    found = 0
    for number in range(case.at - 1, case.looked.head.start - 1, -1):
        text = case.lines.text(number)
        other = ENTRY.match(text)
        if text.strip() and not text.lstrip().startswith("#") and indent_of(text) < indent_of(case.line):
            break
        if other and other["lead"] == entry["lead"] and other["key"].strip("\"'") == entry["key"].strip("\"'"):
            found = number
    return found


def no_space(case: Case) -> Found:
    """Put a space behind the colon of a known key, or a colon of YAML's in the place of a wide one."""
    match = _NO_SPACE.match(case.line)
    if not match or match["key"].lower() not in case.names(top=not match["lead"]):
        return
    wide = ":" not in case.line[match.end("key") : match.start("value")]
    what = say("repair.wide-colon" if wide else "repair.colon")
    text = f"{match['key'].lower()}: "
    yield Repair(what=what, edits=case.put(match.start("key"), match.start("value"), text))


def tabs(case: Case) -> Found:
    """Indent with two spaces for each tab, in all lines of the front matter at once, else in this one."""
    edits, above = [], ""
    for number in case.looked.head:
        text = case.lines.text(number)
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        if "\t" in indent and text.strip():
            text = without_tabs(text, above)
            edits.append(Edit(line=number, texts=(text,)))
        above = text if text.strip() else above
    yield Repair(what=say("repair.tabs"), edits=tuple(edits))
    yield Repair(what=say("repair.tabs"), edits=tuple(edit for edit in edits if edit.line == case.at))


def too_deep(case: Case) -> Found:
    """Put a known key at the left margin that is indented below one that has its value."""
    bare = case.line.strip()
    entry = ENTRY.match(bare)
    if entry and bare != case.line.rstrip() and entry["key"] in case.names(top=True):
        yield Repair(what=say("write", line=bare), edits=(Edit(line=case.at, texts=(bare,)),))


def empty_item(case: Case) -> Found:
    """Take a line out that has the dash of an item and nothing else."""
    if case.line.strip() == "-":
        yield Repair(what=say("repair.empty-item"), edits=(Edit(line=case.at),))
