"""What a line of a capture is because of the lines beside it: a credit below a picture, a name below ``By``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from yoyak.readers.capture.broadcasts import with_turns
from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.notices import with_notices
from yoyak.readers.capture.span import is_paragraph
from yoyak.readers.capture.wrap import columns
from yoyak.readers.word_lists import words

_SIGN_ONLY = re.compile(r"[\[(<]?\s*(?:[©ⓒ]|\(c\))\s*(?P<credit>[^\d]{2,25}?)[\])>]?", re.IGNORECASE)
_SAYS_MORE = re.compile(r"copyright|저작권|금지|reserved|www\.|\.com|\.kr|무단", re.IGNORECASE)
_PICTURE = re.compile(
    r"이미지를 클릭|^(?:이미지|사진|그림|표)\s?(?:크게|확대)|^크게\s?보기$|^확대|^원본\s?보기$|^View image|^Enlarge"
    r"|^(?:Toggle|Hide) caption|^View gallery",
    re.IGNORECASE,
)
VIEW = re.compile(r"(?:[고어아] 있다|모습이다|모습|전경|장면|풍경|자료사진|조감도)\.?$")
_MAIL = re.compile(r"\s?[(<\[]?[\w.+-]{1,64}@[\w.-]{1,100}[)>\]]?")
_BY = frozenset({"by", "von", "par", "por", "door", "글", "written by"})
_WRITER = words("signed-below", "people")
_LABELS = _BY | words("signed-labels", "people") | {"authors", "about the author", "autor/a"}
_WRITTEN_ON = re.compile(r"written on .{3,20} by")
_HANDLE = re.compile(r"\s@\w{2,30}$")
_AND = frozenset({"and", "&", ",", "und", "et", "y"})
_PERSON = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?:\s(?:(?:de|van|von|der|da|di|la|le|del)\s)*[A-ZÀ-Þ][\w'’.-]*){1,3},?")
_NICKNAME = re.compile(r"[^\s|,:：]{2,12}")
_LABEL = 60
_NO_VERB = re.compile(r"[가-힣](?<![다요까죠음함라지])[.·]*\s*$")
_NARROW_LABEL = 30


def in_context(lines: Sequence[CaptureLine]) -> tuple[CaptureLine, ...]:
    """Return the lines with what their neighbours say about them."""
    lines = with_turns(with_notices(lines))
    found = list(lines)
    seen_body = False
    for index, line in enumerate(lines):
        if _is_signed_view(lines, index):
            parts = {"text": line.prose, "credit": _MAIL.sub("", line.parts["names"])}
            found[index] = structs.replace(line, look="caption", rule="view-and-name", confidence=0.7, parts=parts)
            continue
        seen_body = seen_body or line.look == "body"
        if line.look == "rights":
            found[index] = _credit(lines, index)
        elif line.look in ("short", "long", "body") and seen_body + _is_by_picture(lines, index) > 0:
            found[index] = _caption(lines, index, seen_body=seen_body)
    _read_names_below(found)
    _read_label_below(found)
    return tuple(found)


def _credit(lines: Sequence[CaptureLine], index: int) -> CaptureLine:
    """Return a line such as ``ⓒ가온시`` above more of the body as the credit of a picture, not as a notice."""
    line = lines[index]
    match = _SIGN_ONLY.fullmatch(line.text)
    if match is None or _SAYS_MORE.search(line.text):
        return line
    if not any(following.look == "body" for following in lines[index + 1 : index + 4]):
        return line
    return structs.replace(line, look="caption", rule="sign-only", confidence=0.7, parts={"credit": match["credit"]})


def _is_by_picture(lines: Sequence[CaptureLine], index: int) -> bool:
    return index > 0 and _opens_picture(lines[index - 1])


def _opens_picture(line: CaptureLine) -> bool:
    return line.look == "ui" and _PICTURE.search(line.text) is not None


def _caption(lines: Sequence[CaptureLine], index: int, *, seen_body: bool) -> CaptureLine:
    """Return a line behind the button of a picture, or behind the outlet's name inside the body, as a caption."""
    line = lines[index]
    is_view = VIEW.search(line.text[-12:]) is not None
    if len(line.text) > 160 or (line.look == "body" and not is_view):
        return line
    named = seen_body and index > 0 and lines[index - 1].look == "name" and lines[index - 1].rule != "outlet-name"
    below = lines[index + 1 : index + 3]
    beside = _is_by_picture(lines, index) or (named and any(_opens_picture(other) for other in below))
    above_body = named and any(other.look == "body" for other in below) and below[0].look != "date"
    if not (beside or above_body) or (ends_a_sentence(line.text) and not is_view):
        return line
    return structs.replace(line, look="caption", rule="beside-a-picture", confidence=0.7, parts={"text": line.text})


def _is_signed_view(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether ``… 서 있다. 이하늘 기자`` is a picture's caption: its last paragraph is signed so as well.

    So is ``불 꺼진 등대. 이하늘 기자``, which has no verb.
    """
    line = lines[index]
    if line.look not in ("body", "long", "short") or "names" not in line.parts or line.rule == "opening":
        return False
    below = next((other for other in lines[index + 1 :] if other.look not in ("ui", "name")), None)
    named = len(line.prose) <= _LABEL and _NO_VERB.search(line.prose) is not None
    is_view = named or VIEW.search(line.prose[-12:]) is not None
    return is_view and below is not None and is_paragraph(below)


def _read_names_below(found: list[CaptureLine]) -> None:
    """Read ``By`` on a line of its own, and the names on the lines below it."""
    for index, line in enumerate(found[:-1]):
        label = line.text.casefold().rstrip(" :：")
        if label in _WRITER and _NICKNAME.fullmatch(found[index + 1].text):
            found[index + 1] = _signed(found[index + 1])
        below = _HANDLE.sub("", found[index + 1].text)
        if not (label in _LABELS or _WRITTEN_ON.fullmatch(label)) or not _PERSON.fullmatch(below):
            continue
        found[index] = structs.replace(line, look="byline", rule="by-alone", confidence=0.9)
        for at in range(index + 1, min(index + 7, len(found))):
            if not (_PERSON.fullmatch(_HANDLE.sub("", found[at].text)) or found[at].text.casefold() in _AND):
                break
            found[at] = _signed(found[at])


def _signed(line: CaptureLine) -> CaptureLine:
    parts = {} if line.text.casefold() in _AND else {"names": _HANDLE.sub("", line.text).rstrip(",")}
    return structs.replace(line, look="byline", rule="below-by", confidence=0.9, parts=parts)


def _read_label_below(found: list[CaptureLine]) -> None:
    """Read ``이슈`` on a line of its own above the body, and the label on the line below it."""
    for index, line in enumerate(found[:-2]):
        if line.look == "body":
            return
        below = found[index + 1]
        if line.text == "이슈" and below.look in ("short", "name") and columns(below.text) <= _NARROW_LABEL:
            parts = {"label": below.text}
            found[index + 1] = structs.replace(below, look="theme", rule="issue-below", confidence=0.8, parts=parts)
