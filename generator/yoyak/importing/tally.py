"""What an import remembers of all its articles, and does or says when the last is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import structs

from yoyak.importing.article import Draft
from yoyak.importing.keeping import Library
from yoyak.importing.old_pattern import OldAddress
from yoyak.importing.once_a_run import marks_of_text
from yoyak.importing.origins.old_site import OldFile, OldSite
from yoyak.importing.ours import Whose, plain_host
from yoyak.importing.parts import LinkTargets, may_lead, with_parts
from yoyak.importing.results import Imported, OldList
from yoyak.model.message import Problem
from yoyak.settings.config import SiteConfig
from yoyak.text.word_lists import word_lists


class Tally:
    """One run of the command: what its articles have in common."""

    def __init__(self, config: SiteConfig) -> None:
        self.config = config
        self.became: Counter[tuple[str, str]] = Counter()
        """Keys that have another name here, by the articles that have them."""
        self.whose: list[Whose] = []
        self._programs: set[str] = set()
        """The programs of old sites."""
        self._has: set[str] = set()
        """What lists the articles of old sites may be in: tags, authors, dates."""
        self.moved: list[OldAddress] = []
        self._parts: dict[str, LinkTargets] = {}
        """The articles to which links may lead."""

    def take(self, draft: Draft, path: str, url: str, text: str, given: str, kept: str) -> Iterator[Problem]:
        """Remember an article, and yield the marks of other programs in it that nothing else reports."""
        self.became.update(set(draft.became))
        if draft.of_feed:
            self.whose.append(Whose(host=plain_host(draft.feed_address), why=draft.why_own))
        elif draft.is_own:
            self._programs.add(kept.split(" ", maxsplit=1)[0].lower())
            article = draft.article
            said = {"tags": article.tags, "authors": article.authors, "dates": article.date}
            self._has |= {name for name, value in said.items() if value and draft.status == "approved"}
        if draft.is_own or draft.is_markdown:
            old = tuple(filter(None, draft.addresses))
            self._parts[path] = LinkTargets(
                url=url, old=old, original=given, held=draft.status in ("draft", "review"), anchors=draft.anchors
            )
        if draft.is_markdown:
            return iter(())
        return marks_of_text(path, text, self.config, of_wordpress=kept.startswith("WordPress"))

    def linked(
        self, imported: Sequence[Imported], place: Library, *, dry_run: bool
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """Let links to parts of articles lead there, now that each has its address; return what is said of others."""
        texts = {one.path: one.text for one in imported} if dry_run else {}
        read = texts.__getitem__ if dry_run else place.text
        linked = with_parts(self._parts, read, self.config)
        problems: list[Problem] = []
        some_held = any(part.held for part in self._parts.values())
        for one in imported:
            if one.path not in self._parts or not may_lead(text := read(one.path), to_any=some_held):
                continue
            made, told = linked(one.path, text)
            problems += told
            if made != text and dry_run:
                texts[one.path] = made
            elif made != text:
                place.renew(one.path, text.encode(), made.encode())
        return tuple(structs.replace(one, text=texts.get(one.path, "")) for one in imported), tuple(problems)

    def lists(self, imported: Sequence[Imported], old: Mapping[Path, tuple[OldSite, OldFile]]) -> Iterator[OldList]:
        """Yield what becomes of the list pages of the old sites."""
        sites = {id(site): site for site, _ in old.values()}.values()
        bases = {site.generator.lower(): unquote(urlsplit(site.base_url).path).rstrip("/") for site in sites}
        programs = {program: bases.get(program, "") for program in self._programs}
        moved = [pair for site in sites for pair in site.lists]
        addresses = [one.address for one in imported if one.address]
        return old_lists(programs, addresses, frozenset(self._has), self.config.base_path, moved)


# --- list pages --------------------------------------------------------------------------------------------------
# The list pages that an old site had, by its program, and what becomes of their addresses: nothing dies unsaid.

_LISTS = {
    program: {old: like for old, _, like in (line.partition(" → ") for line in lines)}
    for program, lines in word_lists("importing/lists/old-lists").items()
}
"""Addresses of list pages by program, with the like page of yoyak; empty where there is none."""
_ARCHIVE = "/archive/"
_GIVES = {"/tags/": "tags", "/authors/": "authors", "/archive/YYYY": "dates"}


def old_lists(
    programs: Mapping[str, str],
    addresses: Iterable[str],
    has: frozenset[str],
    base_path: str,
    moved: Collection[tuple[str, str]] = (),
) -> Iterator[OldList]:
    """Yield what becomes of the list pages of some programs.

    `programs` are the paths below which their sites stood; `addresses` are those of their articles, whose first folder
    often has a list of its own; `has` are the terms that the imported articles have: ``tags``, ``authors``, ``dates``.
    `moved` says where lists are that settings move; an empty address means that there is none.
    """
    below = base_path.rstrip("/")
    for program, base in sorted(programs.items()):
        for old, like in _LISTS.get(program, {}).items():
            known = like if all(term in has for start, term in _GIVES.items() if like.startswith(start)) else ""
            written = [new for default, new in moved if default == old] if old in dict(moved) else [old]
            for one in filter(None, written):
                yield OldList(address=base + one, like=below + known if known else "", program=program.capitalize())
        if program in ("hugo", "astro", "eleventy"):
            yield from (
                OldList(address=f"{section}/", like=below + _ARCHIVE, program=program.capitalize())
                for section in sorted(_sections(addresses, base))
            )


def _sections(addresses: Iterable[str], base: str) -> Iterator[str]:
    found = (one.removeprefix(base).strip("/").split("/") for one in addresses if one.startswith(f"{base}/"))
    yield from {f"{base}/{parts[0]}" for parts in found if len(parts) > 1 and not parts[0].isdigit()}
