"""What one run of a build works with, whichever way it goes: its clock, what is kept between runs, and the press."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from yoyak.check.links import PREVIEW, PageLinks, link_reader
from yoyak.check.loads import are_odd
from yoyak.model.build import AnyMap, BuildReport, BuildRequest, GuardedMap, MapLike, Profile, Progress
from yoyak.model.sources import NO_FILE, Asset, FileStamp, Looks
from yoyak.model.types import Article, Output, Page, Record, Show, View
from yoyak.model.views import Chrome, Frame, Standing
from yoyak.pages.shown import PROJECTIONS
from yoyak.pages.types import PAGE_TYPES, compose
from yoyak.pipeline.render import quick_templates, renderer, trim
from yoyak.pipeline.write import Change, Staged, Target
from yoyak.settings.config import SiteConfig
from yoyak.store.remembered import BuildState, FileRow, decode, encode
from yoyak.store.stamps import Stamps
from yoyak.store.store import Bodies, Store
from yoyak.templating.fast_jinja import PageEnvironment
from yoyak.templating.looks import note_tree
from yoyak.text.urls import quote_path


class Stopwatch:
    """The clock of one run. It measures the run and decides nothing in it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._stage = ""
        self.spare: Iterator[object] = iter(())
        """What this process has to do besides, in steps: one each time that it hears of its workers."""

    @contextmanager
    def stage(self, name: str, items: int = 0) -> Iterator[None]:
        """Measure what happens inside as the stage `name`."""
        before, self._stage = self._stage, name
        self.tell(items, 0)
        start = perf_counter()
        try:
            yield
        finally:
            self.add(name, perf_counter() - start)
            self._stage = before

    def tell(self, items: int, done: int) -> None:
        """Report how far the stage is that is under way, if anybody is told."""
        if self._progress and self._stage:
            self._progress(self._stage, items, done)

    def heard(self, items: int, done: int) -> None:
        """Report how far workers are, and go on with what else there is to do: they need this process very little."""
        self.tell(items, done)
        next(self.spare, None)

    def timed(self, each: AnyMap) -> AnyMap:
        """Return a map that does what `each` does. What it takes for each item only `Profiler` notes."""
        return each

    def watch_store(self, store: Store) -> None:
        """Be told of the store: a `Profiler` measures what it takes."""

    def profile(self, report: BuildReport) -> Profile | None:  # noqa: ARG002 - a `Profiler` reads it
        """Return what was measured besides, by a `Profiler`."""
        return None

    def add(self, name: str, seconds: float) -> None:
        """Count time that the stage `name` has taken."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds


class Session:
    """What one process keeps between two builds of a site: the preview builds after every save.

    Filled by builds; whatever is missing is fetched from the store or the disk.
    """

    def __init__(
        self, first: Callable[[], Sequence[str]] = tuple, shown: Callable[[str, str], None] | None = None
    ) -> None:
        """`first` names the output paths of pages that somebody looks at; `shown` is told the
        path and the digest of one that is in its place while the build goes on."""
        self.first, self.shown = first, shown
        self.keep_good = False
        """Let an article that could be read stand in for its file when that breaks, as long as this lasts."""
        self.store: Store | None = None
        self.state: BuildState | None = None
        self.build_id = b""
        """Which build of the store's this is of: another process may have built since."""
        self.files: dict[str, FileRow] | None = None
        self.press: Press | None = None
        self.templates: PageEnvironment | None = None
        """Those that are compiled before it is known what they show."""
        self.addresses: frozenset[str] | None = None
        self.assets: Mapping[str, Asset] | None = None
        self.outputs: dict[str, FileStamp] | None = None
        """The stamps of the files of the output. Whether another hand changed them meanwhile is not looked for."""

    def close(self) -> None:
        """Let go of the store."""
        if self.store:
            self.store.close()
        self.store = None

    def forget(self) -> None:
        """Forget all but the store."""
        self.state = self.files = self.press = self.templates = self.addresses = self.assets = self.outputs = None


class Job(Record, kw_only=True):
    request: BuildRequest
    store: Store
    stamps: Stamps
    """Of every file that a build may read, taken before any was read."""
    work: Path
    """A folder for what is under way."""
    files_map: GuardedMap
    """Runs over files, which nobody has looked at."""
    pages_map: MapLike
    watch: Stopwatch
    session: Session
    """Empty when nothing is kept between builds."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Leave the cyclic garbage collector off: a build makes many values and no cycles, and to look at all is dear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --- the press: planned pages become files, each composed, rendered, checked and staged --------------------------


_OF_THE_PREVIEW = frozenset((f"{PREVIEW}preview.js",))
_MOST = 2_000
"""Cards that a process remembers, and as many of each other small view. An article's stand on about a dozen pages, most
of them made near each other."""

_FIRST = (
    *("article.html", "base.html", "partials/card.html"),
    *("partials/bar.html", "partials/footer.html", "partials/head_of_site.html"),
)
"""Templates of nearly all pages, each rendered on its own."""
_FEW = 1_000
"""Whole articles that a process remembers: an article's neighbours are made soon after it."""


class MadePage(Record, kw_only=True):
    """One page that was made."""

    output: str
    links: PageLinks
    staged: Staged | None
    """None when nothing is to be written."""


class Told(Struct, frozen=True, array_like=True):
    """What a worker tells of a page that it made: no more than whoever gave it the page cannot know."""

    ids: tuple[str, ...]
    broken: tuple[str, ...]
    fragments: tuple[tuple[str, str, str], ...]
    foreign: tuple[tuple[str, str, bool], ...]
    digest: str
    change: Change | None
    """None when nothing is to be written."""
    stamp: FileStamp
    views: int
    """Views of articles that had to be made for it; the others were remembered."""
    by_jinja: bool
    """Whether Jinja's own environment rendered it, more slowly."""

    def __reduce__(self) -> tuple[Callable[[bytes], Told], tuple[bytes]]:
        """Travel as one text of bytes: to describe each part to pickle takes five times as long."""
        return _told_in, (encode(self),)


def _told_in(data: bytes) -> Told:
    told: Told = decode(data, Told)
    return told


def _made(page: Page, told: Told) -> MadePage:
    links = PageLinks(
        url=page.url,
        kind=page.kind,
        origin=page.origin,
        ids=told.ids,
        broken=told.broken,
        fragments=told.fragments,
        foreign=told.foreign,
    )
    if told.change is None:
        return MadePage(output=page.output, links=links, staged=None)
    staged = Staged(path=page.output, digest=told.digest, change=told.change, stamp=told.stamp)
    return MadePage(output=page.output, links=links, staged=staged)


def compile_ahead(job: Job, looks: Looks, config: SiteConfig) -> None:
    """Have templates compiled while others read: a build from nothing wants them all."""
    job.session.templates = quick_templates(looks, Bodies(job.store), config)
    job.session.templates.parsed = note_tree
    job.watch.spare = compiled_ahead(job.session.templates)


def compiled_ahead(templates: PageEnvironment, names: Iterable[str] = ()) -> Iterator[str]:
    """Compile some templates, or those of all pages, one at each step; yield its name.

    One that is wrong is told of with the page that it is for.
    """
    for name in names or dict.fromkeys((*_FIRST, *(one.template for one in PAGE_TYPES))):
        with suppress(Exception):
            templates.get_template(name)
        yield name


class Press:
    """Makes the pages of one build. A process that does it remembers what pages share."""

    def __init__(
        self,
        config: SiteConfig,
        frame: Frame,
        chrome: Chrome,
        looks: Looks,
        store: Store,
        standing_of: Callable[[str], Standing],
        templates: PageEnvironment | None = None,
    ) -> None:
        self._frame, self._store, self._standing_of = frame, store, standing_of
        self._base_url = config.base_url
        self._odd = are_odd(looks.overrides.values())
        self._zone = ZoneInfo(config.timezone)
        self._by_jinja: set[str] = set()
        self._render = renderer(chrome, looks, Bodies(store), config, self._by_jinja, templates)
        self._small: dict[View, dict[str, Any]] = {view: {} for view, one in PROJECTIONS.items() if one.is_small}
        self._articles: dict[str, Article] = {}
        self._made_views = 0

    def prepare(self, addresses: frozenset[str], target: Target | None) -> Callable[[Page], Told]:
        """Return the function that makes one page: renders it, reads its links and stages its file."""
        read_links = link_reader(addresses | _OF_THE_PREVIEW, self._base_url, self._frame.loads, odd=self._odd)

        def make(page: Page) -> Told:
            before = self._made_views
            output = self.output(page)
            links = read_links(page, output)
            staged = target.stage(self.finished(output, page.url)) if target else None
            told = links.ids, links.broken, links.fragments, links.foreign
            views, by_jinja = self._made_views - before, page.template in self._by_jinja
            if staged is None:
                return Told(*told, "", None, NO_FILE, views, by_jinja)
            return Told(*told, staged.digest, staged.change, staged.stamp, views, by_jinja)

        return make

    def make_all(
        self, pages: Sequence[Page], addresses: frozenset[str], target: Target | None, job: Job
    ) -> list[MadePage]:
        """Make pages; those that somebody looks at are made first, and shown at once.

        One page of each template is made here before workers are forked, which inherit what that has compiled.
        """
        make, made = self.prepare(addresses, target), dict[str, MadePage]()

        def add(some: Sequence[Page]) -> None:
            told = job.pages_map(make, some)
            made.update((page.output, _made(page, one)) for page, one in zip(some, told, strict=True))

        looked_at = set(job.session.first())
        add([page for page in pages if page.output in looked_at])
        for one in made.values():
            if target and one.staged and job.session.shown and target.place_now(one.staged):
                job.session.shown(one.output, one.staged.digest)
        of_template = {page.template: page for page in pages if page.output not in made}
        add(list(of_template.values()))
        add([page for page in pages if page.output not in made])
        return [made[page.output] for page in pages]

    def output(self, page: Page) -> Output:
        """Return the bytes of a page."""
        return self._render(compose(page, self._frame, self._shown(page.recipe.shows())))

    def finished(self, output: Output, url: str) -> Output:
        """Return a file as it is written; `url` is that of a page. Its links were read before: they lead anywhere."""
        if not self._frame.portable:
            return output
        from yoyak.portable.page import portable  # here, because most builds do without it

        return portable(output, url or self._frame.base_path + quote_path(output.path), self._base_url)

    def forget(self, paths: Iterable[str]) -> None:
        """Forget what is remembered of some articles, since they have changed."""
        for path in paths:
            self._articles.pop(path, None)
            for views in self._small.values():
                views.pop(path, None)

    def _shown(self, shows: Iterator[Show]) -> Mapping[Show, Any]:
        return {show: self._view(show) for show in shows}

    def _view(self, show: Show) -> Any:
        view, path = show
        remembered = self._small.get(view)
        if remembered is not None and path in remembered:
            return remembered[path]
        self._made_views += 1
        made = PROJECTIONS[view].make(self._article(path), self._standing_of(path), self._frame)
        if remembered is not None:
            trim(remembered, _MOST)
            remembered[path] = made
        return made

    def _article(self, path: str) -> Article:
        found = self._articles.get(path)
        if found is None:
            trim(self._articles, _FEW)
            found = self._articles[path] = self._store.article(path, self._zone)
        return found
