"""Documents of Word (.docx): cleaned of what readers of the page do not see, then read by mammoth."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, tostring
from zipfile import ZipFile

from yoyak.importing.documents.document import Counts, Document, bounded, moment, needed, picture
from yoyak.importing.documents.packed import Packed, attribute, below, local
from yoyak.importing.documents.word_cleaning import cleaned, style_notes
from yoyak.importing.found import NoTextError
from yoyak.importing.pieces import tree
from yoyak.model.message import Words, say

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STYLES = "\n".join((
    *(f"p[style-name='{name}'] => h1.title:fresh" for name in ("Title", "title", "제목")),
    *(f"p[style-name='{name}'] => p.caption:fresh" for name in ("caption", "Caption", "캡션")),
    *(f"p[style-name='개요 {n}'] => h{n + 1}:fresh" for n in range(1, 6)),
    *(f"p.YoyakHeading{n} => h{min(n, 6)}:fresh" for n in range(1, 10)),
    "b => strong", "i => em", "u => u", "strike => s",
))  # fmt: skip
_PARTS = ("document", "styles", "numbering", "footnotes", "endnotes")


def read_word(data: bytes) -> Document:
    """Return what a document of Word says.

    Raises:
        NoTextError: it cannot be read, or mammoth is not installed.
    """
    mammoth: Any = needed("mammoth", ".docx")
    packed = Packed(data)
    paths = _paths(packed)
    parts = {kind: packed.xml(path) for kind, path in paths.items() if path}
    if (document := parts.get("document")) is None:
        raise NoTextError(say("word.no-text"), say("save-and-import.hint"))
    bounded(sum(1 for _ in below(document, "p")))
    counts = Counts()
    styles = parts.get("styles")
    for style in below(styles, "style") if styles is not None else ():
        style.attrib.setdefault(f"{style.tag.rpartition('}')[0]}}}type", "paragraph")  # which mammoth misses
    notes = style_notes(styles)
    for kind in ("document", "footnotes", "endnotes"):
        if (root := parts.get(kind)) is not None:
            cleaned(root, notes, counts)
    pictures: dict[str, bytes] = {}
    html = mammoth.convert_to_html(
        _again(packed, parts, paths, counts),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(lambda image: _shown(image, pictures)),
        external_file_access=False,
        include_embedded_style_map=False,
    ).value
    _left(packed, counts)
    core = packed.xml("docProps/core.xml")
    made = next((one.text for one in below(core, "created")), None) if core is not None else None
    return Document(
        html=_notes(html),
        pictures=pictures,
        made=moment(made),
        lost=counts.words(),
        doubts=_doubts(document),
    )


def _doubts(document: Element) -> tuple[Words, ...]:
    edges = (value for one in below(document, "srcRect") for value in one.attrib.values())
    cut = any(value.strip("-0.%") for value in edges)
    return (say("left-behind.cropped"),) if cut else ()


def _paths(packed: Packed) -> dict[str, str]:
    """Return where the parts of a document are that make its text."""
    top = _related(packed, "", "")
    main = top.get("officeDocument", "word/document.xml")
    around = _related(packed, *_split(main))
    folder = _split(main)[0]
    return {kind: main if kind == "document" else around.get(kind, f"{folder}{kind}.xml") for kind in _PARTS}


def _split(path: str) -> tuple[str, str]:
    folder, slash, name = path.rpartition("/")
    return folder + slash, name


def _related(packed: Packed, folder: str, name: str) -> dict[str, str]:
    """Return the parts that one names, by the last word of their type."""
    root = packed.xml(f"{folder}_rels/{name}.rels")
    found: dict[str, str] = {}
    for one in root if root is not None else ():
        target = attribute(one, "Target")
        path = target.lstrip("/") if target.startswith("/") else folder + target
        if attribute(one, "TargetMode") != "External" and path in packed.names:
            found.setdefault(attribute(one, "Type").rpartition("/")[2], path)
    return found


def _again(packed: Packed, parts: Mapping[str, Element | None], paths: Mapping[str, str], counts: Counts) -> BytesIO:
    """Return a document of nothing but the cleaned text and the pictures that it shows."""
    out = BytesIO()
    with ZipFile(out, "w") as new:
        links: list[str] = []
        for kind, root in parts.items():
            if root is None:
                continue
            if kind in ("document", "footnotes", "endnotes"):
                folder, name = _split(paths[kind])
                relations = packed.xml(f"{folder}_rels/{name}.rels")
                kept = _of_pictures(packed, Element("none") if relations is None else relations, folder, links)
                _without_unknown(root, {attribute(one, "Id") for one in kept}, counts)
                new.writestr(f"word/_rels/{kind}.xml.rels", tostring(kept))
            new.writestr(f"word/{kind}.xml", tostring(root))
        for at in dict.fromkeys(links):
            if (data := packed.read(at)) is not None:
                new.writestr(at, data)
        if (types := packed.xml("[Content_Types].xml")) is not None:
            new.writestr("[Content_Types].xml", tostring(types))
    out.seek(0)
    return out


def _without_unknown(root: Element, known: set[str], counts: Counts) -> None:
    """Take what leads nowhere out of a part: pictures in other files, links without an address."""
    for one in root.iter():
        if local(one) not in ("blip", "imagedata", "hyperlink", "hlinkClick"):
            continue
        for key in [key for key, value in one.attrib.items() if key.startswith("{") and value not in known]:
            if key.rpartition("}")[2] in ("embed", "link", "id") and "relationships" in key:
                del one.attrib[key]
                if local(one) in ("blip", "imagedata"):
                    counts.add(say("lost.picture"))


def _of_pictures(packed: Packed, relations: Element, folder: str, links: list[str]) -> Element:
    """Return the relations of a part that lead to pictures and links, and note where the pictures are."""
    for one in list(relations):
        kind = attribute(one, "Type").rpartition("/")[2]
        target = attribute(one, "Target")
        external = attribute(one, "TargetMode") == "External"
        if kind not in ("image", "hyperlink") or (kind == "image" and external):
            relations.remove(one)
        elif kind == "image":
            path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else folder + target)
            if path not in packed.names:
                relations.remove(one)
                continue
            one.set("Target", f"/{path}")
            links.append(path)
    return relations


def _shown(image: Any, pictures: dict[str, bytes]) -> dict[str, str]:
    try:
        with image.open() as file:
            data = file.read()
    except (LookupError, OSError):
        return {"src": ""}
    made = tree(picture(pictures, "picture", data)).img
    return {"src": str(made["src"]) if made else ""}


def _notes(html: str) -> str:
    """Return HTML whose notes are paragraphs at its end, and whose captions are those of the pictures above them."""
    soup = tree(html)
    for image in soup.find_all("img", src=""):
        image.decompose()
    for back in soup.find_all("a", href=lambda href: bool(href) and href.startswith(("#footnote-ref", "#endnote-ref"))):
        back.decompose()
    notes = soup.find_all("li", id=lambda name: bool(name) and name.startswith(("footnote-", "endnote-")))
    for number, note in enumerate(notes, 1):
        mark = tree(f"<sup>[{number}]</sup>")
        first = note.find("p") or note
        first.insert(0, " ")
        first.insert(0, mark)
        note.name = "div"
    for holder in {id(note.parent): note.parent for note in notes}.values():
        if holder is not None:
            holder.name = "div"
    for caption in soup.find_all("p", class_="caption"):
        before = caption.find_previous_sibling(True)
        if before is not None and before.find("img") and not before.get_text(strip=True):
            before.name, caption.name = "figure", "figcaption"
            before.append(caption.extract())
    return str(soup)


def _left(packed: Packed, counts: Counts) -> None:
    """Count the parts of a document that are not read."""
    for name in packed.names:
        plain = name.rpartition("/")[2].rstrip("0123456789.xml")
        if plain in ("header", "footer") and (root := packed.xml(name)) is not None:
            if "".join(one.text or "" for one in below(root, "t")).strip():
                counts.add(say("lost.header") if plain == "header" else say("lost.footer"))
        elif name.endswith("/comments.xml") and (root := packed.xml(name)) is not None:
            for _ in below(root, "comment"):
                counts.add(say("lost.comment"))
        elif "/embeddings/" in name:
            counts.add(say("lost.embedded-file"))
