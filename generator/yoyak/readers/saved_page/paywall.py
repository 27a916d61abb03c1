"""Whether a saved page says that its text is for paying readers."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate, chosen
from yoyak.readers.saved_page.data import PageData
from yoyak.readers.saved_page.tree import text_of_nodes

_TIERS = ("locked", "metered", "premium", "paid", "subscriber", "subscribers", "subscription")
_PLACES = ('[class*="paywall"]', '[class*="regwall"]', '[class*="subscriber-only"]')
_LEAST = 20


def paywall(data: PageData) -> Field | None:
    """Return true, with its evidence, when the page marks its text as not free; nothing when it does not say."""
    return chosen(_marks(data))


def _marks(data: PageData) -> Iterator[Candidate]:
    if str(data.article.get("isAccessibleForFree")).lower() == "false":
        yield _mark("json-ld", "isAccessibleForFree", 0.95)
    for name in ("article:content_tier", "og:article:content_tier", "content_tier", "cxenseparse:paywall"):
        if any(value.lower() in (*_TIERS, "true") for value in data.meta.get(name, ())):
            yield _mark("meta", f'meta[property="{name}"]', 0.9)
    for selector in _PLACES if not data.article.get("isAccessibleForFree") else ():
        if any(len(text_of_nodes(node.children)) >= _LEAST for node in data.index.find(selector, limit=3)):
            yield _mark("markup", selector, 0.6)


def _mark(rule: str, selector: str, confidence: float) -> Candidate:
    return Candidate(value=True, confidence=confidence, evidence=Evidence(rule=rule, selector=selector))
