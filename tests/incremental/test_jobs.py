"""The number of processes changes nothing: not the output, not what is remembered, not what is rendered again."""

from __future__ import annotations

from pathlib import Path

import pytest

from incremental.oracle import bytes_of, difference, files_below
from mixed import write_mixed_site
from sites import build_site, use_plain_templates

pytestmark = pytest.mark.slow
JOBS = (1, 2, 4)


def site(folder: Path) -> Path:
    write_mixed_site(folder)
    use_plain_templates(folder)
    return folder


def retag(folder: Path) -> None:
    place = next(iter(sorted((folder / "content").rglob("글-07.md"))))
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('"C++"', '"새 꼬리표"'), encoding="utf-8")


def test_any_number_of_jobs_gives_the_same_output(quick_path: Path) -> None:
    outputs = []
    for jobs in JOBS:
        folder = site(quick_path / str(jobs))
        build_site(folder, jobs=jobs)
        retag(folder)
        outputs.append(bytes_of(files_below(build_site(folder, jobs=jobs).output)))
    assert [difference(output, outputs[0]) for output in outputs] == ["", "", ""]


@pytest.mark.parametrize("jobs", JOBS)
def test_unchanged_site_is_rendered_by_no_number_of_jobs(quick_path: Path, jobs: int) -> None:
    folder = site(quick_path / "site")
    build_site(folder, jobs=jobs)
    assert [dict(build_site(folder, jobs=again).report.reasons) for again in JOBS] == [{}, {}, {}]


def test_any_number_of_jobs_renders_the_same_pages_for_the_same_reasons(quick_path: Path) -> None:
    found = []
    for jobs in JOBS:
        folder = site(quick_path / str(jobs))
        build_site(folder, jobs=jobs)
        retag(folder)
        found.append(dict(build_site(folder, jobs=jobs).report.reasons))
    assert 0 < len(found[0]) < 40
    assert found[1:] == [found[0], found[0]]
