"""Names of charsets that pages declare, under the labels of the WHATWG Encoding standard (§4.2)."""

from __future__ import annotations

import re

from yoyak.text.word_lists import word_lists

_LABELS = {label: codec for codec, labels in word_lists("text/lists/charsets").items() for label in labels}
_WINDOWS = re.compile(r"(?:windows-|cp|x-cp)(125[0-8]|874)")
_ISO = re.compile(r"iso[-_]?8859[-_]?([2-8]|1[03-6]|1|9|11)(?::\d{4})?")
_WIDER = {"1": "cp1252", "9": "cp1254", "11": "cp874"}
"""What the standard reads in the place of an ISO encoding: the same, and more."""


def codec_of(label: str) -> str:
    """Return Python's name for a label of the WHATWG's; empty for an unknown one."""
    if label in _LABELS:
        return _LABELS[label]
    if match := _WINDOWS.fullmatch(label):
        return f"cp{match[1]}"
    match = _ISO.fullmatch(label)
    return _WIDER.get(match[1], f"iso8859-{match[1]}") if match else ""


# --- pages whose label is wrong ----------------------------------------------------------------------------------
# Pages that declare a Western charset and are in none: Cyrillic, Greek, Japanese or Chinese, told by their
# letters.
# Editors and servers wrote ``iso-8859-1`` into pages of every language. Browsers believe it, and show debris.

_LETTER = re.compile("[^\x00-\x7f\u00a0\u00b7\u2013\u2014\u2022]")
"""Every sign beyond ASCII but spaces, bullets and dashes, of which rows are drawn."""
_RUN = re.compile(f"(?:{_LETTER.pattern}){{3,}}")
_LEAST = 12
"""Letters beyond ASCII from which on a text can be judged."""
_IN_RUNS = 0.5
"""Share of these letters that stand side by side; in Western words they are single ones."""
_SAMPLE = 20_000
_KANA = re.compile("[\u3041-\u30fe]")
_HAN = re.compile("[\u4e00-\u9fff]")
_USUAL_HAN = frozenset("的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們年月日会會对對就出也到说說与與及")
_SMALL_LETTERS = (
    ("cp1251", re.compile("[а-яё]"), "оеаинтсрвл", "script.cyrillic"),
    ("koi8-r", re.compile("[а-яё]"), "оеаинтсрвл", "script.cyrillic"),
    ("iso8859-5", re.compile("[а-яё]"), "оеаинтсрвл", "script.cyrillic"),
    ("cp1253", re.compile("[α-ωά-ώ]"), "αοιετσνρηυ", "script.greek"),
)
"""Charsets of alphabets, with the letters that are more than half of any text."""


def is_western(text: str) -> bool:
    """Tell whether a text that was read as Western can be it: its letters beyond ASCII seldom stand side by side."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    return letters < _LEAST or sum(map(len, _RUN.findall(sample))) < _IN_RUNS * letters


def meant(data: bytes) -> tuple[str, str, str]:
    """Return the text that bytes mean, its encoding and what it is; empty when nothing is sure."""
    for codec, name in (
        ("cp932", "script.japanese"),
        ("euc_jp", "script.japanese"),
        ("gb18030", "script.chinese"),
        ("big5hkscs", "script.chinese"),
    ):
        text = _read(data, codec)
        if _is_japanese(text) if name == "script.japanese" else _is_chinese(text):
            return text, codec, name
    found = [(_likeness(text, small, usual), text, codec, name) for codec, small, usual, name in _SMALL_LETTERS
             if (text := _read(data, codec))]  # fmt: skip
    share, text, codec, name = max(found, default=(0.0, "", "", ""))
    return (text, codec, name) if share > 0.5 else ("", "", "")


def _read(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _wide(text: str) -> list[str]:
    return re.findall("[^\x00-\x7f\u00a0-\u00bf\u2010-\u203f\u3000-\u303f\uff00-\uff5e]", text[:_SAMPLE])


def _is_japanese(text: str) -> bool:
    wide, kana = _wide(text), len(_KANA.findall(text[:_SAMPLE]))
    return kana * 4 > len(wide) and (kana + len(_HAN.findall(text[:_SAMPLE]))) > 0.95 * len(wide)


def _is_chinese(text: str) -> bool:
    wide = _wide(text)
    han = [letter for letter in wide if _HAN.match(letter)]
    return len(han) > 0.95 * len(wide) and sum(letter in _USUAL_HAN for letter in han) > 0.1 * len(han)


def _likeness(text: str, small: re.Pattern[str], usual: str) -> float:
    """Return the share of the letters beyond ASCII that are usual small ones, as in running text."""
    wide = _wide(text)
    return sum(letter in usual for letter in wide if small.match(letter)) / len(wide) if wide else 0.0
