"""Beginnings of files that are almost front matter: keys without fences, with bad ones, or below other text.

To publish such a file as text could publish a draft, and to drop its keys could lift an embargo. So each is an error,
with the lines as they should be. A capture must not be taken for one: its labels (``제목:``, ``Date:`` of a mail)
are no keys, and of English words with a capital letter only those count that portals do not print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import dropwhile, takewhile
from typing import NamedTuple

from yoyak.front_matter.typed import FOREIGN, line_instead_of, plain_name
from yoyak.model.message import Problem, Words, advised, say
from yoyak.model.schema import FrontMatter
from yoyak.text.plain_keys import as_meant

KNOWN = frozenset(FrontMatter.__struct_fields__)
DECIDES = frozenset(
    "status draft published publish_at publishdate publish_date embargo embargo_until expires_at expires expirydate "
    "expiry_date unpublishdate visibility private hidden unlisted rights password publish public hide is_draft".split()
)
"""Keys that decide what readers see."""
_KOREAN = {
    "상태": "status",
    "발행상태": "status",
    "공개상태": "status",
    "공개여부": "visibility",
    "공개 여부": "visibility",
}
_LABELS = frozenset(
    "date source updated modified image label summary description corrections edition captured author authors byline "
    "weight dateline category categories section published publisher status keywords tags cover header language topics "
    "series rights type id comments share build template password expires embargo excerpt abstract".split()
)
"""Keys that pages print as labels, with a capital letter: alone they are a text's own."""
COMMON = frozenset("type id header share build template comments pin series section topics cover".split())
"""Names of other generators that are words of any note: not even in small letters are they keys when alone."""

_DASHES = "-\u2010-\u2015\u2212\u2500\u2501\uff0d\u30fc\u3161\u1173"
_ALMOST = re.compile(
    rf"(?:(?:#+|//|[>;%*])[ \t]*(?=[{_DASHES}+]{{2,}}[ \t]*$))?(?:[{_DASHES}~_*=+;]{{2,}}|```)[ \t]*(?P<rest>.*)"
)
"""A line that somebody may have meant as a fence: dashes of every kind, TOML's ``+++``, one in a comment."""
_FENCE = re.compile(rf"\s*[{_DASHES}+]{{2,}}\s*")
_BAD_CLOSE = re.compile(rf"(?:\A|(?<=[\r\n]))(?:[{_DASHES}+]{{2,}}|[\u2013\u2014\u2015\uff0d])[ \t]*(?=[\r\n]|\Z)")
_NAME = rf"[ \t\u3000]*[\"'“”]?(?P<name>[A-Za-z][A-Za-z_-]{{1,19}}|{'|'.join(_KOREAN)})[\"'“”]?[ \t]*"
KEY = re.compile(_NAME + r"(?P<sign>::?|[：﹕=])(?!//)[ \t]*(?P<value>.*)")
_BEFORE_SIGN = re.compile(_NAME)
_BEFORE_SIGN_ODDLY = re.compile(
    r"[^\w\r\n]*(?:[&!][^\s:]*[^\w\r\n]+)*"
    r"[A-Za-z\uff21-\uff5a상발공\u1109\u1107\u1100]\S{1,60}(?: [여\u110b]\S{1,9})?[^\w\r\n]*"
)
"""The same behind marks of YAML, and with letters and spaces that `as_meant` makes plain."""
_LONGEST_NAME = 100
_WORD = re.compile(r"\w")
_MARKED = re.compile(r"[ ]{0,3}(?:[-*+]+[ ]?[\[(]|[-*+>#/;%`\[(]+[ ]?|<!--[ ]*|\*\*)(?=\w)")
_GOES_ON = re.compile(r"[ \t]+\S|- ")
_TRUTH = re.compile(r"(?:true|false|yes|no|on|off|[01])\W*", re.IGNORECASE)
_STATE = re.compile(
    r"[\"']?(?:drafts?|(?:in[ _-])?review|approved|published|unpublished|private|hidden|pending|scheduled|"
    r"public|unlisted|full|excerpt|link|wip|todo|초안|비공개|보류|임시 ?저장|미발행|작성 ?중|검토 ?중)\W*",
    re.IGNORECASE,
)
_DAY = re.compile(r"[\"']?\d{4}[-./년]")
_FAR = 10
"""Lines, blank ones aside, that are looked at for keys that decide."""
_SHOWN = 12
_SEEN = 8000
"""Characters of a beginning."""


class KeyLine(NamedTuple):
    number: int
    text: str


def problem_at_beginning(text: str) -> Problem | None:
    """Return the problem of a file that does not begin with ``---`` alone on its first line, if it has one."""
    lines = _lines(as_meant(text[:_SEEN]))
    if not lines:
        return None
    first = lines[0].text
    almost = _ALMOST.match(first.lstrip())
    if almost and _names_key([KeyLine(lines[0].number, almost["rest"]), *_block(lines[1:])]):
        return fence_problem(
            *advised("bad-fence.above"),
            lines[0].number,
            [KeyLine(lines[0].number, almost["rest"]), *lines[1:]],
        )
    if first.startswith("<") and not first.startswith("<!--"):
        return None
    if _begins_with_keys(lines):
        return _unfenced(lines)
    return _below(lines) or _decides(lines[:_FAR])


def problem_of_body(body: str, first_line: int) -> Problem | None:
    """Return the problem of a text below front matter that begins with keys which decide what readers see."""
    beginning = body[:2000].lstrip().partition("\n\n")[0]
    if not any(sign in beginning for sign in ":：﹕="):
        return None
    return _decides(_block(_lines(as_meant(body[:_SEEN]), first_line)))


def unclosed(text: str, line: int = 1) -> Problem:
    """Return the problem of front matter without an end; `text` stands below its opening fence."""
    return fence_problem(
        say("bad-fence.unclosed"),
        say("bad-fence.close", fence="---"),
        line,
        _lines(text),
    )


def badly_closed(head: str, first_line: int) -> Problem | None:
    """Return the problem of a line in a head that was meant as its end: ``--``, ``----``, ``—``."""
    for match in _BAD_CLOSE.finditer(head):
        if not head[: match.start()].strip():
            continue
        line = first_line + len(re.findall(r"\r\n|[\r\n]", head[: match.start()]))
        return fence_problem(*advised("bad-fence.end"), line, [])
    return None


def is_key(name: str) -> bool:
    """Tell whether a name is a key of yoyak or of another generator, or nearly one."""
    return bool(meant(name))


def may_have_keys(text: str) -> bool:
    """Tell whether a line of a text may be one that `KEY` matches: a name stands before its first sign.

    It takes a tenth of the time of a search for lines, since most texts have few signs.
    """
    if "\r" in text:
        return True
    asks = "?" in text
    for sign in ":=：﹕":
        at = text.find(sign)
        while at >= 0:
            start = text.rfind("\n", 0, at) + 1
            if _BEFORE_SIGN.fullmatch(text, start, at):
                return True
            if at - start < _LONGEST_NAME and (
                _BEFORE_SIGN_ODDLY.fullmatch(text, start, at) or (asks and not _WORD.search(text, start, at))
            ):
                return True
            end = text.find("\n", at)
            at = text.find(sign, end) if end >= 0 else -1
    return False


def begins_as_keys(text: str) -> bool:
    """Tell whether a text below an opening fence begins with keys, or names one before its first blank line."""
    lines = _lines(text)
    return bool(lines) and (_any_key(lines[0].text) or _names_key(_block(lines)))


def _lines(text: str, first_line: int = 1) -> list[KeyLine]:
    """Return the lines of a beginning that are not blank, with their numbers; code is not among them."""
    found, code = [], False
    for number, line in enumerate(re.split(r"\r\n|[\r\n]", text[:_SEEN].lstrip("\ufeff")), first_line):
        fence = number > first_line and line.lstrip().startswith(("```", "~~~"))
        code = code != fence
        if line.strip() and not code and not fence:
            found.append(KeyLine(number, line))
    return found


def _block(lines: Sequence[KeyLine]) -> list[KeyLine]:
    """Return the lines up to the first blank one."""
    start = lines[0].number if lines else 0
    return [line for index, line in enumerate(lines) if line.number == start + index]


# --- which lines are keys ----------------------------------------------------------------------------


def _any_key(line: str) -> bool:
    match = KEY.match(line)
    return match is not None and "_" not in match["name"][:1]


def _names_key(lines: Sequence[KeyLine]) -> bool:
    """Tell whether a line names a key, in whatever letters; a fence stands above it, so that a label is one too."""
    return any((match := KEY.match(line.text)) and meant(match["name"]) for line in lines)


def meant(name: str) -> str:
    """Return the key that a name is or nearly is, of yoyak or of another generator; nothing for other words."""
    plain = plain_name(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))
    for candidate in (plain, plain_name(name)):
        if candidate in KNOWN or candidate in FOREIGN or candidate in DECIDES:
            return candidate
    if name in _KOREAN:
        return _KOREAN[name]
    near = get_close_matches(plain, KNOWN | DECIDES, n=1, cutoff=0.8) if len(plain) > 4 else []
    return near[0] if near else ""


def _begins_with_keys(lines: Sequence[KeyLine]) -> bool:
    """Tell whether a file begins with a key, or with a label and then one; with keys in Korean and then one, too."""
    rest = dropwhile(lambda line: _in_korean(line.text), _block(lines))
    for line in takewhile(lambda line: KEY.match(line.text), rest):
        match = KEY.match(line.text)
        key = meant(match["name"]) if match else ""
        if not match or not key:
            return False
        if match["sign"] == "=" and not re.match(r"[\"'\[{\d]|true|false", match["value"]):
            return False
        small = match["name"][0].islower()
        if (small and key not in COMMON) or (not small and plain_name(match["name"]) in KNOWN - _LABELS):
            return True
    return False


def _in_korean(line: str) -> str:
    """Return a line ``제목: …`` with yoyak's key; nothing for other lines."""
    name, sign, value = line.replace("：", ":").partition(":")
    if not sign or name.isascii() or len(name) > 10:
        return ""
    from yoyak.front_matter.korean_words import meant_by  # here, because most texts begin otherwise

    key = meant_by(name, sorted(KNOWN))
    return f"{key}: {value.strip()}".rstrip() if key else ""


def _decides(lines: Sequence[KeyLine]) -> Problem | None:
    """Return the problem of a line that decides what readers see, and says so plainly: ``# draft: true``."""
    for line in lines:
        if line.text.startswith(("    ", "\t")):
            continue
        match = KEY.match(_MARKED.sub("", line.text, count=1))
        key = meant(match["name"]) if match else ""
        if (
            match
            and match["name"].isascii()
            and key in DECIDES
            and is_plain(key, match["value"].replace("*", "").strip())
        ):
            return fence_problem(
                *advised("bad-fence.key-in-text"),
                line.number,
                [KeyLine(line.number, match[0])],
            )
    return None


def is_plain(key: str, value: str) -> bool:
    value = re.sub(r"\s*(?:-->|`)+\s*$", "", value)
    if key in ("status", "visibility", "rights"):
        return _STATE.fullmatch(value) is not None
    if key in ("draft", "is_draft", "published", "publish", "public", "private", "hidden", "hide", "unlisted"):
        return _TRUTH.fullmatch(value) is not None
    return key != "password" and _DAY.match(value) is not None


def _below(lines: Sequence[KeyLine]) -> Problem | None:
    """Return the problem of front matter that other text stands above."""
    for above, line, below in zip(lines, lines[1:_FAR], lines[2:], strict=False):
        if not _FENCE.fullmatch(line.text) or below.number != line.number + 1:
            continue
        match = KEY.match(below.text)
        if match and meant(match["name"]) and match["name"][0].islower():
            comment = above.text.startswith(("<!--", "#", "//"))
            return fence_problem(
                say("bad-fence.below-comment") if comment else say("bad-fence.below-text"),
                say("bad-fence.below.hint"),
                line.number,
                [],
            )
    return None


def _unfenced(lines: Sequence[KeyLine]) -> Problem:
    fenced = any(re.fullmatch(r"---[ \t]*", line.text) for line in lines[:40])
    message = say("bad-fence.none-above") if fenced else say("bad-fence.none-around")
    return fence_problem(message, say("bad-fence.lines"), lines[0].number, lines)


# --- the lines as they should be ---------------------------------------------------------------------


def fence_problem(message: Words, hint: Words, line: int, lines: Sequence[KeyLine]) -> Problem:
    return Problem(code="bad-fence", message=message, hint=hint, line=line, column=1, write=_fenced(lines))


def _fenced(lines: Sequence[KeyLine]) -> tuple[str, ...]:
    """Return the keys at the beginning of some lines, between fences; nothing when they begin otherwise."""
    keys = tuple(_spelt(lines))
    return ("---", *keys, "---") if keys else ()


def _spelt(lines: Sequence[KeyLine]) -> Iterator[str]:
    """Yield the keys in yoyak's spelling, and what continues them."""
    started = False
    for line in lines[:_SHOWN]:
        match = KEY.match(line.text)
        key = meant(match["name"]) if match else ""
        if korean := _in_korean(line.text):
            yield korean[:160]
            started = True
        elif match and key and not (started and line.text[:1] in " \t"):
            written = f"{key}: {match['value'].strip()}".rstrip()
            yield (line_instead_of(key, match["value"]) if key in FOREIGN - KNOWN else written)[:160] or written
            started = True
        elif started and _GOES_ON.match(line.text):
            yield line.text[:160]
        elif started or line.text.strip():
            break
