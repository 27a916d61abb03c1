"""The items of an export in XML, read one by one: a broken one costs itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import name2codepoint
from xml.etree import ElementTree as ET

from yoyak.importing.originals import Original
from yoyak.model.message import Problem, problem_of
from yoyak.text.decoding import file_text

_NAMESPACES = re.compile(r"\sxmlns(?::([\w-]+))?\s*=\s*([\"'])(.*?)\2")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:(\w{1,10});)?")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def xml_text(data: bytes) -> str:
    """Return the text of an export in XML without its document type."""
    return _DOCTYPE.sub("", file_text(data), count=1)


def before_items(text: str, name: str) -> str:
    """Return what an export says before its first item."""
    found = re.search(rf"<{name}[\s>]", text)
    return text[: found.start()] if found else text


def namespaces(head: str) -> dict[str, str]:
    """Return the namespaces that an export declares, by their prefixes."""
    return {found[1] or "": found[3] for found in _NAMESPACES.finditer(head[:20_000])}


def items(text: str, name: str) -> Iterator[str]:
    """Yield the items as they are written; what stands in CDATA ends none, unless it is never closed."""
    opening = re.compile(rf"<{name}[\s>]")
    mark_of = re.compile(rf"<!\[CDATA\[|</{name}>|<{name}[\s>]")
    at = 0
    while found := opening.search(text, at):
        at = end = found.end()
        while mark := mark_of.search(text, at):
            if mark[0] != "<![CDATA[":
                break
            at = _behind(text, mark.end(), f"</{name}>")
        end = len(text) if mark is None else mark.end() if mark[0] == f"</{name}>" else mark.start()
        yield text[found.start() : end]
        at = end


def _behind(text: str, start: int, closing: str) -> int:
    """Return where CDATA ends; what is never closed ends with its item."""
    end = text.find("]]>", start)
    inner = text.find(closing, start, end if end >= 0 else len(text))
    if end < 0:
        return inner if inner >= 0 else len(text)
    return inner if inner >= 0 and text.find("<![CDATA[", inner, end) >= 0 else end + 3


def element(source: str, names: Mapping[str, str]) -> ET.Element | None:
    """Return an item parsed, with the namespaces of its export; None of a broken one."""
    declared = " ".join(f'xmlns{":" if name else ""}{name}="{address}"' for name, address in names.items())
    for written in (source, _mended(source)):
        try:
            return ET.fromstring(f"<r {declared}>{written}</r>")[0]  # noqa: S314 - without a document type, with expat's own limits
        except (ET.ParseError, IndexError, ValueError):
            continue
    return None


def _mended(source: str) -> str:
    """Return an item in which ``&`` that stands for nothing in XML is a letter, or what it stands for in HTML."""
    parts = _CDATA.split(source)
    return "".join(part if at % 2 else _ENTITY.sub(_letter, part) for at, part in enumerate(parts))


def _letter(found: re.Match[str]) -> str:
    code = name2codepoint.get(found[1] or "")
    return f"&#{code};" if code else f"&amp;{found[0][1:]}"


def parsed(
    original: Original, text: str, name: str, names: Mapping[str, str]
) -> tuple[list[ET.Element], list[Problem]]:
    """Return the items of an export as elements, and a problem for each that no parser reads."""
    read = [(source, element(source, names)) for source in items(text, name)]
    lost = [broken(original, number, source) for number, (source, item) in enumerate(read, 1) if item is None]
    return [item for _, item in read if item is not None], lost


def local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def texts_of(item: ET.Element) -> dict[str, str]:
    """Return the texts of an item's elements by their names; of several with one name the first."""
    found: dict[str, str] = {}
    for child in item:
        found.setdefault(local(child.tag), child.text or "")
    return found


def first(head: str, name: str) -> str:
    """Return the text of the first element of a name."""
    found = re.search(rf"<{name}(?:\s[^>]*)?>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</{name}>", head, re.DOTALL)
    return unescape(found[1].strip()) if found else ""


def broken(original: Original, number: int, source: str) -> Problem:
    """Return the problem of an item that no parser reads."""
    title = first(source, "title")[:60]
    return problem_of("left-behind.broken-item", original.given, number=number, title=title)
