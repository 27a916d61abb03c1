"""What a view shows is what its digest is of: nothing else of an article can reach a page that shows the view."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import structs

from rows import each_row
from values import SEOUL, article
from yoyak.model.types import Article, BodyLink, Correction, Page, Person, Picture, View
from yoyak.model.views import Frame, Link, Standing
from yoyak.pages.articles import ArticleRecipe
from yoyak.pages.shown import PLACES, PROJECTIONS, SIZE, VIEWS, article_digests, standing_digests
from yoyak.pages.types import compose

FRAME = Frame(
    title="다이제스트", tagline="", about="소개", language="ko", base_url="https://a.example/", base_path="/",
    origin="https://a.example", timezone="Asia/Seoul", preview=False,
)  # fmt: skip
BEFORE = datetime(2024, 7, 1, tzinfo=SEOUL)
ARTICLE = article(
    "a",
    summary="요약.",
    image=Picture(url="/p.png"),
    authors=(Person(name="김"),),
    body="digest",
    source="가온일보",
    tags=("꼬리표",),
)
STANDING = Standing(
    source=Link(title="가온일보", url="/sources/s/"),
    tags=(Link(title="꼬리표", url="/tags/t/"),),
    themes=(Link(title="주제", url="/themes/t/"),),
    authors=("/authors/a/",),
)
OTHERS: dict[str, Any] = {
    **dict.fromkeys(("date", "updated", "captured", "publish_at", "embargo_until", "expires_at"), BEFORE),
    "day_only": True, "kind": "capture", "themes": ("other",), "tags": ("다른",), "authors": (Person(name="이"),),
    "image": None, "image_in_body": True, "aliases": ("/old",), "rights": "excerpt", "status": "draft", "weight": 7,
    "minutes": 9, "corrections": (Correction(date=datetime(2024, 8, 1, tzinfo=SEOUL), note="x"),),
    "assets": ("assets/x.png",), "links": (BodyLink(written="b.md", url="/articles/b/"),),
}  # fmt: skip
OTHER_STANDING = {
    "source": None, "tags": (), "themes": (Link(title="b", url="/themes/b/"),), "authors": ("",), "ribbon": "draft",
    "first": "articles/other",
}  # fmt: skip


def changed(name: str) -> Article:
    return structs.replace(ARTICLE, **{name: OTHERS.get(name, "another")})


def shown(view: View, of: Article, standing: Standing = STANDING) -> Any:
    """Return what a page gets of a view; of a whole article what its page becomes."""
    made = PROJECTIONS[view].make(of, standing, FRAME)
    if view != "own":
        return made
    recipe = ArticleRecipe(path="content/a.md", edition=None, related=(), previous="", next="")
    page = Page(
        kind="article", url="/articles/a/", output="articles/a/index.html", template="article.html", recipe=recipe
    )
    return compose(page, FRAME, {("own", "content/a.md"): made})


def digest(view: View, digests: bytes) -> bytes:
    return digests[PLACES[view] * SIZE :][:SIZE]


@each_row("name", Article.__struct_fields__)
@each_row("view", VIEWS)
def test_a_field_reaches_a_page_only_if_it_is_in_the_digest(view: View, name: str) -> None:
    other = changed(name)
    assert other != ARTICLE
    in_digest = digest(view, article_digests(other)) != digest(view, article_digests(ARTICLE))
    assert in_digest == (name in PROJECTIONS[view].article)
    if not in_digest:
        assert shown(view, other) == shown(view, ARTICLE)


@each_row("name", Standing.__struct_fields__)
@each_row("view", VIEWS)
def test_a_link_into_the_site_reaches_a_page_only_if_it_is_in_the_digest(view: View, name: str) -> None:
    other = structs.replace(STANDING, **{name: OTHER_STANDING[name]})
    in_digest = digest(view, standing_digests(other)) != digest(view, standing_digests(STANDING))
    assert in_digest == (name in PROJECTIONS[view].standing)
    if not in_digest:
        assert shown(view, ARTICLE, other) == shown(view, ARTICLE)
