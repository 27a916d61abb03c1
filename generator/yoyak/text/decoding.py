"""From the bytes of a file to its text. No library guesses: on short Korean files they are wrong one time in six.

The order: byte order mark; strict UTF-8; the charset that the page declares, under the WHATWG's labels, where
``euc-kr`` means cp949; UTF-16 by its pattern; strict cp949 with enough Hangul in it. Everything else is an error with
its byte offset. A character is never replaced in silence.
"""

from __future__ import annotations

import codecs
import re
from unicodedata import is_normalized, normalize

from yoyak.model import Record


class Decoded(Record, kw_only=True):
    text: str
    encoding: str
    """A name for people and for Python's codecs: ``utf-8``, ``utf-8-sig``, ``utf-16-le``, ``cp949`` …"""


class UndecodableError(ValueError):
    """Bytes that no encoding of ours explains. Its text is a sentence for the author."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset
        """Of the first byte that does not fit, from 0."""


class StrayCharacter(Record, kw_only=True):
    """A character that cannot stand in XML or HTML, or one that says that text was lost before it came here."""

    code_point: int
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    kept: bool
    """True for U+FFFD, which the file itself has: what stood there is lost already."""


def decode(data: bytes) -> Decoded:
    """Return the text of a file and the encoding that it is in.

    Raises:
        UndecodableError: the bytes are in no encoding that can be told without guessing.
    """
    marked = _by_mark(data)
    if marked:
        return marked
    unicode = _strictly(data, "utf-8")
    if unicode and b"\0" not in data:
        return _short_korean(data, unicode) or unicode
    found = _declared(data) or _utf16(data) or unicode or _korean(data)
    if found:
        return found
    raise _undecodable(data)


def file_text(data: bytes) -> str:
    """Return the clean text of a file, as `decode` and `clean_text` give it.

    Raises:
        UndecodableError: as `decode`.
    """
    return clean_text(decode(data).text)[0]


def clean_text(text: str) -> tuple[str, tuple[StrayCharacter, ...]]:
    r"""Return `text` as NFC with ``\n`` line ends and without stray characters, and the ones that were found.

    No line is added or lost, so that line numbers mean the file's own lines. Form feeds and the like become a space.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    strays = tuple(_strays(lines)) if _STRAY.search(lines) else ()
    if any(not stray.kept for stray in strays):
        lines = _REMOVED.sub("", _SPACING.sub(" ", lines))
    return (lines if is_normalized("NFC", lines) else normalize("NFC", lines)), strays


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(text=data[len(mark) :].decode(codec), encoding=name)
            except UnicodeDecodeError as error:
                raise _failure(name, len(mark) + error.start, data) from None
    return None


def _strictly(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(text=data.decode(codec), encoding=codec)
    except (UnicodeDecodeError, LookupError):
        return None


# --- the declared charset (WHATWG Encoding §4.2) ----------------------------------------------------

_DECLARATION = re.compile(
    rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)

_WHATWG = {
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean windows-949 cp949 cseuckr"
    " iso-ir-149 ms949 uhc",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji csshiftjis ms932",
    "euc-jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "iso-2022-jp": "iso-2022-jp csiso2022jp",
    "gb18030": "gb18030 gbk gb2312 x-gbk gb_2312 gb_2312-80 chinese csgb2312 iso-ir-58",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 csbig5",
    "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 l1 ascii us-ascii",
    "cp1254": "windows-1254 cp1254 iso-8859-9 latin5",
    "cp874": "windows-874 tis-620 iso-8859-11",
    "koi8-r": "koi8-r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
}
_LABELS = {label: codec for codec, labels in _WHATWG.items() for label in labels.split()}
_SINGLE_BYTE = re.compile(r"windows-125[0135-8]|iso-8859-(?:[2-8]|10|1[3-6])")


def _declared(data: bytes) -> Decoded | None:
    """Return the text in the charset that the first 2 KiB declare, when every byte of the file fits it."""
    found = _DECLARATION.search(data, 0, 2048)
    if not found:
        return None
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    codec = _LABELS.get(label) or (label if _SINGLE_BYTE.fullmatch(label) else "")
    return _strictly(data, codec) if codec else None


# --- UTF-16 without a mark ----------------------------------------------------------------------

_SIGNS = re.compile(
    r"[\t\n\r -~\u00a0-\u00ff\u2010-\u203f\u20a9\u20ac\u2190-\u21ff\u2460-\u24ff\u25a0-\u27bf"
    r"\u3000-\u301f\uff01-\uff5e]"
)


def _utf16(data: bytes) -> Decoded | None:
    """Return the text as UTF-16 when most of it then is ASCII, everyday Hangul and punctuation."""
    if len(data) < 4 or len(data) % 2:
        return None
    readings = (reading for codec in ("utf-16-le", "utf-16-be") if (reading := _strictly(data, codec)))
    share, best = max(
        ((_everyday_share(reading.text), reading) for reading in readings),
        key=lambda item: item[0],
        default=(0.0, None),
    )
    if best is None or share < 0.5:
        return None
    if b"\0" in data:
        return best
    # Without a space or a line end there is no NUL, and pairs of cp949 bytes read as UTF-16-BE are Hangul too.
    korean = _korean(data)
    return best if share == 1 and not (korean and _everyday_share(korean.text) == 1) else None


def _everyday_share(text: str) -> float:
    """Return the share of ASCII, punctuation and the 2,350 syllables of KS X 1001, to which nearly all text keeps."""
    sample = text[:2000]
    return sum(1 for char in sample if _SIGNS.match(char) or _is_everyday_syllable(char)) / len(sample)


def _is_everyday_syllable(char: str) -> bool:
    # EUC-KR spells a rarer syllable out from its parts, in eight bytes.
    return "가" <= char <= "힣" and len(char.encode("euc_kr")) == 2


# --- cp949 ------------------------------------------------------------------------------------------


_HANGUL, _WIDE = re.compile("[가-힣]"), re.compile("[^\x00-\x7f가-힣]")


def _korean(data: bytes) -> Decoded | None:
    """Return the text as cp949 when at least half of its letters beyond ASCII are Hangul."""
    reading = _strictly(data, "cp949")
    if reading is None:
        return None
    hangul = len(_HANGUL.findall(reading.text))
    others = sum(1 for char in _WIDE.findall(reading.text) if not _SIGNS.match(char))
    return reading if hangul and hangul >= others else None


def _short_korean(data: bytes, unicode: Decoded) -> Decoded | None:
    """Return a very short file as cp949 when only that reading is Korean.

    345 syllables have cp949 bytes that are valid UTF-8 too. Latin letters beside them, or lone signs such as ``£10``,
    speak for UTF-8.
    """
    if len(data) > 64 or data.isascii() or re.search(rb"[A-Za-z]", data) or re.search("[^\x00-\u07ff]", unicode.text):
        return None
    wide = re.findall(r"[^\x00-\x7f]+", unicode.text)
    words = any(len(run) > 1 for run in wide) or all(run.isalpha() for run in wide)
    korean = _strictly(data, "cp949")
    return korean if words and korean and re.fullmatch(r"[\x00-\x7f가-힣]+", korean.text) else None


# --- what fits nothing --------------------------------------------------------------------------------


def _undecodable(data: bytes) -> UndecodableError:
    """Return the error of the encoding that explains most of the file: the one whose first misfit comes last."""
    offset, name = max((_first_misfit(data, codec), codec) for codec in ("cp949", "utf-8"))
    if offset >= len(data):
        return UndecodableError("This text is in no encoding that can be told.", 0)
    return _failure(name, offset, data)


def _first_misfit(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _failure(codec: str, offset: int, data: bytes) -> UndecodableError:
    line = data.count(b"\n", 0, offset) + 1
    byte = f"0x{data[offset]:02X}" if offset < len(data) else "the end"
    return UndecodableError(f"Byte {offset} ({byte}, in line {line}) does not fit {codec}.", offset)


# --- characters that cannot stand ---------------------------------------------------------------------

_STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff\ud800-\udfff]")
_SPACING = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
_REMOVED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def _strays(text: str) -> list[StrayCharacter]:
    found: list[StrayCharacter] = []
    line, start = 1, 0
    for match in _STRAY.finditer(text):
        line += text.count("\n", start, match.start())
        start = match.start()
        column = start - text.rfind("\n", 0, start)
        found.append(
            StrayCharacter(code_point=ord(match.group()), line=line, column=column, kept=match.group() == "\ufffd")
        )
    return found
