"""The invented digest that every generator builds: the same articles in each one's dialect of front matter.

An article's words follow from its number alone, so that every machine builds the same site. Chance is drawn by `_pick`,
because only ``Random.random`` is promised to give the same numbers in every version of Python.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")

DAYS = 730
NEWEST = datetime(2024, 6, 30, 20, tzinfo=timezone(timedelta(hours=9)))
THEMES = (
    "harbours rails roads power water forests farms fisheries schools clinics libraries theatres courts budgets "
    "housing weather mines markets satellites languages"
).split()
SOURCES = [f"{place}{kind}" for place in ("갈매", "너울", "두레", "마루", "보람") for kind in ("일보", "신문", "저널")]
AUTHORS = "강보리 남우솔 도이랑 문새론 배다솜 서노을 유하람 진가온".split()
NOUNS = (
    "항구 철도 발전소 저수지 숲길 논밭 어시장 초등학교 보건소 도서관 극장 법원 예산안 임대주택 관측소 광산 장터 "
    "위성 사전 다리 등대 정류장 양식장 온실 공방 연구소 기록관 체육관 선착장 송전탑 하수도 우체국 소방서 과수원 목장 "
    "방파제 터널 골목"
).split()
KINDS = (
    "요금 공사 인력 안전 통계 소음 수출 복원 입찰 점검 개편 축제 분쟁 조례 협약 설비 기금 노선 품질 교육 배출"
).split()
ADVERBS = "올해 다시 조용히 잇달아 처음으로 서둘러 나란히 끝내 천천히 따로".split()
ADJECTIVES = "낡은 새로운 가까운 값비싼 오래된 남은 드문 이웃한 넓은 텅빈".split()
VERBS = "늘린다 고쳤다 미뤘다 열었다 나눈다 옮긴다 세웠다 따졌다 물었다 줄인다 맡았다 되살렸다 알렸다 살핀다".split()
ENGLISH = "ferry grid survey tender archive turbine dialect ledger reef quarry timetable orchard".split()


class Article(NamedTuple):
    """One article, in no generator's dialect yet."""

    slug: str
    title: str
    date: datetime
    themes: tuple[str, ...]
    tags: tuple[str, ...]
    source: str
    author: str
    summary: str
    body: str


def make_articles(count: int, *, mixed: bool = False) -> Iterator[Article]:
    """Give the articles of a digest of this size; of a mixed one a third is more than the plainest Markdown."""
    tags = tuple(f"{NOUNS[rank % len(NOUNS)]} {kind}" for rank, kind in enumerate(KINDS * len(NOUNS)))
    pool = tags[: max(40, count // 50)]
    articles = (_article(number, pool) for number in range(count))
    return (_with_more(article, n) if mixed and n % 3 == 0 else article for n, article in enumerate(articles))


def write_corpus(articles: Sequence[Article], dialect: str, site: Path) -> None:
    """Write the articles below a site's content folder, as the generator of this name reads them."""
    folder = site / "content" / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / f"{article.slug}.md").write_text(f"{DIALECTS[dialect](article)}\n{article.body}", encoding="utf-8")


def _article(number: int, pool: Sequence[str]) -> Article:
    chance = Random(number)
    return Article(
        slug=f"article-{number:06d}",
        title=f"{_pick(chance, ADJECTIVES)} {_noun(chance)}, {_pick(chance, VERBS)} 제{number}보",
        date=NEWEST - timedelta(days=int(chance.random() * DAYS), minutes=int(chance.random() * 720)),
        themes=_several(2 if chance.random() < 0.25 else 1, lambda: _pick(chance, THEMES)),
        tags=_several(4, lambda: pool[_rank(chance, len(pool))]),
        source=_pick(chance, SOURCES),
        author=_pick(chance, AUTHORS),
        summary=_sentence(chance),
        body="\n\n".join(_blocks(chance, number)) + "\n",
    )


def _blocks(chance: Random, number: int) -> Iterator[str]:
    yield _paragraph(chance)
    yield f"![{_noun(chance)} 사진](https://pictures.example.org/{number}.jpg)"
    for _ in range(2 + int(chance.random() * 3)):
        if chance.random() < 0.3:
            yield f"## {_noun(chance)}, {_pick(chance, ADVERBS)}"
        yield _paragraph(chance)
    yield f"{_sentence(chance)} [{_noun(chance)} 자료](https://example.org/{number})에 **{_noun(chance)}**도 있다."
    if chance.random() < 0.4:
        yield "\n".join(f"- {_sentence(chance)}" for _ in range(3))
    if chance.random() < 0.4:
        yield f"> {_sentence(chance)}"
    if chance.random() < 0.1:
        rows = [f"| {_noun(chance)} | {int(chance.random() * 900)} | {_pick(chance, ENGLISH)} |" for _ in range(4)]
        yield "\n".join(["| 곳 | 수 | 말 |", "|---|---:|---|", *rows])
    yield _paragraph(chance)


def _with_more(article: Article, number: int) -> Article:
    """Return an article with what desks also write: code, nested lists, tables, notes, HTML, bare addresses."""
    chance = Random(f"more {number}")
    more = [make(chance) for make in _MORE if chance.random() < 0.6] or [_code(chance)]
    return article._replace(body="\n\n".join([article.body.rstrip("\n"), *more]) + "\n")


def _code(chance: Random) -> str:
    lines = "\n".join(
        f'{_pick(chance, ENGLISH)} = [{n}, "{_noun(chance)}"]  # {_pick(chance, ADVERBS)}' for n in range(8)
    )
    return f'```python title="{_pick(chance, ENGLISH)}.py"\n{lines}\n```'


def _nested(chance: Random) -> str:
    inner = "\n".join(f"  - {_noun(chance)}\n    1. {_sentence(chance)}\n    2. {_sentence(chance)}" for _ in range(3))
    return f"{_sentence(chance)}\n- {_noun(chance)}\n{inner}\n- [x] {_sentence(chance)}\n\n  {_sentence(chance)}"


def _table(chance: Random) -> str:
    rows = "\n".join(
        f"{_noun(chance)} | ~~{int(chance.random() * 99)}~~ | `{_pick(chance, ENGLISH)}`" for _ in range(12)
    )
    return f"곳 | 수 | 말\n:--|--:|---\n{rows}"


def _notes(chance: Random) -> str:
    return f"{_sentence(chance)}[^1] {_sentence(chance)}[^2]\n\n[^1]: {_sentence(chance)}\n[^2]: {_sentence(chance)}"


def _html(chance: Random) -> str:
    table = f"<table><tr><td>{_noun(chance)}</td><td>{_noun(chance)}</td></tr></table>"
    return f"<details><summary>{_noun(chance)}</summary>\n\n{_paragraph(chance)}\n\n{table}\n\n</details>"


def _callout(chance: Random) -> str:
    return (
        f"> [!NOTE]\n> {_sentence(chance)} https://example.org/{_pick(chance, ENGLISH)}에서 *{_noun(chance)}*도 본다."
    )


_MORE = (_code, _nested, _table, _notes, _html, _callout)


def _paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance) for _ in range(5 + int(chance.random() * 5)))


def _sentence(chance: Random) -> str:
    foreign = f" ({_pick(chance, ENGLISH)})" if chance.random() < 0.15 else ""
    words = [
        f"{_pick(chance, ADJECTIVES)} {_noun(chance)}에서",
        f"{_pick(chance, NOUNS)}까지{foreign}",
        f"{_pick(chance, ADVERBS)} {_noun(chance)}의",
        f"{_noun(chance)}도 {_pick(chance, VERBS)}.",
    ]
    return " ".join(words[int(chance.random() * 2) :])


def _noun(chance: Random) -> str:
    return f"{_pick(chance, NOUNS)} {_pick(chance, KINDS)}"


def _several(count: int, draw: Callable[[], str]) -> tuple[str, ...]:
    """Draw until there are so many different ones."""
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[draw()] = None
    return tuple(drawn)


def _rank(chance: Random, size: int) -> int:
    """Draw a rank by Zipf's law: the second is drawn half as often as the first, the third a third as often."""
    return min(size - 1, int((size + 1) ** chance.random()) - 1)


def _pick(chance: Random, words: Sequence[T]) -> T:
    return words[int(chance.random() * len(words))]


def _yaml(**keys: object) -> str:
    """Return front matter; JSON is YAML too, and every generator's parser reads it."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    return "\n".join(["---", *lines, "---\n"])


def _yoyak(article: Article) -> str:
    return _yaml(
        title=article.title,
        date=article.date.isoformat(),
        themes=article.themes,
        tags=article.tags,
        source=article.source,
        source_url=f"https://news.example.org/{article.slug}",
        authors=[article.author],
        summary=article.summary,
        rights="full",
    )


def _hugo(article: Article) -> str:
    return _yaml(
        title=article.title,
        date=article.date.isoformat(),
        themes=article.themes,
        tags=article.tags,
        sources=[article.source],
        days=[f"{article.date:%Y-%m-%d}"],
        author=article.author,
        summary=article.summary,
    )


def _pelican(article: Article) -> str:
    """Return Pelican's header. It knows one theme an article, and its author pages serve as those of sources."""
    lines = (
        f"Title: {article.title}",
        f"Date: {article.date:%Y-%m-%d %H:%M}",
        f"Category: {article.themes[0]}",
        f"Tags: {', '.join(article.tags)}",
        f"Slug: {article.slug}",
        f"Author: {article.source}",
        f"Reporter: {article.author}",
        f"Summary: {article.summary}\n",
    )
    return "\n".join(lines)


def _eleventy(article: Article) -> str:
    """Return Eleventy's front matter. Its own `tags` would make a collection of each, so ours are `topics`."""
    return _yaml(
        title=article.title,
        date=article.date.isoformat(),
        themes=article.themes,
        topics=article.tags,
        source=article.source,
        day=f"{article.date:%Y-%m-%d}",
        author=article.author,
        summary=article.summary,
    )


DIALECTS: dict[str, Callable[[Article], str]] = {
    "yoyak": _yoyak,
    "hugo": _hugo,
    "pelican": _pelican,
    "eleventy": _eleventy,
}
