"""What an import remembers of all its articles, and does or says when the last is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, product
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from msgspec import structs

from yoyak.front_matter.read import split
from yoyak.importing.article import Draft
from yoyak.importing.keeping import Library
from yoyak.importing.originals import Shelf
from yoyak.importing.origins.old_pages import OldSite
from yoyak.importing.ours import Whose, plain_host
from yoyak.importing.parts import LinkTargets, may_lead, with_parts
from yoyak.importing.results import Became, Imported, OldList, OldPattern
from yoyak.model.message import Problem, Value, Words, say, warning
from yoyak.pipeline.parse import surroundings
from yoyak.readers.markdown import read_markdown
from yoyak.settings.checks import fault_of_permalinks
from yoyak.settings.config import SiteConfig
from yoyak.text.names import slugify
from yoyak.text.tracking import page_key
from yoyak.text.urls import PARTS, article_url, normal_pattern, parts_of
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
        self.became.update(set(draft.old.became))
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
                url=url, old=old, original=given, held=draft.status in ("draft", "review"), anchors=draft.old.anchors
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

    def lists(self, imported: Sequence[Imported], old: Iterable[OldSite]) -> Iterator[OldList]:
        """Yield what becomes of the list pages of the old sites."""
        sites = {id(site): site for site in old}.values()
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


# --- what is said once of all articles: marks of other programs that stay, keys that have another name ---------------


_NAME = re.compile(r"(?:[\[{<%:/.\s-]|\{\{)*(?P<name>[\w][\w.-]*)")
_MAY_BE = re.compile(r"\[[a-z/]|\{\{|\{%|<[A-Z]|^:::", re.MULTILINE)
_SHORTCODE = re.compile(r"\\\[(?P<name>[a-zA-Z][\w-]*)(?P<rest>\s[^\]\[\n]*?)?/?\\\](?!\()")
_SHOWN = 3
_HINT = say("foreign-mark.import.hint")


def became(counts: Mapping[tuple[str, str], int]) -> tuple[Became, ...]:
    """Return keys with what they are here, the most frequent first."""
    found = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Became(key=key, becomes=name, articles=number) for (key, name), number in found)


def marks_of_text(path: str, text: str, config: SiteConfig, *, of_wordpress: bool = False) -> Iterator[Problem]:
    """Yield the marks of other programs that stay in an article which was no Markdown, as a build would report them."""
    cut = split(text)
    if not _MAY_BE.search(cut.body):
        return
    marks = read_markdown(cut.body, surroundings(config, Shelf(lambda _: None), {})).problems
    known: Counter[str] = Counter()
    for problem in marks:
        if problem.code == "foreign-mark":
            known[_name_of(problem)] += 1
            yield structs.replace(problem, path=path, line=cut.body_line - 1 + problem.line)
    for found in _SHORTCODE.finditer(cut.body) if of_wordpress else ():
        if found["name"] not in known and _is_shortcode(found, cut.body):
            mark = found[0].replace("\\", "")[:60]
            line = cut.body_line + cut.body.count("\n", 0, found.start())
            yield warning("foreign-mark", path, line, hint=_HINT, mark=mark, kind=say("mark.wordpress"))


def _is_shortcode(found: re.Match[str], text: str) -> bool:
    """Tell whether brackets are a shortcode and no words: it has attributes, an end, or a name of several parts."""
    rest = found["rest"] or ""
    return "=" in rest or f"[/{found['name']}" in text or bool(not rest.strip() and re.search(r"[-_]", found["name"]))


def once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, those of one mark as one, with where and how often it is there."""
    same: dict[tuple[str, str], list[Problem]] = {}
    others: list[Problem] = []
    for problem in problems:
        if problem.code == "foreign-mark":
            same.setdefault((repr(_values(problem).get("kind")), _name_of(problem)), []).append(problem)
        else:
            others.append(problem)
    return chain(others, map(_one, same.values()))


def _one(found: list[Problem]) -> Problem:
    first, values = found[0], _values(found[0])
    if len(found) == 1:
        return structs.replace(first, hint=_HINT)
    files = say("count.files", count=len({one.path for one in found}))
    more = ", ".join(f"{one.path}:{one.line}" for one in found[1 : _SHOWN + 1]) + (
        " …" if len(found) > _SHOWN + 1 else ""
    )
    message = say("foreign-mark.import", **values, times=len(found), files=files, more=more)
    return structs.replace(first, message=message, hint=_HINT)


def _values(problem: Problem) -> dict[str, Value]:
    """Return what the message of a mark names: the mark, and what kind it is."""
    return {} if isinstance(problem.message, str) else dict(problem.message.values)


def _name_of(problem: Problem) -> str:
    """Return the name of the mark that a problem is about."""
    name = _NAME.match(str(_values(problem).get("mark", "")))
    return name["name"].lower() if name else ""


# --- The articles of one original among each other: which are one, and which addresses name none of them ---------


def once(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts, of mails of one name in a mailbox the first."""
    seen: set[str] = set()
    for draft in drafts:
        if draft.old.entry not in seen:
            yield draft
        seen |= {draft.old.entry} if draft.old.entry.startswith("mail ") else set()


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


# --- the pattern that the addresses of an old site follow, as `permalinks:` of site.yaml: its articles can keep them -


_FEWEST = 2
_MOST_PATTERNS = 64
"""Patterns that one address is tried as."""


class OldAddress(NamedTuple):
    """What decides about the address of an article, and the one it had."""

    path: str
    """Its file."""
    address: str
    slug: str
    day: date | None
    theme: str


def address_of(draft: Draft, path: str, slug: str) -> OldAddress:
    """Return what decides about the address of an article that is written to `path`."""
    article = draft.article
    day = article.date.date() if article.date else None
    return OldAddress(path=path, address=draft.old.address, slug=slug, day=day, theme=article.themes[0])


def old_pattern(found: Sequence[OldAddress], base_path: str, current: str) -> OldPattern | None:
    """Return the pattern that more than half of some old addresses follow, if it is not the `current` one."""
    counts = Counter(pattern for one in found for pattern in set(_patterns(one, base_path)))
    for pattern, number in sorted(counts.items(), key=_rank)[:_MOST_PATTERNS]:
        if number < _FEWEST or number * 2 <= len(found):
            return None
        if fault_of_permalinks(pattern) is None:
            others = tuple((one.address, one.path) for one in found if not _follows(one, pattern, base_path))
            kept = OldPattern(pattern=pattern, follow=len(found) - len(others), others=others)
            return None if pattern == current or kept.follow * 2 <= len(found) else kept
    return None


def _rank(counted: tuple[str, int]) -> tuple[int, int, bool, str]:
    """Return what sorts patterns: by articles, then with few words of one year or month alone, days after months."""
    pattern, number = counted
    parts = parts_of(pattern)
    return -number, -len(set(parts)), parts != tuple(sorted(parts, key=PARTS.index)), pattern


def _follows(one: OldAddress, pattern: str, base_path: str) -> bool:
    made = article_url(pattern, base_path, slug=one.slug, day=one.day, theme=one.theme)
    return _plain(made) == _plain(one.address)


def _plain(address: str) -> str:
    return normalize("NFC", unquote(address)).removesuffix("/index.html").rstrip("/")


def _patterns(one: OldAddress, base_path: str) -> Iterator[str]:
    """Yield the patterns that give an article the address it had."""
    address = normalize("NFC", unquote(one.address))
    if not address.startswith(base_path) or "?" in address:
        return
    parts = address.removesuffix("/index.html").removeprefix(base_path).strip("/").split("/")
    ending = next((end for end in (".html", ".htm") if parts[-1].endswith(end)), "")
    parts[-1] = parts[-1].removesuffix(ending)
    choices = [list(_names_of_part(part, one)) for part in parts]
    for number, made in enumerate(product(*choices)):
        if number == _MOST_PATTERNS:
            return
        if sum(part.count(":slug") for part in made) == 1:
            yield normal_pattern("/".join(made) + ending)


def _names_of_part(part: str, one: OldAddress) -> Iterator[str]:
    """Yield what a part of an address may be in a pattern; the likeliest first."""
    names = {":slug": one.slug, ":theme": slugify(one.theme)}
    if day := one.day:
        whole = f"{day.year:04}-{day.month:02}-{day.day:02}"
        if part == f"{whole}-{one.slug}":
            yield ":year-:month-:day-:slug"
        names |= {
            ":year": whole[:4],
            ":month": whole[5:7],
            ":day": whole[8:],
            ":year:month": whole[:7].replace("-", ""),
        }
        names[":year-:month-:day"] = whole
    yield from (name for name, value in names.items() if value and normalize("NFC", value) == part)
    if ":" not in part:
        yield part
