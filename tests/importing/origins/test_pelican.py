"""Sites of Pelican: settings that are read and not run, addresses, statuses, links."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.origins.old_folders import PNG, moved, public, text_of
from yoyak.importing.origins.pelican import slug_of
from yoyak.importing.origins.pelican_settings import settings_in
from yoyak.messages.catalogue import speak

CONF = "import os\nPATH = 'content'\nTIMEZONE = 'Asia/Seoul'\nDEFAULT_LANG = 'ko'\nSITEURL = ''\n"
RULES = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))


def _site(folder: Path, files: dict[str, str | bytes], conf: str = "") -> Path:
    return moved(folder, {"pelicanconf.py": CONF + conf, **files})[0]


@pytest.mark.parametrize(
    ("conf", "address"),
    [
        ("", "/bin-jib.html"),
        ("ARTICLE_URL = 'posts/{date:%Y}/{date:%b}/{slug}/'\n", "/posts/2024/Jul/bin-jib/"),
        ("ARTICLE_SAVE_AS = '{category}/{slug}/index.html'\n", "/harbour/bin-jib/"),
        ("BASE = 'posts/'\nARTICLE_URL = BASE + '{slug}.html'\n", "/bin-jib.html"),
        ("SLUGIFY_USE_UNICODE = True\n", "/빈-집.html"),
        ("SLUGIFY_SOURCE = 'basename'\n", "/one.html"),
    ],
)
def test_an_old_address_is_what_the_settings_make(conf: str, address: str, tmp_path: Path) -> None:
    site = _site(tmp_path, {"content/harbour/one.md": "Title: 빈 집\nDate: 2024-07-03 10:00\n\n본문.\n"}, conf)
    assert f'aliases: ["{address}"]' in text_of(site, "빈 집")


def test_what_pelican_did_not_publish_is_held_back(tmp_path: Path) -> None:
    head = "Title: {}\nDate: 2024-07-03\nStatus: {}\n\n남몰래 {}.\n"
    site = _site(
        tmp_path,
        {
            **{f"content/{one}.md": head.format(one, one, one) for one in ("draft", "skip", "Review", "비공개")},
            "content/nodate.md": "Title: 날짜 없음\n\n남몰래 다섯.\n",
            "content/pages/draft.md": "Title: 쪽\nStatus: draft\n\n남몰래 여섯.\n",
            "content/on.md": "Title: 보이는 글\nDate: 2024-07-03\n\n보인다.\n",
        },
        "TOKEN = '남몰래 일곱'\n",
    )
    shown = public(site)
    assert "보인다." in shown
    assert "남몰래" not in shown


@pytest.mark.parametrize(
    "conf",
    [
        "DEFAULT_METADATA = {'status': 'draft'}\n",
        "DEFAULT_METADATA = dict(status='draft')\n",
        "DEFAULT_METADATA = {}\nDEFAULT_METADATA['status'] = 'draft'\n",
        "DEFAULT_METADATA = made()\n",
        "if os.environ.get('X'):\n    DEFAULT_METADATA = {'status': 'draft'}\n",
    ],
)
def test_a_default_status_holds_for_all(conf: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/a.md": "Title: 하나\nDate: 2024-07-03\n\n남몰래.\n"}
    assert "\nstatus: draft\n" in text_of(_site(tmp_path, files, conf), "하나")


def test_links_of_pelicans_own_kind_are_followed(tmp_path: Path) -> None:
    text = (
        "[배]({filename}/harbour/one.md) [옛](|filename|pages/about.md) [홈]({index}) [꼬리]({tag}섬)\n\n"
        "![등대]({static}/images/pier.png)\n\n![곁]({attach}near.png)\n\n`{filename}x.md`\n"
    )
    site = _site(
        tmp_path,
        {
            "content/two.md": f"Title: 둘\nDate: 2024-07-04\n\n{text}",
            "content/near.png": PNG + b"2",
            "content/images/pier.png": PNG,
            "content/harbour/one.md": "Title: One\nDate: 2024-07-03\n\n본문.\n",
            "content/pages/about.md": "Title: About us\n\n본문.\n",
        },
    )
    article = text_of(site, "둘")
    assert "[배](/one.html) [옛](/about-us/) [홈](/) 꼬리" in article
    assert "![등대](pier.png)\n\n![곁](near.png)\n\n`{filename}x.md`" in article


def test_html_with_meta_elements_is_an_article(tmp_path: Path) -> None:
    page = (
        '<html><head><title>빈집</title><meta name="date" content="2024-07-03"><meta name="tags" content="섬, 집">'
        "</head><body>\n<p>첫 문단.</p>\n\n<ul>\n    <li>하나</li>\n\n    <li>둘</li>\n</ul></body></html>"
    )
    article = text_of(_site(tmp_path, {"content/a.html": page}), "빈집")
    assert "tags: [섬, 집]" in article
    assert "<li>하나</li>\n<li>둘</li>" in article


def test_translations_have_names_of_their_own(tmp_path: Path) -> None:
    head = "Title: {}\nSlug: ferry\nLang: {}\nDate: 2024-07-03\n\n본문.\n"
    files: dict[str, str | bytes] = {
        "content/ferry.md": head.format("배", "ko"),
        "content/ferry-en.md": head.format("Ferry", "en"),
    }
    site = _site(tmp_path, files)
    assert "/ferry-en.html" in text_of(site, "Ferry")
    assert "articles/ferry-en/" in public(site)


def test_restructured_text_is_named_and_left_out(tmp_path: Path) -> None:
    _, report = moved(tmp_path, {"pelicanconf.py": CONF, "content/a.rst": "A\n#\n\n:date: 2024-07-03\n\nText.\n"})
    assert [(one.what, speak(one.why)) for one in report.left] == [("content/a.rst", "reStructuredText")]


def test_settings_are_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    conf = f"open({str(mark)!r}, 'w')\nARTICLE_URL = os.environ['URL']\n"
    _, report = moved(
        tmp_path, {"pelicanconf.py": CONF + conf, "content/a.md": "Title: A\nDate: 2024-07-03\n\nText.\n"}
    )
    assert not mark.exists()
    assert any("ARTICLE_URL" in speak(problem.message) for problem in report.problems)


@pytest.mark.parametrize("text", ["(" * 10_000, "PATH = ", "PATH = 5\n", "\0", "PATH: str = 'x'\n"])
def test_odd_settings_are_no_trouble(text: str) -> None:
    assert settings_in(text).values["PATH"] in (".", "x")


@pytest.mark.parametrize(
    ("title", "slug"),
    [("빈집이 늘어난다", "binjibi-neuleonanda"), ("Café & “Night”", "cafe-night"), ("Straße", "strasse"), ("日本", "")],
)
def test_a_slug_is_pelicans(title: str, slug: str) -> None:
    assert slug_of(title, RULES, is_unicode=False, keeps_case=False) == slug


def test_a_key_in_another_script_is_a_key_and_no_text(tmp_path: Path) -> None:
    site = _site(tmp_path, {"content/a.md": "Title: 남몰래\nDate: 2024-07-03\n비공개: 예\n\n본문.\n"})
    assert "status: draft" in text_of(site, "남몰래")
