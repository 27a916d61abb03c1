"""Captions that stand among the paragraphs of a text: they are no sentences of it, and an excerpt leaves them out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FIGURE = re.compile(r"<(figure|figcaption)\b.*?</\1>", re.DOTALL)
_LINKED = re.compile(r'<a\b[^>]*class="picture-link"[^>]*>.*?</a>', re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b[^>]*>(.*?)</figcaption>", re.DOTALL)
_ALT = re.compile(r'<img\b[^>]*?\balt="([^"]+)"')
_LINKED_TEXT = re.compile(r'<a\b[^>]*class="picture-link"[^>]*>(.*?)(?: \([^()]*\))?</a>', re.DOTALL)

_LONGEST = 120
_CREDIT = 40
"""Characters that may stand behind a caption as its credit."""
_SIGNED = re.compile(
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
    return _SIGNED.search(text) is not None or _SPEAKS_OF_ITSELF.match(text) is not None
