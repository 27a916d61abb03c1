"""Korean: the order and the headings of lists of terms, and the particle (josa) behind a word, in texts too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from unicodedata import category, normalize

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_FINALS = 28
_SYLLABLES_PER_INITIAL = 21 * _FINALS
_FINAL_RIEUL = 8
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"

# --- lists -------------------------------------------------------------------------------------


def heading_of(text: str) -> str:
    """Return the heading that a term stands under: its initial consonant (ㄲ under ㄱ), a Latin letter, or ``#``.

    >>> [heading_of(term) for term in ("까치", "소버린 AI", "École", "5G")]
    ['ㄱ', 'ㅅ', 'E', '#']
    """
    letter = _first_letter(text)
    if _is_syllable(letter):
        return _INITIALS[(ord(letter) - _FIRST_SYLLABLE) // _SYLLABLES_PER_INITIAL].translate(_PLAIN)
    if letter in _INITIALS and letter:
        return letter.translate(_PLAIN)
    latin = normalize("NFKD", letter)[:1].upper()
    return latin if "A" <= latin <= "Z" else "#"


def collation_key(text: str) -> tuple[int, str, str, str]:
    """Return a key that sorts terms as a Korean index does: Hangul, then Latin letters, then the rest.

    Case, spaces and accents do not count; the text itself decides between equals, so that the order is total.
    Terms with one heading stand together. Hangul syllables are in dictionary order in Unicode (KS X 1026).
    """
    heading = heading_of(text)
    rank = 0 if heading in _INITIALS else 2 if heading == "#" else 1
    folded = "".join(c for c in normalize("NFKD", text.casefold()) if category(c) not in ("Mn", "Zs"))
    return rank, heading, normalize("NFC", folded), text


def _first_letter(text: str) -> str:
    """Return the first letter or digit; quotes and brackets before it do not count."""
    return next((c for c in normalize("NFC", text) if category(c)[0] in "LN"), "")


def _is_syllable(letter: str) -> bool:
    return bool(letter) and _FIRST_SYLLABLE <= ord(letter) <= _LAST_SYLLABLE


# --- particles ---------------------------------------------------------------------------------

_PAIRS = {
    ("을", "를"),
    ("은", "는"),
    ("이", "가"),
    ("과", "와"),
    ("으로", "로"),
    ("아", "야"),
    ("이나", "나"),
    ("이랑", "랑"),
    ("이라", "라"),
}
"""The form after a consonant, the form after a vowel."""

# How the last sound is read: "" a vowel, "ㄹ" a final rieul, "-" another consonant.
_DIGITS = dict(zip("0123456789", ("-", "ㄹ", "", "-", "", "", "-", "ㄹ", "ㄹ", ""), strict=True))
_LETTERS = {"l": "ㄹ", "m": "-", "n": "-", "r": "ㄹ"}
_SIGNS = {"%": "", "％": "", "℃": "", "+": "", "㎡": "", "㎞": "", "㎏": ""}
_GLOSS = re.compile(r"(?<=\S)\s*[(（\[［][^()（）\[\]［］]*[)）\]］]$")
_LATIN_WORD = re.compile(r"[A-Za-z]+$")
_SPELLED_OUT = 4
"""An all-capital word up to this length is read letter by letter: AI, LLM; a longer one as a word: NAVER."""


def with_particle(word: str, pair: str) -> str:
    """Return `word` with the form of a particle that fits its last sound, e.g. ``소버린 AI`` and ``을/를``.

    Digits and Latin letters count as Korean reads them; a gloss in brackets and closing quotes do not count. Where
    the reading is not known, both forms are given: ``漢字을(를)``.
    """
    after_consonant, after_vowel = _forms(pair)
    final = last_sound(word)
    if final is None:
        return f"{word}{after_consonant}({after_vowel})"
    vowel_form = final == "" or (final == "ㄹ" and after_vowel == "로")
    return word + (after_vowel if vowel_form else after_consonant)


def last_sound(word: str) -> str | None:
    """Return how a word ends when read in Korean: ``""`` a vowel, ``"ㄹ"``, ``"-"`` another consonant, None unknown."""
    text = _spoken(word)
    letter = text[-1:]
    if _is_syllable(letter):
        final = (ord(letter) - _FIRST_SYLLABLE) % _FINALS
        return "" if not final else "ㄹ" if final == _FINAL_RIEUL else "-"
    if latin := _LATIN_WORD.search(text):
        return _latin_sound(latin.group())
    if letter in _INITIALS + _VOWELS and letter:
        return "" if letter in _VOWELS else "ㄹ" if letter == "ㄹ" else "-"
    return _DIGITS.get(letter, _SIGNS.get(letter))


def _forms(pair: str) -> tuple[str, str]:
    first, _, second = pair.partition("/")
    if (first, second) in _PAIRS:
        return first, second
    if (second, first) in _PAIRS:
        return second, first
    raise ValueError(f'"{pair}" is not a pair of particles; known are {", ".join(sorted("/".join(p) for p in _PAIRS))}')


def _spoken(word: str) -> str:
    """Return `word` without what is not read at its end: a gloss in brackets, closing quotes, stops."""
    text = normalize("NFC", word).rstrip()
    text = _GLOSS.sub("", text)
    while text and category(text[-1])[0] in "PZS" and text[-1] not in _SIGNS:
        text = text[:-1]
    return text


def _latin_sound(word: str) -> str:
    """Return the last sound of a Latin word: letter by letter for AI or X, else by its spelling, as a rule of thumb."""
    if len(word) == 1 or (word.isupper() and len(word) <= _SPELLED_OUT):
        return _LETTERS.get(word[-1].lower(), "")
    lower = word.lower()
    if re.search(r"(l|le|ll)$", lower):
        return "ㄹ"
    # Chrome 크롬, iPhone 아이폰; Slack 슬랙, bot 봇, chip 칩; but Microsoft 소프트, Spark 스파크 end in a vowel.
    return "-" if re.search(r"(m|n|ng|[aeiou][mn]e|[aeiou](p|t|k|ck))$", lower) else ""


# --- words without their particles ---------------------------------------------------------------

_AFTER_CONSONANT = (
    "은 이 을 과 으로 으로는 으로도 으로서 으로써 으로의 과의 과는 이라는 이라고 이란 이나 이며 이다".split()
)
_AFTER_VOWEL = "는 가 를 와 와의 와는 라는 라고".split()
_AFTER_VOWEL_OR_RIEUL = "로 로는 로도 로서 로써 로의".split()
_AFTER_ANY = (
    "의 에 에서 에서는 에서도 에서의 에는 에도 에만 에게 에게서 에게는 엔 도 만 까지 부터 보다 처럼 마다 조차"
    " 들 들은 들이 들을 들의 들에게 들도"
).split()
_PARTICLES = (
    dict.fromkeys(_AFTER_CONSONANT, ("-", "ㄹ"))
    | dict.fromkeys(_AFTER_VOWEL, ("",))
    | dict.fromkeys(_AFTER_VOWEL_OR_RIEUL, ("", "ㄹ"))
    | dict.fromkeys(_AFTER_ANY, ("", "ㄹ", "-"))
)
_LONGEST = max(map(len, _PARTICLES))
_SHORTEST_STEM = 2
"""Characters. 회의 is no 회 with a particle."""


def without_particle(word: str) -> Iterator[tuple[str, str]]:
    """Yield each way to read a word as a stem and a particle that fits its last sound, the longest stem first.

    That the sounds fit proves nothing: 고양이 is a cat, and no city of Goyang with a particle.

    >>> list(without_particle("정부는")), list(without_particle("회의"))
    ([('정부', '는')], [])
    """
    for length in range(1, min(_LONGEST, len(word) - _SHORTEST_STEM) + 1):
        stem, particle = word[:-length], word[-length:]
        sounds = _PARTICLES.get(particle)
        if sounds and (not _is_syllable(stem[-1]) or last_sound(stem) in sounds):
            yield stem, particle


# --- values put into a text with named places, in Korean with the particle that fits -----------------------------


def filled(text: str, values: Mapping[str, object]) -> str:
    """Put values into a text: ``{title}`` as it is, ``{title:을/를}`` with the particle that fits it.

    ``{:을/를}`` is the particle alone, for what stands before it; ``{month:0}`` is a number without zeros before it.

    Raises:
        KeyError: a value is not given.

    >>> filled("{title:을/를} 옮겼습니다.", {"title": "첫 글"})
    '첫 글을 옮겼습니다.'
    >>> filled('"{title}"{:을/를} 옮겼습니다.', {"title": "첫 글"})
    '"첫 글"을 옮겼습니다.'
    >>> filled("{month:0}월", {"month": "02"})
    '2월'
    """
    found = ""
    for before, name, particle in _pieces(text):
        found += before
        if name == "":
            found = with_particle(found, particle)
        elif name is not None:
            value = str(values[name]).lstrip("0" if particle == "0" else "")
            found += with_particle(value, particle) if particle.strip("0") else value
    return found


def places(text: str) -> frozenset[str]:
    """Return the names of the values that a text wants."""
    return frozenset(name for _, name, _ in _pieces(text) if name)


@cache
def _pieces(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return a text as pieces: words, then the name of a value and its particle. A large site fills few texts often."""
    return tuple((before, name, particle or "") for before, name, particle, _ in Formatter().parse(text))
