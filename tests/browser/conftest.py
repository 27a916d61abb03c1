"""Built and served sites, each made once by the command line, and a look that collects what goes wrong on a page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.panels import ferry_site, opened
from browser.sites import WRITERS, BuiltSites, ServedSite, served


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, yoyak: Callable[..., subprocess.CompletedProcess[str]]
) -> Iterator[BuiltSites]:
    """Give a site by its name in `WRITERS`, built at its first use."""
    known: dict[str, ServedSite] = {}
    with ExitStack() as stack:

        def site(name: str) -> ServedSite:
            if name not in known:
                folder = tmp_path_factory.mktemp(name)
                known[name] = stack.enter_context(served(WRITERS[name], folder, yoyak))
            return known[name]

        yield site


@pytest.fixture(params=list(WRITERS))
def site(request: pytest.FixtureRequest, built: BuiltSites) -> ServedSite:
    """Each of the sites in turn."""
    return built(request.param)


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of a small site that reviewers get; the site lies next to it."""
    return ferry_site(tmp_path_factory.mktemp("ferry") / "site")


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser whose reader saves files."""
    context = chromium.new_context(accept_downloads=True)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def panel_page(reader: BrowserContext, ferry: Path) -> Iterator[Page]:
    """An article of the bundle with its panel open."""
    page = reader.new_page()
    wrong = list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    opened(page, ferry)
    yield page
    assert wrong == []
