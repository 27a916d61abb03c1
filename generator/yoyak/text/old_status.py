"""Who may see an article, as other programs say it. What decides about publishing and is not understood holds back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from yoyak.model import Record

_HIDES = frozenset(
    """draft is_draft drafts private is_private hidden hide is_hidden unlisted noindex no_index robots_no_index
    nopublish no_publish donotpublish do_not_publish unpublished wip password protected secret confidential internal
    members_only subscribers_only paid premium embargoed trash trashed deleted archived skip ignore ignored exclude
    excluded disable disabled headless eleventy_exclude_from_collections exclude_from_collections
    비공개 초안 임시저장 보류 숨김""".split()
)
"""Keys that hold back when they say yes, or anything that is not no."""
_SHOWS = frozenset(
    """published publish public is_published is_public visible is_visible live listed list render sitemap show
    published_to_web 공개 발행 게시""".split()
)
"""Keys that hold back when they say no, or anything that is not yes."""
_STATES = frozenset(
    "status state visibility post_status page_status workflow stage access audience 상태 공개범위".split()
)
"""Keys that hold back unless their value is a word for public."""
_PUBLIC = frozenset(
    """published publish public approved live visible online everyone all open free
    veröffentlicht öffentlich publié publique publicado público pubblicato pubblico опубликовано
    公開 公开 已发布 发布 发表 공개 전체공개 발행 발행됨 게시 게시됨""".split()
)
_OURS = frozenset(("draft", "review", "approved", "unlisted"))
"""What yoyak's own `status` says."""
_NO = frozenset("no n off false 0 never none null ~ nein non нет 아니요 아니오 否 いいえ".split()) | {""}
_YES = frozenset("yes y on true 1 always ja oui sí si да 예 네 是 はい".split())
_MOMENTS = {
    "publish_at": frozenset(
        "publish_at publishdate publish_date publish_on published_after visible_from go_live scheduled_at".split()
    ),
    "expires_at": frozenset(
        "expires_at expirydate expiry_date expires expire expiration unpublishdate unpublish_date unpublish_at".split()
    ),
    "embargo_until": frozenset("embargo_until embargo embargo_date embargoed_until release_at 엠바고".split()),
}
"""Keys that hold a moment, by yoyak's own."""
_ABOUT = re.compile(
    r"publish(?!er|ing)|draft|privat|hidden|visib|unlist|embargo|expir|schedul|password|secret|공개|초안|예약|엠바고"
)
"""What the name of a key that decides about publishing has in it, though yoyak does not know the key."""
_TABLES = frozenset("build _build sitemap params extra taxonomies seo robots".split())
"""Tables that may hold such a key; of `sitemap`, ``disable``."""
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_MOST_SHOWN = 60


class Verdict(Record, kw_only=True):
    """What a head of another program says about who may see its article."""

    held: tuple[str, ...] = ()
    """Why it is held back, each a sentence that names the key; empty when it was public."""
    unlisted: bool = False
    """It had a page and stood in no list."""
    dates: Mapping[str, str] = {}
    """``publish_at`` and ``expires_at`` as they are written."""
    keys: frozenset[str] = frozenset()
    """The keys that were about this, as they are written."""


def verdict(values: Mapping[str, Any], *, unlisted: bool = False) -> Verdict:
    """Return what a head says about who may see its article.

    `unlisted`: where it comes from, what is unlisted or hidden has a page all the same.
    """
    held: list[str] = []
    dates: dict[str, str] = {}
    keys: set[str] = set()
    listed = True
    for key, value in _flat(values):
        name, said = plain(key), _said(value)
        ours = next((ours for ours, names in _MOMENTS.items() if name in names), "")
        if (name == "status" and said in _OURS) or (not ours and _is_no_answer(name, value)):
            continue
        if ours and _DAY.match(said):
            dates.setdefault(ours, str(value).strip())
        elif unlisted and name.rpartition(".")[2] in ("unlisted", "hidden", "list") and _hides(name, said):
            listed = False
        elif ours or _is_about(name):
            held += [_sentence(key, value)] if _hides(name, said) else []
        else:
            continue
        keys.add(key.partition(".")[0])
    return Verdict(held=tuple(held), unlisted=not listed and not held, dates=dates, keys=frozenset(keys))


def plain(key: str) -> str:
    """Return a key's name as the tables have it: ``isDraft`` and ``is-draft`` are ``is_draft``."""
    return re.sub(r"[-\s]+|(?<=[a-z])(?=[A-Z])", "_", key.strip()).lower()


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys, and those of Hugo's table about what is built."""
    for key, value in values.items():
        if plain(key) in _TABLES and isinstance(value, Mapping):
            yield from ((f"{key}.{name}", inner) for name, inner in value.items() if _is_about(plain(name)))
        else:
            yield key, value


def _said(value: Any) -> str:
    return str(value).strip().strip("\"'").lower()


def _is_about(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last in _HIDES | _SHOWS | _STATES or _ABOUT.search(last) is not None


def _is_no_answer(name: str, value: Any) -> bool:
    """Tell whether a value says nothing about who may see an article: it is a day, or a table of something else."""
    return name not in _HIDES and (_DAY.match(_said(value)) is not None or isinstance(value, list | dict))


def _hides(name: str, said: str) -> bool:
    last = name.rpartition(".")[2]
    if last in _SHOWS:
        return said not in _YES and not _DAY.match(said)
    if last in _STATES:
        return said not in _PUBLIC
    return said not in _NO


def _sentence(key: str, value: Any) -> str:
    shown = " ".join(str(value).split())
    return f"Where it comes from, it says {key}: {shown[:_MOST_SHOWN]}"
