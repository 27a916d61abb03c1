"""A link to what is not published is words, in every build of its story: in pages, feeds and metadata."""

from __future__ import annotations

import shutil
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest

from sites import SETTINGS, article, build_site, built, everything, problems, tree, write_site

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("forkless")]

HIDDEN = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "embargoed": {"embargo_until": "2031-01-01"},
    "scheduled": {"publish_at": "2031-01-01"},
    "expired": {"expires_at": "2001-01-01"},
    "unclear": {"status": "비공개"},
}
FILE, SLUG, TITLE, TAG, OLD, PAGE = "zqfilezq", "zqslug가zq", "zqtitlezq", "zqtagzq", "zqoldzq", "zqpagezq"
WORDS = (FILE, SLUG, TITLE, TAG, OLD, PAGE, quote(SLUG), normalize("NFD", SLUG), "zqbodyzq")
Q = quote(SLUG)
LINKS = {
    "file": f"[w](../hidden/{FILE}.md)",
    "file in capitals": f"[w](../hidden/{FILE.upper()}.MD)",
    "place in a file": f"[w](../hidden/{FILE}.md#zqtitlezq)",
    "file from the root": f"[w](/content/hidden/{FILE}.md)",
    "address": f"[w](/articles/{Q}/)",
    "address without its end": f"[w](/articles/{Q})",
    "address in letters": f"[w](</articles/{SLUG}/>)",
    "address in NFD": f"[w](</articles/{normalize('NFD', SLUG)}/>)",
    "address with a query": f"[w](/articles/{Q}/?a=1#b)",
    "beside": f"[w](../{Q}/)",
    "beside as typed": f"[w](../{SLUG}/)",
    "in full": f"[w](https://digest.example.org/articles/{Q}/)",
    "in full and in capitals": f"[w](HTTPS://Digest.Example.ORG/articles/{Q}/)",
    "in full without TLS": f"[w](http://digest.example.org/articles/{Q}/)",
    "in full with a port": f"[w](https://digest.example.org:443/articles/{Q}/)",
    "without a scheme": f"[w](//digest.example.org/articles/{Q}/)",
    "with dots": f"[w](https://digest.example.org/x/../articles/{Q}/)",
    "name": f"[[{FILE}|w]] [[{TITLE}|w]]",
    "picture by name": f"![[{FILE}|w]]",
    "reference": f"[w][r]\n\n[r]: ../hidden/{FILE}.md '{'t'}'",
    "raw": f'<a href="../hidden/{FILE}.md"><b>w</b></a> <A HREF=/articles/{Q}/>w</A>',
    "quotation": f'<blockquote cite="/articles/{Q}/">w</blockquote><q cite="../hidden/{FILE}.md">w</q>',
    "deletion": f'<del cite="https://digest.example.org/articles/{Q}/">w</del> <ins cite="../{Q}/">w</ins>',
    "picture in full": f"![w](https://digest.example.org/articles/{Q}/p.png)",
    "film": f'<video src="/articles/{Q}/f.mp4"></video>',
    "frame": f'<iframe src="https://digest.example.org/articles/{Q}/"></iframe>',
    "form": f'<form action="/articles/{Q}/">w</form>',
    "linked picture": f"[![w](a.svg)](/articles/{Q}/)",
    "tag": f"[w](/tags/{TAG}/) [w](/tags/{TAG}/feed.xml)",
    "author": f"[w](/authors/{TAG}/)",
    "source": f"[w](/sources/{TAG}/)",
    "old address": f"[w](/{OLD}/)",
    "own page": f"[w](/{PAGE}/) [w](../pages/{PAGE}.md)",
    "footnote": f"w[^1]\n\n[^1]: [w](/articles/{Q}/)",
    "heading": f"## [w](/articles/{Q}/)",
}
LINKING = {"content/shown/a.md", "content/pages/about.md", "content/editions/2024-W27.md", "content/themes/ai.md"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'


def hidden_files(keys: dict[str, str]) -> dict[str, str]:
    terms = {"tags": [TAG], "authors": [TAG], "source": TAG, "rights": "full", "aliases": [f"/{OLD}/"]}
    status = "draft" if keys else "approved"
    return {
        f"content/hidden/{FILE}.md": article("zqbodyzq", **{"title": TITLE, "slug": SLUG, **terms, **keys}),
        f"content/pages/{PAGE}.md": f"---\ntitle: {TITLE}\nstatus: {status}\n---\n\nzqbodyzq\n",
    }


def files_with(link: str) -> dict[str, str]:
    """Return a site of which every kind of text has a link."""
    body = f"첫 문단이다.\n\n{link}\n\n끝 문단이다."
    return {
        "content/shown/a.md": article(body, rights="full"),
        "content/shown/a.svg": SVG,
        "content/pages/a.svg": SVG,
        "content/editions/a.svg": SVG,
        "content/themes/a.svg": SVG,
        "content/pages/about.md": f"---\ntitle: 소개\n---\n\n{body}\n",
        "content/editions/2024-W27.md": f"{body}\n",
        "content/themes/ai.md": f"{body}\n",
    }


SITE = f"{SETTINGS}themes: [{{slug: ai, title: 인공지능}}]\n"


@pytest.mark.parametrize("link", LINKS)
def test_a_link_to_what_is_not_published_names_nothing_and_is_an_error(tmp_path: Path, link: str) -> None:
    files = {**files_with(LINKS[link]), **hidden_files(HIDDEN["draft"])}
    found = built(tmp_path, files, SITE, keep_going=True)
    assert found.report.complete
    said = everything(found.output)
    assert [word for word in WORDS if word in said] == []
    broken = {one.path for one in found.report.problems if one.code == "broken-link"}
    assert broken == (set() if "name" in link else LINKING)


def test_no_link_names_what_is_not_published_in_the_real_looks(tmp_path: Path) -> None:
    files = {**files_with("\n\n".join(LINKS.values())), **hidden_files(HIDDEN["draft"])}
    said = everything(built(tmp_path, files, SITE, keep_going=True, plain=False).output)
    assert [word for word in WORDS if word in said] == []
    assert not build_site(tmp_path).report.complete


@pytest.mark.parametrize("why", HIDDEN)
def test_nothing_is_named_whatever_holds_an_article_back(tmp_path: Path, why: str) -> None:
    link = "\n\n".join(LINKS[name] for name in ("file", "address", "in full", "tag", "name"))
    found = built(tmp_path, {**files_with(link), **hidden_files(HIDDEN[why])}, SITE, keep_going=True)
    said = everything(found.output)
    shown = (PAGE,) if why == "unclear" else ()
    assert [word for word in WORDS if word in said and word not in shown] == []


def test_links_to_what_is_published_stay(tmp_path: Path) -> None:
    links = (
        "file",
        "address",
        "in full and in capitals",
        "without a scheme",
        "tag",
        "old address",
        "own page",
        "quotation",
    )
    found = built(tmp_path, {**files_with("\n\n".join(LINKS[name] for name in links)), **hidden_files({})}, SITE)
    assert [one for one in problems(found) if "warning" not in one] == []
    page = found.text("articles/a")
    assert page.count(f'href="/articles/{Q}/"') >= 4
    assert f'cite="/articles/{Q}/"' in page


STORIES = [
    ("draft", "", "expired"),
    ("", "draft", "", "unclear"),
    ("unclear", "review", "", "scheduled", "embargoed", ""),
]


@pytest.mark.parametrize("story", STORIES)
def test_each_build_of_a_story_is_the_one_from_nothing(tmp_path: Path, story: tuple[str, ...]) -> None:
    link = "\n\n".join(LINKS[name] for name in ("file", "address", "beside", "tag", "old address", "own page"))
    folder = write_site(tmp_path / "site", files_with(link), SITE, plain=True)
    for number, state in enumerate(story):
        write_site(folder, hidden_files(HIDDEN.get(state, {})), SITE)
        after = build_site(folder, keep_going=True)
        fresh = tmp_path / f"fresh{number}"
        shutil.copytree(folder / "content", fresh / "content")
        write_site(fresh, {}, SITE, plain=True)
        assert tree(after.output) == tree(build_site(fresh, keep_going=True).output)
        assert problems(after) == problems(build_site(folder, keep_going=True))


def test_an_edit_that_makes_a_link_to_a_draft_is_seen_by_a_small_build(tmp_path: Path) -> None:
    folder = write_site(
        tmp_path / "site", {**files_with("그저 글."), **hidden_files(HIDDEN["draft"])}, SITE, plain=True
    )
    build_site(folder)
    write_site(folder, {"content/shown/a.md": article(LINKS["address"], rights="full")}, SITE)
    after = build_site(folder, keep_going=True)
    assert [one.code for one in after.report.problems if one.severity == "error"] == ["broken-link"]
    assert Q not in everything(after.output)
    write_site(folder, {"content/shown/a.md": article("다시 글.", rights="full")}, SITE)
    assert build_site(folder, keep_going=True).report.complete


def test_drafts_may_link_to_each_other(tmp_path: Path) -> None:
    files = {**hidden_files(HIDDEN["draft"]), "content/hidden/b.md": article(LINKS["address"], status="draft")}
    found = built(tmp_path, {**files, "content/a.md": article()}, SITE)
    assert found.report.complete


def test_a_preview_of_drafts_keeps_their_links(tmp_path: Path) -> None:
    found = built(tmp_path, {**files_with(LINKS["file"]), **hidden_files(HIDDEN["draft"])}, SITE, preview=True)
    assert f'href="/articles/{Q}/"' in found.text("articles/a")


def test_an_original_on_this_site_that_is_not_published_is_not_named(tmp_path: Path) -> None:
    url = f"https://digest.example.org/articles/{Q}/"
    files = {"content/shown/a.md": article(source="가온일보", source_url=url), **hidden_files(HIDDEN["draft"])}
    found = built(tmp_path, files, SITE, keep_going=True)
    assert "broken-link" in [one.code for one in found.report.problems]
    assert Q not in everything(found.output)


def test_the_menu_names_no_page_that_is_not_published(tmp_path: Path) -> None:
    menu = f"{SITE}navigation: [{{title: 소개, url: /about/}}, {{title: w, url: /{PAGE}/}}]\n"
    found = built(tmp_path, {**files_with("글."), **hidden_files(HIDDEN["draft"])}, menu, keep_going=True, plain=False)
    assert [(one.code, one.path) for one in found.report.problems if one.severity == "error"] == [
        ("broken-link", "site.yaml")
    ]
    assert PAGE not in everything(found.output)
    assert 'href="/about/"' in found.text("")
    write_site(tmp_path, hidden_files({}), menu)
    assert f'href="/{PAGE}/"' in build_site(tmp_path).text("")
