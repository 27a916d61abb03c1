"""Each page type is composed with the context that it names, and with values of that context's types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from sites import SETTINGS, article, build_site, write_site
from yoyak.engine import run as press
from yoyak.model.types import Composition, Page
from yoyak.pages import machines
from yoyak.pages.types import TYPE_OF

Composed = list[tuple[str, Composition]]

FILES = {
    "content/a.md": article(
        "첫 문단이다.\n\n둘째 문단이다.",
        tags=["위성"],
        source="가온일보",
        authors=["김하늘"],
        aliases=["/old/a/"],
        corrections=[{"date": "2024-07-04", "note": "숫자를 고쳤다."}],
        source_url="https://news.example.org/a",
    ),
    "content/b.md": article(title="다른 제목", tags=["위성", "수도"], date="2024-07-09"),
    "content/undated.md": article(title="날짜 없음", date=None),
    "content/_urls.yaml": "/articles/taken-down/: gone\n",
    "content/pages/about.md": "---\ntitle: 소개\n---\n\n우리 이야기.\n",
}


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    """Every page of a site that has pages of all kinds, as its template sees it."""
    found: Composed = []
    really = press.compose

    def written_down(page: Page, *rest: Any) -> Composition:
        found.append((page.kind, really(page, *rest)))
        return found[-1][1]

    folder = write_site(tmp_path_factory.mktemp("site"), FILES, f"{SETTINGS}themes: [{{slug: ai, title: 주제}}]\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "compose", written_down)
        build_site(folder)
        patch.setattr(machines, "LIMIT", 3)  # so that the sitemap has an index
        build_site(folder, output=Path(folder, "parts"))
    return found


def test_every_kind_of_page_is_composed(composed: Composed) -> None:
    assert {kind for kind, _ in composed} == TYPE_OF.keys()


@pytest.mark.parametrize("kind", TYPE_OF)
def test_a_page_gets_the_context_of_its_kind(composed: Composed, kind: str) -> None:
    contexts = [page.context for one, page in composed if one == kind]
    assert {type(context) for context in contexts} == {TYPE_OF[kind].context}
    for context in contexts:
        assert msgspec.convert(msgspec.to_builtins(context), TYPE_OF[kind].context) == context
