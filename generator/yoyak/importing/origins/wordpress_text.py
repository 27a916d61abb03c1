"""The text of a post of WordPress as HTML: the classic editor's paragraphs, its shortcodes, and the marks of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape

from yoyak.importing.pieces import figure
from yoyak.model.types import Record

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
_EMBED_BLOCK = re.compile(
    r"<!--\s*wp:(?P<name>(?:core-)?embed(?:/[\w-]+)?)\s(?P<given>[^>]*?)(?:/-->|-->(?P<body>.*?)<!--\s*/wp:(?P=name)\s*-->)",
    re.DOTALL,
)
_CLASSIC = re.compile(
    r"<!--\s*wp:(freeform|classic)\b[^>]*-->(?P<text>(?:(?!<p[\s>]).)*?)<!--\s*/wp:\1\s*-->", re.DOTALL
)
"""A text of the old editor in a post of blocks."""
_REUSED = re.compile(r'<!--\s*wp:block\s*\{[^>]*?"ref":\s*(\d+)[^>]*?/-->')
_BARE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"]+)[ \t]*$")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))|(\S+)")


class Media(Record, kw_only=True):
    """What the media library says of a file."""

    address: str = ""
    alt: str = ""
    caption: str = ""
    parent: str = ""
    """The number of the post that it was uploaded for."""


class Around(Record, kw_only=True):
    """What a text may name of its export."""

    media: Mapping[str, Media] = {}
    """By number and by address."""
    blocks: Mapping[str, str] = {}
    """The texts of blocks for reuse, by number."""


def body_of(text: str, around: Around = Around(), number: str = "") -> str:  # noqa: B008 - it is frozen
    """Return the text of a post as HTML; `number` is the post's."""
    text = _with_reused(text.replace("\r\n", "\n").replace("\r", "\n"), around.blocks)
    of_blocks = "<!-- wp:" in text
    text = _CLASSIC.sub(lambda found: with_paragraphs(found["text"]), text)
    embedded = _EMBED_BLOCK.sub(_embedded, text)
    html = with_shortcodes(_BLOCK_MARK.sub("\n\n" if not of_blocks else "", embedded), around, number)
    if not of_blocks:
        html = _BARE.sub(lambda found: _embed({"src": found[1]}, "") or "", html)
    whole = html if of_blocks or re.search(r"<p[\s>]", text) else with_paragraphs(html)
    return _IMAGE.sub(lambda found: _with_alt(found[0], around.media), whole)


def _with_reused(text: str, blocks: Mapping[str, str], depth: int = 0) -> str:
    """Return a text with the blocks that it only names; one that is not in the export becomes a shortcode."""

    def named(found: re.Match[str]) -> str:
        inner = blocks.get(found[1])
        if inner is None or depth > 3:
            return f'<p>[block ref="{found[1]}"]</p>'
        return _with_reused(inner, blocks, depth + 1)

    return _REUSED.sub(named, text)


def _embedded(found: re.Match[str]) -> str:
    """Return what a block shows from elsewhere as a frame, with its caption."""
    address = re.search(r"https?://[^\s<\"]+", (found["body"] or "")) or re.search(
        r'"url":"(https?:[^"]+)"', found["given"]
    )
    if not address:
        return found["body"] or ""
    caption = re.search(r"<figcaption[^>]*>(.*?)</figcaption>", (found["body"] or ""), re.DOTALL)
    where = unescape(address[address.lastindex or 0]).replace("\\/", "/").replace("\\u0026", "&")
    below = f"<p>{caption[1]}</p>" if caption else ""
    return f'\n\n<iframe src="{escape(where)}"></iframe>\n\n{below}'


def _with_alt(image: str, media: Mapping[str, Media]) -> str:
    """Return a picture with the words that the media library has for those who do not see it."""
    if re.search(r"\balt\s*=\s*(?:\"[^\"]|'[^'])", image):
        return image
    number = re.search(r"wp-image-(\d+)", image) or re.search(r"data-id=\"(\d+)", image)
    source = re.search(r"\bsrc\s*=\s*[\"']([^\"']+)", image)
    known = (number and media.get(number[1])) or (source and media.get(_whole_size(source[1])))
    if not known or not known.alt:
        return image
    bare = re.sub(r"\balt\s*=\s*(?:\"\"|'')", "", image)
    return f'<img alt="{escape(known.alt)}"{bare[4:]}'


def _whole_size(address: str) -> str:
    return re.sub(r"-\d{2,5}x\d{2,5}(?=\.\w+$)", "", address)


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


def with_shortcodes(html: str, around: Around = Around(), number: str = "") -> str:  # noqa: B008 - it is frozen
    """Return HTML in which shortcodes that WordPress itself brings are what they stand for; others stay as they are."""

    def replaced(found: re.Match[str]) -> str:
        if found[0].startswith("[[") or (found.start() and html[found.start() - 1] == "["):
            return found[0]  # doubled brackets are words about a shortcode
        if found["name"].lower() == "gallery":
            return _gallery(dict(_attributes(found["rest"])), around.media, number)
        return _replaced(found)

    return _SHORTCODE.sub(replaced, html)


def _gallery(given: Mapping[str, str], media: Mapping[str, Media], number: str) -> str:
    """Return the pictures of a gallery; the shortcode stays for those that the export lacks, and is reported."""
    named = re.findall(r"\d+", given.get("ids") or given.get("include", ""))
    if not named:
        of = given.get("id") or number
        named = [key for key, one in media.items() if key.isdigit() and one.parent == of and of]
    shown = "".join(figure(media[key].address, media[key].caption, media[key].alt) for key in named if key in media)
    lost = [key for key in named if key not in media]
    left = f'<p>[gallery ids="{",".join(lost)}"]</p>' if lost else "" if shown else "<p>[gallery]</p>"
    return f"\n\n{shown}{left}\n\n"


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
