"""What a template was compiled to for one site is used for another only where it would be the same."""

from __future__ import annotations

from pathlib import Path

from command import run_yoyak
from compiled_templates import compiled
from sites import SETTINGS, article, build_site, built, write_site


def shown(folder: Path, page: str, part: str = "", settings: str = SETTINGS, *, inner: str = "") -> str:
    files = {
        "content/a.md": article(),
        "templates/article.html": page,
        "templates/partials/part.html": part,
        "templates/partials/inner.html": inner,
    }
    return built(folder, files, settings).text("articles/a")


def test_a_site_gets_its_own_partials(tmp_path: Path) -> None:
    page = "{% include 'partials/part.html' %}"
    assert [shown(tmp_path / part, page, part) for part in ("one", "two", "one")] == ["one", "two", "one"]


def test_a_site_gets_its_own_partials_of_partials_however_they_are_named(tmp_path: Path) -> None:
    for page in ("{% include 'partials/part.html' %}", '{%- include\n"partials/" "part.html" with context -%}'):
        for inner in ("one", "two", "one"):
            assert shown(tmp_path / inner, page, "{%+ include 'partials/inner.html' %}", inner=inner) == inner


def test_a_partial_that_comes_or_is_of_yoyak_is_the_one_of_the_site(tmp_path: Path) -> None:
    page = "{% include 'partials/rights.html' %}{% include 'yoyak/partials/rights.html' %}"
    first = shown(tmp_path / "first", page)
    files = {"content/a.md": article(), "templates/article.html": page, "templates/partials/rights.html": "mine"}
    own = built(tmp_path / "own", files).text("articles/a")
    assert own != first
    assert own.startswith("mine")
    assert shown(tmp_path / "again", page) == first


def test_a_site_gets_its_own_words_and_addresses_where_a_filter_is_asked_for_what_is_constant(tmp_path: Path) -> None:
    page = "{{ 'seal' | message }} {{ '/x' | absolute }}"
    korean = shown(tmp_path / "ko", page)
    english = shown(tmp_path / "en", page, settings=SETTINGS + "language: en\n")
    assert korean.split()[0] != english.split()[0]
    moved = SETTINGS.replace("digest.example.org", "other.example")
    assert shown(tmp_path / "moved", page, settings=moved) == korean.replace("digest.example.org", "other.example")


def test_what_a_command_compiled_in_a_fork_is_kept_and_gives_the_same_page(tmp_path: Path) -> None:
    files = {"content/a.md": article(), "templates/article.html": "kept {{ 'seal' | message }}"}
    folder, before = write_site(tmp_path, files), compiled()
    assert run_yoyak("build", "--site", folder).returncode == 0
    first = (folder / "output/articles/a/index.html").read_bytes()
    assert compiled(before)
    assert build_site(folder, output=tmp_path / "again").text("articles/a").encode() == first
