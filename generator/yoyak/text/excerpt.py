"""Words of a body: its paragraphs, its first sentences, the time that it takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from itertools import islice
from unicodedata import category

from yoyak.text.columns import columns, wrapped
from yoyak.text.sentences import END, has_end, sentence_ends

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_EMPTY_LINE = re.compile(r"<br>\s*(?:<br>\s*)+")
_TAG = re.compile(r"<[^>]*>")
_FOOTNOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<section [^>]*class="footnote".*', re.DOTALL)

_NOT_KOREAN = re.compile(r"\s[^\s가-힣]+(?!\S)")
"""A word without Hangul; there are few of them, so that they are found faster than the others."""
_ENDED, _UNENDED = 400, 160
"""Columns of the longest sentence that is shown whole: one with a stop, and one without."""
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
    return tuple(filter(None, map(_inline_text, _pieces(html))))


def quotable(html: str) -> tuple[str, ...]:
    """Return the paragraphs that an excerpt or a summary may be made of, without captions and copies.

    A paragraph whose lines have no stop is as many as it has lines.
    """
    found = paragraphs(html)
    if "<br>" in html:
        found = tuple(filter(None, (_inline_text(line) for piece in _pieces(html) for line in _lines(piece))))
    return without_captions(found, map(_inline_text, picture_texts(html)))


def _pieces(html: str) -> list[str]:
    return _PARAGRAPH.findall(without_pictures(_without_footnotes(html)))


def _lines(html: str) -> Iterator[str]:
    for part in _EMPTY_LINE.split(html):
        yield from (part,) if END.search(part) else part.split("<br>")


def _inline_text(html: str) -> str:
    return _one_line(_TAG.sub("", html.replace("<br>", " ")) if "<" in html else html)


def _one_line(text: str) -> str:
    return " ".join((unescape(text) if "&" in text else text).split())


def _without_footnotes(html: str) -> str:
    return _FOOTNOTE.sub("", html) if "footnote" in html else html


def first_sentences(texts: Sequence[str], count: int, limit: int = 600) -> str:
    """Return the first `count` sentences of some paragraphs, at most `limit` characters, cut with ``…``.

    A sentence whose end is not found is cut by its length: an excerpt is never the whole of a text without stops.
    """
    shown, left, whole = "", count, True
    for text in texts:
        ends = list(islice(sentence_ends(text), left))
        piece, cut = _bounded(text, ends)
        shown, left = _joined(shown, piece), left - len(ends)
        whole = whole and len(piece) == len(text)
        if cut or left <= 0:
            break
    return shorten(shown, _half(shown) if whole and not END.search(shown) else limit)


def _bounded(text: str, ends: Sequence[int]) -> tuple[str, bool]:
    """Return a text up to the last of some ends, or up to where a sentence is longer than sentences are."""
    start = 0
    for end in ends:
        sentence = text[start:end].strip()
        if len(sentence) * 2 > _UNENDED and columns(sentence) > (allowed := _ENDED if has_end(sentence) else _UNENDED):
            return text[:start].lstrip() + shorten(text[start:end].lstrip(), _characters(sentence, allowed)), True
        start = end
    return text[:start].strip(), False


def _half(text: str) -> int:
    """Return how many characters of a whole text may be shown in which no end of a sentence was found."""
    wide = columns(text)
    return len(text) if wide <= _UNENDED // 2 else _characters(text, wide // 2)


def _characters(text: str, width: int) -> int:
    """Return how many characters fit into so many columns, at least two."""
    return max(2, len(next(wrapped(text.replace(" ", "\N{NO-BREAK SPACE}"), width))))


def _joined(before: str, after: str) -> str:
    """Return two paragraphs on one line; no space stands behind a stop of Chinese or Japanese."""
    return before + ("" if not before or before[-1] in "。！？」』）…" else " ") + after


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its beginning up to a word's end and ``…`` when it is longer than `limit` characters.

    A letter is not parted from its marks.
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and (category(text[end]) in ("Mn", "Mc", "Me", "Cf") or text[end - 1] == "\u200d"):
        end -= 1
    cut = text[:end]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,.·、，") + "…"


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


# --- captions among the paragraphs: they are no sentences of it, and are left out --------------------------------


_FIGURE = re.compile(r"<(figure|figcaption)\b.*?</\1>", re.DOTALL)
_LINKED = re.compile(r'<a\b[^>]*class="picture-link"[^>]*>.*?</a>', re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b[^>]*>(.*?)</figcaption>", re.DOTALL)
_ALT = re.compile(r'<img\b[^>]*?\balt="([^"]+)"')
_LINKED_TEXT = re.compile(r'<a\b[^>]*class="picture-link"[^>]*>(.*?)(?: \([^()]*\))?</a>', re.DOTALL)

_LONGEST = 120
_CREDIT = 40
"""Characters that may stand behind a caption as its credit."""
_SIGNED = (
    r"(?:(?<=[.\s])[가-힣]{2,4}\s?(?:사진)?기자"
    r"|[(\[<〈]?\s*(?:사진|자료|그래픽|이미지)?\s?(?:제공|출처)\s?[=:/].{1,30}|(?:사진|그래픽|자료사진)\s?[=:/].{1,30}"
    r"|[/=]\s?[가-힣A-Za-z ]{2,20}(?:제공|뉴스|일보|통신|신문)|[가-힣A-Za-z]{2,20}\s?제공|[ⓒ©].{1,30}|자료사진"
    r"|(?:写真|撮影|提供)\s?[=＝:：/].{1,30}"
    r"|(?:Photo(?:graph)?|Image|Picture|Credit)s?\s?(?::|by\b|/).{1,40}|/\s?(?:AP|AFP|Reuters|EPA|Getty)[\w /]*"
    r")[.)\]>〉]*$"
)
_SPEAKS_OF_ITSELF = re.compile(r"^\s*[(\[<〈▲△▶]*\s*(?:사진|캡션|Photo|Caption|写真)\b\s?[:=/＝：]")


def without_pictures(html: str) -> str:
    """Return clean HTML without its figures, and without what stands for pictures on other hosts."""
    if "<fig" in html:
        html = _FIGURE.sub("", html)
    return _LINKED.sub("", html) if "picture-link" in html else html


def picture_texts(html: str) -> tuple[str, ...]:
    """Return the captions and alternative texts of clean HTML, as it writes them."""
    if "<img" not in html and "<fig" not in html and "picture-link" not in html:
        return ()
    return tuple(text for pattern in (_CAPTION, _ALT, _LINKED_TEXT) for text in pattern.findall(html))


def without_captions(texts: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the paragraphs that are no caption: not one of the `known`, no copy of another, and not signed like one.

    When nothing else is there they stay: a short piece of news may end with a name, too.
    """
    every, known = tuple(dict.fromkeys(texts)), tuple(known)
    kept = tuple(text for text in every if not _is_known(text, known))
    unsigned = tuple(text for text in kept if not _is_signed(text))
    return unsigned or kept


def _is_known(text: str, known: tuple[str, ...]) -> bool:
    return any(
        text == caption or (len(caption) > 7 and text.startswith(caption) and len(text) - len(caption) <= _CREDIT)
        for caption in known
    )


def _is_signed(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    return re.search(_SIGNED, text) is not None or _SPEAKS_OF_ITSELF.match(text) is not None
