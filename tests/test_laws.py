"""The laws of ARCHITECTURE.md, as far as a whole build is needed to see whether they hold."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from unicodedata import normalize
from xml.parsers import expat

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import json

from mixed import write_mixed_site
from sites import NOON, SETTINGS, Built, article, build_site, built, problems, tree, write_site
from yoyak.build.store_recovery import open_store
from yoyak.engine.parse_all import Known, parse_all
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST
from yoyak.model.types import Site
from yoyak.parallel.pool import serial
from yoyak.pipeline.group import group
from yoyak.pipeline.load import list_content
from yoyak.settings.config import load_config

CHECKOUT = Path(__file__).parent.parent
CORPORA = CHECKOUT.parent / "shared" / "corpora"
AT = "2024-07-10 12:00"
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def corpus(name: str) -> list[str]:
    """Return the strings of a corpus that is not part of the project; skip the test where it is missing."""
    place = CORPORA / name
    if not place.is_file():
        pytest.skip(f"{name} is not here: it is not part of the project")
    return json.decode(place.read_bytes(), type=list[str])


def run_build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a site in a process of its own."""
    command = [sys.executable, "-m", "yoyak", "build", "--site", str(folder), "--at", AT, *options]
    # Python itself reads an editable installation's path as ASCII in the C locale; a Hangul checkout needs UTF-8 mode.
    mode = {} if str(CHECKOUT).isascii() else {"PYTHONUTF8": "1"}
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator"), **environment, **mode}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


# --- same input, same bytes -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A clean build of the mixed site, with everything plain."""
    folder = write_mixed_site(tmp_path_factory.mktemp("mixed") / "site")
    done = run_build(folder, "--jobs", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    return files_of(folder / "output")


def files_of(output: Path) -> dict[str, bytes]:
    return tree(output) | {MANIFEST: (output / MANIFEST).read_bytes()}


def assert_same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert sorted(found) == sorted(expected)
    assert [path for path in found if found[path] != expected[path]] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (("--jobs", "1"), {"PYTHONHASHSEED": "1", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"}),
        (("--jobs", "2"), {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}),
        (("--jobs", "4"), {"PYTHONHASHSEED": "3", "TZ": "Asia/Seoul", "LC_ALL": "POSIX"}),
    ],
    ids=["1 job", "2 jobs", "4 jobs"],
)
def test_same_content_gives_the_same_bytes_on_every_machine(
    tmp_path: Path, mixed: dict[str, bytes], options: tuple[str, ...], environment: dict[str, str]
) -> None:
    folder = write_mixed_site(tmp_path / "다른 이름의 폴더", backwards=True)
    done = run_build(folder, *options, **environment)
    assert done.returncode == 0, done.stderr
    assert_same(files_of(folder / "output"), mixed)


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(tags=[f"t{number}"]) for number in range(5)}
    first = built(tmp_path, files)
    before = {path: path.stat().st_mtime_ns for path in first.output.rglob("*") if path.name != MANIFEST}
    second = build_site(tmp_path)
    assert (second.report.written, second.report.changed, second.report.removed) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in first.output.rglob("*") if path.name != MANIFEST} == before


def test_an_article_that_goes_takes_all_its_traces_along(tmp_path: Path) -> None:
    others = {"content/a.md": article(tags=["함께"]), "content/b.md": article(date="2024-06-01")}
    one = article("![p](p.svg)", tags=["함께", "혼자"], date="2024-05-01", aliases=["/old/"], authors=["김"])
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    built(tmp_path / "site", {**others, "content/c.md": one, "content/p.svg": picture})
    (tmp_path / "site/content/c.md").unlink()
    found = build_site(tmp_path / "site")
    never = built(tmp_path / "never", others)
    assert_same(files_of(found.output), files_of(never.output))
    assert [path for path in found.output.rglob("*") if path.is_dir() and not any(path.iterdir())] == []


# --- addresses and membership ----------------------------------------------------------------------

letters = st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("aAéßſİıK가각ﬃ.-_/\\ 　#?%")
words = st.text(letters, min_size=1, max_size=12).filter(lambda text: text.strip() != "")
dates = st.dates(min_value=date(2023, 12, 25), max_value=date(2024, 7, 20))
TAGS = ["ß!", "ss", "SS", "-", "C++", "C#"]
DOTTED = ["İ", "i̇", "ı", "I"]
articles = st.fixed_dictionaries(
    {
        "title": words,
        "date": st.none() | dates.map(str),
        "tags": st.lists(words, max_size=3),
        "themes": st.lists(words, min_size=1, max_size=2),
        "authors": st.lists(words, max_size=2),
        "source": st.none() | words,
        "status": st.sampled_from(["approved", "approved", "draft"]),
        "slug": st.none() | words.filter(lambda text: any(c.isalnum() for c in text)),
        "rights": st.just("full"),
    }
)


@pytest.mark.slow
@FEW
@given(st.lists(articles, max_size=6), st.sampled_from(["daily", "weekly", "monthly", "none"]))
@example([{"title": "x", "date": "2024-07-03", "tags": TAGS, "themes": ["-"]}], "weekly")
@example([{"title": "x", "date": "2024-07-03", "tags": DOTTED, "themes": ["ﬃ", "ffi"]}], "daily")
def test_every_published_article_is_where_it_belongs_and_no_two_outputs_share_a_path(
    tmp_path_factory: pytest.TempPathFactory, keys: list[dict[str, object]], cadence: str
) -> None:
    folder = tmp_path_factory.mktemp("site")
    files = {f"content/{number}.md": article(**one) for number, one in enumerate(keys)}
    found = built(folder, files, f"{SETTINGS}editions: {{cadence: {cadence}}}\n", keep_going=True)
    _no_two_paths_are_one(found)
    _each_is_where_it_belongs(_site_of(folder), cadence)


def _site_of(folder: Path) -> Site:
    config, _ = load_config(folder, at=NOON, preview=False, environment={})
    assert config is not None
    with tempfile.TemporaryDirectory() as place:
        store = open_store(Path(place) / "store.sqlite", clean=True).store
        parts = parse_all(list_content(folder), {}, config, serial, Known(store=store, files={}, stamps={}))
        store.close()
    return group(parts.places, parts.notes, config)[0]


def _no_two_paths_are_one(found: Built) -> None:
    keys = Counter(normalize("NFC", normalize("NFC", path).casefold()) for path in found.paths())
    assert [key for key, count in keys.items() if count > 1] == []


def _each_is_where_it_belongs(site: Site, cadence: str) -> None:
    held = {article.path for article in site.held}
    for term in (*site.themes, *site.tags, *site.sources, *site.authors):
        assert len({article.path for article in term.articles}) == len(term.articles)
    for one in site.articles:
        assert one.path not in held
        editions = [edition for edition in site.editions if one in edition.articles]
        in_sections = [section for edition in editions for section in edition.sections if one in section.articles]
        days = [day for day in site.days if one in day.articles]
        dated = one.date is not None
        assert len(editions) == len(in_sections) == (1 if dated and cadence != "none" else 0)
        assert len(days) == (1 if dated else 0)
        assert any(one in term.articles for term in site.themes)
        for names, terms in ((one.tags, site.tags), (one.authors, site.authors)):
            assert sum(one in term.articles for term in terms) <= len(names)
            assert bool(names) == any(one in term.articles for term in terms)
        assert bool(one.source) == any(one in term.articles for term in site.sources)
    shown = {article.path for article in site.articles}
    terms = (*site.themes, *site.tags, *site.sources, *site.authors)
    listed = [holder.articles for holder in terms]
    listed += [edition.articles for edition in site.editions] + [day.articles for day in site.days]
    assert {article.path for articles in listed for article in articles} <= shown


@pytest.fixture(scope="module")
def naughty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose titles, tags, slugs, file names and bodies are strings that break programs."""
    folder = tmp_path_factory.mktemp("naughty")
    strings = [text for text in corpus("blns.json") if text.strip() and "\0" not in text]
    files: dict[str, str | bytes] = {}
    for number, text in enumerate(strings):
        name = text.replace("/", "∕")[:40].strip(". ")
        usable = any(c.isalnum() for c in text)
        files[f"content/{number}.md"] = article(
            text, title=text, tags=[text], source=text, authors=[text], rights="full", slug=f"{text[:40]} {number}"
        )
        if usable and name and not name.startswith(("_", "#", "~")) and number % 8 == 0:
            files[f"content/named/{name}.md"] = article(text, slug=None, themes=[text])
    return built(folder, files, SETTINGS + "page_size: 200\n", keep_going=True)


@pytest.mark.slow
def test_naughty_strings_make_a_site(naughty: Built) -> None:
    left_out = set(naughty.report.left_out)
    assert naughty.report.complete
    assert len(left_out) < 60, problems(naughty)
    _no_two_paths_are_one(naughty)


@pytest.mark.slow
def test_naughty_strings_leave_every_feed_and_map_well_formed(naughty: Built) -> None:
    for path in sorted(path for path in naughty.paths() if path.endswith(".xml")):
        expat.ParserCreate().Parse((naughty.output / path).read_bytes(), True)


def test_naughty_strings_leave_every_feed_with_ids_of_its_own(naughty: Built) -> None:
    found = [item["id"] for item in json.decode((naughty.output / "feed.json").read_bytes())["items"]]
    assert len(found) == len(set(found)) == 20


# --- a build that is killed, and the folder that it writes to -----------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_a_killed_build_leaves_nothing_that_the_next_one_does_not_mend(tmp_path: Path) -> None:
    texts = {f"content/{number}.md": article(f"{number}번째 글.", tags=[f"t{number}"]) for number in range(12)}
    clean = built(tmp_path / "clean", texts)
    folder = write_site(tmp_path / "site", texts, plain=True)
    (folder / "output").mkdir()
    (folder / "output" / ".htaccess").write_text("foreign", encoding="utf-8")
    chance, longest = random.Random(20240703), _built_in_a_fork(folder, patience=None)
    for number in range(14):
        _change(folder, number)
        _built_in_a_fork(folder, patience=longest * (0.1 + chance.random()))
    shutil.rmtree(folder / "content")
    found = built(folder, texts)
    files = files_of(found.output)
    assert files.pop(".htaccess") == b"foreign"
    assert_same(files, files_of(clean.output))
    assert [path.name for path in (folder / ".yoyak").iterdir() if path.suffix != ".lock"] == ["store.sqlite"]


def _change(folder: Path, number: int) -> None:
    """Give a site other articles than before, so that a build of it writes, changes and removes files."""
    for place in (folder / "content").iterdir():
        if (int(place.stem) + number) % 5 == 0:
            place.unlink()
    for name in range(number % 3, 30, 3):
        text = article(f"판 {number}", tags=[f"n{number}"], date=f"2024-06-{1 + name:02}")
        (folder / "content" / f"{name}.md").write_text(text, encoding="utf-8")


def _built_in_a_fork(folder: Path, patience: float | None) -> float:
    """Build a site in a process that is killed when `patience` ends; return the seconds that it ran."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            build_site(folder)
        os._exit(0)
    if patience is not None:
        time.sleep(patience)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - started


def test_a_build_refuses_to_take_the_place_of_foreign_files(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {"content/a.md": article()}, plain=True)
    (folder / "output").mkdir()
    (folder / "output" / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(YoyakError, match="has files that yoyak did not write"):
        build_site(folder)
    assert tree(folder / "output") == {"holiday.jpg": b"mine"}
