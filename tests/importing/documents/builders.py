"""Documents made by hand: Word, Hangul (both), LibreOffice and PDF, as small as their programs would read them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HANGUL = (
    'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    ' xmlns:hc="http://www.hancom.co.kr/hwpml/2011/core" xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"'
)
OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


# --- Word -----------------------------------------------------------------------------------------


def words(text: str, look: str = "") -> str:
    """Return a run of Word."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(text: str, style: str = "", look: str = "") -> str:
    """Return a paragraph of Word; text that begins with ``<`` is XML."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{text if text.startswith('<') else words(text, look)}</w:p>"


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Word."""
    lines = ("".join(f"<w:tc>{cell if cell.startswith('<w:') else line(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in lines)}</w:tbl>"


def photo(related: str, more: str = "") -> str:
    """Return a picture of Word."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="등대"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{related}"/>{more}</pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
    )


def _outside(target: str) -> str:
    return ' TargetMode="External"' if "://" in target else ""


def docx(body: str, more: Mapping[str, str | bytes] = {}, related: Sequence[tuple[str, str, str]] = ()) -> bytes:
    """Return a document of Word; `related` are name, type and target of what its text uses."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATED}/{kind}" Target="{target}"{_outside(target)}/>'
        for name, kind, target in related
    )
    schema = "http://schemas.openxmlformats.org/package/2006"
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{schema}/content-types"><Default Extension="png"'
        ' ContentType="image/png"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{schema}/relationships"><Relationship Id="r"'
        f' Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{schema}/relationships">{relations}</Relationships>',
        **more,
    })  # fmt: skip


# --- Hangul ---------------------------------------------------------------------------------------


def para(text: str, look: str = "0", style: str = "0", letters: str = "0") -> str:
    """Return a paragraph of Hangul; text that begins with ``<`` is XML."""
    inner = text if text.startswith("<") else f"<hp:t>{text}</hp:t>"
    return f'<hp:p paraPrIDRef="{look}" styleIDRef="{style}"><hp:run charPrIDRef="{letters}">{inner}</hp:run></hp:p>'


def table(rows: Sequence[Sequence[str]], spans: Mapping[tuple[int, int], tuple[int, int]] = {}) -> str:
    """Return a table of Hangul, which stands in a run; `spans` are columns and rows that a cell reaches over."""
    lines = ""
    for at, row in enumerate(rows):
        cells = ""
        for number, cell in enumerate(row):
            across, down = spans.get((at, number), (1, 1))
            inner = cell if cell.startswith("<hp:p ") else para(cell)
            cells += (
                f'<hp:tc><hp:subList>{inner}</hp:subList><hp:cellSpan colSpan="{across}" rowSpan="{down}"/></hp:tc>'
            )
        lines += f"<hp:tr>{cells}</hp:tr>"
    return f"<hp:tbl>{lines}</hp:tbl>"


def hwpx(body: str, more: Mapping[str, str | bytes] = {}, head: str = "", items: str = "") -> bytes:
    """Return a document of Hangul with one section."""
    return packed({
        "mimetype": "application/hwp+zip",
        "Contents/content.hpf": '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>'
        '<opf:meta name="creator" content="text">비밀작성자</opf:meta>'
        '<opf:meta name="CreatedDate" content="text">2024-06-01T01:00:00Z</opf:meta></opf:metadata><opf:manifest>'
        f'<opf:item id="section0" href="Contents/section0.xml"/>{items}</opf:manifest>'
        '<opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>',
        "Contents/header.xml": f"<hh:head {HANGUL}>{head}</hh:head>",
        "Contents/section0.xml": f"<hs:sec {HANGUL}>{body}</hs:sec>",
        **more,
    })  # fmt: skip


# --- the older Hangul -----------------------------------------------------------------------------


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    """Return a record of a .hwp."""
    size = len(data)
    word = struct.pack("<I", tag | level << 10 | min(size, 0xFFF) << 20)
    return word + (struct.pack("<I", size) if size >= 0xFFF else b"") + data


def old_line(text: str, level: int = 0) -> bytes:
    """Return a paragraph of a .hwp."""
    return record(66, level, bytes(22)) + record(67, level + 1, (text + "\r").encode("utf-16-le"))


def control(sign: int, name: str) -> bytes:
    """Return how a control stands in the text of a paragraph: eight characters."""
    return struct.pack("<H", sign) + name[::-1].encode() + bytes(8) + struct.pack("<H", sign)


def old_table(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a paragraph of a .hwp that has a table."""
    out = record(66, 0, bytes(22)) + record(67, 1, control(11, "tbl ") + "\r".encode("utf-16-le"))
    out += record(71, 1, b" lbt" + bytes(40)) + record(77, 2, bytes(18))
    for at, row in enumerate(rows):
        for number, cell in enumerate(row):
            place = struct.pack("<HHIHHHH", 1, 0, 0, number, at, 1, 1) + bytes(24)
            out += record(72, 2, place) + old_line(cell, 2)
    return out


def hwp(section: bytes, flags: int = 1, more: Mapping[str, bytes] = {}, info: bytes = b"") -> bytes:
    """Return a document of the older Hangul."""

    def small(data: bytes) -> bytes:
        packing = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packing.compress(data) + packing.flush() if flags & 1 else data

    head = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    return compound({"FileHeader": head, "DocInfo": small(info), "BodyText/Section0": small(section), **more})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file ([MS-CFB]) whose streams are all padded to the size of big ones."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    folders = list(dict.fromkeys(name.partition("/")[0] for name in streams if "/" in name))
    names = ["Root Entry", *folders, *streams]
    of = {name: (name.rpartition("/")[0] or "Root Entry") if name != "Root Entry" else "" for name in names}
    fat: list[int] = []
    body = b""
    starts: dict[str, int] = {}
    for name, data in streams.items():
        whole = data.ljust(4096, b"\0") + bytes(-max(len(data), 4096) % sector)
        starts[name] = len(fat)
        count = len(whole) // sector
        fat += [*range(len(fat) + 1, len(fat) + count), end]
        body += whole
    entries = b""
    for at, name in enumerate(names):
        own = name.rpartition("/")[2]
        kind = 5 if at == 0 else 1 if name in folders else 2
        below = [number for number, other in enumerate(names) if of[other] == name]
        beside = [number for number, other in enumerate(names) if of[other] == of[name] and number > at and at]
        size = len(streams[name].ljust(4096, b"\0")) if kind == 2 else 0
        entries += own.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(own) * 2 + 2, kind, 1)
        entries += struct.pack("<III", free, beside[0] if beside else free, below[0] if below else free)
        entries += bytes(36) + struct.pack("<IQ", starts.get(name, end), size)
    entries += bytes(-len(entries) % sector)
    first = len(fat)
    count = len(entries) // sector
    fat += [*range(first + 1, first + count), end]
    tables = 1
    while (len(fat) + tables) * 4 > tables * sector:
        tables += 1
    at = len(fat)
    fat += [0xFFFFFFFD] * tables
    sheet = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * sector, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", *range(at, at + tables), *[free] * (109 - tables))
    return head + body + entries + sheet


# --- LibreOffice and PDF --------------------------------------------------------------------------


def odt(body: str, styles: str = "", more: Mapping[str, str | bytes] = {}) -> bytes:
    """Return a document of LibreOffice."""
    content = (
        f"<office:document-content {OPEN}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


_SYSTEM = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_FONTS = "<</Font<</F 3 0 R>>>>"


def pdf(pages: Sequence[Sequence[str]], more: str = "") -> bytes:
    """Return a PDF whose pages have these lines; its font maps each character to itself (ToUnicode)."""
    pairs = "".join(
        f"<{ord(char):04X}> <{ord(char):04X}>\n"
        for char in sorted({c for page in pages for text in page for c in text})
    )
    count = len({c for page in pages for text in page for c in text})
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{count} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/CIDSystemInfo{_SYSTEM}>>",
        f"<</Length {len(unicode)}>>stream\n{unicode}\nendstream",
    ]
    for at, lines in enumerate(pages):
        shown = "".join(
            f"1 0 0 1 50 {780 - 20 * n} Tm <{''.join(f'{ord(char):04X}' for char in text)}> Tj\n"
            for n, text in enumerate(lines)
        )
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {7 + 2 * at} 0 R/Resources{_FONTS}>>")
        stream = f"BT /F 10 Tf\n{shown}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{more}>>\nstartxref\n{start}\n%%EOF".encode()
    return out
