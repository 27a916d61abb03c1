"""The language of a saved page: what it says itself, unless its letters are surely those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from yoyak.readers.found import Candidate, chosen
from yoyak.readers.page_data import PageData, texts
from yoyak.reading import Evidence, Field

_SCRIPTS = {
    "hangul": re.compile("[가-힣]"),
    "kana": re.compile("[ぁ-ゖァ-ヺ]"),
    "han": re.compile("[\u4e00-\u9fff]"),
    "latin": re.compile("[A-Za-zÀ-ɏ]"),
    "cyrillic": re.compile("[а-яёіїєґА-ЯЁІЇЄҐ]"),
    "arabic": re.compile("[\u0620-\u06d3]"),
    "greek": re.compile("[α-ωΑ-Ωά-ώ]"),
    "hebrew": re.compile("[א-ת]"),
    "thai": re.compile("[ก-๙]"),
    "devanagari": re.compile("[\u0904-\u0939]"),
}
_SPOKEN = {
    "hangul": ("ko",), "kana": ("ja",), "han": ("zh", "ja", "yue", "wuu"), "greek": ("el",),
    "hebrew": ("he", "iw", "yi"),
    "thai": ("th",), "cyrillic": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg", "uz", "tt"),
    "arabic": ("ar", "fa", "ur", "ps", "ku", "ckb", "ug", "sd"), "devanagari": ("hi", "mr", "ne", "sa"),
}  # fmt: skip
"""Languages by their script, the likeliest first."""
_SMALL = {
    "en": r"the|and|of|to|in|is|that",
    "de": r"der|die|und|den|nicht|ein|das",
    "fr": r"le|les|des|une|est|dans|et",
    "es": r"el|los|las|que|una|por|del",
    "it": r"il|che|gli|della|una|per|di",
    "pt": r"os|que|uma|não|para|do|da",
    "nl": r"de|het|een|van|niet|en",
    "sv": r"och|att|det|som|är|på",
    "da": r"og|at|det|er|til|ikke|af",
    "pl": r"i|w|na|się|nie|że|jest",
    "tr": r"ve|bir|bu|için|ile|olarak",
    "id": r"yang|dan|di|dengan|untuk|ini",
    "hu": r"a|az|és|hogy|nem|egy",
    "fi": r"ja|on|ei|että|oli|joka",
    "cs": r"a|se|je|že|na|byl",
    "ro": r"și|în|este|care|din|pentru",
}
_UKRAINIAN = re.compile("[іїєґ]")
_SIMPLE = re.compile("[这们为来时会对说国发经东车门见书长话与业两个学实务现动员]")
_TRADITIONAL = re.compile("[這們為來時會對說國發經東車門見書長話與業兩個學實務現動員]")
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
        return chosen(said)
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
    return {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}


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
    script = _script(text)
    language = _SPOKEN[script][0] if script in _SPOKEN else _by_words(text) if script else ""
    if script == "han":
        simple, traditional = len(_SIMPLE.findall(text)), len(_TRADITIONAL.findall(text))
        language = "zh-Hant" if traditional > 3 * simple and traditional >= 3 else "zh"
    if script == "cyrillic" and len(_UKRAINIAN.findall(text.lower())) >= 5:
        language = "uk"
    confidence = 0.93 if script in ("hangul", "kana", "han") and _is_sure(text) else 0.8
    return Candidate(value=language, confidence=confidence, evidence=Evidence(rule="letters")) if language else None


def _by_words(text: str) -> str:
    """Return the language that a text in Latin letters has most small words of."""
    counts = {code: len(re.findall(rf"\b(?:{words})\b", text, re.IGNORECASE)) for code, words in _SMALL.items()}
    first, second = sorted(counts, key=lambda code: -counts[code])[:2]
    return first if counts[first] >= 5 and counts[first] > 1.3 * counts[second] else ""


def _can_be(language: str, text: str) -> bool:
    """Tell whether a text can be of the language that its page declares, as far as scripts tell."""
    script, code = _script(text), language.split("-", maxsplit=1)[0]
    if script in _SPOKEN:
        return code in _SPOKEN[script] and not (script == "han" and code == "ja")
    written = {spoken for script in ("hangul", "kana", "han", "greek", "hebrew", "thai") for spoken in _SPOKEN[script]}
    return code not in written


def _is_sure(text: str) -> bool:
    counts = _counts(text)
    script = _script(text)
    own = counts["kana"] + counts["han"] if script == "kana" else counts.get(script, 0)
    return own >= _SURE and own >= 0.7 * sum(counts.values())
