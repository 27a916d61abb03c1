"""What an editor should know of an article of which only a part is shown: why, and where the whole is."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.model.problems import Problem, at_the_top
from yoyak.readers.source import SourceReading


def problems_of_part(read: SourceReading) -> Iterator[Problem]:
    """Yield the warning that nobody can find the whole text, or that the text was taken for pasted."""
    if read.pasted and not {"rights", "source"} & set(read.lines):
        yield _pasted(read)
    elif "source_url" not in read.fields:
        hint, write = at_the_top(
            "source_url: https://…", fenced=read.fenced, what="Write where it was published at its top"
        )
        yield Problem(
            code="no-source-url",
            severity="warning",
            path=read.path,
            message="Only a part of this text is shown, and no address leads to the whole.",
            hint=hint,
            write=write,
        )


def _pasted(read: SourceReading) -> Problem:
    notice = read.fields.get("rights_notice")
    hint, write = at_the_top("rights: full", fenced=read.fenced, what="Write at its top")
    if notice:
        line = notice.evidence[0].line or 0
        why = f'has a notice that forbids copying ("{str(notice.value)[:80]}")'
    else:
        line, why = 0, "is in a .txt file" if read.path.lower().endswith(".txt") else "looks pasted from a page"
    return Problem(
        code="looks-pasted",
        severity="warning",
        path=read.path,
        line=line,
        message=f"This text {why}, so only a part of it is shown.",
        hint=f"Is it the desk's own? {hint}",
        write=write,
    )
