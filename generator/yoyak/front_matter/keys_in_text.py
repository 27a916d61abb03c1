"""Front matter that does not begin its file: a fence in the text, with keys of yoyak right below it.

Read as text, it would publish what its author holds back. A rule with ordinary words below it stays a rule: only lines
that are all keys count, and only when one of them decides what readers see, or two of them are yoyak's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from yoyak.front_matter.almost import (
    COMMON,
    DECIDES,
    KEY,
    KNOWN,
    KeyLine,
    fence_problem,
    is_plain,
    may_have_keys,
    meant,
)
from yoyak.model.message import Problem, Words, advised, say
from yoyak.text.plain_keys import as_meant, pairs_of

_DASHES = "-\u2010-\u2015\u2212\u2500\u2501\uff0d\u30fc"
_RULE = (
    rf"\\?(?:[{_DASHES}*_+;=~%\uff1d]{{2,}}|(?:[-*_~][ \t]+){{2,}}[-*_~]|[\u2014\u2015]|\{{|"
    r"<(?:pre|script)\b[^>\r\n]*>)"
)
_CODE = r"(?P<code>`{3,}|~{3,})(?![^\r\n]*`)"
_COMMENT = r"<!-{2,}"
_FENCE = re.compile(rf"[\r\n][ ]{{0,3}}(?:{_COMMENT}|{_CODE}|{_RULE})")
"""Where a fence may begin; behind a line end, which `_behind_line_ends` finds quickly."""
_REST_OF_RULE = re.compile(r"[ \t]*(?:(?:ya?ml|toml|json)[ \t]*)?(?:#[^\r\n]*)?(?=[\r\n]|\Z)", re.IGNORECASE)
_REST_OF_CODE = re.compile(
    r"[ \t]*(?:\{?[ \t]*(?:ya?ml|toml|json|meta\w*|front-?matter)\b[^\r\n]*)?(?=[\r\n]|\Z)", re.IGNORECASE
)
_REST_OF_COMMENT = re.compile(r"[ \t]*[\r\n]*")
_END = re.compile(rf"[ \t]*(?:-{{2,}}!?>|[`]{{3,}}|\.\.\.|\}}|</\w+>|{_RULE})[ \t]*")
_PROPERTY = re.compile(
    r"[\r\n][ \t]*(?:[-*+][ \t]+)?[\[(]?(?:status|draft|publish(?:ed)?|public|private|hidden|visibility|"
    r"(?:publish|expires)_at|embargo(?:_until)?)[ \t]*::(?!:)[^\r\n]*",
    re.IGNORECASE,
)
"""Properties of Logseq and of Obsidian's Dataview; two colons are in no sentence."""
_OPENER = re.compile(r"\s*(?:#|!\[|<!--|%%|//|\[\[|\[!\[|>)|\s*\Z")
_ALONE = re.compile(r"[\r\n][ ]{0,3}(?P<key>[a-z_]{5,20}[ \t]*:[ \t]*\S[^\r\n]{0,60})(?=[\r\n]|\Z)")
_BLANK_BELOW = re.compile(r"\s*\Z|(?:\r\n|[\r\n])[ \t]*(?:[\r\n]|\Z)")
_PAGE = re.compile(r"\s*<(?!!--)")
_LINE_END = re.compile(r"[\r\n](?:(?<=\r)\n)?")
_HEAD_OF_PAGE = 10
"""Lines."""
_SETEXT = re.compile(r"\s*(?:=+|-+)\s*")
_CODE_OF_TEXT = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_LONGEST = 40
"""Lines of such a block that are looked at."""
_GOES_ON = re.compile(r"[ \t]+\S|- |#|[ \t]*\Z")


_IS_COMMENT = re.compile(rf"[\r\n][ ]*{_COMMENT}")
_BELOW_FENCE = advised("bad-fence.keys-below")
_IN_COMMENT = advised("bad-fence.keys-in-comment")


class _FencedKeys(NamedTuple):
    """A fence with keys below it."""

    at: int
    """Of the fence's line."""
    lines: tuple[str, ...]
    """Those below it, up to its end."""
    closed: bool


def keys_in_text(text: str, first_line: int) -> Problem | None:
    """Return the problem of keys below a fence in a text that begins on `first_line`; of a page only above its body."""
    if _PAGE.match(text):
        ends = [end.end() for end in islice(_behind_line_ends(_LINE_END, text), _HEAD_OF_PAGE)]
        text = text[: ends[-1]] if len(ends) == _HEAD_OF_PAGE else text
    if "<!-" not in text and not may_have_keys(text):
        return _property(f"\n{text}", first_line)
    return _found_in(f"\n{as_meant(text)}", first_line)


def _found_in(padded: str, first_line: int) -> Problem | None:
    """Return the problem of keys in a text; it has one line end more than its file, at its beginning."""
    for found in _fences(padded):
        if _are_keys(found):
            line = _line_of(padded, found.at, first_line)
            kept = [KeyLine(line + 1 + number, one) for number, one in enumerate(found.lines)]
            return fence_problem(*(_IN_COMMENT if _IS_COMMENT.match(padded, found.at) else _BELOW_FENCE), line, kept)
    return _comment(padded, first_line) or _property(padded, first_line) or _alone(padded, first_line)


def _line_of(padded: str, at: int, first_line: int) -> int:
    """Return the line on which the character at `at` stands; the text has one line end more than its file."""
    return first_line - 1 + len(re.findall(r"\r\n|[\r\n]", padded[: at + 1]))


def _fences(padded: str) -> Iterator[_FencedKeys]:
    """Yield every line that may be a fence, with what stands below it; code only where it may be meant as one."""
    end = 0
    for match in _behind_line_ends(_FENCE, padded):
        if match.start() < end:
            continue
        if match["code"]:
            end = _end_of_code(padded, match)
            rest = _REST_OF_CODE.match(padded, match.end())
            if rest and (_nothing_above(padded[: match.start()]) or not padded[end:].strip()):
                yield _below(padded, match, rest.end())
        elif rest := (_REST_OF_COMMENT if "<!-" in match[0] else _REST_OF_RULE).match(padded, match.end()):
            yield _below(padded, match, rest.end())


def _behind_line_ends(pattern: re.Pattern[str], padded: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with a line end: to look for one sign takes no time."""
    written = pattern.pattern if "\r" in padded else pattern.pattern.replace(r"[\r\n]", r"\n", 1)
    return re.finditer(written, padded)


def _end_of_code(padded: str, match: re.Match[str]) -> int:
    fence = match["code"]
    closing = re.compile(rf"[\r\n][ \t]*{fence}{fence[0]}*[ \t]*(?=[\r\n]|\Z)").search(padded, match.end())
    return closing.end() if closing else len(padded)


def _below(padded: str, match: re.Match[str], start: int) -> _FencedKeys:
    """Return the lines below a fence up to the next one, or up to a blank line that is not the first."""
    lines: list[str] = []
    at = start
    for line in re.finditer(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)", padded[start : start + 4000].removeprefix("\r")):
        text = line[0].rstrip("\r\n")
        at = start + line.end()
        if (lines or match["code"]) and _END.fullmatch(text):
            return _FencedKeys(match.start(), tuple(lines), True)
        if "-->" in text and "<!-" in match[0]:
            return _FencedKeys(match.start(), (*lines, *pairs_of(text.partition("-->")[0])), True)
        if (lines and not text.strip() and not match["code"]) or len(lines) > _LONGEST:
            break
        if text.strip():
            lines += pairs_of(text)
    return _FencedKeys(match.start(), tuple(lines), at >= len(padded))


def _nothing_above(above: str) -> bool:
    """Tell whether only headings, pictures and comments stand above."""
    lines = above.splitlines()
    return all(
        _OPENER.match(line)
        or (number and _SETEXT.fullmatch(line))
        or _SETEXT.fullmatch("".join(lines[number + 1 : number + 2]) or "x")
        for number, line in enumerate(lines)
    )


def _are_keys(found: _FencedKeys) -> bool:
    """Tell whether the lines below a fence are keys: the first ones when one decides plainly, else all of them."""
    keys, whole = _leading_keys(found.lines)
    if any(key in DECIDES and is_plain(key, value.strip()) for key, _, value in keys):
        return True
    if not whole or not found.closed:
        return False
    small = [key for key, name, _ in keys if not name[0].isupper()]
    return any(key in DECIDES for key in small) or sum(key in KNOWN and key not in COMMON for key in small) > 1


def _leading_keys(lines: Sequence[str]) -> tuple[list[tuple[str, str, str]], bool]:
    """Return the keys that some lines begin with, as meant, as written and their values; and whether that is all."""
    keys: list[tuple[str, str, str]] = []
    for line in lines:
        match = KEY.match(line)
        key = meant(match["name"]) if match else ""
        if match and (key or re.match(r"[^\s:]+:(?:\s|\Z)", line)):
            keys.append((key, match["name"], match["value"]))
        elif not _GOES_ON.match(line):
            return keys, False
    return keys, True


def _comment(padded: str, first_line: int) -> Problem | None:
    """Return the problem of a comment that begins with keys, one of which decides, amid a line; outside of code."""
    at = padded.find("<!--")
    while at >= 0 and (end := padded.find("-->", at)) >= 0:
        start = at + len("<!--")
        lines = [
            one
            for line in padded[start : min(end, start + 4000)].strip("-").splitlines()
            for one in pairs_of(line)
            if one.strip()
        ]
        keys, _ = _leading_keys(lines)
        if any(key in DECIDES and is_plain(key, value.strip()) for key, _, value in keys) and not _is_code(padded, at):
            line = _line_of(padded, at, first_line)
            return fence_problem(*_IN_COMMENT, line, [KeyLine(line + number, one) for number, one in enumerate(lines)])
        at = padded.find("<!--", end)
    return None


def _is_code(padded: str, at: int) -> bool:
    """Tell whether what stands here is code: in a block, an indented one, or between ` marks."""
    above = padded[padded.rfind("\n", 0, at) + 1 : at]
    marked = above.count("`") % 2 == 1 and "`" in padded[at:].partition("\n")[0]
    return marked or above.startswith(("    ", "\t")) or _is_in_code(padded[:at])


def _property(padded: str, first_line: int) -> Problem | None:
    """Return the problem of a line such as ``status:: draft``, outside of code."""
    for match in _PROPERTY.finditer(padded) if "::" in padded else ():
        if not _is_in_code(padded[: match.start()]):
            written = re.sub(r"^\W+|[\])]+\s*$", "", match[0]).replace("::", ":", 1)
            return _loose(
                say("bad-fence.property"),
                written,
                _line_of(padded, match.start(), first_line),
            )
    return None


def _alone(padded: str, first_line: int) -> Problem | None:
    """Return the problem of a paragraph that is nothing but ``status: draft``."""
    for match in _behind_line_ends(_ALONE, padded):
        above = padded[: match.start()]
        key = KEY.match(match["key"])
        if (
            not key
            or not _BLANK_BELOW.match(padded, match.end())
            or (above.strip() and not re.search(r"[\r\n]\s*\Z", above))
        ):
            continue
        if (
            meant(key["name"]) in DECIDES
            and is_plain(meant(key["name"]), key["value"].strip())
            and not _is_in_code(above)
        ):
            return _loose(
                say("bad-fence.key-in-text"),
                match["key"],
                _line_of(padded, match.start(), first_line),
            )
    return None


def _is_in_code(above: str) -> bool:
    return len([line for line in above.splitlines() if _CODE_OF_TEXT.match(line)]) % 2 == 1


def _loose(message: Words, written: str, line: int) -> Problem:
    return fence_problem(message, say("bad-fence.key-in-text.hint"), line, [KeyLine(line, written)])
