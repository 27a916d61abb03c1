"""The text of a post of WordPress as HTML: the classic editor's paragraphs, its shortcodes, and the marks of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape

_BLOCK_MARK = re.compile(r"<!--\s*/?wp:[^>]*?-->|<!--\s*(?:more|nextpage|noteaser)\b[^>]*?-->")
_BLOCKS = (
    "address article aside audio blockquote center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr iframe li main nav ol p pre script section style summary table tbody td tfoot th"
    " thead tr ul video"
).split()
_OPENS = re.compile(rf"<(?:{'|'.join(_BLOCKS)})\b[^>]*>|</(?:{'|'.join(_BLOCKS)})>", re.IGNORECASE)
_KEPT = re.compile(r"<(pre|script|style|textarea|table|ul|ol|dl)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_SHORTCODE = re.compile(
    r"\[(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s[^\]\[]*)?)/?\](?:(?P<inner>[^\[]*(?:\[(?!/(?P=name)\])[^\[]*)*)\[/(?P=name)\])?"
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))|(\S+)")


def body_of(text: str) -> str:
    """Return the text of a post as HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    of_blocks = "<!-- wp:" in text
    html = with_shortcodes(_BLOCK_MARK.sub("\n\n" if not of_blocks else "", text))
    return html if of_blocks or re.search(r"<p[\s>]", html) else with_paragraphs(html)


def with_paragraphs(text: str) -> str:
    """Return text whose paragraphs are blank lines, and whose lines are breaks, with elements for both.

    So WordPress itself does it with a text of its old editor; elements that are blocks stay as they are.
    """
    kept: list[str] = []

    def aside(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n\x00{len(kept) - 1}\x00\n\n"

    apart = _OPENS.sub(lambda found: f"\n\n{found[0]}\n\n", _KEPT.sub(aside, text))
    parts = (part.strip() for part in re.split(r"\n\s*\n", apart))
    html = "\n".join(_paragraph(part) for part in parts if part)
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], html)


def _paragraph(part: str) -> str:
    if part.startswith("\x00") or _OPENS.fullmatch(part):
        return part
    return f"<p>{re.sub(chr(10), '<br>' + chr(10), part)}</p>"


# --- shortcodes -------------------------------------------------------------------------------------


def with_shortcodes(html: str) -> str:
    """Return HTML in which shortcodes that WordPress itself brings are what they stand for; others stay as they are."""
    return _SHORTCODE.sub(_replaced, html)


def _replaced(found: re.Match[str]) -> str:
    make = _MAKERS.get(found["name"].lower())
    made = make(dict(_attributes(found["rest"])), found["inner"] or "") if make else None
    return found[0] if made is None else made


def _attributes(written: str) -> Iterator[tuple[str, str]]:
    for name, double, single, bare, alone in _ATTRIBUTE.findall(written.strip().rstrip("/")):
        if name:
            yield name.lower(), unescape(double or single or bare)
        elif alone:
            yield "", unescape(alone.strip("\"'"))


def _caption(given: Mapping[str, str], inner: str) -> str:
    picture = re.search(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", inner, re.IGNORECASE)
    if not picture:
        return inner
    words = given.get("caption") or (inner[: picture.start()] + inner[picture.end() :]).strip()
    image = re.search(r"<img\b[^>]*>", picture[0], re.IGNORECASE)
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{image[0] if image else ''}{below}</figure>\n\n"


def _embed(given: Mapping[str, str], inner: str) -> str | None:
    address = inner.strip() or given.get("src") or given.get("url") or given.get("", "")
    return f'\n\n<iframe src="{escape(address)}"></iframe>\n\n' if address.startswith("http") else None


def _player(tag: str) -> Callable[[Mapping[str, str], str], str | None]:
    def make(given: Mapping[str, str], _: str) -> str | None:
        address = next(
            (given[key] for key in ("src", "mp4", "m4v", "webm", "mp3", "m4a", "ogg", "wav") if given.get(key)), ""
        )
        return f'\n\n<{tag} src="{escape(address)}"></{tag}>\n\n' if address else None

    return make


def _youtube(given: Mapping[str, str], inner: str) -> str | None:
    name = given.get("id") or given.get("", "").lstrip("=") or inner.strip()
    if name.startswith("http"):
        return _embed({"src": name}, "")
    return (
        _embed({"src": f"https://www.youtube.com/watch?v={name}"}, "") if re.fullmatch(r"[\w-]{6,20}", name) else None
    )


def _code(_: Mapping[str, str], inner: str) -> str:
    return f"\n\n<pre><code>{inner}</code></pre>\n\n"


_MAKERS: Mapping[str, Callable[[Mapping[str, str], str], str | None]] = {
    "caption": _caption, "wp_caption": _caption, "embed": _embed, "audio": _player("audio"), "video": _player("video"),
    "youtube": _youtube, "vimeo": _embed, "code": _code, "sourcecode": _code, "highlight": _code,
}  # fmt: skip
