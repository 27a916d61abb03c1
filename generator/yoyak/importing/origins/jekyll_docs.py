"""The files of a site of Jekyll: which are posts, documents and pages, and what holds them back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from yoyak.importing.heads import ForeignHead
from yoyak.importing.originals import SkippedItem
from yoyak.importing.origins.folders import (
    HTML,
    MARKDOWN,
    PICTURES,
    ExportFolder,
    head_and_body,
    is_no,
    is_yes,
    listed,
    table,
)  # fmt: skip
from yoyak.importing.origins.jekyll_paths import Doc, address_of, with_zone
from yoyak.importing.origins.jekyll_text import OldDoc
from yoyak.model.message import Words, say

_TEXTS = (*MARKDOWN, *HTML)
_DAY = re.compile(r"(?P<day>\d{2,4}-\d{1,2}-\d{1,2})-(?P<name>.*)\Z", re.DOTALL)
_EXCLUDED = ("Gemfile", "Gemfile.lock", "*.gemspec", "Rakefile", "package.json", "package-lock.json", "CNAME")
_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n")


def read_doc(path: str, tree: ExportFolder, settings: Mapping[str, Any]) -> OldDoc | SkippedItem:
    """Return a text of the site, or what else a file is; without a reason it need not be named."""
    parts, lower = path.split("/"), path.lower()
    if lower.endswith(PICTURES):
        return SkippedItem(what=path, why="")
    collection, below, folders = _collection(parts, settings)
    if any(part.startswith(("_", "#", "~")) for part in parts) and not collection and not _included(path, settings):
        return SkippedItem(what=path, why=say("left.jekyll-passed"))
    if _excluded(path, settings):
        return SkippedItem(what=path, why=say("left.excluded"))
    text = (
        tree.text(path)
        if lower.endswith((*_TEXTS, ".txt", ".xml", ".json", ".textile", ".adoc", ".org", ".rst"))
        else None
    )
    if not lower.endswith(_TEXTS):
        kind = (
            say("left.other-text") if lower.endswith((".textile", ".adoc", ".org", ".rst")) else say("left.other-file")
        )
        return SkippedItem(what=path, why=kind)
    if text is None:
        return SkippedItem(what=path, why=say("left.unreadable"))
    if not collection and not _HEAD.match(text):
        return SkippedItem(what=path, why=say("left.no-front-matter"))
    head = head_and_body(text)
    if not collection and (why := _no_text(path, head)):
        return SkippedItem(what=path, why=why)
    return _found(path, below, collection, folders, head, settings)


def _collection(parts: list[str], settings: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """Return the collection that a file is in, its path there, and the folders above that are categories."""
    inside = str(settings.get("collections_dir") or "").strip("/")
    for number, part in enumerate(parts[:-1]):
        if part in ("_posts", "_drafts"):
            above = [one for one in parts[:number] if one != inside]
            return "posts", "/".join(parts[number + 1 :]), tuple(above)
    names = settings.get("collections")
    known = list(map(str, names if isinstance(names, Mapping | list) else []))
    start = 1 if inside and parts[0] == inside else 0
    first = parts[start] if len(parts) > start + 1 else ""
    return (
        (first[1:], "/".join(parts[start + 1 :]), ())
        if first[:1] == "_" and first[1:] in known
        else ("", "/".join(parts), ())
    )


def _included(path: str, settings: Mapping[str, Any]) -> bool:
    return any(_means(str(one), path) for one in listed(settings.get("include")))


def _excluded(path: str, settings: Mapping[str, Any]) -> bool:
    out = [*_EXCLUDED, *map(str, listed(settings.get("exclude")))]
    return any(_means(one, path) for one in out) and not _included(path, settings)


def _means(pattern: str, path: str) -> bool:
    plain = pattern.strip().strip("/")
    return bool(plain) and (path == plain or path.startswith(f"{plain}/") or fnmatchcase(path, plain))


def _no_text(path: str, head: ForeignHead) -> Words:
    """Return why a page has no text of its own: its template makes it of the others, or it has none."""
    name = PurePosixPath(path).stem.lower()
    loops = re.search(
        r"\{%-?\s*for\s+\w+\s+in\s+(?:site|paginator|posts|page)\b|\bpaginator\.|site\.(?:posts|tags|categories)",
        head.body,
    )
    words = re.sub(r"<[^>]*>|\{[{%].*?[%}]\}|\s+", "", head.body, flags=re.DOTALL)
    if loops:
        return say("left.template-list")
    if not words:
        return say("left.page-of-others")
    return say("left.page-404") if name == "404" else ""


def _found(
    path: str, below: str, collection: str, folders: tuple[str, ...], head: ForeignHead, settings: Mapping[str, Any]
) -> OldDoc:
    is_draft = "_drafts" in path.split("/")
    given = _defaults(path, "drafts" if is_draft else collection or "pages", settings)
    values = {**given, **head.values}
    stem = PurePosixPath(path).stem
    named_day = _DAY.match(stem) if collection else None
    day = values.get("date") or (named_day["day"] if named_day else "")

    doc = Doc(
        path=path, below=below, collection=collection, values=values, folders=folders,
        slug=named_day["name"] if named_day else stem, day=with_zone(day, settings),
    )  # fmt: skip
    return OldDoc(
        doc=doc,
        address=address_of(doc, settings),
        held=tuple(_held(doc, is_draft, named_day is not None, settings)),
        is_draft=is_draft,
    )


def _held(doc: Doc, is_draft: bool, dated: bool, settings: Mapping[str, Any]) -> Iterator[Words]:  # noqa: FBT001
    if is_draft:
        yield say("held.jekyll-draft")
    elif doc.collection == "posts" and not dated:
        yield say("held.jekyll-undated")
    elif doc.collection not in ("", "posts"):
        own = table(table(settings.get("collections")).get(doc.collection))
        if not is_yes(own.get("output", "")):
            yield say("held.jekyll-collection", collection=doc.collection)
    if is_no(doc.values.get("output", "")):
        yield say("held.says", key="output", value="false")


def _defaults(path: str, kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the settings give to a file: a longer path and a type count for more."""
    fitting: list[tuple[int, int, Mapping[str, Any]]] = []
    inside = str(settings.get("collections_dir") or "").strip("/")
    for rule in map(table, listed(settings.get("defaults"))):
        scope = table(rule.get("scope"))
        wanted, of = str(scope.get("path") or "").strip("/"), str(scope.get("type") or "").lower()
        kinds = (
            kind,
            {"pages": "page", "posts": "post", "drafts": "draft"}.get(kind, kind),
            *(["posts", "post"] if kind == "drafts" else []),
        )
        within = not wanted or any(_within(wanted, one) for one in (path, path.removeprefix(f"{inside}/")))
        if within and (not of or of in kinds):
            fitting.append((len(wanted), bool(of), table(rule.get("values"))))
    found: dict[str, Any] = {}
    for _, _, values in sorted(fitting, key=lambda one: one[:2]):
        found |= values
    return found


def _within(wanted: str, path: str) -> bool:
    if "*" in wanted:
        return any(fnmatchcase(str(one), wanted) for one in (PurePosixPath(path), *PurePosixPath(path).parents))
    return path == wanted or path.startswith(f"{wanted}/")
