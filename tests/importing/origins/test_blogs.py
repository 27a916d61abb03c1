"""Exports of blogs: who could see an article there decides whether readers see it here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from importing.desk import contents, new_site, run_import, written
from importing.origins.blogs import BLOGS, HELD, LEFT, OWN, Blog, blogger_old, ghost, wordpress, zipped
from yoyak.build.build import build
from yoyak.messages.catalogue import printed
from yoyak.model.build import BuildRequest


def _heads(site: Path) -> dict[str, dict[str, object]]:
    found = {}
    for name, data in contents(site).items():
        if name.endswith(".md"):
            head = yaml.safe_load(data.decode().split("---\n")[1])
            found[str(head["title"])] = head
    return found


def _import(tmp_path: Path, blog: Blog, form: str, top: str = "") -> Path:
    site = new_site(tmp_path / "site")
    if form == "zip":
        run = run_import(site, written(tmp_path, "export.zip", zipped(blog.files, top)))
    elif len(blog.files) == 1:
        ((name, text),) = blog.files.items()
        run = run_import(site, written(tmp_path, f"in/{name}", text))
    else:
        for name, text in blog.files.items():
            written(tmp_path, f"in/{name}", text)
        run = run_import(site, tmp_path / "in")
    assert [printed(problem) for problem in run.problems if problem.severity == "error"] == []
    return site


_DONE: dict[str, Path] = {}


def _once(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """Return the site with an export as it is, which is imported once for all tests here."""
    if name not in _DONE:
        _DONE[name] = _import(tmp_path_factory.mktemp(name), BLOGS[name](), "as it is")
    return _DONE[name]


def _fates(site: Path, blog: Blog) -> dict[str, str]:
    heads = _heads(site)
    return {title: str(heads[title].get("status", OWN)) if title in heads else LEFT for title in blog.fates}


def test_an_imported_page_is_not_said_to_lack_a_theme_or_a_date(tmp_path: Path) -> None:
    for name, text in BLOGS["wordpress"]().files.items():
        written(tmp_path, f"in/{name}", text)
    run = run_import(new_site(tmp_path / "site"), tmp_path / "in")
    lacks = {item.title: [said.key for said in item.unsure if not isinstance(said, str)] for item in run.imported}
    assert "look-at.no-theme" in lacks["Open one"]
    assert lacks["About"] == []


@pytest.mark.parametrize("name", BLOGS)
def test_each_item_of_an_export_is_what_its_status_says(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    blog, site = BLOGS[name](), _once(tmp_path_factory, name)
    assert _fates(site, blog) == blog.fates
    assert set(_heads(site)) <= set(blog.fates)


@pytest.mark.parametrize("name", ["wordpress", "blogger-new", "medium", "tistory"])
def test_a_zip_of_an_export_says_the_same(tmp_path: Path, name: str) -> None:
    blog = BLOGS[name]()
    assert _fates(_import(tmp_path, blog, "zip", "top/" if name != "blogger-new" else ""), blog) == blog.fates


@pytest.mark.parametrize("name", BLOGS)
def test_old_addresses_of_public_articles_are_their_aliases(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    blog = BLOGS[name]()
    heads = _heads(_once(tmp_path_factory, name))
    firsts = {title: heads[title]["aliases"][0] for title in blog.paths}  # type: ignore[index]
    assert firsts == blog.paths
    assert {heads[title].get("rights") for title in blog.paths} <= {"full", None}
    assert not any("source" in head or "source_url" in head for head in heads.values())
    assert not any("aliases" in heads[title] for title, fate in blog.fates.items() if fate == HELD)


@pytest.mark.parametrize("layout", [1, 3])
def test_every_layout_of_ghost_says_the_same(tmp_path: Path, layout: int) -> None:
    blog = ghost(layout=layout)
    assert _fates(_import(tmp_path, blog, "as it is"), blog) == blog.fates


@pytest.mark.parametrize("version", ["1.0"])
def test_older_exports_of_wordpress_say_the_same(tmp_path: Path, version: str) -> None:
    blog = wordpress(version=version)
    assert _fates(_import(tmp_path, blog, "as it is"), blog) == blog.fates


@pytest.mark.parametrize("name", BLOGS)
def test_no_private_word_of_an_export_reaches_the_output(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    blog, site = BLOGS[name](), _once(tmp_path_factory, name)
    report = build(BuildRequest(folder=site, output=site / "output"))
    assert not [printed(problem) for problem in report.problems if problem.severity == "error"]
    out = b"".join(path.read_bytes() for path in (site / "output").rglob("*") if path.is_file())
    assert [word for word in blog.secrets if word.encode() in out] == []
    kept = b"".join(contents(site).values()).decode()
    beside = [word for word in blog.secrets if not re.search(r"\d+body$", word)]
    assert [word for word in beside if word in kept] == []


@pytest.mark.parametrize("field", ["_members_only", "private_until_paid", "expiration-mode"])
def test_custom_fields_of_plugins_hold_back_a_post_of_wordpress(field: str, tmp_path: Path) -> None:
    meta = f"<wp:postmeta><wp:meta_key>{field}</wp:meta_key><wp:meta_value>on</wp:meta_value></wp:postmeta>"
    item = f"""<item><title>모임</title>
<content:encoded><![CDATA[본문이다.]]></content:encoded><wp:post_id>7</wp:post_id>
<wp:post_date>2024-07-01 09:00:00</wp:post_date>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{meta}</item>"""
    export = re.sub(r"<item>.*</item>", lambda _: item, next(iter(wordpress().files.values())), flags=re.DOTALL)
    run_import(new_site(tmp_path / "site"), written(tmp_path, "in/export.xml", export))
    assert _heads(tmp_path / "site")["모임"]["status"] == "draft"


def test_a_key_that_ghost_does_not_have_holds_back_its_post(tmp_path: Path) -> None:
    post = {"id": 1, "title": "모임", "slug": "m", "html": "<p>본문이다.</p>", "status": "published", "draft": True}
    text = json.dumps({"db": [{"meta": {"version": "5.0"}, "data": {"posts": [post]}}]})
    run_import(new_site(tmp_path / "site"), written(tmp_path, "in/ghost.json", text))
    assert _heads(tmp_path / "site")["모임"]["status"] == "draft"


@pytest.mark.parametrize("form", ["as it is", "zip"])
def test_an_entry_of_blogger_that_cannot_be_read_costs_itself(tmp_path: Path, form: str) -> None:
    blog = blogger_old()
    ((name, text),) = blog.files.items()
    files = {name: str(text).replace("http://old.blogspot.com/2020/03/title-2.html", "http://[old/2.html")}
    site = new_site(tmp_path / "site")
    data = zipped(dict(files)) if form == "zip" else files[name]
    run = run_import(site, written(tmp_path, f"in/{name}" if form != "zip" else "export.zip", data))
    assert _fates(site, blog) == {**blog.fates, "Post 2": LEFT}
    assert [printed(problem) for problem in run.problems if "Post 2" in printed(problem)] != []


def test_a_post_of_ghost_that_cannot_be_read_is_said_in_a_zip_too(tmp_path: Path) -> None:
    post = {"id": 1, "title": "모임", "slug": "m", "mobiledoc": '{"sections": [[1, [], []]]}', "status": "published"}
    other = {"id": 2, "title": "마당", "slug": "n", "html": "<p>본문이다.</p>", "status": "published"}
    text = json.dumps({"db": [{"meta": {"version": "5.0"}, "data": {"posts": [post, other]}}]})
    for form, data in (("ghost.json", text), ("ghost.zip", zipped({"old/ghost.json": text}))):
        run = run_import(new_site(tmp_path / form), written(tmp_path, f"in/{form}", data))
        assert [printed(problem) for problem in run.problems if "모임" in printed(problem)] != [], form
        assert "마당" in _heads(tmp_path / form)
