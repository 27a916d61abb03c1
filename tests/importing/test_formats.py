"""Mails, feeds, pages in one file and Markdown of other generators: the odd ones."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from importing.desk import ORIGINALS, contents, new_site, only_article, run_import, written
from yoyak.messages.catalogue import paragraph

PNG = (ORIGINALS / "pier-lights_files" / "pier.png").read_bytes()
HEAD = "From: {}\nDate: Wed, 3 Jul 2024 08:00:00 +0900\nSubject: {}\nMIME-Version: 1.0\n"


def _imported(folder: Path, name: str, data: str | bytes) -> str:
    site = new_site(folder / "site")
    report = run_import(site, written(folder, name, data))
    assert [paragraph(problem) for problem in report.problems if problem.severity == "error"] == []
    return only_article(site)


def _word(text: str, charset: str, codec: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(codec)).decode()}?="


# --- mails ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"),
        ("ks_c_5601-1987", "cp949"),
        ("euc-kr", "cp949"),
        ("iso-2022-kr", "iso2022_kr"),
    ],
)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_a_mail_is_read_in_the_charset_that_it_names(charset: str, codec: str, encoding: str, tmp_path: Path) -> None:
    body = "새 배가 섬과 뭍을 잇는다.\n".encode(codec)
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = "".join(f"={byte:02X}" for byte in body).encode()
    head = HEAD.format("a@b.example", _word("새 배", charset, codec))
    head += f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    article = _imported(tmp_path, "배편.eml", head.encode() + body)
    assert "\ntitle: 새 배\n" in article
    assert article.endswith("---\n\n새 배가 섬과 뭍을 잇는다.\n")


def test_rare_syllables_of_older_mail_programs_are_kept(tmp_path: Path) -> None:
    head = HEAD.format("a@b.example", _word("쀍똠햏", "ks_c_5601-1987", "cp949"))
    article = _imported(
        tmp_path, "a.eml", f"{head}Content-Type: text/plain\n\n".encode() + "쀍똠햏 편지".encode("cp949")
    )
    assert "\ntitle: 쀍똠햏\n" in article
    assert "쀍똠햏 편지" in article


def test_words_that_a_mail_program_cut_inside_a_letter_are_whole_again(tmp_path: Path) -> None:
    raw = "섬과 뭍을 잇는 새 배".encode("cp949")
    cut = [raw[:5], raw[5:12], raw[12:]]
    subject = "\n ".join(f"=?euc-kr?B?{base64.b64encode(part).decode()}?=" for part in cut)
    article = _imported(tmp_path, "a.eml", HEAD.format("a@b.example", subject) + "\n본문이다.\n")
    assert "\ntitle: 섬과 뭍을 잇는 새 배\n" in article


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("", 'authors: [{name: 노은결, email: "noh@seom.example"}]'),
        ("List-Id: <letter.seom.example>\n", "source: 노은결"),
    ],
)
def test_who_sends_a_mail_is_its_author_or_of_a_letter_to_many_its_source(more: str, line: str, tmp_path: Path) -> None:
    head = HEAD.format("노은결 <noh@seom.example>", "편지")
    assert f"\n{line}\n" in _imported(tmp_path, "a.eml", f"{head}{more}\n본문이다.\n")


@pytest.mark.parametrize("subject", ["Fwd: 새 배", "RE: Fwd: 새 배", "전달: 새 배", "Re[2]: 새 배", "[회신] 새 배"])
def test_the_marks_of_a_forwarded_mail_are_no_part_of_its_title(subject: str, tmp_path: Path) -> None:
    title = "'[회신] 새 배'" if subject.startswith("[") else "새 배"
    article = _imported(tmp_path, "a.eml", HEAD.format("a@b.example", subject) + "\n본문이다.\n")
    assert f"\ntitle: {title}\n".replace("'", '"') in article


def test_broken_headers_cost_their_own_value_only(tmp_path: Path) -> None:
    data = (
        b"From: "
        + b"(" * 5000
        + b"\nDate: Wed, 99 Foo 2024\nSubject: =?utf-8?B?!!?= \xbb\xf5 =?x\nMessage-ID: <<\n\nhello\n"
    )
    article = _imported(tmp_path, "a.eml", data)
    assert "\nauthors:" not in article
    assert "\ndate:" not in article
    assert article.endswith("\nhello\n")


def test_nothing_hidden_and_no_counter_of_a_mail_is_shown(tmp_path: Path) -> None:
    html = (
        "<html><head><title>x</title></head><body><div style='display:none'>미리보기</div><p>본문이다.</p>"
        '<img src="https://a.example/open.gif" width="1" height="1"><script>alert(1)</script></body></html>'
    )
    article = _imported(tmp_path, "a.eml", HEAD.format("a@b.example", "편지") + f"Content-Type: text/html\n\n{html}\n")
    assert article.partition("\n---\n")[2] == "\n본문이다.\n"


# --- feeds ----------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="euc-kr"?>
<rss version="2.0"><channel><title>섬소식</title><language>ko-KR</language>{}</channel></rss>
"""
ITEM = "<item><title>{0}</title><link>https://seom.example/{0}</link><description>{1}</description></item>"


def test_a_feed_in_the_korean_of_older_programs_is_read(tmp_path: Path) -> None:
    article = _imported(tmp_path, "a.xml", RSS.format(ITEM.format("쀍", "새 배가 다닌다.")).encode("cp949"))
    assert "\ntitle: 쀍\n" in article
    assert "\nlang: ko\n" in article
    assert article.endswith("\n새 배가 다닌다.\n")


def test_a_newer_copy_of_a_feed_gives_its_new_entries_only(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.xml", RSS.format(ITEM.format("배", "새 배가 다닌다."))))
    both = ITEM.format("섬", "섬이 있다.") + ITEM.format("배", "새 배가 다닌다.")
    report = run_import(site, written(tmp_path, "a.xml", RSS.format(both)))
    assert [article.title for article in report.imported] == ["섬"]
    assert len(report.known) == 1


def test_a_feed_reads_no_file_and_expands_no_bomb(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret", "비밀이다")
    doctype = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "{"가" * 100}">]>'
    feed = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>f</title>{ITEM.format("배", "&x;&y; 배")}'
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.xml", f"{feed}</channel></rss>"))
    assert "비밀".encode() not in b"".join(data for path, data in contents(site).items() if path.endswith(".md"))


def test_a_broken_feed_gives_what_can_be_read_of_it(tmp_path: Path) -> None:
    item = "<item><title>a < b &nbsp; c</title><description>hello & <b>bold</description></item>"
    article = _imported(tmp_path, "a.rss", f'<rss version="2.0"><channel><title>f & g</title>{item}')
    assert '\ntitle: "a < b c"\n' in article
    assert article.endswith("\nhello & **bold**\n")


# --- Markdown of other generators -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (
            (
                "---\nlayout: post\ntitle: 배: 뜬다\ndate: 2024-07-03 09:00:00 +0900\ncategories: [섬]\ntags: 배\n"
                "draft: true\n---\n"
            ),
            ['title: "배: 뜬다"', "date: 2024-07-03 09:00", "tags: [섬, 배]", "status: draft"],
        ),
        (
            (
                '+++\ntitle = "배"\ndate = 2024-07-03T09:00:00Z\nlastmod = 2024-07-04\nauthor = "한서우"\n'
                '[cover]\nimage = "https://a.example/b.png"\n+++\n'
            ),
            [
                "title: 배",
                "date: 2024-07-03T09:00:00+00:00",
                "updated: 2024-07-04",
                "authors: [한서우]",
                '  src: "https://a.example/b.png"',
            ],
        ),
        (
            "Title: 배\nDate: 2024-07-03 09:00\nCategory: 섬\nTags: 가, 나\nAuthors: 한서우, 도윤재\n",
            ["title: 배", "label: 섬", "tags: [가, 나]", "authors: [한서우, 도윤재]"],
        ),
        (
            "---\ntitle: 배\nslug: new-ship\npermalink: /2023/ship/\n---\n",
            ["slug: new-ship", 'aliases: ["/2023/ship/"]'],
        ),
    ],
    ids=["jekyll", "hugo", "pelican", "own and foreign"],
)
def test_the_heads_of_other_generators_are_understood(head: str, lines: list[str], tmp_path: Path) -> None:
    article = _imported(tmp_path, "ship.md", f"{head}\n배가 *뜬다*.\n\n* 가\n* 나\n")
    written_head, _, body = article.partition("\n---\n")
    assert [line for line in lines if line not in written_head.split("\n")] == []
    assert body == "\n배가 *뜬다*.\n\n* 가\n* 나\n"


def test_a_picture_that_only_the_head_names_comes_along(tmp_path: Path) -> None:
    written(tmp_path, "img/배.png", PNG)
    site = new_site(tmp_path / "site")
    head = "---\ntitle: 배\ndate: 2024-07-03\nimage: {src: img/배.png, alt: 새 배}\n---\n"
    run_import(site, written(tmp_path, "a.md", f"{head}\n[도면](img/plan.pdf)\n"))
    assert contents(site)["2024/07/2024-07-03-a/배.png"] == PNG
    assert "\nimage:\n  src: 배.png\n  alt: 새 배\n" in only_article(site)


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("배편.md", "2024/07/2024-07-03-배편.md"),
        ("2024-07-01 배편.md", "2024/07/2024-07-03-배편.md"),
        ("제목 없음 (2).md", "2024/07/2024-07-03-새-배-뜬다.md"),
        ("0001.md", "2024/07/2024-07-03-새-배-뜬다.md"),
        ("index.md", "2024/07/2024-07-03-새-배-뜬다.md"),
        ("CON.md", "2024/07/2024-07-03-con-.md"),
        ("_draft?.md", "2024/07/2024-07-03-draft.md"),
    ],
)
def test_an_article_is_named_by_its_day_and_its_original_or_its_title(name: str, path: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, name, "---\ntitle: 새 배 뜬다\ndate: 2024-07-03\n---\n\n본문이다.\n"))
    assert [article.path for article in report.imported] == [f"content/{path}"]


def test_two_articles_of_one_name_stand_side_by_side(tmp_path: Path) -> None:
    text = "---\ntitle: 배\ndate: 2024-07-03\n---\n\n{}이다.\n"
    places = [written(tmp_path, f"{part}/a.md", text.format(part)) for part in ("가", "나", "다")]
    site = new_site(tmp_path / "site", {"content/2024/07/2024-07-03-a/index.md": text.format("라")})
    report = run_import(site, *places)
    assert [Path(article.path).name for article in report.imported] == [
        f"2024-07-03-a-{number}.md" for number in (2, 3, 4)
    ]
    assert contents(site)["2024/07/2024-07-03-a/index.md"] == text.format("라").encode()


def test_the_same_original_is_imported_once_under_whatever_name(tmp_path: Path) -> None:
    text = "---\ntitle: 배\ndate: 2024-07-03\n---\n\n본문이다.\n"
    places = [written(tmp_path, name, text) for name in ("a.md", "b/a.md")]
    site = new_site(tmp_path / "site")
    report = run_import(site, *places)
    assert len(report.imported) == 1
    assert [known.path for known in report.known] == [report.imported[0].path]
