"""Who may see an article, as other programs say it. What decides about publishing and is not understood holds back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any
from unicodedata import normalize

from yoyak.model.message import Words, say
from yoyak.model.types import Record
from yoyak.text.word_lists import word_lists

_LISTS = {name: frozenset(words) for name, words in word_lists("text/lists/status").items()}
_HIDES = _LISTS["hides"]
"""Keys that hold back when they say yes, or anything that is not no; names as `_bare` gives them."""
_SHOWS = _LISTS["shows"]
"""Keys that hold back when they say no, or anything that is not yes."""
_STATES = _LISTS["states"]
"""Keys that hold back unless their value is a word for public."""
_PUBLIC = _LISTS["public"]
_OURS = frozenset(("draft", "review", "approved", "unlisted"))
"""What yoyak's own `status` says."""
_NO = _LISTS["no"] | {""}
_YES = _LISTS["yes"] | _PUBLIC
_MOMENTS = {
    "embargo_until": re.compile(r"embargo|엠바고|보도유예|^releaseat$|(privat|hid|draft|hold|secret|lock).*until"),
    "expires_at": re.compile(
        r"expir|unpublish|depublish|takedown|sunset|만료|(게시|공개)종료|valid(until|through)|(remove|archive)(at|on|after)"
        r"|(publish|visib|live|show|display|online|avail).*(until|till|ends?$|stop)"
    ),
    "publish_at": re.compile(
        r"schedul|golive|^live(at|on)$|예약|(발행|게시|공개)예정|reveal|notbefore|validfrom|publish(at|on|date)$"
        r"|(publish|visib|live|show|display|online|avail).*(from|after|start|since)"
    ),
}
"""Keys that hold a moment, by yoyak's own."""
_PAST = re.compile(r"^(first|last|original(ly)?|re)published|^published(on|at|date|time)?$|^datepublished|^pubdate$")
"""Keys whose day is that of an article, not one before which nobody may see it."""
_UNDATED = re.compile(r"publishedat$|^datepublished$")
"""Keys that some programs leave empty until an article is published."""
_SHOWING = re.compile(r"(?:is|dg|garden|digitalgarden|blog|web|site|page|post|should)?(?:publish|visible)(?:to\w+)?")
"""Keys that say who may see an article by their kind of yes, though yoyak does not know them: ``dg-publish``."""
_SHOWING_NOT = re.compile(
    r"(?:un|in|de|non?|not|dont|never|hide|hold|disable|stop|prevent|skip|block|exclude)(?:publish|visib)"
)
"""What makes the name of a key mean the opposite: its no is no reason to hold back."""
_ABOUT = re.compile(
    r"publish(?!er|ing|ed(in|by|as|with|where|version)|config|resources)|(?<!over)draft|privat(?!eer)|hidden|visib|unlist|embargo|expir"
    r"|schedul|password|secret(?!ar)|noindex|restrict|access(?:role|level)|(?:member|subscri)\w*level"
    r"|^(?:swpm|mepr|pmpro|wlm|s2member)|비공개|초안|예약|엠바고"
)
"""What the name of a key that decides about publishing has in it, though yoyak does not know the key."""
_TABLES = _LISTS["tables"]
"""Tables that may hold any such key; of others only names that cannot mean anything else count."""
_CERTAIN = re.compile(r"^(is)?(draft|published|unpublished|unlisted)$|embargo|expir|^publish(at|date)$")
_KINDS = frozenset(
    "type kind layout posttype format section collection folder flags tags tag categories category labels 분류".split()
)
_KIND_HIDES = frozenset("draft drafts wip unpublished 초안 비공개 임시저장 임시저장글 비밀글".split())
_VALUES_HIDE = _KIND_HIDES | frozenset(("private", "pending", "confidential", "internal"))
"""Values that say it whatever their key is called, but for one that names something: a title may be "Draft"."""
_NAMES = re.compile(
    r"title|name|slug|^id$|author|writer|summary|description|excerpt|subtitle|alias|link|url|image|source"
)
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_PAIR = re.compile(r"(?<=[{,])\s*[\"']?([\w-]+)[\"']?\s*[:=]\s*([^,{}]+)")
"""A pair of a table that stands on one line of a head whose values are plain texts."""
_MOST_SHOWN = 60
_DEEPEST = 4

_WORDS = (
    r"drafts?|unpublished|wip|초안|임시저장(?:글)?|작성중|미발행|미공개"
    r"|entw(?:urf|ürfe)|brouillons?|borrador(?:es)?|bozz[ae]|rascunhos?|下書き|草稿"
)
_HIDING_FOLDER = re.compile(
    rf"[_.]?({_WORDS}|private|internal|confidential|pending|scheduled|unlisted|deleted|in[ _-](?:progress|review)"
    r"|(?:members|subscribers)[ _-]?only|trash|templates|비공개|비밀글?|임시글|보류|휴지통|회원전용|템플릿)"
)
_HIDING_FILE = re.compile(
    rf"(.*[_ .(-]|[_.])?draft[_ .()-].*|.*[_ .(-]({_WORDS}|비공개)\)?|[_.]?({_WORDS})\d*|({_WORDS})[_ .-].*"
    rf"|(.*\s)?[\[【(]({_WORDS}|비공개)[\])】].*|.*\.(private|bak|backup|orig)|.*(sync-conflict-|conflicted copy).*"
    r"|_(?!index$).+"
)


class StatusVerdict(Record, kw_only=True):
    """What a head of another program says about who may see its article."""

    held: tuple[Words, ...] = ()
    """Why it is held back, each a sentence that names the key; empty when it was public."""
    unlisted: bool = False
    """It had a page and stood in no list."""
    dates: Mapping[str, str] = {}
    """``publish_at`` and ``expires_at`` as they are written."""
    keys: frozenset[str] = frozenset()
    """The keys that were about this, as they are written."""


def verdict(values: Mapping[str, Any], *, unlisted: bool = False) -> StatusVerdict:
    """Return what a head says about who may see its article.

    `unlisted`: where it comes from, what is unlisted or hidden has a page all the same.
    """
    held: list[Words] = []
    dates: dict[str, str] = {}
    keys: set[str] = set()
    listed = True
    dated = any(_bare(key) == "date" for key in values)
    for key, value in _flat(values, ""):
        name, said = _bare(key), _said(value)
        if (key == "status" and _is_ours(values[key])) or not _decides(name, key, value):
            continue
        ours, said = _moment_of(name), _moment(value) if isinstance(value, list) else said
        if ours and _DAY.match(said):
            _put_date(dates, ours, _moment(value))
        elif _PAST.search(name) and _DAY.match(said):
            if not dated:
                continue  # it is the day of the article
            _put_date(dates, "publish_at", _moment(value))
        elif unlisted and name in ("unlisted", "hidden", "list", "isunlisted") and _hides(name, value):
            listed = False
        elif _hides(name, value):
            held.append(_sentence(key, value))
        elif name in _KINDS:
            continue
        keys |= set() if name in _KINDS else {key.partition(".")[0]}
    return StatusVerdict(held=tuple(held), unlisted=not listed and not held, dates=dates, keys=frozenset(keys))


def held_by_name(path: str) -> Words:
    """Return why a file is held back for its name or its folder's, as a sentence; empty when nothing says so."""
    *folders, name = PurePath(normalize("NFKC", path)).parts or ("",)
    for folder in folders:
        if _HIDING_FOLDER.fullmatch(folder.lower()):
            return say("held.folder", name=folder)
    stem = re.sub(r"(\.(md|markdown|html?|txt|text|mdx))+$", "", name.lower())
    return say("held.file", name=name) if _HIDING_FILE.fullmatch(stem) else ""


def plain(key: str) -> str:
    """Return a key's name as the tables have it: ``isDraft`` and ``is-draft`` are ``is_draft``."""
    return re.sub(r"[-\s]+|(?<=[a-z])(?=[A-Z])", "_", key.strip()).lower()


def _bare(key: str) -> str:
    """Return the last part of a key without what only parts its words: ``params.isDraft`` is ``isdraft``."""
    last = key.rpartition(".")[2] or key
    return re.sub(r"[\W_]+", "", normalize("NFKC", last)).casefold()


def _put_date(dates: dict[str, str], name: str, value: str) -> None:
    """Keep the later of two moments from which readers may see an article, and the earlier of two until which."""
    known = dates.get(name, value)
    dates[name] = min(known, value) if name == "expires_at" else max(known, value)


def _flat(values: Mapping[str, Any], above: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the keys, and those of tables in them, dotted."""
    for written, given in values.items():
        key = f"{above}.{written}" if above else str(written)
        on_one_line = isinstance(given, str) and given.startswith("{") and _bare(str(written)) in _TABLES
        value = (on_one_line and dict(_PAIR.findall(given))) or given
        if isinstance(value, Mapping) and depth < _DEEPEST:
            inside = _flat(value, key, depth + 1)
            known = _bare(str(written)) in _TABLES
            for name, one in inside:
                if not known and _CERTAIN.search(_bare(str(written))):
                    yield key, one
                elif not known or _decides(_bare(name), name, one):
                    yield from [(name, one)] if known or _CERTAIN.search(_bare(name)) else []
                elif _bare(str(written)) in _STATES:
                    yield key, one
        else:
            yield key, value


def _said(value: Any) -> str:
    said = normalize("NFKC", str(value)).strip().rstrip(",;").strip("\"'\u200b\ufeff ").casefold()
    return re.sub(r"\s+(#|//).*$", "", said)


def _is_ours(value: Any) -> bool:
    """Tell whether a status is one of yoyak's, with nothing behind it that would keep it from being one."""
    return isinstance(value, str) and value.strip().casefold() in _OURS


def _moment(value: Any) -> str:
    """Return a moment as it is written, without a comment behind it; of a list, its only one."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    return re.sub(r"\s+#.*$", "", str(one).strip())


def _moment_of(name: str) -> str:
    if name in _SHOWS or name in _STATES or (name in _HIDES and name != "unpublish"):
        return ""
    return next((ours for ours, names in _MOMENTS.items() if names.search(name)), "")


def _decides(name: str, key: str, value: Any) -> bool:
    """Tell whether a key is about who may see an article."""
    if name in _KINDS:
        return "." not in key
    if name == "robots" and isinstance(value, str | list):
        return True
    known = name in _HIDES | _SHOWS | _STATES or bool(_moment_of(name)) or _ABOUT.search(name) is not None
    known = known or (name == "pubdate" and _DAY.match(_said(value)) is not None)
    if isinstance(value, str) and _said(value) in _VALUES_HIDE and not _NAMES.search(name):
        return True
    many = isinstance(value, list | dict) and not any(_said(one) in _KIND_HIDES for one in value)
    return known and not (name in ("list", "index", "show", "skip", "stage", "concept") and many)


def _hides(name: str, value: Any) -> bool:
    every = [_said(one) for one in value] if isinstance(value, list | tuple) else [_said(value)]
    if name in _KINDS:
        return any(one.lstrip("#") in _KIND_HIDES for one in every)
    if name == "robots":
        return any(re.search(r"noindex|none", one) for one in every)
    if name in _SHOWS or _SHOWING.fullmatch(name):
        return not every or any(one not in _YES and not _DAY.match(one) for one in every)
    if name in _STATES:
        return not every or any(one not in _PUBLIC for one in every)
    if _UNDATED.search(name):
        return not any(map(_DAY.match, every))
    unsure = re.search("publish|visib", name) and not _SHOWING_NOT.search(name) and not _moment_of(name)
    return any(one not in _NO or (unsure and one) for one in every)


def _sentence(key: str, value: Any) -> Words:
    if re.search(r"passw|secret|token", _bare(key)) and _said(value) not in _YES:
        return say("held.says", key=key, value=say("not-shown"))
    return say("held.says", key=key, value=" ".join(str(value).split())[:_MOST_SHOWN])
