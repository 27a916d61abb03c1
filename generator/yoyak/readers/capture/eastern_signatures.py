"""Names that sign in Korean, Chinese and Japanese lines: behind a word such as ``作者``, before an office as 기자."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoyak.readers.people import is_no_person
from yoyak.readers.word_lists import alternatives, by_group

_HAN = "[一-鿿々]"
_WRITES = by_group("writes", "people")
_CHINESE = re.compile(
    rf"(?:(?:^|[\s　|｜（(【】■●：:])(?:本报|[一-鿿]{{2,6}})?(?:{_WRITES['zh']})(?:\s?[:：|｜/／]\s?|\s)"
    r"|[（(](?:[一-鿿]{0,6}(?:记者|記者)\s?|作者)(?=[一-鿿]))"
    r"(?P<names>[一-鿿]{2,4}(?:[、，,&\s][一-鿿]{2,4}){0,5})(?![一-鿿]{2}[^系为是编图摄])"
)
_TAIWAN = re.compile(
    r"(?:^|[\s　〔［\[（(【])[記记]者\s?(?P<names>[一-鿿]{2,4}(?:[、，\s][一-鿿]{2,4}){0,3})\s?[／/]"
    r"[一-鿿]{2,8}(?:報導|报道|报导|電|电)"
)
_OTHERS = re.compile(alternatives("chinese-names-end", "people"))
"""Words at which Chinese names end: others helped, or a sentence goes on."""
_JAPANESE = re.compile(
    rf"^[（(【＝=]?(?:{_WRITES['ja']}|[一-鿿]{{1,4}}部)"
    rf"(?:\s?[・：:|｜／/＝=]\s?|\s)(?P<name>{_HAN}{{1,3}}\s?[一-鿿々ぁ-ゖァ-ヺー]{{1,5}})(?:[）)】]|$|[\s／/、](?:写真|撮影))"
)
_OFFICES = alternatives("signing-offices", "people")
_KOREAN = re.compile(
    rf"^[○●◇■□▲△※/\[(=\s]*(?:(?:{_WRITES['ko']})\s?[=:·]?\s?)?(?P<name>[가-힣]{{2,4}})\s?[(|,]?\s?"
    rf"(?:(?:{alternatives('signing-ranks', 'people')})\s?)?(?:{_OFFICES})(?:[)\]]|\([가-힣]{{2,8}}\))*\s?=?$"
)
_OFFICE_FIRST = re.compile(
    rf"(?:[가-힣]{{2,12}}\s){{0,2}}[가-힣]{{0,6}}(?:{_OFFICES})\s(?P<name>[가-힣]{{2}}[^\W팀실회단자제난]?)"
)
_PLAIN = re.compile(rf"[가-힣]{{2,4}}\s?(?:{_OFFICES})")
_HAN_NAME = re.compile(f"{_HAN}{{2,4}}")


def eastern_signatures(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the names that a line signs with.

    >>> next(eastern_signatures("来源：嘉安日报 记者：陆晚晴 编辑：周小雨"))
    ('陆晚晴',)
    """
    if (taiwan := _TAIWAN.search(text)) and (names := tuple(_han_names(taiwan["names"]))):
        yield names
        return
    for found in _CHINESE.finditer(text):
        if names := tuple(_han_names(found["names"])):
            yield names
    if _PLAIN.fullmatch(text):
        return  # a rule of the captures' own knows it, which a site may take out
    for cell in re.split(r"\s*[|·•\t]\s*|\s{2,}", text):
        signed = _KOREAN.match(cell) or _OFFICE_FIRST.fullmatch(cell) or _JAPANESE.match(cell)
        if signed and not is_no_person(signed["name"]):
            yield (signed["name"].strip(),)


def _han_names(written: str) -> Iterator[str]:
    for word in re.split(r"(?:[、，,&\s]|通讯员)+", written):
        name = _OTHERS.split(word)[0]
        if _HAN_NAME.fullmatch(name) and not is_no_person(name):
            yield name
        if name != word:
            return
