"""Words of a body: its paragraphs, its first sentences, the time that it takes to read."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_FOOTNOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<section [^>]*class="footnote".*', re.DOTALL)

# A sentence ends with . ! ? … or 。 and the quotes and brackets that close with it, before white space.
# An initial (J. Kim), a number (1. 2) and the abbreviations below do not end one.
_END = re.compile(r"[.!?…。]+[\"'”’」』)\]]*(?=\s|$)")
_NO_END = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[A-Z]|\d{1,4}|Mr|Mrs|Ms|Dr|St|vs|No|Prof|Inc|Ltd|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|e\.g|i\.e)\.$"
)

_NOT_KOREAN = re.compile(r"\s[^\s가-힣]+(?!\S)")
"""A word without Hangul; there are few of them, so that they are found faster than the others."""
_WORDS_A_MINUTE = {"ko": 202, "en": 238}


def plain_text(html: str) -> str:
    """Return the words of clean HTML on one line."""
    return " ".join(words(html))


def words(html: str) -> list[str]:
    """Return the words of clean HTML, without tags, footnote marks and footnotes."""
    text = _TAG.sub(" ", _without_footnotes(html))
    return (unescape(text) if "&" in text else text).split()


@lru_cache(maxsize=1)
def paragraphs(html: str) -> tuple[str, ...]:
    """Return the text of each paragraph of clean HTML; headings, captions, lists and footnotes are not among them.

    The last answer is kept: an article may ask for its excerpt, its summary and its themes, or not at all.
    """
    found = (_inline_text(match) for match in _PARAGRAPH.findall(_without_footnotes(html)))
    return tuple(text for text in found if text)


def _inline_text(html: str) -> str:
    return _one_line(_TAG.sub("", html.replace("<br>", " ")) if "<" in html else html)


def _one_line(text: str) -> str:
    return " ".join((unescape(text) if "&" in text else text).split())


def _without_footnotes(html: str) -> str:
    return _FOOTNOTE.sub("", html) if "footnote" in html else html


def sentences(text: str) -> tuple[str, ...]:
    """Split one paragraph of Korean or English text at the ends of its sentences.

    >>> sentences("시는 “늘린다.” 라고 했다. 노조는 반대한다.")
    ('시는 “늘린다.” 라고 했다.', '노조는 반대한다.')
    """
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _NO_END.search(text[start : match.end()]) or _quote_goes_on(text, match.end()):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def _quote_goes_on(text: str, end: int) -> bool:
    """Tell whether the sentence goes on behind a quotation: ``“…다.”라고``, ``"…" said``, ``“…다.” 고``."""
    if text[end - 1] not in "\"'”’」』":
        return False
    return re.match(r"\s*(?:이?라고|라며|라는|고|며|는|[a-z])", text[end:]) is not None


def first_sentences(texts: tuple[str, ...], count: int, limit: int = 600) -> str:
    """Return the first `count` sentences of some paragraphs, at most `limit` characters, cut at a word with ``…``."""
    found: list[str] = []
    for text in texts:
        found.extend(sentences(text)[: count - len(found)])
        if len(found) >= count:
            break
    return shorten(" ".join(found), limit)


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its beginning up to a word's end and ``…`` when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,.·") + "…"


def as_paragraph(text: str) -> str:
    """Return text as one HTML paragraph, to be sent through the door; nothing for no text."""
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


def reading_minutes(found: list[str]) -> int:
    """Return whole minutes, at least 1, for the words of a text.

    Korean is counted by eojeol, 202 a minute, English by word, 238: a text with both counts each word at its rate.
    Most texts take as many minutes at either rate, and it does not matter which words are which.
    """
    least, most = (round(len(found) / _WORDS_A_MINUTE[language]) for language in ("en", "ko"))
    if least == most:
        return max(1, most)
    rest = len(_NOT_KOREAN.findall(f" {' '.join(found)}"))
    korean = len(found) - rest
    return max(1, round(korean / _WORDS_A_MINUTE["ko"] + rest / _WORDS_A_MINUTE["en"]))
