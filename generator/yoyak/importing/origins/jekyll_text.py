"""A text of Jekyll in yoyak's form: its keys, its links, and where its pictures are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from yoyak.importing.foreign import Dialect, in_own_keys
from yoyak.importing.heads import ForeignHead
from yoyak.importing.marks.convert import converted
from yoyak.importing.originals import Old, OldText
from yoyak.importing.origins.folders import (
    HTML,
    Links,
    as_markdown,
    head_and_body,
    listed,
    path_of,
    tidied,
    with_addresses,
)  # fmt: skip
from yoyak.importing.origins.jekyll_paths import Doc, categories
from yoyak.model.message import Words
from yoyak.model.types import Record

_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_FILTERED = re.compile(r"\{\{-?\s*(?P<quote>[\"'])(?P<to>[^\"']*)(?P=quote)\s*(?:\|[^}]*)?\}\}")
_NAMED = re.compile(r"\{%-?\s*(?P<tag>link|post_url)\s+(?P<to>[^%]+?)\s*-?%\}")
_OWN = frozenset("slug permalink redirect_from redirect_to category categories date".split())


class OldDoc(Record, kw_only=True):
    doc: Doc
    address: str
    held: tuple[Words, ...]
    is_draft: bool


def name_of(doc: Doc) -> str:
    stem = doc.slug or PurePosixPath(doc.path).stem
    above = PurePosixPath(doc.path).parent.name.strip("_")
    return str(doc.values.get("slug") or (stem if stem != "index" else above or "home"))


def pictures_of(
    find: Callable[[str], bytes | None], one: OldDoc, base: str, source: str
) -> Callable[[str], bytes | None]:
    """Return what gives the pictures of a text: from the site's folder, beside its file, and at its address."""
    folder = one.doc.path.rpartition("/")[0]
    above = f"{source}/" if source else ""

    def places(name: str) -> Iterator[str]:
        if name.startswith("/"):
            yield name.removeprefix(base).lstrip("/") if base and name.startswith(f"{base}/") else name.lstrip("/")
            yield name.lstrip("/")
            return
        yield name
        below = name.removeprefix(f"{folder}/") if folder else name
        yield tidied(f"{one.address.removeprefix(base).rpartition('/')[0]}/{below}").lstrip("/")
        yield below

    def sought(name: str) -> bytes | None:
        return next((data for place in places(name) if (data := find(above + place)) is not None), None)

    return sought


def translation(
    one: OldDoc, old: Old, links: Links, settings: Mapping[str, Any], find: Callable[[str], bytes | None]
) -> Callable[[str], OldText]:
    def translate(text: str) -> OldText:
        head = head_and_body(text)
        doc = one.doc
        values = {key: value for key, value in {**doc.values, **head.values}.items() if key not in _OWN}
        values |= _own_keys(doc, settings)
        if not str(values.get("title") or "").strip() and not re.match(r"\s*#[ \t]+\S", head.body):
            words = re.split(r"-+", doc.slug) if doc.collection else [re.sub(r"[-_]+", " ", name_of(doc))]
            values["title"] = " ".join(word.capitalize() for word in words if word) or "Home"
        body = as_markdown(head.body) if doc.path.lower().endswith(HTML) else head.body
        body = with_addresses(body, lambda written: _link(written, one, links, find))
        body = converted(body, "jekyll", lambda name: _of_mark(name, one, links, find))
        dialect = Dialect(spaced=True, names={"layout": "layout", "excerpt_separator": ""})
        return in_own_keys(ForeignHead(values=values, body=body), dialect, old)

    return translate


def _of_mark(name: str, one: OldDoc, links: Links, find: Callable[[str], bytes | None]) -> str:
    """Return the address of the post, the file or the path that a tag names; an empty text when there is none."""
    if known := links.files.get(f"post:{name}") or links.files.get(name.lstrip("/")):
        return known
    found = _link(name, one, links, find) if name.startswith("/") else ""
    return "" if found == name else found


def _own_keys(doc: Doc, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys whose values Jekyll's rules decide."""
    base = path_of(settings.get("baseurl") or "")
    found: dict[str, Any] = {}
    if doc.day:
        written = doc.values.get("date") or doc.day
        timed = doc.day.tzinfo is not None
        found["date"] = (
            doc.day.isoformat(sep=" ", timespec="seconds")
            if timed
            else str(written)[:10]
            if not doc.values.get("date")
            else written
        )
    before = [str(one).strip() for one in listed(doc.values.get("redirect_from")) if isinstance(one, str)]
    if before:
        found["aliases"] = [tidied(f"{base}/{one}") for one in before if one and "://" not in one]
    if named_as := categories(doc):
        found["categories"] = named_as
    if not doc.values.get("lang") and re.fullmatch(
        r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", str(settings.get("lang") or "")
    ):
        found["lang"] = str(settings["lang"])
    return found


def _link(written: str, one: OldDoc, links: Links, find: Callable[[str], bytes | None]) -> str:
    plain, path = written, one.doc.path
    if "{" in written:
        plain = _SITE.sub("", written)
        plain = _NAMED.sub(lambda found: _named(found, links), _FILTERED.sub(lambda found: found["to"], plain))
    own = links.own(plain)
    if own and find(own) is not None:
        return own
    return links.of(plain, path, one.address)


def _named(found: re.Match[str], links: Links) -> str:
    """Return the address that a tag means; what leads to nothing stays as it is."""
    target = found["to"].strip("\"'")
    key = f"post:{target.strip('/')}" if found["tag"] == "post_url" else target.strip("/")
    return links.files.get(key, found[0])
