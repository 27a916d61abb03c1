"""The elements, attributes and namespaces that plain drawings use (SVG 2, SVG 1.1, Filter Effects)."""

from __future__ import annotations

import re

from yoyak.text.word_lists import word_lists

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_LISTS = {name: frozenset(words) for name, words in word_lists("text/lists/svg").items()}
DRAWING = _LISTS["elements"]
_TEXTS = _LISTS["texts"]
"""Attributes whose value is a name, a number or a text for people: no browser takes it for a style or an address."""
_DRAWN = _LISTS["drawn"]
_PLAIN = re.compile(r"[\w\s.,;%+*#()-]*")
"""A value in which no address can be."""

LINK = re.compile(r"\s*(?:$|#|https?://|mailto:)", re.IGNORECASE)
LOCAL = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp);base64,)", re.IGNORECASE)
_OF_LIVING = re.compile(r"https?://(?:www\.)?(?:w3\.org|mozilla\.org)/|urn:mozilla|javascript|http://icl\.com/saxon")
_RDF = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#")


def is_living(space: str) -> bool:
    """Tell whether browsers may know a namespace other than that of SVG. Those of editors they do not."""
    return bool(_OF_LIVING.match(space)) and space not in _RDF


def is_text(attribute: str) -> bool:
    """Tell whether an attribute without a namespace has a value that is only read by people and selectors."""
    return attribute in _TEXTS or attribute.startswith(("data-", "aria-"))


def is_drawn(attribute: str) -> bool:
    """Tell whether an attribute draws: its value is a style or part of one."""
    return attribute in _DRAWN


def is_plain(value: str) -> bool:
    """Tell whether the value of an attribute that is not known surely does nothing."""
    return _PLAIN.fullmatch(value) is not None and "url" not in value.lower()
