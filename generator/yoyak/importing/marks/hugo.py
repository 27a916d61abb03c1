"""Shortcodes of Hugo."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from yoyak.importing.marks.films import FILMS
from yoyak.importing.marks.mark import Maker, Mark, Replacement, address, box, code, folded, is_box, picture, quotation


def _figure(mark: Mark) -> Replacement | None:
    source = mark.given("src", "source", "link_src", at=0)
    title, caption = mark.given("title"), mark.given("caption") or (mark.inner or "").strip()
    by, where = mark.given("attr"), mark.given("attrlink")
    by = f"[{by}]({where})" if by and where else by
    words = ". ".join(part.rstrip(".") if part is not by else part for part in (title, caption, by) if part)
    only = words if len([part for part in (title, caption, by) if part]) > 1 else title or caption or by
    return picture(mark.inside(source), mark.given("alt"), only, mark.given("link", "href"))


def _image(mark: Mark) -> Replacement | None:
    caption = mark.given("caption", "title", at=2)
    return picture(mark.inside(mark.given("src", "path", "url", at=0)), mark.given("alt", at=1), caption)


def _reference(mark: Mark) -> str | None:
    path, hash_, part = mark.given("path", at=0).partition("#")
    found = mark.lookup(path) if path else ""
    return address(f"{found}{hash_}{part}") if found or (hash_ and not path) else None


def _code(mark: Mark) -> Replacement | None:
    language = mark.given("lang", "language", at=0)
    return None if mark.inner is None else code(mark.inner, language, mark.given("title", "filename", "file"))


def _mermaid(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else code(mark.inner, "mermaid")


def _details(mark: Mark) -> Replacement | None:
    if mark.inner is None:
        return None
    summary = mark.given("summary", "title", "label", at=0)
    is_open = mark.given("open").lower() == "true" or "open" in mark.words[1:]
    return folded(escape(summary, quote=False), mark.inside(mark.inner), is_open=is_open)


def _box(mark: Mark) -> Replacement | None:
    text = mark.inner if mark.inner is not None else mark.given("text", "content", "message")
    words = list(mark.words)
    kind = mark.given("type", "kind", "class", "color", "context", "style", "level", "status")
    if not kind and words and (is_box(words[0]) or mark.name in ("notice", "alert", "callout", "admonition", "hint")):
        kind = words.pop(0)
    if not kind or not is_box(kind):
        kind = mark.name if is_box(mark.name) else kind
    title = mark.given("title", "heading", "header") or (words[0] if words and text else "")
    return box(kind, title, mark.inside(text or ""))


def _raw(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else Replacement(text=mark.inner.strip("\n"))


def _nothing(mark: Mark) -> str | None:
    return None if mark.inner is None else ""


def _quote(mark: Mark) -> Replacement | None:
    by = mark.given("author", "by", "source", "cite", at=0)
    return None if mark.inner is None else quotation(mark.inside(mark.inner), by)


def _param(mark: Mark) -> str | None:
    name = mark.given(at=0).lower()
    value = {key.lower(): value for key, value in mark.head.items()}.get(name)
    return value if isinstance(value, str) and value else None


_BOXES = "notice callout alert admonition tip warning note info hint important caution danger success error attention"

HUGO: Mapping[str, Maker] = {
    **FILMS, **dict.fromkeys(_BOXES.split(), _box), "figure": _figure, "img": _image, "image": _image,
    "picture": _image, "ref": _reference, "relref": _reference, "highlight": _code, "code": _code,
    "codeblock": _code, "mermaid": _mermaid, "details": _details, "expand": _details, "collapse": _details,
    "spoiler": _details, "rawhtml": _raw, "raw": _raw, "raw-html": _raw, "html": _raw, "unsafe": _raw, "param": _param,
    "comment": _nothing, "quote": _quote, "blockquote": _quote, "youtube-lite": FILMS["youtube"],
}  # fmt: skip
ENDED = frozenset(
    (*_BOXES.split(), *"highlight code codeblock mermaid details expand collapse spoiler rawhtml raw raw-html".split(),
     "html", "unsafe", "comment", "quote", "blockquote", "figure")
)  # fmt: skip
"""Those that may stand round a text."""
