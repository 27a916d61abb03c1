"""Markdown of other generators: what Jekyll, Hugo, Pelican and their kin write above a text, in yoyak's own keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import structs

from yoyak.front_matter.yaml_text import flow, one_line
from yoyak.importing.heads import NOTHING, ForeignHead, day, head_of, image, one_text, people, terms, words_of
from yoyak.importing.originals import Old, OldText
from yoyak.model.schema import FrontMatter
from yoyak.model.types import Article, Record, times_of
from yoyak.text.old_status import plain, verdict
from yoyak.text.urls import pattern_in
from yoyak.text.word_lists import word_lists

_SAME = {
    theirs: ours
    for file in ("importing/lists/keys", "text/lists/korean-names")
    for ours, names in word_lists(file).items()
    if ours in FrontMatter.__struct_fields__
    for theirs in names
}
"""What other programs call yoyak's keys; names as `plain` gives them."""
_SAYS_NOTHING = {
    "layout": ("post", "posts", "page", "default", "single"), "comments": (), "toc": (), "math": (), "mathjax": (),
    "type": ("post", "posts", "article"), "draft": (), "published": (), "status": (), "guid": (), "id": (),
}  # fmt: skip
"""Keys of which no comment says anything: with these values, or with none named, when they are plain yes or no."""
_TRUTHS = frozenset("true false yes no on off published".split())
_LISTS = frozenset(("tags", "authors", "aliases", "themes"))
_DAYS = frozenset(times_of(Article))
_PLAIN = frozenset("title subtitle summary lang slug source source_url label dateline weight rights".split())


_OURS = frozenset("themes captured rights rights_notice of_the_source embargo_until corrections dateline".split())
"""Keys that hardly anybody else has: a head with one of them is yoyak's own."""
_AS_THEY_ARE = frozenset("rights_notice of_the_source edition corrections".split())
_PLACE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|[\w-]+\.html?")
"""What is an address though it has no ``/``: ``old-ferry``, ``ferry.html``."""


class Dialect(Record, kw_only=True):
    """What a generator means otherwise than most."""

    names: Mapping[str, str] = {}
    """Its keys, by yoyak's; an empty text for one that is no reader's word."""
    spaced: bool = False
    """Terms on one line are parted by spaces (Jekyll)."""
    low_first: bool = False
    """A low weight comes first (Hugo)."""
    unlisted: bool = False
    """What it calls hidden or unlisted has a page (Docusaurus), so that it may have one here."""


def translated(text: str) -> OldText | None:
    """Return a text with its front matter in yoyak's keys; None when it has none of another generator."""
    found = head_of(text)
    return in_own_keys(found, Dialect()) if found else None


def means_otherwise(text: str) -> bool:
    """Tell whether keys that yoyak has too hold patterns, names of notes or printed lists."""
    found = head_of(text)
    values = found.values if found else {}
    is_ours = not _OURS.isdisjoint(map(plain, values))
    for written, value in values.items():
        name = plain(written)
        if (name == "slug" and _is_pattern(name, value)) or (not is_ours and verdict({written: value}).held):
            return True
        if name == "aliases" and not is_ours and not all("/" in one or _PLACE.fullmatch(one) for one in terms(value)):
            return True
        if name in ("tags", "themes", "authors") and isinstance(value, str) and len(terms(value)) > 1:
            return not is_ours or ";" in value or value.lstrip().startswith(("[", "("))
        if name in ("title", "subtitle", "summary") and not is_ours and words_of(value) != str(value):
            return True
    return False


def in_own_keys(head: ForeignHead, dialect: Dialect, old: Old = Old()) -> OldText:  # noqa: B008 - it is frozen
    """Return a head and its body as one text in yoyak's form; `old` is what else is known of it."""
    decided = verdict(head.values, unlisted=dialect.unlisted)
    found: dict[str, Any] = {}
    left: dict[str, Any] = {}
    became: dict[tuple[str, str], None] = {}
    for written, value in sorted(head.values.items(), key=lambda one: plain(one[0]) != "summary"):
        ours = _name(written, dialect)
        empty = isinstance(value, str) and ours != "title" and NOTHING.fullmatch(value.strip())
        made = [] if empty or written in decided.keys else list(_converted(ours, value, dialect))
        if not made and written not in decided.keys and not _says_nothing(plain(written), value):
            left[written] = value
        for name, item in made:
            became |= {(written.strip(), name): None} if plain(written) != name else {}
            if name in _LISTS:
                known = found.get(name, [])
                found[name] = [*known, *(one for one in item if one not in known)]
            elif name in found and found[name] != item:
                left[written] = value
            else:
                found[name] = item
        if other := _other_names(written, value, dialect):
            left[written] = other
    found |= {name: day(value) for name, value in decided.dates.items() if name not in found}
    lines = "".join(f"{key}: {flow(value)}\n" for key, value in found.items())
    meant = structs.replace(
        old,
        held=(*old.held, *decided.held),
        unlisted=old.unlisted or decided.unlisted,
        became=(*old.became, *became),
        comments=(*old.comments, *(f"{key}: {one_line(flow(value), 150)}" for key, value in left.items())),
    )
    return OldText(text=f"---\n{lines}---\n{head.body}", old=meant)


def _other_names(written: str, value: Any, dialect: Dialect) -> list[str]:
    """Return the aliases that are no addresses, beside some that are: other names of a note."""
    every = terms(value) if _name(written, dialect) == "aliases" else []
    names = [one for one in every if not _is_address(one)]
    return names if len(names) < len(every) else []


def _name(written: str, dialect: Dialect) -> str:
    name = plain(written)
    return dialect.names.get(name, _SAME.get(name, name))


def _says_nothing(name: str, value: Any) -> bool:
    said = str(value).strip().lower()
    of_its_kind = name in _SAYS_NOTHING and said in (_SAYS_NOTHING[name] or _TRUTHS)
    return value in ("", None, [], {}) or NOTHING.fullmatch(said) is not None or of_its_kind


def _converted(key: str, value: Any, dialect: Dialect) -> Iterator[tuple[str, Any]]:
    """Yield yoyak's key and value for one of another generator; nothing when it has none."""
    if key == "image":
        yield from (("image", found) for found in image(value))
    elif key == "tags" and (found := terms(value, spaced=dialect.spaced)):
        yield key, found
    elif key == "authors" and (named := people(value)):
        yield key, named
    elif key == "aliases" and (addresses := [text for text in terms(value) if _is_address(text)]):
        yield key, addresses
    elif key == "themes" and (found := terms(value)):
        yield key, found
    elif key == "label" and isinstance(value, list | dict) and (found := terms(value)):
        yield "tags", found
    elif key in _DAYS and not isinstance(value, list):
        inner = value.items() if isinstance(value, dict) else ()  # MkDocs: created and updated
        days = [(_name(one, dialect), at) for one, at in inner] if inner else [(key, value)]
        yield from ((name, day(at)) for name, at in days if name in _DAYS)
    elif key == "status" and str(value).strip().lower() in ("draft", "review", "approved", "unlisted"):
        yield key, str(value).strip().lower()
    elif key in _AS_THEY_ARE or (key == "paywall" and str(value).strip().lower() in _TRUTHS):
        yield key, str(value).strip().lower() not in ("false", "no", "off") if key == "paywall" else value
    elif key == "weight":
        yield from (("weight", number) for number in _weight(value, low_first=dialect.low_first))
    elif key in _PLAIN and not isinstance(value, list | dict) and not _is_pattern(key, value):
        yield key, words_of(value) if key in ("title", "subtitle", "summary") else one_text(value)


def _is_pattern(key: str, value: Any) -> bool:
    return key == "slug" and bool(pattern_in(str(value)))


def _is_address(written: str) -> bool:
    """Tell whether something is an old address: it is no pattern, no switch, and no other name of a note."""
    named = written.startswith(("/", "http://", "https://")) or _PLACE.fullmatch(written)
    return bool(named) and not pattern_in(written)


def _weight(value: Any, *, low_first: bool) -> Iterator[int]:
    if re.fullmatch(r"-?\d{1,9}", str(value).strip()):
        yield -int(value) if low_first else int(value)
