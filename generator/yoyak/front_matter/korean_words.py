"""Keys and values as Korean writers call them: only hints use them, nothing is read by these names."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

_WORDS = """
title: 제목 기사제목 글제목; subtitle: 부제 부제목; date: 날짜 일자 작성일 작성일시 발행일 게시일
updated: 수정일 수정일시 고친날; themes: 주제 테마 분야; tags: 태그 키워드
authors: 글쓴이 작성자 필자 저자 기자 이름; summary: 요약; source: 출처 매체 언론사
source_url: 원문 원문주소 링크 원문링크; base_url: 주소 사이트주소; image: 사진 그림 이미지 대표사진 대표이미지
caption: 설명 사진설명; lang: 언어; language: 언어; rights: 권리 저작권; status: 상태 발행상태 공개상태
publish_at: 예약 발행예약 예약발행 공개일시; embargo_until: 엠바고; expires_at: 만료 만료일 공개종료
edition: 호; corrections: 정정 바로잡음 바로잡습니다; note: 내용; name: 이름; email: 메일 이메일
credit: 출처 제공; slug: 슬러그; label: 꼭지; timezone: 시간대; description: 설명 소개; navigation: 메뉴
deploy: 배포 target targets deployment deployments deploys publish publishing
draft: 초안 비공개 임시저장 작성중; review: 검토 검토중; unlisted: 목록제외; full: 전문; excerpt: 발췌 일부
link: 링크; daily: 매일 일간; weekly: 매주 주간; monthly: 매월 월간; none: 없음; ko: 한국어 한글; en: 영어
"""
_MEANT = frozenset(
    (word, name.strip())
    for name, _, words in (part.partition(":") for part in _WORDS.replace("\n", ";").split(";"))
    for word in words.split()
)


def meant_by(word: str, known: Iterable[str]) -> str:
    """Return the one of the `known` names that a word stands for; empty when it stands for none of them.

    >>> meant_by("발행 예약", ["date", "publish_at"])
    'publish_at'
    """
    plain = normalize("NFC", "".join(word.split()).lower())
    return next((name for name in known if (plain, name) in _MEANT), "")
