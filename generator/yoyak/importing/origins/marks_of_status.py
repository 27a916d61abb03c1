"""Marks that a blog's page shows to its owner: who else may see a post. What looks like one holds back."""

from __future__ import annotations

import re

from bs4.element import Tag

_MARK = re.compile(
    r"(?:이 글은 )?(?:전체 ?공개|공개|비공개|이웃 ?공개|서로 ?이웃 ?공개|서로 ?이웃|이웃만|나만 ?보기|보호"
    r"|보호된|임시 ?저장|예약|예약 ?발행|초안|삭제됨|휴지통|멤버십|구독자 ?전용"
    r"|private|protected|draft|public|secret|scheduled|password|members only)"
    r"(?: ?글| ?포스트)?(?:입니다)?\.?",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"^(?:ico_?|icon_?|is-|status-|visibility-)?(?:lock|secret|private|protected|draft|scheduled)$", re.IGNORECASE
)
_KEY = re.compile(r"(?:공개 ?(?:여부|설정|범위)|상태|status|visibility)\s*[:：]\s*([^\s|<]{1,20})", re.IGNORECASE)
_LONGEST = 40


def status_marks(page: Tag, body: Tag | None) -> tuple[str, ...]:
    """Return the marks outside of a post's text, each once; a choice of a form is none."""
    found: list[str] = []
    for tag in page.find_all(True):
        if tag.name in ("option", "script", "style", "title") or _is_inside(tag, body):
            continue
        for meta in (
            str(tag.get(name, "")) for name in ("alt", "title", "aria-label", "data-visibility", "data-status")
        ):
            found += [meta.strip()] if _MARK.fullmatch(meta.strip()) else []
        if tag.name == "meta" and re.search("visib|status", str(tag.get("name", ""))):
            found.append(str(tag.get("content", "")).strip())
        found += [name for name in tag.get("class") or () if _CLASS.match(name)]
        words = " ".join("".join(tag.find_all(string=True, recursive=False)).split()).strip("[]() ")
        if words and len(words) <= _LONGEST:
            key = _KEY.search(words)
            found += [key[1]] if key else [words] if _MARK.fullmatch(words) else []
    return tuple(dict.fromkeys(mark.removesuffix(".") for mark in found if mark))


def _is_inside(tag: Tag, body: Tag | None) -> bool:
    return body is not None and (tag is body or any(above is body for above in tag.parents) or tag.name == "select")
