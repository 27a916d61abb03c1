"""Names that sign in Korean, Chinese and Japanese lines: behind a word such as ``作者``, before an office as 기자."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoyak.readers.people import is_no_person

_HAN = "[一-鿿々]"
_WRITES = "作者|记者|記者|撰文|撰稿|采写|采访|执笔|文字|文"
_CHINESE = re.compile(
    rf"(?:(?:^|[\s　|｜（(【】])(?:本报|[一-鿿]{{2,6}})?(?:{_WRITES})(?:\s?[:：|｜/／]\s?|\s)"
    r"|[（(](?:作者|记者|記者)(?=[一-鿿]))"
    r"(?P<names>[一-鿿]{2,4}(?:[、，,&\s][一-鿿]{2,4}){0,5})(?![一-鿿]{2}[^系为是编图摄])"
)
_TAIWAN = re.compile(
    r"(?:^|[\s　〔［\[（(【])[記记]者\s?(?P<names>[一-鿿]{2,4}(?:[、，\s][一-鿿]{2,4}){0,3})\s?[／/]"
    r"[一-鿿]{2,8}(?:報導|报道|電|电)"
)
"""``記者陳大文／台北報導``"""
_OTHERS = re.compile(r"编辑|責任|责任|责编|编审|校对|摄影|图片|来源|來源|字号|通讯员|实习|报导|報導|报道|系|为|是")
"""Words at which Chinese names end: others helped, or a sentence goes on."""
_JAPANESE = re.compile(
    r"^[（(【＝=]?(?:聞き手|取材・文|文・写真|文|取材|構成|執筆|著者|筆者|ライター|記者|編集委員|論説委員|特派員"
    r"|[一-鿿]{1,4}部)"
    rf"(?:\s?[・：:|｜／/＝=]\s?|\s)(?P<name>{_HAN}{{1,3}}\s?[一-鿿々ぁ-ゖァ-ヺー]{{1,5}})(?:[）)】]|$|[\s／/、](?:写真|撮影))"
)
_OFFICES = (
    "기자|특파원|통신원|논설위원|논설실장|편집위원|에디터|PD|피디|리포터|칼럼니스트|작가|소설가|시인|평론가|교수|변호사"
)
_KOREAN = re.compile(
    rf"^[○●◇■□▲△※/\[(=\s]*(?:(?:정리|글|취재|진행|대담|인터뷰)\s?[=:·]?\s?)?(?P<name>[가-힣]{{2,4}})\s?[(|,]?\s?"
    rf"(?:(?:객원|시민|인턴|수습|선임|전문|대학생|명예)\s?)?(?:{_OFFICES})(?:[)\]]|\([가-힣]{{2,8}}\))*\s?=?$"
)
_PLAIN = re.compile(rf"[가-힣]{{2,4}}\s?(?:{_OFFICES})")
_HAN_NAME = re.compile(f"{_HAN}{{2,4}}")
_SPACED_NAME = re.compile(rf"{_HAN}{{1,3}}\s[一-鿿々ぁ-ゖ]{{1,4}}|{_HAN}{{3,5}}")


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
        signed = _KOREAN.match(cell) or _JAPANESE.match(cell)
        if signed and not is_no_person(signed["name"]):
            yield (signed["name"].strip(),)


def is_spaced_name(text: str) -> bool:
    """Tell whether a text can be a Japanese name: ``田中 一郎``, ``田中一郎``."""
    return _SPACED_NAME.fullmatch(text) is not None


def _han_names(written: str) -> Iterator[str]:
    for word in re.split(r"[、，,&\s]+", written):
        name = _OTHERS.split(word)[0]
        if _HAN_NAME.fullmatch(name) and not is_no_person(name):
            yield name
        if name != word:
            return
