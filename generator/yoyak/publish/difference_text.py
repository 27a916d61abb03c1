"""What a deploy would change, as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from yoyak.messages.catalogue import speak
from yoyak.model.message import Message, say
from yoyak.publish.difference import ChangedFile, FileKind, SiteDifference
from yoyak.review.first_words import marked
from yoyak.text.columns import printable

KINDS: tuple[FileKind, ...] = ("page", "list", "term", "feed", "redirect", "file")
_MARKS = {"added": "+", "changed": "~", "removed": "-"}
_MOST = {"page": 50}
"""How many files of a kind are printed; 10 of those that are not pages."""


def lines_of(found: SiteDifference) -> Iterator[str]:
    """Yield the changes: counts first, then pages with their words, then all else."""
    yield printable(speak(say("difference.title", name=found.target, where=found.where)))
    yield from (f"  {printable(speak(one))}" for one in notices(found))
    for kind in KINDS:
        files = [one for one in found.files if one.kind == kind]
        if files:
            yield f"{heading(kind)}: {counted(files)}"
            most = _MOST.get(kind, 10)
            yield from (line for one in files[:most] for line in _of_file(one))
            if len(files) > most:
                yield f"  {speak(say('deploy.more', count=len(files) - most))}"


def notices(found: SiteDifference) -> Iterator[Message]:
    """Yield what holds of the whole."""
    if found.first:
        yield say("difference.first")
    if found.other_site:
        yield say("difference.other-site", there=found.other_site, url=found.base_url)
    if not found.files:
        yield say("difference.none", count=found.unchanged)


def heading(kind: FileKind) -> str:
    """Return what files of a kind are called."""
    return speak(say(f"difference.kind.{kind}"))


def counted(files: Sequence[ChangedFile]) -> str:
    """Return how many files of each change there are."""
    counts = Counter(one.change for one in files)
    said = say("difference.counts", added=counts["added"], changed=counts["changed"], removed=counts["removed"])
    return speak(said)


def _of_file(one: ChangedFile) -> Iterator[str]:
    name = f"{one.title} ({one.path})" if one.title else one.path
    leads = f" → {one.leads_to}" if one.leads_to else ""
    reason = f": {speak(one.reason)}" if one.reason else ""
    yield f"  {_MARKS[one.change]} {printable(f'{name}{leads}{reason}')}"
    if one.words:
        parts = [*(field.words for field in one.words.fields), *(block.words for block in one.words.blocks)]
        words = [said for pieces in parts if (said := marked(pieces))]
        yield from (f"      {printable(said)}" for said in words[:3])
