"""The published form of an SVG picture that says more than it draws: the same drawing, without that.

It is written anew of what was read and judged: without comments, document type, metadata, what editors keep for
themselves, and the metadata of pictures inside.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

from yoyak.containers import Metadata
from yoyak.containers.credit import Credit, credit_in_xmp
from yoyak.containers.metadata import published
from yoyak.text.file_kinds import kind_of_head
from yoyak.text.word_lists import word_lists

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_LISTS = {name: frozenset(words) for name, words in word_lists("text/lists/svg").items()}
DRAWING = _LISTS["elements"]
_TEXTS = _LISTS["texts"]
"""Attributes whose value is a name, a number or a text for people: no browser takes it for a style or an address."""
_DRAWN = _LISTS["drawn"]
_PLAIN = re.compile(r"[\w\s.,;%+*#()-]*")
"""A value in which no address can be."""

LINK = re.compile(r"\s*(?:$|#|https?://|mailto:)", re.IGNORECASE)
LOCAL = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp);base64,)", re.IGNORECASE)
_OF_LIVING = re.compile(r"https?://(?:www\.)?(?:w3\.org|mozilla\.org)/|urn:mozilla|javascript|http://icl\.com/saxon")
_RDF = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#")


def is_living(space: str) -> bool:
    """Tell whether browsers may know a namespace other than that of SVG. Those of editors they do not."""
    return bool(_OF_LIVING.match(space)) and space not in _RDF


def is_text(attribute: str) -> bool:
    """Tell whether an attribute without a namespace has a value that is only read by people and selectors."""
    return attribute in _TEXTS or attribute.startswith(("data-", "aria-"))


def is_drawn(attribute: str) -> bool:
    """Tell whether an attribute draws: its value is a style or part of one."""
    return attribute in _DRAWN


def is_plain(value: str) -> bool:
    """Tell whether the value of an attribute that is not known surely does nothing."""
    return _PLAIN.fullmatch(value) is not None and "url" not in value.lower()


_KEPT = frozenset({"", SVG, XLINK, XML})
_DATA = re.compile(r"(data:image/[a-z]+;base64,)([A-Za-z0-9+/=%\s]*)", re.IGNORECASE)
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


class Writer:
    """Writes a drawing while it is read."""

    def __init__(self, metadata: Metadata) -> None:
        self._metadata: Metadata = metadata
        self.has_more = False
        """It says more than it draws."""
        self._out: list[str] = []
        self._left_out = 0
        """How deep the reading is in an element that is left out."""
        self._spaces: list[str] = []
        self._told: list[str] = []

    def written(self) -> bytes:
        """Return the file."""
        return "".join(self._out).encode("utf-8", "xmlcharrefreplace")

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        if (uri or "") in _KEPT and uri != XML:
            self._spaces.append(f' xmlns{f":{prefix}" if prefix else ""}="{(uri or "").translate(_VALUE)}"')

    def comment(self, _text: str) -> None:
        self.has_more = True

    def start(self, name: str, attributes: list[str]) -> None:
        spaces, self._spaces = self._spaces, []
        space, written = _written(name)
        if self._left_out or space not in _KEPT or written.rpartition(":")[2] == "metadata":
            self._left_out += 1
            self.has_more = True
            self._note(f"<{_unprefixed(name)}>")
            return
        self._out += ["<", written, *spaces]
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            of, as_written = _written(key)
            if of in _KEPT and as_written != "content":  # draw.io keeps all of its file there
                self._out.append(f' {as_written}="{self._inside(value).translate(_VALUE)}"')
            else:
                self.has_more = True
        self._out.append(">")

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
            self._note(f"</{_unprefixed(name)}>")
            if not self._left_out and (told := self._credit()):
                self._out.append(f"<desc>{told.translate(_TEXT)}</desc>")
        else:
            self._out.append(f"</{_written(name)[1]}>")

    def characters(self, text: str) -> None:
        if self._left_out:
            self._note(text)
        else:
            self._out.append(self._inside(text).translate(_TEXT))

    def _note(self, text: str) -> None:
        if self._metadata == "credit":
            self._told.append(text)

    def _credit(self) -> str:
        """Return who made the picture and whose it is, as its metadata say it."""
        told, self._told = "".join(self._told), []
        found = credit_in_xmp(told.encode()) if told else Credit()
        return " / ".join(filter(None, (found.maker, found.copyright)))

    def _inside(self, value: str) -> str:
        """Return a value with the metadata taken out of every picture in it."""
        return _DATA.sub(self._picture, value) if "base64," in value else value

    def _picture(self, found: re.Match[str]) -> str:
        try:
            data = b64decode("".join(found[2].split()).replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
        except Error:
            data = b""
        new = published(data, kind_of_head(data, ""), self._metadata) if data else b""
        if new == data and data:
            return found[0]
        self.has_more = True
        return found[1] + b64encode(new or b"").decode()


def _written(name: str) -> tuple[str, str]:
    """Return a name's namespace, and the name as it is written, of what expat tells: ``uri local prefix``."""
    parts = name.split(" ")
    if len(parts) < 2:
        return "", parts[0]
    return parts[0], f"{parts[2]}:{parts[1]}" if len(parts) > 2 else parts[1]


_PREFIXES = {"http://purl.org/dc/elements/1.1/": "dc:", "http://ns.adobe.com/photoshop/1.0/": "photoshop:"}


def _unprefixed(name: str) -> str:
    """Return an element's name with the prefix under which credits are looked for."""
    parts = name.split(" ")
    return parts[0] if len(parts) < 2 else _PREFIXES.get(parts[0], "") + parts[1]


# --- Styles inside of an SVG picture: which of them only draw ----------------------------------------------------
# Nothing is parsed: a text passes when every function, every rule and every address in it is a known one. What
# stands in comments and strings counts as well, since two parsers may not agree on where these end.

_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|(.)|\Z)", re.IGNORECASE | re.DOTALL)
_FUNCTION = re.compile(r"([^\s!-,./:-@\[-^`{-~]*)\(")
"""Any name before a bracket, of whatever letters: what is not in the list does not pass."""
_RULE = re.compile(r"@([^\s!-,./:-@\[-^`{-~]*)")
_SAFE_RULES = frozenset("media supports font-face keyframes -webkit-keyframes layer container property".split())
_SAFE_FUNCTIONS = frozenset(
    """rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark device-cmyk
    calc min max clamp abs sign round mod rem pow sqrt sin cos tan var env counter counters
    matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
    rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
    inset circle ellipse polygon path rect xywh cubic-bezier steps linear fit-content format local tech
    not is where has lang dir nth-child nth-last-child nth-of-type nth-last-of-type
    media supports and or only icc-color""".split()
) | {""}
_URL = re.compile(r"url\(")
_LOCAL_URL = re.compile(
    r"""url\(\s*["']?\s*(?:\#|data:(?:font/|application/(?:x-)?font-|image/(?:png|jpe?g|gif|webp);base64,))"""
)
_ADDRESS_IN_STRING = re.compile(r"""["'][^"'<>]{0,2000}?(?://|:/)""")
_OLD = re.compile(r"-moz-binding|behaviou?r\s*:|expression")


def loads(style: str) -> bool:
    """Tell whether a style, or a value of one, may ask for anything outside of its picture."""
    text = _ESCAPE.sub(_letter, style).lower() if "\\" in style else style.lower()
    if "(" not in text and "@" not in text and "//" not in text and "-moz-binding" not in text:
        return False
    return bool(
        any(name not in _SAFE_RULES for name in _RULE.findall(text))
        or any(name not in _SAFE_FUNCTIONS and name != "url" for name in _FUNCTION.findall(text))
        or len(_URL.findall(text)) != len(_LOCAL_URL.findall(text))
        or _ADDRESS_IN_STRING.search(_LOCAL_DATA.sub("", text))
        or _OLD.search(text)
    )


_LOCAL_DATA = re.compile(r"data:[a-z/+;=,-]{0,80}base64,[a-z0-9+/=\s]*")


def _letter(found: re.Match[str]) -> str:
    if found[1]:
        number = int(found[1], 16)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    return found[3] or ""
