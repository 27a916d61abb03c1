"""Whether paragraphs of a page belong together: how many of their words they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from yoyak.readers.capture.span import reach_of

AKIN = 0.2
"""Share of a paragraph's words that the article has, when it belongs to it."""
SAMPLE = 6000
"""Characters of a text that are compared."""
_STRAY = 0.15
"""What may share the words of a text below its end, beside the text and beside all that is below."""
_WORDS = re.compile(
    r"(?<![가-힣])[가-힣]{2}|[\u3040-\u30ff\u4e00-\u9fff]+|[^\W\d_\u3040-\u30ff\u4e00-\u9fff가-힣]{5,}|\d{2,}"
)


def have_words_of(below: Sequence[str], above: Sequence[str], share: float = AKIN) -> bool:
    """Tell whether more than a stray paragraph below shares its words with the paragraphs above."""
    known = known_words(above)
    akin = reach_of(text for text in below if is_akin(text, known, share))
    return akin > _STRAY * max(reach_of(above), reach_of(below))


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of some paragraphs."""
    return frozenset(tokens_of("\n".join(texts)[:SAMPLE]))


def tokens_of(text: str) -> list[str]:
    """Return the words of a text; of Korean their beginnings, of Chinese and Japanese pairs of characters."""
    words = _WORDS.findall(text.casefold())
    wide = ["\u3040" <= word[0] <= "\u9fff" for word in words]
    pairs = [a + b for word, is_wide in zip(words, wide, strict=True) if is_wide for a, b in pairwise(word)]
    return [word for word, is_wide in zip(words, wide, strict=True) if not is_wide] + pairs


def is_akin(text: str, known: frozenset[str], share: float = AKIN) -> bool:
    """Tell whether a paragraph shares its words with those that are known."""
    words = tokens_of(text)
    return sum(word in known or word[:-1] in known for word in words) >= max(1, share * len(words))
