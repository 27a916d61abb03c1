"""What an editor should know of an article of which only a part is shown: why, and where the whole is."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.model.message import Problem, at_the_top, joined, say
from yoyak.readers.source import SourceReading


def problems_of_part(read: SourceReading) -> Iterator[Problem]:
    """Yield the warning that nobody can find the whole text, or that the text was taken for pasted."""
    if read.pasted and not {"rights", "source"} & set(read.lines):
        yield _pasted(read)
    elif "source_url" not in read.fields:
        hint, write = at_the_top("source_url: https://…", fenced=read.fenced, what="no-source-url.at-the-top")
        yield Problem(
            code="no-source-url",
            severity="warning",
            path=read.path,
            message=say("no-source-url"),
            hint=hint,
            write=write,
        )


def _pasted(read: SourceReading) -> Problem:
    notice = read.fields.get("rights_notice")
    hint, write = at_the_top("rights: full", fenced=read.fenced, what="looks-pasted.at-the-top")
    if notice:
        line = notice.evidence[0].line or 0
        message = say("looks-pasted.notice", notice=str(notice.value)[:80])
    else:
        line, txt = 0, read.path.lower().endswith(".txt")
        message = say("looks-pasted.txt") if txt else say("looks-pasted")
    return Problem(
        code="looks-pasted",
        severity="warning",
        path=read.path,
        line=line,
        message=message,
        hint=joined(say("looks-pasted.hint"), hint),
        write=write,
    )
