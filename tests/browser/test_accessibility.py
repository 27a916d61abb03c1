"""axe-core finds nothing on any kind of page: light, dark, wide, narrow, Korean, English, with and without scripts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from browser.kinds import KINDS, pages_of
from browser.sites import BuiltSites
from samples import ALL

pytestmark = pytest.mark.browser

# target-size is the one rule of WCAG 2.2 AA that axe leaves off unless asked.
RUN_AXE = """() => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
  .then(found => found.violations)"""


Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

LOOKS = [(True, 1280), (False, 360), (True, 360), (False, 1280)]
"""Whether scripts run, and how wide the window is."""
FIRST = random.randrange(2)
"""The scheme of the first look, another one at each run. Pages take turns, so that each look is seen in both."""

Seen = Callable[[str, int], list[str]]
"""What axe finds at an address, in the look of that number, in one scheme; in all looks and both with YOYAK_ALL=1."""


@pytest.fixture(scope="module")
def seen(chromium: Browser, axe_source: str) -> Iterator[Seen]:
    """Without scripts, the site's own are blocked: axe itself is one."""
    contexts = {scripts: chromium.new_context(reduced_motion="reduce") for scripts in (True, False)}
    contexts[False].route("**/*.js", lambda route: route.abort())
    pages = {scripts: context.new_page() for scripts, context in contexts.items()}

    def found(url: str, number: int) -> list[str]:
        looks = LOOKS if ALL else LOOKS[number % 4 :][:1]
        schemes = SCHEMES if ALL else (SCHEMES[(FIRST + number + number // 4) % 2],)
        return [
            line for scripts, width in looks for line in violations(pages[scripts], url, width, axe_source, schemes)
        ]

    yield found
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, seen: Seen, built: BuiltSites) -> None:
    """With scripts and without, wide and narrow, light and dark, in one language or the other, by turns."""
    place = KINDS.index(kind)
    for name, other in (("korean", place % 2), ("english", 1 - place % 2)):
        site = built(name)
        pages = pages_of(kind, site.output)
        assert pages, f"the sample site has no page of the kind {kind}"
        assert seen(site.url(pages[0]), place // 2 % 4 * 2 + other) == []


def test_axe_finds_nothing_on_articles_with_all_that_any_has(seen: Seen, built: BuiltSites) -> None:
    site = built("korean")
    for number, path in enumerate(with_everything(site.output, pages_of("article", site.output))):
        assert seen(site.url(path), number) == []


def with_everything(output: Path, pages: list[str]) -> list[str]:
    """Return pages that have every element of any of them, with its classes and attributes; others at each run."""
    known, chosen = set[tuple[str, ...]](), list[str]()
    for path in pages if ALL else random.sample(pages, len(pages)):
        tags = re.findall(r"<([a-z]\w*)([^>]*)>", (output / path).read_text(encoding="utf-8"))
        has = {(name, *re.findall(r' (?:class="[^"]*"|[\w-]+(?==))', more)) for name, more in tags}
        if ALL or has - known:
            chosen.append(path)
        known |= has
    return chosen


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
            assert seen(built(name).url(path), number) == []


def violations(page: Page, url: str, width: int, axe_source: str, schemes: Sequence[Scheme] = SCHEMES) -> list[str]:
    """Load a page and return what axe finds on it, a line for each scheme and element."""
    page.set_viewport_size({"width": width, "height": 800})  # before the load: scripts look at it then
    page.goto(url)
    if schemes:
        page.evaluate(axe_source)
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        rules: list[dict[str, Any]] = page.evaluate(RUN_AXE)
        found += [
            f"{url} {scheme} {width}: {rule['id']}: {node['html'][:160]} {node['failureSummary']}"
            for rule in rules
            for node in rule["nodes"]
        ]
    return found
