"""What is packed in a document, read within bounds: no bomb of zip or XML costs more than its refusal."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from yoyak.importing.found import NoTextError
from yoyak.model.message import say

_AGAIN = say("open-and-save.hint")
_MOST_FILES = 10_000
_FILE, _ALL = 40_000_000, 150_000_000
"""Bytes of one file in a document, and of all that are read."""
_DEEPEST, _MOST_ELEMENTS = 150, 600_000


class Packed:
    """A document that is a zip file. Nothing of it is ever written under its own name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, OSError, ValueError, LookupError, EOFError):
            raise NoTextError(say("document.damaged"), say("save-or-get-again.hint")) from None
        if len(self._zip.filelist) > _MOST_FILES:
            raise NoTextError(say("document.too-many-files"), _AGAIN)
        self._left = _ALL
        self.names = tuple(dict.fromkeys(self._zip.namelist()))

    def read(self, name: str) -> bytes | None:
        """Return a file of the document, or None.

        Raises:
            NoTextError: it is encrypted, broken, or too big unpacked.
        """
        if name not in self._zip.NameToInfo:
            return None
        info = self._zip.NameToInfo[name]
        if info.flag_bits & 1:
            raise NoTextError(say("document.protected"), say("save-without.hint"))
        bound = min(_FILE, self._left)
        try:
            with self._zip.open(info) as file:
                data = file.read(bound + 1)
        except (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise NoTextError(say("document.damaged-part", name=name[:80]), _AGAIN) from None
        if len(data) > bound:
            raise NoTextError(say("document.too-big"), say("document.too-big.hint"))
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element | None:
        """Return a file of the document as XML, or None when it is not there.

        Raises:
            NoTextError: it is no XML that a word processor writes.
        """
        data = self.read(name)
        return None if data is None else parsed(data, name)


def parsed(data: bytes, name: str) -> Element:
    """Return XML as a tree. What declares entities, or is too deep or too big, is refused.

    Raises:
        NoTextError: it is no XML that a word processor writes.
    """
    builder, depth, count = TreeBuilder(), 0, 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            why = say("document.too-deep") if depth > _DEEPEST else say("document.too-many-elements")
            raise NoTextError(why, say("split-in-parts.hint"))
        builder.start(_named(tag), {_named(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    def doctype(_name: str, _system: str | None, _public: str | None, inside: int) -> None:
        if name == "META-INF/manifest.xml" and not inside:
            return  # OpenOffice 1 to 3 named a file there, which nobody reads
        raise NoTextError(say("document.doctype"), _AGAIN)

    parser = expat.ParserCreate(None, "}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        if isinstance(error, NoTextError):
            raise
        raise NoTextError(say("document.no-xml", name=name[:80]), _AGAIN) from None


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its name without a namespace, or an empty text."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first element below another on a path of names without namespaces."""
    for name in names:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def below(element: Element, name: str) -> Iterator[Element]:
    """Yield all elements of a name below another."""
    return (one for one in element.iter() if local(one) == name)
