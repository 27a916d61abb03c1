"""build: the whole pipeline, wired. Read this file first.

    site.yaml -> config; content/ -> load -> parse -> group -> plan -> render -> write -> output/

Every stage is a function from values to values; this is the only file that knows them all. Problems are collected
from each and returned together; only a broken run raises.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from yoyak.check.lines import LineFinder
from yoyak.check.links import PageLinks, broken_links, link_reader
from yoyak.check.terms import with_lines
from yoyak.config import SiteConfig, load_config
from yoyak.error import YoyakError
from yoyak.grouping.suggestions import suggestions
from yoyak.locate import STORE, failed_build, templates_folder
from yoyak.model import BuildReport, Content, Looks, Output, Page, Record, Site, Suggestion, place_of
from yoyak.pages.compose import compose
from yoyak.pages.shown import MAKERS
from yoyak.parsing import Parts, parse_all
from yoyak.pipeline.group import group
from yoyak.pipeline.load import load
from yoyak.pipeline.load_looks import load_looks
from yoyak.pipeline.plan import Plan, plan
from yoyak.pipeline.render import renderer
from yoyak.pipeline.write import Staged, Target, Written, open_target
from yoyak.pool import guarded, mapper
from yoyak.problems import Problem, errors, in_order
from yoyak.seams import GuardedMap, MapLike, Progress, Recall
from yoyak.stopwatch import Stopwatch
from yoyak.text.urls import quote_path


class BuildRequest(Record, kw_only=True):
    folder: Path
    """The site folder."""
    output: Path | None = None
    """Default: output/ in the site folder."""
    preview: bool = False
    at: datetime | None = None
    """The clock; None for SOURCE_DATE_EPOCH or the real one."""
    keep_going: bool = False
    """Publish the rest when some files have errors."""
    check_only: bool = False
    """Find all problems, write nothing."""
    jobs: int | None = 1
    """Processes to use; None for one on each core."""


class Maps(Record, kw_only=True):
    """How a build runs over its files, which nobody has looked at, and over its pages."""

    files: GuardedMap
    pages: MapLike


class Plans(Record, kw_only=True):
    """Everything that is decided before the first page is rendered."""

    config: SiteConfig
    content: Content
    looks: Looks
    parts: Parts
    site: Site
    plan: Plan
    problems: tuple[Problem, ...]


def build(
    request: BuildRequest,
    *,
    map: MapLike | None = None,  # noqa: A002 - it is like the builtin
    recall: Recall | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a site and return what was done.

    `map` runs a function over many items, in the place of so many `jobs` and of parse's limits for each file; `recall`
    may put an earlier article in the place of one that cannot be read; `progress` is told each stage's name and size.

    Raises:
        YoyakError: the run cannot go on (no site, no right to write, a broken template).
    """
    watch = Stopwatch(progress)
    maps = Maps(files=map or guarded(request.jobs), pages=map or mapper(request.jobs))
    config, problems = load_config(
        request.folder.resolve(), at=request.at, preview=request.preview, environment=os.environ
    )
    if config is None:
        return _closing(request, watch, None, problems, None)
    try:
        return _run(request, config, problems, maps, recall, watch)
    except (YoyakError, OSError) as error:
        _mark_failed(request, str(error))
        raise


def _run(
    request: BuildRequest,
    config: SiteConfig,
    problems: tuple[Problem, ...],
    maps: Maps,
    recall: Recall | None,
    watch: Stopwatch,
) -> BuildReport:
    plans = _plans(config, problems, maps.files, recall, watch)
    if request.check_only or (errors(plans.problems) and not request.keep_going):
        _, problems = _produce(plans, None, maps.pages, watch)
        return _closing(request, watch, plans, problems, None)
    target = open_target(_output(request), Path(config.folder), Path(config.folder) / STORE)
    try:
        staged, problems = _produce(plans, target, maps.pages, watch)
        written = None
        if request.keep_going or not errors(problems):
            with watch.stage("write"):
                written = target.commit(staged, preview=config.preview, base_url=config.base_url)
    finally:
        target.close()
    return _closing(request, watch, plans, problems, written)


def _plans(
    config: SiteConfig, problems: tuple[Problem, ...], each: GuardedMap, recall: Recall | None, watch: Stopwatch
) -> Plans:
    folder = Path(config.folder)
    with watch.stage("load"):
        content = load(folder)
        looks = load_looks(templates_folder(), folder / "templates")
    with watch.stage("parse", len(content.articles)):
        parts = parse_all(content, config, each, recall)
    with watch.stage("group"):
        site, of_group = group(tuple(map(place_of, parts.articles)), parts.notes, config)
    with watch.stage("plan"):
        planned, of_plan = plan(site, config, looks, content.assets)
    found = (*problems, *content.problems, *parts.problems, *of_group, *of_plan)
    return Plans(config=config, content=content, looks=looks, parts=parts, site=site, plan=planned, problems=found)


def _produce(
    plans: Plans, target: Target | None, each: MapLike, watch: Stopwatch
) -> tuple[list[Staged], tuple[Problem, ...]]:
    """Render every page, stage it and check its links; with no target only check."""
    config, looks = plans.config, plans.looks
    render = renderer(plans.plan.chrome, looks, plans.parts.bodies, config)
    read_links = link_reader(_addresses(plans), config.base_url)

    views = {}
    articles = {a.path: a for a in plans.parts.articles}
    def view(show):
        if show not in views:
            views[show] = MAKERS[show[0]](articles[show[1]], plans.plan.standings[show[1]], plans.plan.frame)
        return views[show]
    def produce(page: Page) -> tuple[PageLinks, Staged | None]:
        shown = {show: view(show) for show in page.recipe.shows()}
        output = render(compose(page, plans.plan.frame, shown))
        return read_links(page, output), target.stage(output) if target else None

    with watch.stage("render", len(plans.plan.pages)):
        results = list(each(produce, plans.plan.pages))
        staged = [file for _, file in results if file]
        if target:
            staged += [target.stage_asset(asset) for asset in plans.plan.assets]
            staged += [target.stage(Output(path=asset.output, data=asset.data)) for asset in looks.assets.values()]
    with watch.stage("check"):
        links = {article.path: article.links for article in plans.parts.articles}
        links |= {note.path: note.links for note in plans.parts.notes}
        lines = LineFinder(Path(config.folder), plans.content)
        broken = broken_links((found for found, _ in results), links, lines, config.base_path, _waiting(plans))
    return staged, (*plans.problems, *broken)


def _suggestions(plans: Plans, watch: Stopwatch) -> tuple[Suggestion, ...]:
    """Return what could be done with the terms of the whole site, of what waits too."""
    articles = plans.parts.articles
    with watch.stage("suggest", len(articles)):
        found = suggestions(articles, plans.parts.bodies, plans.config)
        lines = LineFinder(Path(plans.config.folder), plans.content)
        return with_lines(found, {article.path: article for article in articles}, lines)


def _waiting(plans: Plans) -> frozenset[str]:
    """Return what links to articles that are not published yet became: their files, or their addresses as typed."""
    shown = {article.path for article in plans.site.articles}
    hidden = [article for article in plans.parts.articles if article.path not in shown]
    files = {plans.config.base_path + quote_path(article.path) for article in hidden}
    return frozenset(files | {article.url for article in hidden})


def _addresses(plans: Plans) -> frozenset[str]:
    """Return every root-relative address that the site has."""
    base = plans.config.base_path
    files = [asset.output for asset in plans.plan.assets] + [asset.output for asset in plans.looks.assets.values()]
    return frozenset(page.url for page in plans.plan.pages) | {base + quote_path(output) for output in files}


def _output(request: BuildRequest) -> Path:
    return (request.output or request.folder.resolve() / "output").absolute()


def _closing(
    request: BuildRequest, watch: Stopwatch, plans: Plans | None, problems: tuple[Problem, ...], written: Written | None
) -> BuildReport:
    """Return the report, and leave a mark while the output is older than the content."""
    found = in_order(problems)
    _mark_failed(request, None if written else "\n".join(map(str, errors(found))))
    return BuildReport(
        articles=len(plans.site.articles) if plans else 0,
        pages=len(plans.plan.pages) if plans else 0,
        written=written.new if written else (),
        changed=written.changed if written else (),
        removed=written.removed if written else (),
        unchanged=written.unchanged if written else 0,
        held=plans.site.held if plans else (),
        left_out=plans.parts.left_out if plans else (),
        problems=found,
        seconds=watch.seconds,
        output=str(_output(request)),
        complete=written is not None,
        language=plans.config.language if plans else "en",
        clock=plans.config.now if plans else None,
        suggestions=_suggestions(plans, watch) if plans and request.check_only else (),
    )


def _mark_failed(request: BuildRequest, why: str | None) -> None:
    """Write down why the output is older than the content; None when it is not."""
    if request.preview or request.check_only:
        return
    path = failed_build(request.folder.resolve(), _output(request))
    if why is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(why + "\n", encoding="utf-8")
