"""The language of a saved page: declared, of its letters, and declared though the letters are others."""

from __future__ import annotations

import pytest

from readers.worlds import PARAGRAPHS, around
from yoyak.readers.saved_page.read import read_saved_page

KOREAN = " ".join(PARAGRAPHS)
CHINESE = "港口的十二艘渡轮从明年起改用电力，码头上的灯整个冬天都会亮着。镇议会在星期二讨论之后作出这个决定。"
TRADITIONAL = "港口的十二艘渡輪從明年起改用電力，碼頭上的燈整個冬天都會亮著。鎮議會說，這個決定將對東岸開放。"
JAPANESE = "港の渡し船十二隻は来年から電気で動くようになり、桟橋の灯りは冬のあいだ消さないことが決まった。"
ENGLISH = "The council of the harbour has decided that the lamps of the pier stay on, and that the kiosk gets a bench."
GERMAN = (
    "Der Rat des Hafens hat entschieden, dass die Lampen nicht ausgehen und der Kiosk ein neues Dach und das Licht hat."
)


def language_of(text: str, lang: str = "") -> str | None:
    said = f" lang='{lang}'" if lang else ""
    html = f"<!DOCTYPE html><html{said}><head><title>x</title></head><body>{f'<p>{text}</p>' * 4}</body></html>"
    field = read_saved_page(html, around("content/2024/page.html")).fields.get("lang")
    return str(field.value) if field else None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (KOREAN, "ko"), (CHINESE, "zh"), (TRADITIONAL, "zh-Hant"), (JAPANESE, "ja"), (ENGLISH, "en"), (GERMAN, "de"),
        ("Двенадцать паромов гавани со следующего года пойдут на электричестве.", "ru"),
        ("На набережной всю зиму горят фонари.", "ru"),
    ],
)  # fmt: skip
def test_letters_tell_the_language_of_a_page_that_declares_none(text: str, lang: str) -> None:
    assert language_of(text) == lang


def test_a_language_that_the_letters_cannot_be_is_not_believed() -> None:
    assert language_of(CHINESE * 4, "en") == "zh"
    assert language_of(KOREAN * 2, "en-US") == "ko"
    assert language_of(ENGLISH, "ko") == "ko"


@pytest.mark.parametrize("lang", ["zh-TW", "yue", "zh-Hans-CN"])
def test_a_declared_language_that_fits_its_letters_stays(lang: str) -> None:
    assert language_of(CHINESE * 4, lang) == lang


def test_the_code_of_a_language_is_in_lower_case() -> None:
    assert language_of(ENGLISH, "EN-US") == "en-US"


SPANISH = (
    "El consejo del puerto decidió que las luces del muelle sigan encendidas por la noche, y que el quiosco reciba un "
    "banco para los que esperan el barco con la familia en invierno. "
)


@pytest.mark.parametrize(("text", "lang"), [(SPANISH * 4, "es"), (GERMAN * 6, "de"), (ENGLISH * 6, "en")])
@pytest.mark.parametrize("declared", ["fr", "it-IT", "tr"])
def test_a_language_of_which_a_long_text_has_no_small_words_is_not_believed(
    text: str, lang: str, declared: str
) -> None:
    assert language_of(text, declared) == lang


@pytest.mark.parametrize("declared", ["ca", "gl", "eo", "en-GB"])
def test_a_declared_language_stays_where_words_do_not_speak_against_it(declared: str) -> None:
    text = SPANISH[:70] if declared == "en-GB" else SPANISH * 4
    assert language_of(text, declared) == declared
