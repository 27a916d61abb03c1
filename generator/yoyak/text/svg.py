"""SVG pictures: which of them are only pictures, and what is published of one.

A browser runs a script in an SVG that is opened by its own address, and loads what it names. So elements, attributes
and styles must be those of drawings, and every address in them one of the picture itself. The first thing that is not
ends the reading, and so does a picture that is too deep or too large. No entity is read: XML attacks begin with them.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from yoyak.containers import Metadata
from yoyak.model.message import Message, Words, say
from yoyak.text.svg_writer import (
    DRAWING,
    LINK,
    LOCAL,
    SVG,
    XLINK,
    XML,
    Writer,
    is_drawn,
    is_living,
    is_plain,
    is_text,
    loads,
)

DEEPEST = 256
MOST = 400_000
"""Elements of one picture."""
_ENCODING = re.compile(r"utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)
_DTD = re.compile(r"https?://www\.w3\.org/", re.IGNORECASE)


def unsafe_part(data: bytes) -> Words:
    """Return what in an SVG file is more than a drawing; empty when it is only a drawing."""
    return read_svg(data, "keep")[0]


def read_svg(data: bytes, metadata: Metadata) -> tuple[Words, bytes]:
    """Return what in an SVG file is more than a drawing, or nothing and what is published of the file."""
    reader = _SvgReader(Writer(metadata) if metadata != "keep" else None)
    try:
        reader.parser.Parse(data, True)
    except _NotADrawing as found:
        return found.what, b""
    except (expat.ExpatError, ValueError, LookupError) as error:
        return say("svg.no-xml", error=str(error)), b""
    writer = reader.writer
    is_utf8 = reader.encoding.lower() in ("", "utf-8", "utf8", "us-ascii") and data[:2] not in (
        b"\xff\xfe",
        b"\xfe\xff",
    )
    return "", writer.written() if writer and (writer.has_more or not is_utf8) else data


class _NotADrawing(Exception):
    """Something that is more than a drawing."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


class _SvgReader:
    """One reading of a picture."""

    def __init__(self, writer: Writer | None) -> None:
        self.writer, self.encoding = writer, ""
        self.depth, self.count = 0, 0
        self.style: list[str] | None = None
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.buffer_text = True  # a reference inside a word would cut it in two
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        if writer:
            parser.StartNamespaceDeclHandler = writer.namespace
            parser.CommentHandler = writer.comment

    def declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        self.encoding = encoding or ""
        if encoding and not _ENCODING.fullmatch(encoding):
            raise _NotADrawing(say("svg.encoding", name=encoding[:30]))

    def doctype(self, _name: str, system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _NotADrawing(say("svg.entities"))
        if system and not _DTD.match(system):
            raise _NotADrawing(say("svg.doctype"))

    def entity(self, *_: object) -> None:
        raise _NotADrawing(say("svg.entities"))

    def instruction(self, target: str, _data: str) -> None:
        if target != "xpacket":  # Adobe's sign around metadata
            raise _NotADrawing(say("svg.instruction", name=target[:30]))  # <?xml-stylesheet can name a script

    def start(self, name: str, attributes: list[str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > DEEPEST or self.count > MOST:
            raise _NotADrawing(say("svg.deep", most=DEEPEST) if self.depth > DEEPEST else say("svg.many", most=MOST))
        if self.style is not None:
            raise _NotADrawing(say("svg.in-style"))
        space, local = _name(name)
        if (is_living(space) and space != SVG) or (space in ("", SVG) and local not in DRAWING):
            raise _NotADrawing(say("svg.element", name=local[:30]))
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            _check(local if space in ("", SVG) else "", *_name(key), value)
        if local == "style":
            self.style = []
        if self.writer:
            self.writer.start(name, attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.style is not None and loads("".join(self.style)):
            raise _NotADrawing(say("svg.loads"))
        self.style = None
        if self.writer:
            self.writer.end(name)

    def characters(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)
        if self.writer:
            self.writer.characters(text)


def _name(told: str) -> tuple[str, str]:
    """Return the namespace and the local name of what expat tells: ``uri local prefix``."""
    parts = told.split(" ")
    return ("", parts[0]) if len(parts) == 1 else (parts[0], parts[1])


def _check(element: str, space: str, key: str, value: str) -> None:
    """Refuse an attribute that does more than draw.

    Raises:
        _Found: it does.
    """
    small = key.lower()
    if small.startswith("on"):
        raise _NotADrawing(say("svg.handler", name=small[:30]))
    if small == "href" and space in ("", XLINK, SVG):
        if not (LINK if element == "a" else LOCAL).match(value):
            raise _NotADrawing(say("svg.address"))
    elif space == XML:
        if small == "base":
            raise _NotADrawing(say("svg.address"))
    elif space:
        if is_living(space) and space not in (XLINK, SVG):
            raise _NotADrawing(say("svg.attribute", name=key[:30]))
    elif is_drawn(key):
        if loads(value):
            raise _NotADrawing(say("svg.loads"))
    elif not is_text(key) and not is_plain(value):
        raise _NotADrawing(say("svg.loads") if loads(value) else say("svg.attribute", name=key[:30]))
