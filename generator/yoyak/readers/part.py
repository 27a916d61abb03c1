"""What an editor should know of an article of which only a part is shown: why, and where the whole is."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from yoyak.model.message import Problem, at_the_top, joined, say, told
from yoyak.readers.source import SourceReading


def problems_of_part(read: SourceReading) -> Iterator[Problem]:
    """Yield the warning that nobody can find the whole text, or that the text was taken for pasted."""
    if read.pasted and not {"rights", "source"} & set(read.lines):
        yield _pasted(read)
    elif "source_url" not in read.fields:
        hint, write = at_the_top("source_url: https://…", fenced=read.fenced, what="no-source-url.at-the-top")
        yield structs.replace(told("no-source-url", read.path, hint=hint), write=write)


def _pasted(read: SourceReading) -> Problem:
    hint, write = at_the_top("rights: full", fenced=read.fenced, what="looks-pasted.at-the-top")
    hint = joined(say("looks-pasted.hint"), hint)
    if notice := read.fields.get("rights_notice"):
        line, shown = notice.evidence[0].line or 0, str(notice.value)[:80]
        problem = told("looks-pasted.notice", read.path, hint=hint, line=line, notice=shown)
    else:
        is_text = read.path.lower().endswith(".txt")
        problem = told("looks-pasted.txt" if is_text else "looks-pasted", read.path, hint=hint)
    return structs.replace(problem, write=write)
