"""Tags that may be one: written with other spaces or signs, with a particle left on, or in the plural.

A false suggestion costs more than a missing one, so each rule is narrow: it takes two tags that differ by what cannot
change a meaning, and texts that do not speak against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from unicodedata import normalize

from yoyak.grouping.tags_in_use import TagInUse
from yoyak.model.types import Record
from yoyak.text.korean import without_particle
from yoyak.text.names import fold


class NearTags(Record, kw_only=True):
    """Tags that look like one; `kept` is the one to keep. A single tag with many spellings has no `others`."""

    kept: TagInUse
    others: tuple[TagInUse, ...] = ()


IsNoun = Callable[[str], bool]
"""Tells whether a word takes particles in the texts of the site: it has none on it, then."""


def near_tags(tags: Mapping[str, TagInUse], is_noun: IsNoun) -> tuple[NearTags, ...]:
    """Return the tags that may be one, in the order of their titles.

    Two tags that both stand in site.yaml are two: that is how a desk says so.
    """
    leaning = dict(_pairs(tags, is_noun))
    groups: dict[str, list[TagInUse]] = defaultdict(list)
    for key, tag in tags.items():
        groups[_root(key, leaning)].append(tag)
    found = (_near(group, leaning) for group in groups.values())
    return tuple(sorted((near for near in found if near), key=lambda near: near.kept.title))


def _pairs(tags: Mapping[str, TagInUse], is_noun: IsNoun) -> Iterator[tuple[str, str]]:
    """Yield the key of a tag and that of the one which it may be; no tag leans on two."""
    by_letters: dict[str, str] = {}
    for key, tag in sorted(tags.items(), key=lambda item: _first_to_keep(item[1])):
        letters = _letters(tag.title)
        if by_letters.setdefault(letters, key) != key:
            yield key, by_letters[letters]
    for key, tag in tags.items():
        if by_letters.get(_letters(tag.title)) != key:
            continue
        for stem in (*_bare(tag.title, is_noun), *_singular(tag.title)):
            other = by_letters.get(_letters(stem))
            if other and other != key:
                yield key, other
                break


def _root(key: str, leaning: Mapping[str, str]) -> str:
    """Return the tag at the end: each leaning goes to what is shorter, or of the same letters, so that there is one."""
    while key in leaning:
        key = leaning[key]
    return key


def _near(group: list[TagInUse], leaning: Mapping[str, str]) -> NearTags | None:
    ranked = sorted(group, key=lambda tag: (tag.key in leaning and not tag.registered, *_first_to_keep(tag)))
    kept = ranked[0]
    others = tuple(tag for tag in ranked[1:] if tag.spellings and not tag.registered)
    if not others and (kept.registered or len(kept.spellings) < 2):
        return None
    return NearTags(kept=kept, others=others)


def _first_to_keep(tag: TagInUse) -> tuple[bool, int, int, str]:
    return not tag.registered, -tag.articles, len(tag.title), tag.title


# --- what cannot change a meaning ------------------------------------------------------------------

_DOTS_AND_DASHES = re.compile("[\u318d\u2022\u2219\u2010-\u2015\uff65\u30fb]")
_QUOTES = "\"'“”‘’「」『』《》〈〉"


def _letters(title: str) -> str:
    """Return what is left of a tag without width, case, spaces, dots between words, quotes and a hash before it."""
    text = normalize("NFKC", _DOTS_AND_DASHES.sub("", title))
    return fold(text.strip(_QUOTES + " ").lstrip("#").rstrip(".,;:")) or fold(title)


# --- a particle that was left on --------------------------------------------------------------------

_LEFT_ON = set("은 는 을 를 이 가 의 에 와 에서 에게 에는 에서는 으로".split())
"""Not 과, 도, 만, 로, 나: 화학과, 제주도, 부산항만, 세종로 are other things than 화학, 제주, 부산항, 세종."""
_NO_PARTICLE = re.compile(
    r"(?:[회주논합강정협건심문동항결토]의|마을|가을|노을|기와|고양이|거북이|[린은킴봄]이"
    r"|(?:정치|투자|연구|역사|만화|서예|도예|공예|작사|전세|매매|경매|공시|시세|최고|최저|현대|롯데)가)$"
)
"""Nouns that end like a word with a particle, and whose beginning is a word, too."""


def _bare(title: str, is_noun: IsNoun) -> Iterator[str]:
    """Yield what a tag may be without its particle."""
    if _NO_PARTICLE.search(title) or is_noun(title.rsplit(maxsplit=1)[-1]):
        return
    for stem, particle in without_particle(title):
        if particle in _LEFT_ON and len((stem.split() or [""])[-1]) > 1:
            yield stem


# --- English words --------------------------------------------------------------------------------

_PLURAL = re.compile(r"(?:[A-Za-z][A-Za-z -]*[ -])?(?:[A-Za-z]{4,}|[A-Z]{2,})s")
_NO_PLURAL = re.compile(
    r"(?:[ius]s|ics|news|means|series|species|arms|goods|customs|windows|glasses|times|works|woods|spirits|jeans|waters"
    r"|papers|minutes|sales|forces|lens|texas|paris|mars)$",
    re.IGNORECASE,
)


def _singular(title: str) -> Iterator[str]:
    """Yield what an English tag may be in the singular: ``chips``, ``LLMs``, ``policies``."""
    if not _PLURAL.fullmatch(title) or _NO_PLURAL.search(title):
        return
    if title.endswith("ies"):
        yield title[:-3] + "y"
    yield title[:-1]
