"""Markdown that other people wrote comes out as the oracle's, or differs for a reason that is meant."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable

import pytest

from readers.markdown.deviations import (
    ATTRIBUTES,
    BARE_ADDRESS,
    CALLOUT,
    DATE,
    FIELD,
    HIDDEN,
    LONE_PICTURE,
    MARKED,
    NAME,
    NOTE,
    REST_OF_TAG,
    TEMPLATE,
    TERM,
    TILDE,
    UNKNOWN_TAG,
)  # fmt: skip
from readers.markdown.imitations import IMITATIONS
from readers.markdown.oracle import expected, ours
from readers.markdown.real_files import ENOUGH, real_files

Change = Callable[[str], str]


def _without_paragraphs(html: str) -> str:
    return " ".join(re.sub(r"</?(?:p|br)>", " ", html).split()).replace("> ", ">").replace(" <", "<")


def _without_bare_links(html: str) -> str:
    return re.sub(r"<a href='(?:mailto:|http://)?([^']*)'>\1</a>", r"\1", html)


def _words(html: str) -> set[str]:
    return set(re.findall(r"\w{2,}", re.sub(r"<[^>]*>", " ", html)))


EVENED: tuple[tuple[str, Change], ...] = ((LONE_PICTURE, _without_paragraphs), (BARE_ADDRESS, _without_bare_links))
"""What makes both sides equal when nothing else differs."""
MARKED_BY: tuple[tuple[str, str], ...] = (
    (NOTE, r"\[\^[^\]]+\]"), (CALLOUT, r"^>\s*\[![A-Za-z]+\]|^:::"), (NAME, r"\[\[[^\]]+\]\]"), (TEMPLATE, r"\{\{|\{%"),
    (UNKNOWN_TAG, r"<(?!\w+://)/?[A-Za-z][\w-]*[^<>\n]*>|<!\[?[A-Z]|<\?"), (TERM, r"^:\s"), (TILDE, r"~"), (MARKED, r"=="), (HIDDEN, r"%%"),
    (ATTRIBUTES, r"\{[:#.]|\{\w+="), (DATE, r"^\W*\d+\. *\d"), (FIELD, r"<(?:form|input|button|select|textarea)"), (REST_OF_TAG, r"<\w"),
)  # fmt: skip
"""What a file has whose blocks differ for a reason; its words are compared all the same."""


def why(source: str) -> str:
    """Return why a file comes out otherwise than the oracle's; ``equal``, or ``words are missing: …`` for no reason."""
    theirs, own = expected(source), ours(source)
    if theirs == own:
        return "equal"
    wanted, there = _words(theirs), _words(own + _marks(source))
    for reason, change in EVENED:
        theirs, own = change(theirs), change(own)
        if theirs == own:
            return reason
    if missing := wanted - there:
        return f"words are missing: {sorted(missing)[:8]}"
    reasons = [reason for reason, mark in MARKED_BY if re.search(mark, source, re.MULTILINE)]
    return reasons[0] if reasons else "blocks differ"


def _marks(source: str) -> str:
    """Return the marks of notes, of callouts and of other programs, which the oracle shows and yoyak does not."""
    pattern = r"\[\^[^\]]+\]|\[![^\]]+\]|\{[:#.][^}]*\}|^:::.*$|\[\[[^\]]+\]\]|\{%[^}]*%\}|%%.*?%%|\s\^[\w-]+$"
    marks = re.findall(pattern, source, re.MULTILINE)
    return " " + " ".join(marks)


def is_meant(reason: str) -> bool:
    return not reason.startswith(("words are missing", "blocks differ"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_files_of_installed_packages_come_out_as_the_oracles_or_for_a_reason() -> None:
    files = real_files()
    if len(files) < ENOUGH:
        pytest.skip(f"only {len(files)} Markdown files of installed packages are here")
    files = files if "YOYAK_DOCUMENTS" in os.environ else files[::3]
    reasons = {name: why(text) for name, text in files}
    print(*(f"{count:4}  {reason}" for reason, count in Counter(reasons.values()).most_common()), sep="\n")
    not_meant = {name: reason for name, reason in reasons.items() if not is_meant(reason)}
    assert len(not_meant) <= len(files) // 100, not_meant


@pytest.mark.parametrize(("name", "text"), IMITATIONS.items(), ids=list(IMITATIONS))
def test_posts_in_other_programs_styles_come_out_as_the_oracles_or_for_a_reason(name: str, text: str) -> None:
    assert is_meant(why(text)), why(text)
