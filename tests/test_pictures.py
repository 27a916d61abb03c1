"""What articles show, from files to pages: pictures that are none, names that look alike, and what a link shows."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest

from pictures import POINTER, SVG, brand, jpeg, png
from sites import article, build_site, built, everything, problems
from yoyak.fixing.fix import FixRequest, fix

HERE = "content/2024/07"


def meta(text: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', text)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("부두.jpg", POINTER, "is a pointer of Git LFS, and not the file itself. Run: git lfs pull."),
        ("empty.png", b"", "is empty."),
        ("gone.gif", b"<html><body>404</body></html>", "is a web page under this name."),
        ("IMG_1.HEIC", brand("heic", "mif1"), "is a HEIC picture, which most browsers do not show. Convert it to JPEG"),
        ("IMG_2.jpg", brand("heic"), "is a HEIC picture"),
        ("scan.tif", b"II*\x00" + bytes(60), "is a TIFF picture"),
        ("half.png", png()[:30], "is damaged"),
        ("words.webp", b"see the other folder", "holds text"),
        ("map.svg", POINTER, "is a pointer of Git LFS"),
        ("report.pdf", b"%PDF-1.4\n%%EOF", "is a PDF, and no picture. Link to it instead"),
    ],
)
def test_a_picture_that_browsers_do_not_show_is_an_error_where_it_is_shown(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    found = built(tmp_path, {f"{HERE}/a.md": article(f"글이다.\n\n![그림](<{name}>)"), f"{HERE}/{name}": data})
    (problem,) = problems(found)
    assert problem.startswith(f'{HERE}/a.md:9: "{name}" {said}')
    assert not found.report.complete


def test_nothing_of_such_a_picture_is_deployed(tmp_path: Path) -> None:
    files = {"content/a.md": article("![그림](p.jpg)"), "content/b.md": article(title="둘"), "content/p.jpg": POINTER}
    found = built(tmp_path, files, keep_going=True)
    assert "git-lfs" not in everything(found.output)
    assert not [path for path in found.paths() if path.startswith("assets/p")]


def test_what_no_article_shows_may_be_anything(tmp_path: Path) -> None:
    files = {f"{HERE}/a.png": POINTER, f"{HERE}/b.heic": brand("heic"), f"{HERE}/c.svg": b"", f"{HERE}/d.psd": b"8BPS"}
    found = built(tmp_path, {f"{HERE}/a.md": article(), **files})
    assert problems(found) == []


@pytest.mark.parametrize("shown", ["image: {src: p.png, alt: 배}", "image:\n  src: p.png\n  alt: 배"])
def test_the_picture_of_the_front_matter_is_looked_at_too(tmp_path: Path, shown: str) -> None:
    text = f"---\ntitle: 배\ndate: 2024-07-03\nthemes: [ai]\n{shown}\n---\n글이다.\n"
    (problem,) = problems(built(tmp_path, {"content/a.md": text, "content/p.png": POINTER}))
    assert re.match(r'content/a\.md:[56]: "p\.png" is a pointer of Git LFS', problem)


def test_a_document_that_is_linked_to_has_to_be_one(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article("[보고서](r.pdf)를 보라."), "content/r.pdf": POINTER})
    assert problems(found)[0].startswith('content/a.md:7: "r.pdf" is a pointer of Git LFS')


def test_the_pictures_of_own_pages_are_looked_at_too(tmp_path: Path) -> None:
    files = {"content/pages/about.md": "# 소개\n\n![배](p.png)\n", "content/pages/p.png": b""}
    (problem,) = problems(built(tmp_path, files))
    assert problem.startswith('content/pages/about.md:3: "p.png" is empty.')


def test_an_excerpt_is_not_held_up_by_a_picture_that_it_does_not_show(tmp_path: Path) -> None:
    keys = {"source": "가온", "source_url": "https://gaon.example/a", "rights": "excerpt"}
    body = "첫 문장이다. 둘째 문장이다. 셋째 문장이다.\n\n![그림](p.png)"
    assert problems(built(tmp_path, {"content/a.md": article(body, **keys), "content/p.png": POINTER})) == []


def test_a_name_that_lies_about_the_format_is_put_right_in_the_output(tmp_path: Path) -> None:
    body = "![하나](a.png)\n\n![둘](b.heic)"
    found = built(tmp_path, {"content/a.md": article(body), "content/a.png": jpeg(), "content/b.heic": jpeg()})
    assert problems(found) == []
    assert sorted(p for p in found.paths() if p.endswith(".jpg")) == [
        p for p in sorted(found.paths()) if re.fullmatch(r"assets/[ab]\.[0-9a-f]{10}\.jpg", p)
    ]
    assert len([p for p in found.paths() if p.endswith(".jpg")]) == 2


def test_a_picture_that_came_is_seen_by_the_next_build(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article("![그림](p.png)"), "content/p.png": POINTER})
    assert len(problems(found)) == 1
    (tmp_path / "content/p.png").write_bytes(png())
    assert problems(build_site(tmp_path)) == []
    (tmp_path / "content/p.png").write_bytes(POINTER)
    assert len(problems(build_site(tmp_path))) == 1


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("화면 3.05.12\u202fPM.png", "화면 3.05.12 PM.png"),
        ("copied\u00a0name.png", "copied%20name.png"),
        (normalize("NFD", "항구.png"), "항구.png"),
        ("항구.png", normalize("NFD", "항구.png")),
        ("IMG_2.JPG", "img_2.jpg"),
        ("큰.png", ".\\큰.png"),
        ("\u200ephoto.jpg", "photo.jpg"),
        ("왜?.png", "왜?.png"),
        ("50%20off.png", "50%20off.png"),
        ("a b.png", "a%20b.png"),
        ("그림/큰 배.png", "그림\\큰 배.png"),
    ],
)
def test_a_picture_is_found_by_the_name_that_people_see(tmp_path: Path, file: str, written: str) -> None:
    found = built(tmp_path, {f"{HERE}/a.md": article(f"![그림](<{written}>)"), f"{HERE}/{file}": png()})
    assert [problem for problem in problems(found) if "warning" not in problem] == []
    assert ' src="/assets/' in found.text("articles/a")


def test_the_exact_name_comes_before_one_that_looks_the_same(tmp_path: Path) -> None:
    files = {f"{HERE}/a b.png": png(shade=1), f"{HERE}/a\u00a0b.png": png(shade=2)}
    found = built(tmp_path, {f"{HERE}/a.md": article("![그림](<a b.png>)"), **files})
    assert problems(found) == []
    shown = re.findall(r' src="/(assets/[^"]+)"', found.text("articles/a"))
    assert (found.output / shown[0]).read_bytes() == png(shade=1)


def test_of_two_that_fit_none_is_taken_and_both_are_named(tmp_path: Path) -> None:
    files = {f"{HERE}/a\u202fb.png": png(), f"{HERE}/a\u00a0b.png": png()}
    (problem,) = problems(built(tmp_path, {f"{HERE}/a.md": article("![그림](<a b.png>)"), **files}))
    assert 'Several files may be meant by "a b.png"' in problem
    assert "a[U+00A0, no-break space]b.png" in problem
    assert "a[U+202F, narrow no-break space]b.png" in problem


@pytest.mark.parametrize(
    ("file", "data", "written", "said"),
    [
        ("clip.mp4", b"x", "Clip.mp4", '"clip.mp4" is there, but files of this kind are not published as pictures.'),
        (
            "m.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            "m.svg",
            '"m.svg" is there, but it cannot',
        ),
        ("ferry.png", png(), "fery.png", 'There is no picture "fery.png" next to this file. Did you mean "ferry.png"?'),
        ("img/p.png", png(), "p.png", 'Did you mean "img/p.png"?'),
    ],
)
def test_no_message_denies_a_file_that_is_there(
    tmp_path: Path, file: str, data: bytes, written: str, said: str
) -> None:
    found = built(tmp_path, {f"{HERE}/a.md": article(f"![그림]({written})"), f"{HERE}/{file}": data})
    assert [problem for problem in problems(found) if said in problem and f"{HERE}/a.md:7" in problem]


def test_articles_and_documents_are_found_by_the_name_that_people_see(tmp_path: Path) -> None:
    body = "[섬](<섬 배.md>), [보고서](<Report 1.PDF>)"
    files = {"content/섬\u00a0배.md": article(title="섬"), "content/report\u00a01.pdf": b"%PDF-1.4\n%%EOF"}
    found = built(tmp_path, {"content/a.md": article(body), **files})
    assert [problem for problem in problems(found) if "leads nowhere" in problem] == []
    assert 'href="/assets/report-1.' in found.text("articles/a")


def test_a_new_file_that_makes_a_name_ambiguous_is_noticed(tmp_path: Path) -> None:
    found = built(tmp_path, {f"{HERE}/a.md": article("![그림](<a b.png>)"), f"{HERE}/a\u00a0b.png": png()})
    assert problems(found) == []
    (tmp_path / HERE / "a\u202fb.png").write_bytes(png())
    assert "Several files" in problems(build_site(tmp_path))[0]


def test_fix_writes_the_name_that_was_meant(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article("![그림](fery.png) 글이다."), "content/ferry.png": png()})
    fix(FixRequest(folder=tmp_path, write=True))
    assert "![그림](ferry.png) 글이다." in (tmp_path / "content/a.md").read_text()


def test_fix_takes_no_picture_for_its_neighbour(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article("![그림](pier-2.png)"), "content/pier-1.png": png()})
    report = fix(FixRequest(folder=tmp_path, write=True))
    assert not report.files


# --- what a link shows --------------------------------------------------------------------------


def test_a_drawing_stays_on_the_page_and_a_link_shows_the_first_picture_in_pixels(tmp_path: Path) -> None:
    files = {"content/m.svg": SVG, "content/p.png": png(), "content/q.png": png(shade=1)}
    body = "![지도](m.svg)\n\n![부두](p.png)\n\n![배](q.png)"
    found = built(
        tmp_path, {"content/a.md": article(body, image={"src": "m.svg", "alt": "지도"}), **files}, plain=False
    )
    page = found.text("articles/a")
    (shown,) = meta(page, "og:image")
    assert "/assets/p." in shown
    assert meta(page, "og:image:alt") == ["부두"]
    assert meta(page, "twitter:card") == ["summary_large_image"]
    assert '"image":"https://digest.example.org/assets/p.' in page
    assert ' src="/assets/m.' in page
    assert "/assets/p." in found.text("feed.json").split('"image"')[1].split(",")[0]


def test_without_a_picture_in_pixels_a_link_shows_none(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article("![지도](m.svg)"), "content/m.svg": SVG}, plain=False)
    page = found.text("articles/a")
    assert meta(page, "og:image") == []
    assert meta(page, "twitter:card") == ["summary"]
    assert '"image"' not in page + found.text("feed.json")


def test_the_sitemap_lists_only_what_is_canonical_here(tmp_path: Path) -> None:
    other = {"source": "가온", "source_url": "https://gaon.example/a"}
    files = {
        "content/part.md": article("한 문장이다. 둘이다. 셋이다.", rights="excerpt", **other),
        "content/link.md": article("한 문장이다.", rights="link", **other),
        "content/whole.md": article(rights="full", **other),
        "content/own.md": article(aliases=["/old/"]),
    }
    listed = re.findall(r"<loc>https://digest.example.org/(.*?)</loc>", built(tmp_path, files).text("sitemap.xml"))
    assert [path for path in listed if path.startswith(("articles/", "old/", "404"))] == [
        path for path in listed if path in ("articles/own/", "articles/whole/")
    ]
    assert {"articles/own/", "articles/whole/"} <= set(listed)
