"""Addresses in style sheets and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# --- url(), @import and image-set() of a style sheet (CSS Syntax §4), not of comments and strings ----------------


_CSS_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    | (?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z))
    | (?P<url>url\(\s*(?P<plain>(?:[^\s"'()\\]|\\.)(?:[^\s"'()\\]|\\.)*)\s*(?:\)|\Z))
    | (?P<function>-?[\w-]+\()
    | (?P<at>@[\w-]+)
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    | (?P<space>\s+)
    | (?P<other>[\w-]+|\\.|.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})(?:\r\n|\s)?|(\r\n|\n|\r|\f)|(.))", re.DOTALL)
_OF_STRINGS = ("url(", "src(", "image-set(", "-webkit-image-set(")
_MAY_HAVE = re.compile(r"url\(|src\(|image-set\(|@import", re.IGNORECASE)
"""Without any of these no token is an address; all tokens of our own style sheet are a third of a small build."""


class Address(NamedTuple):
    """One address in a text: where its token stands, and what it says."""

    start: int
    end: int
    written: str
    """Without its quotes and escapes."""
    is_string: bool
    """It stands in quotes; else the token is all of ``url(…)``."""


def css_addresses(text: str) -> Iterator[Address]:
    """Yield the addresses of a style sheet in their order."""
    if not _MAY_HAVE.search(text):
        return
    inside: list[str] = []
    after_import = False
    for match in _CSS_TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match[0]
        if kind == "plain":
            kind = "url"
        if kind in ("comment", "space"):
            continue
        if kind == "url":
            yield Address(match.start(), match.end(), _css_unescaped(match["plain"]), is_string=False)
        elif kind == "string" and (after_import or (inside and inside[-1] in _OF_STRINGS)):
            yield Address(match.start(), match.end(), _css_unescaped(_inner(token)), is_string=True)
        elif kind in ("function", "open"):
            inside.append(token.lower())
        elif kind == "close" and inside:
            inside.pop()
        after_import = (kind == "at" and token.lower() == "@import") or (after_import and token.lower() == "url(")


def _inner(string: str) -> str:
    return string[1:-1] if len(string) > 1 and string[-1] == string[0] else string[1:]


def _css_unescaped(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        if match[1]:
            point = int(match[1], 16)
            return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\N{REPLACEMENT CHARACTER}"
        return match[3] or ""

    return _CSS_ESCAPE.sub(meant, text) if "\\" in text else text


def css_string(text: str) -> str:
    """Return a text in double quotes for a style sheet."""
    return '"' + re.sub(r'["\\\n\r\f]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def put_css(address: Address, text: str) -> str:
    """Return the token that names another address in the place of this one."""
    return css_string(text) if address.is_string else f"url({css_string(text)})"


def addresses_in_css(text: str) -> Iterator[Address]:
    """Yield the addresses in CSS; names in it may be written with escapes, such as ``u\\72l(``."""
    yield from css_addresses(text)
    if "\\" in text:
        yield from css_addresses(_ESCAPED_LETTER.sub(lambda escape: chr(int(escape[1], 16)), text))


_ESCAPED_LETTER = re.compile(r"\\0{0,4}([4-7][0-9a-f])\s?", re.IGNORECASE)


# --- import, export … from and new URL(…, import.meta.url) of a script, when they are written out ----------------
# It reads tokens (ECMA-262 §12) and no grammar. Whether a slash begins a regular expression is told by what is before
# it.


_JS_TOKEN = re.compile(
    r"""(?P<comment>//[^\n\r\u2028\u2029]*|/\*.*?(?:\*/|\Z))
    | (?P<space>\s+)
    | (?P<string>"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z))
    | (?P<word>[\w$\#]+)
    | (?P<regex>/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?P<end>`|\$\{|\Z)", re.DOTALL)
_JS_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|.))", re.DOTALL)
_BEFORE_A_REGEX = frozenset("( , = : [ ! & | ? { } ; + - * % ~ ^ < >".split()) | {""}
_WORDS_BEFORE_A_REGEX = frozenset(
    "return typeof case do else in of instanceof new delete void throw await yield".split()
)
_IN_A_CLAUSE = frozenset("{ } , *".split())


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def js_addresses(text: str) -> Iterator[Address]:
    """Yield the addresses that a script imports from, in their order."""
    if "import" not in text and "export" not in text:
        return
    tokens = tuple(_tokens(text))
    for at, token in enumerate(tokens):
        if token.text == "URL" and (beside := _beside_the_script(tokens, at)):
            yield Address(beside.start, beside.end, _js_unescaped(beside.text[1:-1]), is_string=True)
        if token.kind != "word" or token.text not in ("import", "export") or (at and tokens[at - 1].text == "."):
            continue
        found = _address_behind(tokens, at)
        if found and found.kind in ("string", "template"):
            yield Address(found.start, found.end, _js_unescaped(found.text[1:-1]), is_string=True)


_BESIDE = (",", "import", ".", "meta", ".", "url", ")")


def _beside_the_script(tokens: tuple[Token, ...], at: int) -> Token | None:
    """Return the literal of ``new URL("./a.png", import.meta.url)``."""
    around = tuple(token.text for token in (*tokens[at - 1 : at], *tokens[at + 1 : at + 2], *tokens[at + 3 : at + 10]))
    literal = tokens[at + 2] if around == ("new", "(", *_BESIDE) else None
    return literal if literal and literal.kind in ("string", "template") else None


def _address_behind(tokens: tuple[Token, ...], at: int) -> Token | None:
    """Return the literal that an ``import`` or ``export`` names, if it does."""
    behind = tokens[at + 1 : at + 3]
    if not behind:
        return None
    if tokens[at].text == "import":
        if behind[0].kind == "string":
            return behind[0]
        if behind[0].text == "(":
            closed = tokens[at + 3 : at + 4]
            return behind[1] if len(behind) > 1 and closed and closed[0].text in (")", ",") else None
    elif behind[0].text not in ("*", "{"):
        return None
    for place in range(at + 1, len(tokens)):
        token = tokens[place]
        if token.text == "from" and place + 1 < len(tokens) and tokens[place + 1].kind == "string":
            return tokens[place + 1]
        if token.kind not in ("word", "string") and token.text not in _IN_A_CLAUSE:
            return None
        if (
            token.text == "}"
            and tokens[at].text == "export"
            and [t.text for t in tokens[place + 1 : place + 2]] != ["from"]
        ):
            return None
    return None


def _tokens(text: str) -> Iterator[Token]:
    """Yield everything but comments and spaces. What stands in ``${…}`` of a template is read like all else."""
    at, depths, before = 0, list[int](), Token("", "", 0, 0)
    while at < len(text):
        if text[at] == "`" or (text[at] == "}" and depths and depths[-1] == 0):
            token = _template(text, at, depths)
        else:
            token = _plain(text, at, before)
            if depths and token.text in ("{", "}"):
                depths[-1] += 1 if token.text == "{" else -1
        at = token.end
        if token.kind not in ("comment", "space"):
            before = token
            yield token


def _template(text: str, at: int, depths: list[int]) -> Token:
    """Return a template up to its end or to the next ``${``; `depths` counts the braces that are open in each."""
    if text[at] == "}":
        depths.pop()
    match = _TEMPLATE.match(text, at + 1)
    assert match
    if match["end"] == "${":
        depths.append(0)
    whole = text[at] == "`" and match["end"] == "`"
    return Token("template" if whole else "piece", text[at : match.end()], at, match.end())


def _plain(text: str, at: int, before: Token) -> Token:
    match = _JS_TOKEN.match(text, at)
    assert match
    kind = str(match.lastgroup)
    if kind == "regex" and not _may_be_regex(before):
        return Token("other", "/", at, at + 1)
    return Token(kind, match[0], at, match.end())


def _may_be_regex(before: Token) -> bool:
    if before.kind == "word":
        return before.text in _WORDS_BEFORE_A_REGEX
    return (before.kind in ("", "other", "piece") and before.text in _BEFORE_A_REGEX) or before.text.endswith("${")


def _js_unescaped(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        if code := match[1] or match[2] or match[3]:
            return chr(min(int(code, 16), 0x10FFFF))
        return "" if match[4] in ("\n", "\r\n") else {"n": "\n", "t": "\t", "r": "\r"}.get(match[4], match[4])

    return _JS_ESCAPE.sub(meant, text) if "\\" in text else text


def put_js(text: str) -> str:
    """Return the literal that names another address."""
    return '"' + re.sub(r'["\\\n\r]', lambda match: f"\\x{ord(match[0]):02x}", text) + '"'
