"""Put what stands for a mark into its place: on lines of its own, in a list or a quotation, or amid other words."""

from __future__ import annotations

import re

from yoyak.importing.marks.mark import Replacement

_LEAD = re.compile(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*")


def put(out: list[str], text: str, at: int, start: int, end: int, made: Replacement | str) -> None:
    """Add the text from `at` to `start`, and what stands for the text from there to `end`."""
    if isinstance(made, str):
        out += (text[at:start], made)
        return
    begins = text.rfind("\n", 0, start) + 1
    stops = text.find("\n", end)
    lead, behind = text[begins:start], text[end : len(text) if stops < 0 else stops]
    if made.inline == made.text or (made.inline is not None and not _is_alone(lead, behind, at, begins)):
        out += (text[at:start], made.inline or made.text)
    elif lead.lstrip().startswith("|"):
        out += (text[at:start], text[start:end])
    elif _is_alone(lead, behind, at, begins):
        out += (text[at:begins], _on_lines(made.text, lead, text[:begins], text[end:]))
    else:
        out += (text[at:start].rstrip(" ") + "\n\n", made.text + "\n\n")


def inner_of(text: str, opening: int, start: int, end: int) -> str:
    """Return what is in a mark that begins at `opening`, without the ``>`` of a quotation before its lines."""
    inner = text[start:end]
    lead = text[text.rfind("\n", 0, opening) + 1 : opening]
    depth = lead.count(">") if _LEAD.fullmatch(lead) else 0
    return re.sub(rf"(?<=\n)(?:[ \t]*>){{1,{depth}}} ?", "", inner) if depth else inner


def _is_alone(lead: str, behind: str, at: int, begins: int) -> bool:
    return at <= begins and not behind.strip() and _LEAD.fullmatch(lead) is not None


def _on_lines(made: str, lead: str, before: str, after: str) -> str:
    """Return blocks with what stands before each line, and blank lines round them."""
    again = re.sub(r"[^ \t>]", " ", lead)
    lines = [line.removeprefix(again) if again.strip() else line for line in made.split("\n")]
    blank = again.rstrip()
    written = "\n".join([lead + lines[0], *(again + line if line else blank for line in lines[1:])])
    above = before.rstrip("\n").rpartition("\n")[2] if before.endswith("\n") and not before.endswith("\n\n") else ""
    next_line = after.partition("\n")[2].partition("\n")[0]
    first = f"{blank}\n" if above.strip(" \t>") and lead == again else ""
    last = f"\n{blank}" if next_line.strip(" \t>") else ""
    return first + written + last
