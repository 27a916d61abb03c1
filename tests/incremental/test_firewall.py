"""The firewall of a build: whatever puts words into the output that are not published, the build stops."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pictures import png
from sites import NOON, SETTINGS, Built, article, build_site, built, problems, write_site
from yoyak.build.firewall import leaks_of_output, require_no_leak
from yoyak.check.packed import MOST

DRAFT = "비밀로 남겨 둔 등대 매각 협상"
BODY = "시는 등대를 민간 회사에 팔기로 하고 지난달부터 세 곳과 은밀히 값을 흥정해 왔다."


def say_in_template(folder: Path, said: str) -> None:
    """Let the template of articles say something more."""
    page = folder / "templates" / "article.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("{% block main %}", f"{{% block main %}}\n<p>.</p>\n{said}\n<p>.</p>"), encoding="utf-8"
    )


def leaks(found: Built) -> list[tuple[str, str]]:
    """Return the file and the output of each leak that was found."""
    got = [one for one in found.report.problems if one.code == "leak"]
    return [(one.path, dict(one.message.values)["output"]) for one in got]


def archive(*members: tuple[str, str]) -> bytes:
    """Return a ZIP archive."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, text in members:
            packed.writestr(name, text)
    return file.getvalue()


def site(tmp_path: Path, **files: str) -> dict[str, str]:
    """Return a site with a published article and a draft."""
    return {
        "content/seen.md": article("모두가 읽는 글이다.", title="보이는 글"),
        "content/held.md": article(BODY, title=DRAFT, slug="secret-lighthouse-sale", status="draft"),
    }


@pytest.mark.parametrize("name", ["title", "text", "address", "escaped", "percent"])
def test_a_template_that_gives_a_draft_away_stops_the_build(tmp_path: Path, name: str) -> None:
    said = {
        "title": DRAFT,
        "text": f"<p>{BODY.replace('민간', '<em>민</em>간')}</p>",
        "address": '<a data-to="/articles/secret-lighthouse-sale/">…</a>',
        "escaped": "".join(f"&#{ord(letter)};" for letter in DRAFT),
        "percent": '<i data-x="%EB%B9%84%EB%B0%80%EB%A1%9C%20%EB%82%A8%EA%B2%A8%20%EB%91%94%20%EB%93%B1%EB%8C%80%20'
        '%EB%A7%A4%EA%B0%81%20%ED%98%91%EC%83%81"></i>',
    }[name]
    folder = write_site(tmp_path, site(tmp_path), plain=True)
    say_in_template(folder, said)
    found = build_site(folder, keep_going=True)
    assert leaks(found) == [("content/held.md", "articles/seen/index.html")]
    assert not found.report.complete
    assert not found.output.joinpath("articles").exists()


def test_who_signs_a_page_that_waits_may_stand_on_articles(tmp_path: Path) -> None:
    head = "---\ntitle: 우리끼리\n# authors: [등대지기 김바다]\nstatus: draft\n---\n\n아직 쓴다.\n"
    seen = article("모두가 읽는 글이다.", title="보이는 글", authors="[등대지기 김바다]")
    folder = write_site(tmp_path, {"content/pages/held.md": head, "content/seen.md": seen}, plain=True)
    assert leaks(build_site(folder)) == []


def test_a_leak_is_said_with_the_words_the_file_and_the_output(tmp_path: Path) -> None:
    folder = write_site(tmp_path, site(tmp_path), plain=True)
    say_in_template(folder, DRAFT)
    line = next(one for one in problems(build_site(folder)) if "must not be seen" in one)
    assert line.startswith("content/held.md: The output file articles/seen/index.html has the title of this file")
    assert "비밀로 남겨 둔 등대 매각 협상" in line


def test_what_a_picture_says_in_its_metadata_is_found(tmp_path: Path) -> None:
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><title>{DRAFT}</title></svg>'
    files = {**site(tmp_path), "content/p.svg": picture, "content/seen.md": article("![그림](p.svg)")}
    (found,) = leaks(built(tmp_path, files))
    assert found[0] == "content/held.md"
    assert found[1].startswith("assets/p.")


def test_a_picture_of_a_draft_is_found_under_another_name(tmp_path: Path) -> None:
    files = {
        "content/seen.md": article(),
        "content/held.md": article("![그림](p.png)", title="초고", slug="held", status="draft"),
        "content/p.png": png(4, 3),
        "templates/assets/renamed.png": png(4, 3),
    }
    (found,) = leaks(built(tmp_path, files))
    assert found[0] == "content/held.md"
    assert found[1].startswith("assets/renamed.")
    shared = {**files, "content/seen.md": article("![그림](p.png)")}
    assert leaks(built(tmp_path / "shared", shared)) == []


def test_a_note_of_an_editor_in_a_template_is_found(tmp_path: Path) -> None:
    said = "변호사와 먼저 상의한 다음에 내보내자고 했음"
    head = "event: note\nby: {name: Kim}\nat: 2024-07-03T09:15:00Z\n"
    note = f"{head}text: {said}\nseen: {'0' * 64}\n"
    folder = write_site(
        tmp_path,
        {"content/seen.md": article(), "content/_reviews/seen/20240703T0915Z-kim-3f9a2c.yaml": note},
        plain=True,
    )
    say_in_template(folder, said)
    assert leaks(build_site(folder, keep_going=True))


def test_an_article_with_an_error_is_kept_out_of_every_page(tmp_path: Path) -> None:
    broken = f"---\ntitle: {DRAFT}\ndate: 2024-99-99\n---\n\n{BODY}\n"
    folder = write_site(tmp_path, {"content/seen.md": article(), "content/held.md": broken}, plain=True)
    say_in_template(folder, BODY)
    found = build_site(folder, keep_going=True)
    assert {path for path, _ in leaks(found)} == {"content/held.md"}


def test_text_that_rights_cut_is_found(tmp_path: Path) -> None:
    text = "첫 문장이 보인다. 둘째 문장이 보인다. " + BODY
    folder = write_site(tmp_path, {"content/seen.md": article(text, source="등대일보", rights="excerpt")}, plain=True)
    assert leaks(build_site(folder)) == []
    say_in_template(folder, text)
    assert leaks(build_site(folder)) == [("content/seen.md", "articles/seen/index.html")]


def test_a_partial_build_is_looked_at_too(tmp_path: Path) -> None:
    files = {**site(tmp_path), "templates/partials/x.html": ""}
    folder = write_site(tmp_path, files, plain=True)
    say_in_template(folder, "{% if '고친' in article.title %}" + DRAFT + "{% endif %}")
    assert build_site(folder).report.complete
    (folder / "content/seen.md").write_text(article("모두가 읽는 글이다.", title="고친 글"), encoding="utf-8")
    found = build_site(folder)
    assert leaks(found) == [("content/held.md", "articles/seen/index.html")]
    assert "보이는 글" in found.text("articles/seen")


# --- what must not stop a desk --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "published"),
    [
        ({"title": "AI"}, {"title": "AI 소식"}),
        ({"title": "시장 인사 발령 소식"}, {"title": "오늘 시장 인사 발령 소식"}),
        ({"title": "2024년 7월 3일"}, {"title": "날짜"}),
        ({"title": "보이는 글", "slug": "held"}, {"title": "보이는 글", "slug": "seen"}),
        ({"tags": ["함께 쓰는 꼬리표"]}, {"tags": ["함께 쓰는 꼬리표"]}),
        ({"title": "테마별로 모아 보기 articles"}, {"summary": "테마별로 모아 보기 articles."}),
        ({"title": "시험 다이제스트"}, {}),
        ({"title": "div class main header"}, {}),
        ({"source": "등대일보"}, {"summary": "등대일보 사람들이 왔다."}),
        ({"slug": "seen-old"}, {"slug": "seen", "aliases": ["/articles/seen-old/"]}),
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_words_that_are_published_too_do_not_stop_a_build(
    tmp_path: Path, draft: dict[str, object], published: dict[str, object], plain: bool
) -> None:
    files = {
        "content/held.md": article(
            "함께 쓴 문장이 여기에도 있고 저기에도 있다고 그는 말했다.", **{"status": "draft", **draft}
        ),
        "content/seen.md": article("함께 쓴 문장이 여기에도 있고 저기에도 있다고 그는 말했다.", **published),
    }
    found = built(tmp_path, files, plain=plain)
    assert leaks(found) == []
    assert found.report.complete


def test_a_title_beside_the_beginning_of_a_cut_text_does_not_stop_a_build(tmp_path: Path) -> None:
    head = "섬으로 가는 배\n등대일보\n2024.07.03\n"
    capture = f"{head}배는 하루에 두 번 간다고 군은 밝혔다.\n섬 사람들은 반긴다.\n군은 내년에 배를 한 척 더 산다.\n"
    found = built(
        tmp_path, {"content/ferry.txt": f"{capture}\n#섬사람들 #연락선 #뱃길 #새해예산 #등대일보\n"}, plain=False
    )
    assert leaks(found) == []
    assert leaks_of_output(tmp_path, found.output, NOON) == ()


def test_a_held_article_that_links_to_published_ones_does_not_stop_a_build(tmp_path: Path) -> None:
    links = "[첫 소식](first-news-of-the-island.md)\n\n## 섬 사람들의 이야기\n\n"
    body = f"{links}- [둘째 소식](/tags/섬-소식-모음/)\n- 이어지는 이야기"
    files = {
        "content/first-news-of-the-island.md": article(title="섬에서 온 첫 소식", tags=["섬 소식 모음"]),
        "content/held.md": article(body, title="초고", slug="held", status="draft"),
    }
    assert leaks(built(tmp_path, files, plain=False)) == []


def test_a_file_in_no_encoding_does_not_stop_a_build(tmp_path: Path) -> None:
    files = {"content/seen.md": article(), "content/odd.txt": b"\xff\xfe\x00" + b"\x00x" * 40}
    assert leaks(built(tmp_path, files, keep_going=True)) == []


def test_words_in_a_comment_of_the_settings_are_public(tmp_path: Path) -> None:
    folder = write_site(tmp_path, site(tmp_path), f"{SETTINGS}# {DRAFT}\n", plain=True)
    say_in_template(folder, DRAFT)
    assert build_site(folder).report.complete


def test_a_preview_shows_what_waits(tmp_path: Path) -> None:
    assert built(tmp_path, site(tmp_path), preview=True).report.complete


def test_what_a_passed_on_archive_has_is_found(tmp_path: Path) -> None:
    files = {**site(tmp_path), "content/public/kit.zip": archive(("글.txt", DRAFT))}
    found = built(tmp_path, files, f"{SETTINGS}hosting: {{public: [kit.zip]}}\n", plain=True)
    assert leaks(found) == [("content/held.md", "kit.zip")]


def test_an_archive_that_cannot_be_searched_is_reported_and_published(tmp_path: Path) -> None:
    files = {**site(tmp_path), "content/public/kit.zip": archive(("a.txt", "가" * MOST))}
    found = built(tmp_path, files, f"{SETTINGS}hosting: {{public: [kit.zip]}}\n", plain=True)
    assert [one.split(":")[0] for one in problems(found)] == ["kit.zip"]
    assert found.output.joinpath("kit.zip").exists()
    assert [one.code for one in leaks_of_output(tmp_path, found.output, NOON)] == ["unsearched"]
    require_no_leak(tmp_path, found.output)
