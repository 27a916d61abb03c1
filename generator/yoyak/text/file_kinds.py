"""What a file is by its first bytes: a picture that browsers show, one that they do not, or no picture at all.

Signatures: WHATWG MIME Sniffing §6.1; ISO/IEC 14496-12 §4.3 for the brands of HEIF, AVIF and video.
"""

from __future__ import annotations

from yoyak.model.message import Message, say

HEAD = 65_536
"""Bytes that are enough to tell what a file is, but for an SVG with a very long comment before it."""

ENDINGS = {
    "jpeg": (".jpg", ".jpeg", ".jfif", ".jpe"),
    "png": (".png", ".apng"),
    "gif": (".gif",),
    "webp": (".webp",),
    "avif": (".avif",),
    "bmp": (".bmp",),
    "ico": (".ico", ".cur"),
    "svg": (".svg",),
    "pdf": (".pdf",),
}
"""What is published, and the endings that a file of this kind may have; one with another ending gets the first."""
ASSET_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)
NOT_SHOWN_ENDINGS = frozenset(
    (
        ".heic .heif .tif .tiff .psd .psb .jxl .jp2 .j2k .jpx .eps .ai .svgz "
        ".raw .dng .cr2 .cr3 .nef .arw .orf .raf .rw2"
    ).split()
)
"""Of files that are pictures for people, and that no browser, or not every one, shows."""


FAULTS = {
    "empty": "again", "cut": "again", "opaque": "opaque", "lfs": "lfs", "annex": "annex", "html": "html",
    "text": "again", "unknown": "as-jpeg", "heic": "as-jpeg", "tiff": "as-jpeg", "raw": "as-jpeg", "psd": "as-jpeg",
    "jxl": "as-jpeg", "jp2": "as-jpeg", "eps": "eps", "icon": "icon", "cgbi": "cgbi", "packed": "packed",
    "video": "video",
}  # fmt: skip
"""Kinds that are not published, each with the end of the key that says what to do (``fault.todo.…``)."""
PDF_SHOWN = "pdf"
"""The same of a document that is shown as a picture: it is published, but not so."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"version https://git-lfs", "lfs"),
    (b"version https://hawser", "lfs"),
    (b"/annex/objects/", "annex"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"8BPS", "psd"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"IIRO", "raw"),
    (b"IIRS", "raw"),
    (b"MMOR", "raw"),
    (b"IIU\x00", "raw"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL ", "jxl"),
    (b"\x00\x00\x00\x0cjP  ", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"icns", "icon"),
    (b"\x1f\x8b", "packed"),
    (b"PK\x03\x04", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"ID3", "video"),
    (b"OggS", "video"),
)
_RAW_ENDINGS = frozenset(".raw .dng .cr2 .cr3 .nef .arw .orf .raf .rw2".split())
_HTML_TAGS = frozenset("html head body title meta link style script div p a h1 h2 table form iframe center br".split())
_SPACE = b" \t\r\n\f\v"
ASSET_LIMIT = 30_000_000
"""Bytes of a file that articles show."""


def ending_of(path: str) -> str:
    """Return a path's ending, with its dot and in small letters."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def fault_of(kind: str) -> tuple[Message, Message]:
    """Return what is wrong with a file that is not published, to be put behind its name, and what to do."""
    return say(f"fault.{kind}"), say(f"fault.todo.{FAULTS.get(kind, kind)}")


def kind_of_head(data: bytes, ending: str) -> str:
    """Return a key of `ENDINGS` for a file that may be published, else one of `FAULTS`, by its first bytes.

    The ending, with its dot, decides only between the raw formats of cameras and TIFF, which begin alike.
    """
    kind = _kind(data)
    return "raw" if kind == "tiff" and ending in _RAW_ENDINGS else kind


def kind_of_file(data: bytes, ending: str) -> str:
    """Return the same of a whole file: ``cut`` for one that ends before its picture does."""
    kind = kind_of_head(data, ending)
    if kind == "png" and data[12:16] == b"CgBI":
        return "cgbi"
    return "cut" if _is_cut(kind, data) else kind


def _kind(data: bytes) -> str:
    if not data.strip():
        return "empty"
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
        if len(data) < len(beginning) and beginning.startswith(data):
            return "cut"
    if data[4:8] == b"ftyp":
        return _brand(data)
    if data[:4] == b"RIFF":
        if len(data) < 12:
            return "cut"
        return "webp" if data[8:12] == b"WEBP" else "video"
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return "bmp"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _kind_of_text(data)


def _brand(data: bytes) -> str:
    """Return what the ``ftyp`` box of an ISO base media file says."""
    size = min(max(int.from_bytes(data[:4], "big"), 16), 1024)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}:
        return "heic"
    return "raw" if b"crx " in brands else "video"


def _is_cut(kind: str, data: bytes) -> bool:
    """Tell whether a file ends before its picture does, as far as its own numbers say so."""
    if kind == "png":
        return b"IEND" not in data
    if kind == "webp":
        return len(data) < int.from_bytes(data[4:8], "little") + 8
    if kind == "avif":
        return len(data) < 100
    return kind == "bmp" and len(data) < int.from_bytes(data[2:6], "little")


def _kind_of_text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    root = _root(data.removeprefix(b"\xef\xbb\xbf"))
    if root == "svg":
        return "svg"
    if root in _HTML_TAGS:
        return "html"
    head = data[:HEAD]
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if len(data) < HEAD or error.start < HEAD - 4:
            return "unknown"
    if b"\x00" in head:
        return "unknown"
    return "annex" if b"annex/objects/" in head[:400] else "lfs" if b"git-lfs.github.com/spec" in head[:200] else "text"


def _root(data: bytes) -> str:
    """Return the name of a text's first tag, small and without a prefix; empty when it begins with something else.

    Each step goes on from where the last one ended: a long run of comments costs no more than reading it.
    """
    at = 0
    while True:
        while data[at : at + 1] and data[at : at + 1] in _SPACE:
            at += 1
        if data.startswith(b"<?", at):
            end = data.find(b"?>", at) + 2
        elif data.startswith(b"<!--", at):
            end = data.find(b"-->", at) + 3
        elif data[at : at + 9].lower() == b"<!doctype":
            if data[at + 9 : at + 15].lower().strip() == b"html":
                return "html"
            end = _doctype_end(data, at)
        else:
            return _name(data[at : at + 80])
        if end <= at:
            return ""
        at = end


def _doctype_end(data: bytes, at: int) -> int:
    inner, end = data.find(b"[", at, at + 2000), data.find(b">", at)
    if 0 <= inner < end:
        end = data.find(b">", data.find(b"]", inner))
    return end + 1


def _name(data: bytes) -> str:
    if data[:1] != b"<":
        return ""
    word = data[1:].split(b">", 1)[0].split(b"/", 1)[0].split(maxsplit=1)
    return word[0].decode("ascii", "replace").rpartition(":")[2].lower() if word else ""
