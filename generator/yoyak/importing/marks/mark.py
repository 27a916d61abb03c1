"""A mark with what is written in it, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from textwrap import dedent

from yoyak.model.types import Record
from yoyak.readers.markdown.callouts import is_callout

_HUGO = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|'([^']*)'|([^\s\"`]+))")
_ESCAPED = re.compile(r"\\([\"\\])")


class Mark(Record, kw_only=True):
    """A mark as it stands in a text."""

    name: str
    """Lower case."""
    rest: str = ""
    """What is written behind its name."""
    inner: str | None = None
    """What stands between it and its end; None when it has none."""
    inside: Callable[[str], str]
    """Converts text that stands in the mark."""
    lookup: Callable[[str], str]
    head: Mapping[str, object] = {}
    """What stands above the text."""

    @property
    def words(self) -> tuple[str, ...]:
        """Return what is given without a name."""
        return tuple(value for name, value in arguments(self.rest) if not name)

    @property
    def named(self) -> Mapping[str, str]:
        return {name: value for name, value in reversed(arguments(self.rest)) if name}

    def given(self, *names: str, at: int | None = None) -> str:
        """Return the first value that one of some names has, else the one at a place."""
        named = self.named
        found = next((named[name] for name in names if named.get(name)), "")
        return found or (self.words[at] if at is not None and at < len(self.words) else "")


class Replacement(Record, kw_only=True):
    """What stands for a mark."""

    text: str
    inline: str | None = ""
    """What stands for it amid other words; empty for the same, None when it can only stand on lines of its own."""


def amid(text: str) -> Replacement:
    """Return something that stays in its line."""
    return Replacement(text=text, inline=text)


Maker = Callable[[Mark], Replacement | str | None]
"""A text stays in its line; None leaves the mark as it is."""


def arguments(written: str) -> list[tuple[str, str]]:
    """Return names and values; without its name a value has an empty one.

    >>> arguments('src="a b.png" tip')
    [('src', 'a b.png'), ('', 'tip')]
    """
    found = []
    for name, double, raw, single, bare in _HUGO.findall(written):
        value = _ESCAPED.sub(r"\1", double) or raw or single or bare.strip(",")
        found.append((name.lower(), value))
    return found


# --- the place of a mark -----------------------------------------------------------------------------------------
# Put what stands for a mark into its place: on lines of its own, in a list or a quotation, or amid other words.

_LEAD = re.compile(r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*")


def put(out: list[str], text: str, at: int, start: int, end: int, made: Replacement | str) -> None:
    """Add the text from `at` to `start`, and what stands for the text from there to `end`."""
    if isinstance(made, str):
        out += (text[at:start], made)
        return
    begins = text.rfind("\n", 0, start) + 1
    stops = text.find("\n", end)
    lead, behind = text[begins:start], text[end : len(text) if stops < 0 else stops]
    if made.inline == made.text or (made.inline is not None and not _is_alone(lead, behind, at, begins)):
        out += (text[at:start], made.inline or made.text)
    elif lead.lstrip().startswith("|"):
        out += (text[at:start], text[start:end])
    elif _is_alone(lead, behind, at, begins):
        out += (text[at:begins], _on_lines(made.text, lead, text[:begins], text[end:]))
    else:
        out += (text[at:start].rstrip(" ") + "\n\n", made.text + "\n\n")


def inner_of(text: str, opening: int, start: int, end: int) -> str:
    """Return what is in a mark that begins at `opening`, without the ``>`` of a quotation before its lines."""
    inner = text[start:end]
    lead = text[text.rfind("\n", 0, opening) + 1 : opening]
    depth = lead.count(">") if _LEAD.fullmatch(lead) else 0
    return re.sub(rf"(?<=\n)(?:[ \t]*>){{1,{depth}}} ?", "", inner) if depth else inner


def _is_alone(lead: str, behind: str, at: int, begins: int) -> bool:
    return at <= begins and not behind.strip() and _LEAD.fullmatch(lead) is not None


def _on_lines(made: str, lead: str, before: str, after: str) -> str:
    """Return blocks with what stands before each line, and blank lines round them."""
    again = re.sub(r"[^ \t>]", " ", lead)
    lines = [line.removeprefix(again) if again.strip() else line for line in made.split("\n")]
    blank = again.rstrip()
    written = "\n".join([lead + lines[0], *(again + line if line else blank for line in lines[1:])])
    above = before.rstrip("\n").rpartition("\n")[2] if before.endswith("\n") and not before.endswith("\n\n") else ""
    next_line = after.partition("\n")[2].partition("\n")[0]
    first = f"{blank}\n" if above.strip(" \t>") and lead == again else ""
    last = f"\n{blank}" if next_line.strip(" \t>") else ""
    return first + written + last


# --- Where a text is code, so that no mark is looked for, and what shows a mark as it is typed -------------------

CODE = (
    r"(?P<fenced>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*(?:\n|\Z)"
    r"[\s\S]*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z))"
    r"|(?P<element><(?P<tag>pre|code|script|style|textarea)\b[^>]*>[\s\S]*?</(?P=tag)\s*>)"
    r"|(?P<aside><!--[\s\S]*?-->)"
    r"|(?P<indented>(?:\A|(?<=\n\n))(?: {4}|\t)(?=[ \t]*\S))"
    r"|(?P<span>(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<tick>\\`|`+)"
)
_INDENTED = re.compile(r"(?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n(?=(?:[ \t]*\n)*(?: {4}|\t)))*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|\[\^[^\]]+\]:|:[ \t]")
_SHOWN = re.compile(r"\{\{(?P<mark>[<%])/\*(?P<words>(?:(?!\*/).){0,2000}?)\*/(?P<end>[>%])\}\}", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)


def as_shown(code: str, program: str) -> str:
    """Return code as its own program shows it: without what keeps a mark in it from being a mark."""
    shown = _SHOWN.sub(r"{{\g<mark>\g<words>\g<end>}}", code) if program in ("hugo", "") else code
    return _RAW.sub(r"\1", shown) if program in ("jekyll", "eleventy") else shown


def end_of_indented(text: str, start: int) -> int:
    """Return where lines end that are code since they are indented; `start` when they belong to a list or a note."""
    for line in reversed(text[:start].split("\n")):
        if line.strip() and not line[0].isspace():
            if _ITEM.match(line):
                return start
            break
        if _ITEM.match(line):
            return start
    found = _INDENTED.match(text, start)
    return found.end() if found else start


# --- Markdown for what marks stand for: pictures, films, code, boxes, quotations -------------------------------------


_LINK = re.compile(r"\[([^\]]*)\]\(([^()\s]*)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_TAGS = re.compile(r"</?(?:b|i|em|strong|span|small|cite|code|u|br)\b[^>]*>", re.IGNORECASE)
_KINDS = {"primary": "note", "secondary": "note", "light": "note", "dark": "note", "default": "note", "red": "danger"}
_LANGUAGE = re.compile(r"[\w+#.-]+")


def picture(source: str, alt: str = "", caption: str = "", link: str = "") -> Replacement | None:
    """Return a picture with its caption; None when nobody says which."""
    if not source or "{{" in source or "{%" in source:
        return None
    words = " ".join(caption.split())
    if _LINK.search(words) or "<a " in words:
        inner = _STRONG.sub(r"<strong>\1\2</strong>", _LINK.sub(_linked, words))
        shown = f'<img src="{escape(source)}" alt="{escape(alt)}">'
        shown = f'<a href="{escape(link)}">{shown}</a>' if link else shown
        return Replacement(text=f"<figure>{shown}<figcaption>{inner}</figcaption></figure>", inline=None)
    words = _STRONG.sub(r"\1\2", _TAGS.sub("", words))
    title = ' "{}"'.format(words.replace("\\", "\\\\").replace('"', '\\"')) if words else ""
    plain = re.sub(r"([\[\]\\])", r"\\\1", " ".join((alt or "").split()))
    made = f"![{plain}]({address(source)}{title})"
    return Replacement(text=f"[{made}]({address(link)})" if link else made)


def _linked(found: re.Match[str]) -> str:
    return f'<a href="{escape(found[2])}">{found[1]}</a>'


def address(written: str) -> str:
    """Return an address as it may stand in a link of Markdown."""
    return f"<{written}>" if re.search(r"[()\s]", written) else written


def page(url: str, title: str = "") -> Replacement:
    """Return the address of a film, or of another page that was shown in a frame."""
    words = re.sub(r"([\[\]\\])", r"\\\1", title)
    return Replacement(text=f"[{words}]({address(url)})") if words else Replacement(text=url, inline=f"<{url}>")


def code(content: str, language: str = "", title: str = "") -> Replacement:
    """Return lines of code."""
    lines = dedent(content.strip("\n").rstrip())
    longest = max((len(run) for run in re.findall(r"`{3,}", lines)), default=2)
    fence = "`" * (longest + 1)
    word = _LANGUAGE.match(language.strip())
    above = f"{title}\n\n" if title else ""
    return Replacement(text=f"{above}{fence}{word[0] if word else ''}\n{lines}\n{fence}", inline=None)


def span(content: str) -> str:
    """Return a piece of code amid words."""
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", content)), default=0) + 1)
    pad = " " if content[:1] == "`" or content[-1:] == "`" else ""
    return f"{ticks}{pad}{content}{pad}{ticks}"


def quotation(content: str, below: str = "") -> Replacement:
    """Return a quotation, and who said it."""
    text = dedent(content.strip("\n").rstrip()) + (f"\n\n— {below}" if below else "")
    return Replacement(text=quoted(text), inline=None)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def box(kind: str, title: str, content: str) -> Replacement | None:
    """Return a callout; None when it says nothing."""
    text = dedent(content.strip("\n").rstrip())
    if not text.strip() and not title:
        return None
    word = _KINDS.get(kind.lower(), kind.lower())
    first = f"[!{word.upper() if is_box(word) else 'NOTE'}] {' '.join(title.split())}".rstrip()
    return Replacement(text=quoted(f"{first}\n{text}".rstrip()), inline=None)


def is_box(word: str) -> bool:
    """Tell whether a word is the name of a kind of box."""
    return bool(re.fullmatch(r"[A-Za-z][\w-]*", word)) and (is_callout(word) or word.lower() in _KINDS)


def folded(summary: str, content: str, *, is_open: bool = False) -> Replacement:
    """Return a part of the text that opens."""
    text = dedent(content.strip("\n").rstrip())
    above = f"<summary>{summary}</summary>\n" if summary else ""
    return Replacement(text=f"<details{' open' * is_open}>\n{above}\n{text}\n\n</details>", inline=None)
