"""Markdown for what marks stand for: pictures, films, code, boxes, quotations."""

from __future__ import annotations

import re
from html import escape
from textwrap import dedent

from yoyak.importing.marks.mark import Replacement
from yoyak.readers.markdown.callouts import is_callout

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
