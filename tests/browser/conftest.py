"""Built and served sites, each made once by the command line, and a look that collects what goes wrong on a page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

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
