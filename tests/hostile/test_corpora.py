"""Every string of the corpora as every kind of text: nothing crashes, no text is lost, every feed is well-formed."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from unicodedata import normalize
from xml.parsers import expat

import feedparser
import pytest

from hostile.corpora import NAMES, strings
from readers.worlds import around
from sites import SETTINGS, Built, article, built, problems
from yoyak.model.sources import SourceFile
from yoyak.readers.source import SourceReading, read_source
from yoyak.text.characters import FORBIDDEN
from yoyak.text.sanitize import sanitize

pytestmark = pytest.mark.slow

SENTENCE = (
    "가온시가 내년부터 시내버스 노선 열두 개를 바꾼다고 3일 밝혔다. 첫해에는 두 배로 늘린다고 시 관계자는 설명했다."
)
_TAG = re.compile("<[^>]*>")


def plain(text: str) -> str:
    """Return what a reader may see of a text: NFC, without forbidden characters, white space as one space."""
    return " ".join(normalize("NFC", re.sub(f"[{FORBIDDEN}]", " ", text)).split())


def bare(text: str) -> str:
    """Return a text without any white space, for where a reader may break its lines."""
    return re.sub(r"\s+", "", plain(text))


def seen(html: str) -> str:
    return plain(unescape(_TAG.sub("", html)))


def read(name: str, text: str) -> SourceReading:
    source = SourceFile(path=f"content/{name}", data=text.encode("utf-8", "replace"), digest="")
    return read_source(source, around())


@pytest.mark.parametrize("corpus", NAMES)
def test_a_value_of_front_matter_is_kept_or_told(corpus: str) -> None:
    for text in filter(str.strip, strings(corpus)):
        found = read("a.md", article(title=text, tags=[text], authors=[text], source=text))
        if found.reading is None or "title" not in found.fields:
            assert [problem for problem in found.problems if problem.severity == "error"], text
            continue
        kept = [
            found.fields["title"].value,
            *found.fields["tags"].value,
            found.fields["authors"].value[0].name,
            found.fields["source"].value,
        ]
        assert [plain(value) for value in kept] == [plain(text)] * 4


@pytest.mark.parametrize("corpus", NAMES)
def test_a_markdown_body_is_read_and_its_code_is_kept(corpus: str) -> None:
    for text in strings(corpus):
        assert read("a.md", article(text)).reading is not None, text
        found = read("a.md", article(f"앞\n\n`````````\n{text}\n`````````\n\n뒤"))
        assert found.reading is not None
        assert bare(text) in bare(seen(sanitize(found.reading.html))), text


@pytest.mark.parametrize("corpus", NAMES)
def test_every_line_of_a_capture_has_a_label_and_its_text(corpus: str) -> None:
    for text in strings(corpus):
        found = read("a.txt", f"새 배 뜬다\n2024.07.03. 오전 9:00\n{SENTENCE}\n{text}\n{SENTENCE}\n")
        if found.kind == "markdown":  # a text may look like it, e.g. for its headings
            continue
        assert found.reading is not None, text
        lines = found.text.split("\n")
        labelled = [line.n for line in found.reading.lines]
        assert labelled == [number for number, line in enumerate(lines, 1) if line.strip()], text
        body = bare(seen(sanitize(found.reading.html)))
        assert bare(SENTENCE) in body, text


@pytest.mark.parametrize("corpus", NAMES)
def test_the_text_of_a_saved_page_is_kept(corpus: str) -> None:
    for text in strings(corpus):
        page = f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{escape(text)}</title></head><body>'
        page += f"<article><h1>새 배 뜬다</h1><p>{SENTENCE}</p><p>{SENTENCE[:60]} {escape(text)} {SENTENCE[60:]}</p>"
        found = read("a.html", f"{page}<p>{SENTENCE}</p></article></body></html>")
        assert found.reading is not None
        assert bare(text) in bare(seen(sanitize(found.reading.html))), text


@pytest.mark.parametrize("corpus", NAMES)
def test_a_page_that_is_the_string_itself_is_read(corpus: str) -> None:
    for text in strings(corpus):
        for name in ("a.html", "a.txt", "a.md"):
            read(name, text)


@pytest.fixture(scope="module", params=["naughty", "scripts"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site that has every string of a corpus in every place, with plain templates."""
    files: dict[str, str | bytes] = {}
    for number, text in enumerate(filter(str.strip, strings(request.param))):
        keys = {"title": text, "tags": [text], "authors": [text], "source": text, "summary": text, "subtitle": text}
        files[f"content/{number}.md"] = article(text, **keys, rights="full", slug=f"n{number}")
        name = re.sub(r"[/\0]", "∕", text).encode("utf-8", "replace")[:200].decode("utf-8", "ignore")
        files[f"content/named/{number}/{name}.md"] = article(text, slug=f"named-{number}")
        files[f"content/pasted-{number}.txt"] = f"새 배 뜬다 {number}\n{SENTENCE}\n{text}\n{SENTENCE}\n"
    return built(tmp_path_factory.mktemp("corpus"), files, SETTINGS, keep_going=True, jobs=2)


@pytest.mark.slow
def test_a_site_of_them_is_built_and_every_one_that_is_missing_is_named(site: Built) -> None:
    assert site.report.complete
    told = {problem.path for problem in site.report.problems if problem.severity == "error"}
    assert set(site.report.left_out) <= told
    assert len(site.report.left_out) < site.report.articles / 5, problems(site)


@pytest.mark.slow
def test_every_feed_and_map_of_them_is_well_formed(site: Built) -> None:
    paths = sorted(path for path in site.paths() if path.endswith(".xml"))
    assert len(paths) > 20
    for path in paths:
        expat.ParserCreate().Parse((site.output / path).read_bytes(), True)
    for path in [path for path in paths if "sitemap" not in path][:120]:
        assert feedparser.parse((site.output / path).read_bytes()).bozo == 0, path


@pytest.mark.slow
def test_every_title_stands_on_its_page_as_it_was_written(site: Built) -> None:
    shown = {path for path in site.paths() if re.fullmatch(r"articles/n\d+/index\.html", path)}
    titles = {path: re.search(r"<h1[^>]*>(.*?)</h1>", site.text(path), re.DOTALL) for path in shown}
    folder = Path(site.report.output).parent
    wrong = []
    for path, title in titles.items():
        source = folder / "content" / f"{path.split('/')[1][1:]}.md"
        written = read("a.md", source.read_text(encoding="utf-8")).fields["title"].value
        if title is None or seen(title[1]) != plain(written):
            wrong.append((path, written))
    assert wrong == []
