"""What a run has to do while others read: the templates of a build from nothing are compiled then."""

from __future__ import annotations

from pathlib import Path

import pytest

from sites import article, write_site
from values import site_config
from yoyak.build.build import build
from yoyak.engine.run import Session, Stopwatch, compiled_ahead
from yoyak.model.build import BuildRequest
from yoyak.model.sources import Looks
from yoyak.pages.types import PAGE_TYPES
from yoyak.paths import templates_folder
from yoyak.pipeline.load import load_looks
from yoyak.pipeline.render import quick_templates


def test_a_step_is_done_each_time_that_workers_are_heard_of() -> None:
    told: list[tuple[str, int, int]] = []
    watch = Stopwatch(lambda name, items, done: told.append((name, items, done)))
    steps = iter("ab")
    watch.spare = steps
    with watch.stage("parse", 3):
        watch.heard(3, 1)
        watch.tell(3, 2)
        assert next(steps) == "b"
        watch.heard(3, 3)
    assert told == [("parse", 3, 0), ("parse", 3, 1), ("parse", 3, 2), ("parse", 3, 3)]


def test_the_template_of_every_page_type_is_compiled_ahead(tmp_path: Path) -> None:
    looks = load_looks(templates_folder(), tmp_path)
    templates = quick_templates(looks, {}, site_config())
    names = list(compiled_ahead(templates))
    assert names[0] == "article.html"
    assert {*names} >= {one.template for one in PAGE_TYPES}
    assert templates.cache is not None
    assert {name for _, name in templates.cache} >= {*names}


def test_a_wrong_template_is_left_to_its_page() -> None:
    looks = Looks(originals={"base.html": "{{ 1 }}"}, overrides={"article.html": "{% if %}"}, assets={})
    templates = quick_templates(looks, {}, site_config())
    assert "base.html" in list(compiled_ahead(templates))
    assert templates.get_template("base.html").render() == "1"


@pytest.mark.process
def test_pages_are_the_same_when_templates_were_compiled_ahead(tmp_path: Path) -> None:
    outputs = []
    for jobs in (1, 2):
        site = tmp_path / str(jobs)
        write_site(site, {f"content/{n}.md": article(title=f"글 {n}") for n in range(90)})
        session = Session()
        build(BuildRequest(folder=site, jobs=jobs), session=session)
        assert session.templates is not None
        assert session.templates.cache
        session.close()
        output = site / "output"
        outputs.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*.html")})
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 90


@pytest.mark.process
def test_no_template_is_left_to_compile_when_the_articles_are_read(tmp_path: Path) -> None:
    looks = load_looks(templates_folder(), tmp_path)
    templates = quick_templates(looks, {}, site_config())
    ahead = {*compiled_ahead(templates)}
    write_site(tmp_path, {f"content/{n}.md": article(title=f"글 {n}") for n in range(3)})
    session = Session()
    build(BuildRequest(folder=tmp_path), session=session)
    assert session.templates is not None
    assert session.templates.cache is not None
    assert {name for _, name in session.templates.cache} <= ahead
    session.close()
