"""Who may see an article, as other programs say it. What decides about publishing and is not understood holds back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yoyak.model import Record

_HIDES = frozenset("draft is_draft private hidden password noindex wip trash archived 비공개 초안".split())
"""Keys that hold back when they say yes, or anything that is not no."""
_SHOWS = frozenset("published publish public visible live 공개".split())
"""Keys that hold back when they say no, or anything that is not yes."""
_STATES = frozenset("status state visibility post_status 상태".split())
_PUBLIC = frozenset("published publish public approved live visible inherit 공개 발행 게시".split())
_NO = frozenset(("", "no", "n", "off", "false", "0", "never", "none", "null", "~", "아니요", "아니오"))
_YES = frozenset("yes y on true 1 always 예 네".split())
_FROM = frozenset("publishdate publish_date publish_at published_after visible_from".split())
_UNTIL = frozenset("expirydate expiry_date expires expires_at unpublishdate unpublish_date".split())


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


def verdict(values: Mapping[str, Any]) -> Verdict:
    """Return what a head says about who may see its article."""
    held = tuple(why for key, value in values.items() for why in _held(key, value))
    dates = {ours: str(value) for key, value in values.items() if (ours := _dated(plain(key))) and str(value).strip()}
    keys = frozenset(key for key in values if plain(key) in _HIDES | _SHOWS | _STATES | _FROM | _UNTIL)
    return Verdict(held=held, dates=dates, keys=keys)


def plain(key: str) -> str:
    """Return a key's name as the tables have it: ``isDraft`` and ``is-draft`` are ``is_draft``."""
    spaced = "".join(
        f"_{letter}" if letter.isupper() and before.islower() else letter for before, letter in _pairs(key)
    )
    return spaced.strip().lower().replace("-", "_").replace(" ", "_")


def _pairs(key: str) -> Iterator[tuple[str, str]]:
    return zip(" " + key, key, strict=False)


def _held(key: str, value: Any) -> Iterator[str]:
    name, said = plain(key), str(value).strip().lower()
    hidden = (
        (name in _HIDES and said not in _NO)
        or (name in _SHOWS and said not in _YES and _dated(name) == "")
        or (name in _STATES and said not in _PUBLIC)
    )
    if hidden:
        yield f"It was not public where it comes from ({key}: {str(value)[:60]})."


def _dated(name: str) -> str:
    return "publish_at" if name in _FROM else "expires_at" if name in _UNTIL else ""
