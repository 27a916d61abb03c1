"""The articles of one original among each other: which are one, and which addresses name none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from yoyak.importing.article import Draft
from yoyak.model.message import Words, say
from yoyak.text.tracking import page_key


def once(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts, of mails of one name in a mailbox the first."""
    seen: set[str] = set()
    for draft in drafts:
        if draft.entry not in seen:
            yield draft
        seen |= {draft.entry} if draft.entry.startswith("mail ") else set()


def shared_addresses(drafts: Sequence[Draft]) -> frozenset[str]:
    """Return the addresses that several entries of a feed have, such as that of its front page: they name no entry."""
    times = Counter(page_key(draft.article.source_url) for draft in drafts if draft.is_entry)
    return frozenset(address for address, number in times.items() if number > 1)


def missing_in(draft: Draft) -> Iterator[Words]:
    """Yield what an editor has to add to a draft."""
    if not draft.body.strip():
        yield say("look-at.no-text")
    if draft.article.date is None:
        yield say("look-at.no-date")
    if not any(line.startswith("themes:") for line in draft.lines):
        yield say("look-at.no-theme")
