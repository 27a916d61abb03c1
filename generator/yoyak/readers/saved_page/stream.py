"""The stream of rows in which React sends a page to its scripts: ``1:[…]`` and ``4:T1b7,`` with a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

BARE = "text of the stream "
"""The place of a text that stands in no object: each is one of its own."""
_ROW = re.compile(r"[0-9a-f]{1,6}:(?:T(?P<size>[0-9a-f]{1,7}),)?")
_BEGINS = re.compile(r"[0-9a-f]{1,6}:(?=[TIHE\[{\"\d]|null|true|false|$)")
_SURE = re.compile(r'(?<![0-9a-f])[0-9a-f]{1,6}:(?:\["\$|HL\[|I\[|T[0-9a-f]{1,7},)')


def values_of_stream(stream: str) -> Iterator[str]:
    """Yield the values of a stream's rows: JSON, or a text that may have line breaks in it."""
    at = 0
    while at < len(stream):
        row = _ROW.match(stream, at)
        start = row.end() if row else at
        end = _end_of_text(stream, start, int(row["size"], 16)) if row and row["size"] else _end_of_line(stream, start)
        if value := stream[start:end].strip("\n"):
            yield value
        at = max(end, at + 1)
        if stream[at : at + 1] == "\n":
            at += 1


def _end_of_line(stream: str, start: int) -> int:
    end = stream.find("\n", start)
    return len(stream) if end < 0 else end


def _end_of_text(stream: str, start: int, size: int) -> int:
    """Return where a text of so many bytes of UTF-8 ends; where no row follows, where the next one surely begins.

    Pages that were changed after they were made, or saved in another encoding, name sizes that are not theirs.
    """
    told = start + len(stream[start : start + size].encode("utf-8", "replace")[:size].decode("utf-8", "ignore"))
    if told == len(stream) or _BEGINS.match(stream, told) or stream[told : told + 1] == "\n":
        return told
    sure = _SURE.search(stream, start)
    return sure.start() if sure else len(stream)
