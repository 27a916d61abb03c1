"""The laws that every round of every sequence is held against."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from urllib.parse import quote

from incremental.oracle import File, bytes_of, difference, listed
from incremental.sequences import Law, Round
from yoyak.messages.catalogue import speak
from yoyak.model.build import MANIFEST
from yoyak.model.message import Words


def equals_a_clean_build(found: Round) -> None:
    """Same pages, same manifest, same problems; a build that may not go on leaves every file alone."""
    assert found.expected is not None
    facts, expected = found.found.facts, found.expected.facts
    wrong = [
        f"  {name} is {facts.get(name)!r} instead of {expected.get(name)!r}"
        for name in sorted({*facts, *expected})
        if facts.get(name) != expected.get(name)
    ]
    assert not wrong, "the report is not that of a clean build:\n" + "\n".join(wrong)
    if found.found.complete:
        after = {path: file for path, file in found.found.output.items() if path not in _foreign_links(found)}
        told = difference(bytes_of(after), bytes_of(found.expected.output))
        assert not told, f"the output is not that of a clean build:\n{told}"
    else:
        assert found.found.output == found.before


def _foreign_links(found: Round) -> set[str]:
    """Return the links in the place of output folders: they are not ours, and may stay if nothing is built there."""
    links = {path for path, file in found.before.items() if file.data.startswith(b"a link to ")}
    return {path for path in links - listed(found.before) if found.found.output.get(path) == found.before[path]}


def says_what_it_changed(found: Round) -> None:
    """The report lists exactly the files that are others now, and no other file was even written."""
    report, before, after = found.found.report, found.before, found.found.output
    if report is None:
        return
    said = [*report.written, *report.changed, *report.removed]
    differing = {
        path for path in before.keys() | after.keys() if before.get(path, ("",))[0] != after.get(path, ("",))[0]
    }
    listed_no_more = listed(before) - listed(after)
    assert sorted(said) == sorted((differing - {MANIFEST} - _behind_links(found)) | listed_no_more)
    assert [path for path in after if path not in said and path != MANIFEST and after[path] != before[path]] == []
    if report.complete:
        assert report.unchanged == len(listed(after)) - len(report.written) - len(report.changed)


def _behind_links(found: Round) -> set[str]:
    """Return the links of the earlier output that made room for folders."""
    after = found.found.output
    folders = {str(parent) for path in after for parent in PurePosixPath(path).parents}
    return {path for path, file in found.before.items() if file.data.startswith(b"a link to ") and path in folders}


def leaves_no_empty_folder(found: Round) -> None:
    report = found.found.report
    if report is not None and report.complete:
        assert [place for place, folders, files in os.walk(report.output) if not folders and not files] == []


def tells_why(found: Round) -> None:
    """Each page that is written or changed was rendered for a reason, in sentences."""
    report = found.found.report
    if report is None or not report.complete:
        return
    pages = {path for path in (*report.written, *report.changed) if not path.startswith("assets/")}
    assert sorted(pages - report.reasons.keys()) == []
    assert sorted(report.reasons.keys() - found.found.output.keys()) == []
    assert [reason for reason in report.reasons.values() if not is_a_reason(reason)] == []


WRITTEN_AGAIN = {"edit body", "same size", "set title", "set summary"}


def is_a_reason(words: Words) -> bool:
    text = speak(words)
    return text.endswith(".") and "\n" not in text and text[:1] == text[:1].upper()


def renders_nothing_in_vain(found: Round) -> None:
    """After articles were written again, every page that is rendered again has other bytes.

    After others, a page may be made in vain: a list gets whole cards, and its template need not show all of them. So it
    is when a new body begins with another picture, for the pages that name the article.
    """
    report = found.found.report
    if report is None or not found.only_articles or not all(name in WRITTEN_AGAIN for name, _ in found.step.edits):
        return
    in_vain, output = found.found.rendered - report.reasons.keys(), found.found.output
    assert len(found.found.rendered) == report.rendered
    pictured = [path for path, file in output.items() if _picture(found.before.get(path)) != _picture(file)]
    names = [quote(path.removesuffix("index.html")).encode() for path in pictured]
    excused = {path for path, file in output.items() if any(name in file.data for name in names)}
    assert sorted(in_vain - excused) == [], "these pages were rendered, but are as they were"


def _picture(file: File | None) -> list[bytes]:
    """Return the picture that a page names to whoever shares it: an article's page that of the article."""
    return _SHARED_PICTURE.findall(file.data) if file else []


_SHARED_PICTURE = re.compile(rb'<meta property="og:image" content="([^"]*)"')

FULLY: tuple[Law, ...] = (equals_a_clean_build, says_what_it_changed, leaves_no_empty_folder)
"""What holds for every build, of which a clean one is known."""
