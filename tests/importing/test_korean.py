"""What an import says in Korean: nothing English is left in it, and the language changes no article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from yoyak.importing.failures import in_a_row
from yoyak.importing.telling import import_lines, report_page
from yoyak.messages.catalogue import paragraph, speak, speak_in
from yoyak.model.message import say

MAIL = """From: a@paper.example
To: reader@desk.example
Subject: 배
Date: Mon, 01 Jul 2024 09:00:00 +0900
Message-ID: <1@paper.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=utf-8

<p>배가 떴다고 시가 밝혔다.</p><p style="display:none">미리 보기</p>
<p><a href="https://paper.example/unsubscribe?u=1">수신 거부</a></p>
--x
Content-Type: application/pdf; name="표.pdf"
Content-Disposition: attachment; filename="표.pdf"

%PDF
--x--
"""
ITEM = "<item><title>{0}</title><link>https://paper.example/{0}</link><description>{1}</description></item>"
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>신문</title><link>https://paper.example/</link>'
    + ITEM.format("섬", "섬에 등대가 섰다.")
    + ITEM.format("항구", "항구가 바빠졌다. [계속 읽기]")
    + ITEM.format("섬", "섬에 등대가 섰다.")
)
FILES: dict[str, str | bytes] = {
    "a.eml": MAIL,
    "twice.mbox": f"From a@paper.example Mon Jul  1 09:00:00 2024\n{MAIL}\nFrom a@paper.example Mon Jul  1\n{MAIL}\n",
    "feed.rss": FEED,
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    "broken.docx": b"PK\x03\x04 nothing",
    "table.rtf": b"{\\rtf1 }",
    "bad.txt": b"\xff\xfe\xfd\x80\x81 \xc0\xc1",
    "johab.txt": ("배가 항구에 들어왔다고 시가 밝혔다. " * 5).encode("johab"),
    "odd.txt": "£10\n가온".encode("cp949", "replace"),
    "empty.txt": "",
    "page.xml": "<?xml version='1.0'?><other><a/></other>",
    "data.json": '{"a": 1}',
    "picture.txt": b"\x89PNG\r\n\x1a\n....",
    "draft-배.md": "---\ntitle: 배\ndraft: true\nfoo: bar\nlast_modified_at: 2024-07-02\n---\n\n[배](#fares)\n",
    "later.md": "---\ntitle: 나중\ndate: 2099-01-01\nlayout: post\n---\n\n글이다.\n",
    "export.xml": '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>메뉴</title>'
    "<wp:post_type>nav_menu_item</wp:post_type></item><item><title>글</title><wp:status>private</wp:status>"
    "<wp:post_type>post</wp:post_type></item></channel></rss>",
}
_OWN = re.compile(
    r'"[^"]*"|\([A-Z]\w+Error\)|\S*[/.@_]\S*|\S*\d\S*|<[^>]*>|yoyak \w+|--?[a-z-]+|[a-z_]+:|draft|review|approved'
    r"|title|status|cp949|UTF-8|MIME|PDF|HTML|JSON|XML|RSS|RTF|Word|WordPress|Markdown|Johab|Message-ID|docx|become"
)
"""Names, addresses, commands and keys, which are the same in every language."""
_ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,.]+[A-Za-z]{2,}")


@pytest.fixture
def _korean() -> Iterator[None]:
    speak_in("ko")
    yield
    speak_in("en")


@pytest.mark.usefixtures("_korean")
@pytest.mark.parametrize("name", FILES)
def test_nothing_english_is_in_what_an_import_says_in_korean(name: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    place = written(tmp_path, name, FILES[name])
    for report in (run_import(site, place), run_import(site, place)):
        said = [*map(paragraph, report.problems), *import_lines(report)]
        assert said
        for line in said:
            assert re.search("[가-힣]", line)
            assert not _ENGLISH.search(_OWN.sub("·", line)), line


@pytest.mark.usefixtures("_korean")
def test_what_a_folder_leaves_alone_is_said_in_korean(tmp_path: Path) -> None:
    written(tmp_path, "in/a.md", "---\ntitle: 배\n---\n\n배가 떴다.\n")
    written(tmp_path, "in/.hidden.md", "글")
    written(tmp_path, "in/LICENSE", "글")
    report = run_import(new_site(tmp_path / "site"), tmp_path / "in", "https://a.example/", tmp_path / "gone.md")
    said = "\n".join([*map(paragraph, report.problems), *import_lines(report)])
    assert "그대로 둔 다른 종류의 파일 1개: 확장자 없음 (1)." in said
    assert "가져오지 않음: 숨은 파일 1개: " in said
    assert "주소입니다. yoyak은 파일만 읽습니다. 브라우저에서 열어" in said
    assert "그런 파일이 없습니다. 이름과 폴더를 확인하세요." in said
    assert "글 1건을 썼습니다. 가져오지 못함: 파일 2개." in said


def test_the_language_changes_no_article(tmp_path: Path) -> None:
    sites = []
    for language in ("en", "ko"):
        speak_in(language)
        try:
            site = new_site(tmp_path / language)
            for name in ("a.eml", "draft-배.md", "later.md", "feed.rss"):
                run_import(site, written(tmp_path, name, FILES[name]))
            sites.append(contents(site))
        finally:
            speak_in("en")
    assert sites[0] == sites[1]


@pytest.mark.parametrize(("language", "title"), [("ko", "가져오기 결과"), ("en", "Import report")])
def test_the_report_page_is_in_one_language(language: str, title: str, tmp_path: Path) -> None:
    report = run_import(new_site(tmp_path / "site"), written(tmp_path, "draft-배.md", FILES["draft-배.md"]), "gone.md")
    page = report_page(report, language)
    assert f"<h1>{title}</h1>" in page
    assert ("오류: 그런 파일이 없습니다." in page) is (language == "ko")
    assert ("error: There is no such file." in page) is (language == "en")
    assert ("파일 이름이" in page or "원래 있던 곳의 표시: draft" in page) is (language == "ko")


def test_words_in_a_row_have_commas() -> None:
    assert in_a_row([]) == ""
    assert speak(in_a_row(["a", say("look-at.no-date"), "b"])) == "a, no date, b"
