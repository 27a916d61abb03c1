"""The tags of a saved page: its keywords, as far as its headline or its text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate, chosen
from yoyak.readers.saved_page.data import PageData, plain, texts

_PLACES = (("article:tag", 0.8), ("news_keywords", 0.7), ("parsely-tags", 0.65))
_MOST = 10
_LONGEST = 30


def page_tags(data: PageData, words: str, names: Sequence[str]) -> Field | None:
    """Return the tags that stand in `words`, the headline and the text, but none of `names`: outlets and sections."""
    said = _folded(words)
    without = {_folded(name) for name in names}
    candidates = []
    for written, confidence, selector in _written(data):
        tags = dict.fromkeys(tag for text in written for part in re.split(r"[,;|]", text) if (tag := plain(part)))
        known = [tag for tag in tags if len(tag) <= _LONGEST and _folded(tag) in said and _folded(tag) not in without]
        evidence = Evidence(rule="keywords", selector=selector)
        candidates.append(Candidate(value=tuple(known[:_MOST]), confidence=confidence, evidence=evidence))
    return chosen(candidates)


def _written(data: PageData) -> Iterator[tuple[Sequence[str], float, str]]:
    for name, confidence in _PLACES:
        yield data.meta.get(name, ()), confidence, f'meta[property="{name}"]'
    yield texts(data.article.get("keywords"), data), 0.75, "keywords"


def _folded(text: str) -> str:
    return re.sub(r"[\s#·-]+", "", normalize("NFC", text).casefold())
