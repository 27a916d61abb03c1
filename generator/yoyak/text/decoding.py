"""From the bytes of a file to its text. No library guesses: on short Korean files they are wrong one time in six.

The order: byte order mark; strict UTF-8; the charset that the page declares, under the WHATWG's labels, where
``euc-kr`` means cp949; UTF-16 by its pattern; strict cp949 with enough Hangul in it. Everything else is an error with
its byte offset. A character is never replaced in silence, and a reading that another one may beat says so.
"""

from __future__ import annotations

import codecs
import re
from unicodedata import is_normalized, normalize

from msgspec.structs import replace

from yoyak.model.message import Words, say
from yoyak.model.types import Record
from yoyak.text.characters import FORBIDDEN, SIGNS, SURE, hangul_in, likely_other, rare, surely_korean, usual_share


class Decoded(Record, kw_only=True):
    text: str
    encoding: str
    """A name for people and for Python's codecs: ``utf-8``, ``utf-8-sig``, ``utf-16-le``, ``cp949`` …"""
    doubt: Words = ""
    """A sentence for the author when the bytes may mean something else."""


class UndecodableError(ValueError):
    """Bytes that no encoding of ours explains."""

    def __init__(self, words: Words, offset: int) -> None:
        super().__init__(words)
        self.words = words
        """A sentence for the author."""
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
    if data.startswith(tuple(_NO_TEXT)):
        name = next(name for magic, name in _NO_TEXT.items() if data.startswith(magic))
        raise UndecodableError(say("undecodable.no-text", what=name), 0)
    marked = _by_mark(data)
    if marked:
        return marked
    unicode = _strictly(data, "utf-8")
    if unicode and b"\0" not in data and not _is_debris(unicode.text):
        return _short_korean(data, unicode) or unicode
    found = _declared(data) or _utf16(data) or unicode or _korean(data)
    if found is unicode and found is not None and _is_debris(found.text):
        found = _foreign_utf16(data)
        if found is None:
            raise UndecodableError(say("undecodable.controls"), 0)
    if found is None or (found.doubt and found.encoding == "cp949" and likely_other(data)):
        raise _undecodable(data)
    return found


_WORD = re.compile("[A-Za-z]{3}|[가-힣]{2}")


def _is_debris(text: str) -> bool:
    """Tell whether a text has so many control characters, and no word among them, that it was none."""
    return not _WORD.search(text) and len(_REMOVED.findall(text)) * 10 > len(text)


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
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    strays = tuple(_strays(lines)) if _STRAY.search(rare(lines)) else ()
    if any(not stray.kept for stray in strays):
        lines = _REMOVED.sub("", _SPACING.sub(" ", lines))
    return (lines if is_normalized("NFC", lines) else normalize("NFC", lines)), strays


_NO_TEXT = {
    b"{\\rtf": say("file.rtf"), b"%PDF-": say("file.pdf"), b"PK\x03\x04": say("file.word-or-zip"),
    b"\xd0\xcf\x11\xe0": say("file.word"), b"\x1f\x8b": say("file.packed"), b"\x89PNG": say("file.picture"),
    b"\xff\xd8\xff": say("file.picture"), b"GIF8": say("file.picture"), b"bplist00": say("file.safari"),
}  # fmt: skip
"""How files begin that somebody may have given the ending of a text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
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


def _declared(data: bytes) -> Decoded | None:
    """Return the text in the charset that the first 2 KiB declare, when every byte of the file fits it.

    Nearly every byte fits a Western one: Korean that calls itself so is still Korean.
    """
    found = _DECLARATION.search(data, 0, 2048)
    if not found:
        return None
    from yoyak.text.charsets import codec_of  # here, for a file that is no UTF-8

    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    codec = codec_of(label)
    reading = _as_browsers_do(data, codec) if codec else None
    if reading is None or codec == "utf-8":
        return reading
    korean = _korean(data)
    if codec == "cp949":
        return korean or replace(reading, doubt=say("doubt.no-korean"))
    if korean and not korean.doubt and hangul_in(korean.text) >= 4:
        return replace(korean, doubt=say("doubt.korean", label=label))
    return _if_western(reading, data, label) if codec in _WESTERN_CODECS else reading


_WESTERN_CODECS = frozenset(
    ("cp1252", "cp1254", "cp1257", "iso8859-3", "iso8859-4", "iso8859-10", "iso8859-15", "mac-roman")
)


def _if_western(reading: Decoded, data: bytes, label: str) -> Decoded:
    """Return what a text says that calls itself Western: it may be Cyrillic, Greek, Japanese or Chinese."""
    from yoyak.text.charsets import is_western, meant  # a millisecond of every start

    if is_western(reading.text):
        return reading
    text, other, name = meant(data)
    if text:
        return Decoded(text=text, encoding=other, doubt=say("doubt.other", label=label, name=say(name), encoding=other))
    return replace(reading, doubt=say("doubt.unlike", label=label))


def _as_browsers_do(data: bytes, codec: str) -> Decoded | None:
    """Return the text in a charset; bytes from 0x80 to 0x9F that Windows left open are controls in the standard."""
    if not codec.startswith("cp125"):
        return _strictly(data, codec)
    try:
        return Decoded(text=data.decode(codec, _OPEN_BYTES), encoding=codec)
    except UnicodeDecodeError:
        return None


_OPEN_BYTES = "yoyak-open-bytes"


def _control(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and 0x80 <= (byte := error.object[error.start]) <= 0x9F:
        return chr(byte), error.start + 1
    raise error


codecs.register_error(_OPEN_BYTES, _control)


# --- UTF-16 without a mark ----------------------------------------------------------------------


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
        return best if share > 0.8 else replace(best, doubt=_NO_MARK)
    # Without a space or a line end there is no NUL, and pairs of cp949 bytes read as UTF-16 may be Hangul too.
    korean = _strictly(data, "cp949")
    rival = usual_share(korean.text) if korean else 0.0
    mine = usual_share(best.text)
    if share == 1 and mine >= SURE and rival < SURE:
        return best
    if not all(SIGNS.match(char) or "가" <= char <= "힣" for char in best.text) or rival > mine:
        return None
    return replace(best, doubt=_NO_MARK)


def _foreign_utf16(data: bytes) -> Decoded | None:
    """Return the text as UTF-16 of a script that is not ours: no controls, and nearly all from one or two blocks."""
    readings = [
        reading
        for codec in ("utf-16-le", "utf-16-be")
        if (reading := _strictly(data, codec)) and not _STRAY.search(reading.text)
    ]
    blocks = {reading.encoding: len({ord(char) >> 8 for char in reading.text}) for reading in readings}
    best = min(readings, key=lambda reading: blocks[reading.encoding], default=None)
    return replace(best, doubt=_NO_MARK) if best and blocks[best.encoding] <= 4 else None


_NO_MARK = say("doubt.no-mark")
_WESTERN = re.compile(f"{SIGNS.pattern}|[\u00c0-\u017f]")


def _everyday_share(text: str) -> float:
    """Return the share of ASCII, punctuation and the 2,350 syllables of KS X 1001, to which nearly all text keeps."""
    sample = text[:2000]
    return sum(1 for char in sample if _WESTERN.match(char) or _is_everyday_syllable(char)) / len(sample)


def _is_everyday_syllable(char: str) -> bool:
    # EUC-KR spells a rarer syllable out from its parts, in eight bytes.
    return "가" <= char <= "힣" and len(char.encode("euc_kr")) == 2


# --- cp949 ------------------------------------------------------------------------------------------


_WIDE = re.compile("[^\x00-\x7f가-힣]")


def _korean(data: bytes) -> Decoded | None:
    """Return the text as cp949 when at least half of its letters beyond ASCII are Hangul.

    Other encodings of East Asia often pass that by chance, but not with the syllables that Korean is made of.
    """
    reading = _strictly(data, "cp949")
    if reading is None:
        return None
    hangul = hangul_in(reading.text)
    others = sum(1 for char in _WIDE.findall(reading.text) if not SIGNS.match(char))
    if not hangul or hangul < others:
        return None
    if surely_korean(reading.text):
        return reading
    return replace(reading, doubt=say("doubt.rare"))


def _short_korean(data: bytes, unicode: Decoded) -> Decoded | None:
    """Return a very short file as cp949 when only that reading is Korean.

    345 syllables have cp949 bytes that are valid UTF-8 too. Latin letters that touch them, or lone signs such as
    ``£10``, speak for UTF-8.
    """
    if len(data) > 64 or data.isascii() or re.search("[^\x00-\u07ff]", unicode.text):
        return None
    wide = re.findall(r"[^\x00-\x7f]+", unicode.text)
    words = any(len(run) > 1 for run in wide) or all(run.isalpha() for run in wide)
    korean = _strictly(data, "cp949")
    if not words or korean is None or not re.fullmatch(r"[\x00-\x7f가-힣]+", korean.text):
        return None
    usual = usual_share(korean.text) >= SURE
    if re.search(rb"[A-Za-z]", data):
        touching = re.search(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]", unicode.text)
        return replace(unicode, doubt=_UTF_8) if usual and not touching else None
    return korean if usual else replace(korean, doubt=_KOREAN)


_KOREAN = say("doubt.short-korean")
_UTF_8 = say("doubt.short-utf-8")


# --- what fits nothing --------------------------------------------------------------------------------


def _undecodable(data: bytes) -> UndecodableError:
    """Return the error of the encoding that explains most of the file: the one whose first misfit comes last."""
    if name := likely_other(data):
        return UndecodableError(say("undecodable.looks-like", name=name), 0)
    offset, codec = max((_first_misfit(data, codec), codec) for codec in ("cp949", "utf-8"))
    if offset >= len(data):
        return UndecodableError(say("undecodable.none"), 0)
    return _failure(codec, offset, data)


def _first_misfit(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _failure(codec: str, offset: int, data: bytes) -> UndecodableError:
    line = data.count(b"\n", 0, offset) + 1
    byte = f"0x{data[offset]:02X}" if offset < len(data) else say("undecodable.end")
    return UndecodableError(say("undecodable.byte", offset=str(offset), byte=byte, line=str(line), codec=codec), offset)


# --- characters that cannot stand ---------------------------------------------------------------------

_STRAY = re.compile(f"[{FORBIDDEN}\ufffd]")
_SPACING = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
_REMOVED = re.compile(f"[{FORBIDDEN}]")


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
