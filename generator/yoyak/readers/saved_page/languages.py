"""The language of a saved page: what it says itself, unless its letters are surely those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import structs

from yoyak.model.sources import Evidence, Field
from yoyak.readers.around import Candidate, chosen
from yoyak.readers.letters import another_language, language_of, letters_in
from yoyak.readers.saved_page.data import PageData, texts
from yoyak.readers.word_lists import groups

_SPOKEN = groups("spoken-by-script", "words")
"""Languages by their script, the likeliest first."""
_SAMPLE = 4000
"""Characters that tell a language."""
_SURE = 400
"""Letters of another script that a page must have, and nearly nothing else, before its own word is not believed."""


def page_language(data: PageData, lines: Sequence[str]) -> Field | None:
    """Return the language that a page declares; of its letters where it declares none, or one that they cannot be."""
    text = _sample(lines)
    said = list(_declared(data))
    letters = _of_letters(text)
    if letters is None:
        return chosen(said)
    if any(_can_be(str(one.value), text) for one in said[:1]):
        other = another_language(text, str(said[0].value).partition("-")[0]) if _script(text) == "latin" else ""
        return chosen([structs.replace(letters, value=other, confidence=0.93), *said] if other else said)
    return chosen(
        [letters, *(c for c in said if c.confidence < letters.confidence)] if _is_sure(text) else [*said, letters]
    )


def _declared(data: PageData) -> Iterator[Candidate]:
    written = [(root.get("lang") or root.get("xml:lang"), 0.9, "html[lang]") for root in data.index.find("html")]
    written += [(text, 0.85, "inLanguage") for text in texts(data.article.get("inLanguage"), data)]
    written += [(text, 0.8, "og:locale") for text in data.meta.get("og:locale", ())]
    written += [(text, 0.75, "content-language") for text in data.meta.get("content-language", ())]
    for text, confidence, selector in written:
        language = text.replace("_", "-").strip()
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
            first, *rest = language.split("-")
            evidence = Evidence(rule="language", selector=selector)
            yield Candidate(value="-".join([first.lower(), *rest]), confidence=confidence, evidence=evidence)


def _sample(lines: Sequence[str]) -> str:
    """Return the longest lines: menus are often of another language than the text."""
    found, size = [], 0
    for line in sorted(lines, key=len, reverse=True)[:40]:
        found.append(line[:800])
        size += len(found[-1])
        if size >= _SAMPLE:
            break
    return " ".join(found)[:_SAMPLE]


@lru_cache(2)
def _counts(text: str) -> Mapping[str, int]:
    return letters_in(text)


@lru_cache(2)
def _script(text: str) -> str:
    """Return the script of a text. Kana among Chinese characters are Japanese; Latin letters say thrice as little."""
    counts = dict(_counts(text))
    if counts["kana"] >= 10 and counts["kana"] * 12 >= counts["han"] and counts["hangul"] < counts["kana"]:
        return "kana"
    counts["latin"] //= 3
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 10 else ""


def _of_letters(text: str) -> Candidate | None:
    language = language_of(text)
    confidence = 0.93 if _script(text) in ("hangul", "kana", "han") and _is_sure(text) else 0.8
    return Candidate(value=language, confidence=confidence, evidence=Evidence(rule="letters")) if language else None


def _can_be(language: str, text: str) -> bool:
    """Tell whether a text can be of the language that its page declares, as far as scripts tell."""
    script, code = _script(text), language.split("-", maxsplit=1)[0]
    if script in _SPOKEN:
        return code in _SPOKEN[script] and not (script == "han" and code == "ja")
    written = {spoken for script in ("hangul", "kana", "han", "el", "he", "th") for spoken in _SPOKEN[script]}
    return code not in written


def _is_sure(text: str) -> bool:
    counts = _counts(text)
    script = _script(text)
    own = counts["kana"] + counts["han"] if script == "kana" else counts.get(script, 0)
    return own >= _SURE and own >= 0.7 * sum(counts.values())
