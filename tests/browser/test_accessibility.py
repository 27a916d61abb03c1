"""axe-core finds nothing on any kind of page: light, dark, wide, narrow, Korean, English, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any, Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from browser.kinds import KINDS, pages_of
from browser.sites import BuiltSites
from samples import ALL

pytestmark = pytest.mark.browser

# target-size is the one rule of WCAG 2.2 AA that axe leaves off unless asked.
RUN_AXE = """() => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
  .then(found => found.violations)"""


class Look(NamedTuple):
    """How a page is looked at."""

    scheme: Literal["light", "dark"]
    width: int


LOOKS = {True: (Look("light", 1280), Look("dark", 360)), False: (Look("dark", 1280), Look("light", 360))}
"""With scripts and without: each scheme and each width beside both. One load of a page serves two looks."""

Seen = Callable[[str, int], list[str]]
"""What axe finds at an address, in the looks with or without scripts by the number of the page."""


@pytest.fixture(scope="module")
def seen(chromium: Browser, axe_source: str) -> Iterator[Seen]:
    """Without scripts, the site's own are blocked: axe itself is one."""
    contexts = {scripts: chromium.new_context(reduced_motion="reduce") for scripts in LOOKS}
    contexts[False].route("**/*.js", lambda route: route.abort())
    pages = {scripts: context.new_page() for scripts, context in contexts.items()}

    def found(url: str, number: int) -> list[str]:
        chosen = LOOKS if ALL else (number % 2 == 0,)
        return [line for scripts in chosen for line in violations(pages[scripts], url, LOOKS[scripts], axe_source)]

    yield found
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, seen: Seen, built: BuiltSites) -> None:
    """Of the scripts, the languages and the kinds every two meet; YOYAK_ALL=1 looks at all three together."""
    for number, name in enumerate(("korean", "english"), KINDS.index(kind)):
        site = built(name)
        pages = pages_of(kind, site.output)
        assert pages, f"the sample site has no page of the kind {kind}"
        assert seen(site.url(pages[0]), number) == []


def test_axe_finds_nothing_on_any_article(seen: Seen, built: BuiltSites) -> None:
    site = built("korean")
    for number, path in enumerate(pages_of("article", site.output)):
        assert seen(site.url(path), number) == []


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (("extreme",), ("front", "article", "tags", "tag", "archive")),
        (("small", "empty"), ("front", "themes", "tags", "archive")),
    ],
    ids=["that strains the layout", "with next to nothing"],
)
def test_axe_finds_nothing_on_a_site(
    names: tuple[str, ...], kinds: tuple[str, ...], seen: Seen, built: BuiltSites
) -> None:
    for number, (kind, name) in enumerate(product(kinds, names)):
        for path in pages_of(kind, built(name).output)[:1]:
            assert seen(built(name).url(path), number // len(names) + number) == []


def violations(page: Page, url: str, looks: Iterable[Look], axe_source: str) -> list[str]:
    """Return what axe finds on a page, a line for each look and element."""
    page.goto(url)
    page.evaluate(axe_source)
    found = []
    for look in looks:
        page.emulate_media(color_scheme=look.scheme)
        page.set_viewport_size({"width": look.width, "height": 800})
        rules: list[dict[str, Any]] = page.evaluate(RUN_AXE)
        found += [
            f"{url} {look}: {rule['id']}: {node['html'][:160]} {node['failureSummary']}"
            for rule in rules
            for node in rule["nodes"]
        ]
    return found
