"""``yoyak show`` through the real command: what a person sees, and what a program gets."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest

from sites import SETTINGS, article, write_site
from yoyak.model.sources import Evidence, Field, LineLabel
from yoyak.show.as_text import lines_of
from yoyak.show.show import Shown
from yoyak.text.columns import columns

Run = Callable[..., subprocess.CompletedProcess[str]]
CHECKOUT = Path(__file__).parents[2]
CAPTURE = """컨텐츠 바로가기

07.03 (수)

이슈 교통 이모저모

가온시 시내버스 12개 노선, 내년부터 전기버스로

가온일보

충전기 앞에 선 가온시장. 가온시 제공

#가온시가 내년부터 시내버스 노선 12개를 전기버스로 바꾼다고 3일 밝혔다. 시는 차고지 네 곳에 충전기를 먼저 놓는다.

시 관계자는 “충전 대기 시간을 줄이려고 배차 간격을 다시 짰다”며 “첫해에는 예비 차량을 두 배로 늘린다”고 말했다.

이하늘 기자 sky@gaon.example

▶ 매일 아침 가온레터, 무료로 받아보세요

©가온일보(www.gaon.example), 무단전재 및 재배포 금지
"""
AT = ("--at", "2024-07-05 09:00")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"content/2024/bus.txt": CAPTURE, "content/a.md": article(title="하나")})


def test_a_file_for_the_root_is_said_to_be_published_as_it_is(site: Path, yoyak: Run) -> None:
    (site / "content" / "public").mkdir()
    ads = site / "content" / "public" / "ads.txt"
    ads.write_text("ads.example, pub-1, DIRECT\n", encoding="utf-8")
    done = yoyak("show", str(ads), *AT, "--lang", "en")
    assert done.stdout.splitlines() == [
        "content/public/ads.txt · file of content/public/ · utf-8",
        "It is published as it is, at the root of the site. Nothing in it is read as an article.",
    ]


def test_a_file_for_the_root_that_is_held_back_is_shown_with_the_reason(site: Path, yoyak: Run) -> None:
    (site / "content" / "public").mkdir()
    page = site / "content" / "public" / "page.html"
    page.write_text("<script>alert(1)</script>", encoding="utf-8")
    done = shown(yoyak("show", str(page), *AT, "--json"))
    assert (done["kind"], [one["code"] for one in done["problems"]], done["lines"]) == ("root_file", ["root-file"], [])


def shown(done: subprocess.CompletedProcess[str]) -> Any:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


# --- for a program ----------------------------------------------------------------------------------


def test_a_program_gets_what_the_reference_says_and_no_more(yoyak: Run, site: Path) -> None:
    found = shown(yoyak("show", site / "content/2024/bus.txt", "--json", *AT))
    assert list(found) == ["path", "kind", "encoding", "fields", "body", "lines", "problems"]
    assert (found["path"], found["kind"], found["encoding"]) == ("content/2024/bus.txt", "capture", "utf-8")
    for field in found["fields"].values():
        assert {"value", "confidence", "evidence", "alternatives"} <= set(field) <= {
            "value", "confidence", "evidence", "alternatives", "day_only",
        }  # fmt: skip
        assert 0 <= field["confidence"] <= 1
        assert all({"rule"} <= set(e) <= {"rule", "line", "selector"} for e in field["evidence"])
    assert all({"kind", "text"} <= set(block) <= {"kind", "text", "line", "credit"} for block in found["body"])
    assert all(set(line) == {"n", "label", "rule", "confidence", "kept"} for line in found["lines"])
    assert None not in [value for part in (*found["body"], *found["lines"]) for value in part.values()]


def test_every_line_that_is_not_blank_is_told_once(yoyak: Run, site: Path) -> None:
    found = shown(yoyak("show", site / "content/2024/bus.txt", "--json", *AT))
    expected = [n for n, line in enumerate(CAPTURE.split("\n"), 1) if line.strip()]
    assert [line["n"] for line in found["lines"]] == expected


def test_dates_have_a_zone_and_a_day_says_that_it_is_one(yoyak: Run, site: Path) -> None:
    date = shown(yoyak("show", site / "content/2024/bus.txt", "--json", *AT))["fields"]["date"]
    assert (date["value"], date["day_only"]) == ("2024-07-03T00:00:00+09:00", True)
    (site / "content/b.md").write_text(article(date="2024-07-03 15:05", updated="2024-07-04"), encoding="utf-8")
    fields = shown(yoyak("show", site / "content/b.md", "--json"))["fields"]
    assert fields["date"]["value"] == "2024-07-03T15:05:00+09:00"
    assert "day_only" not in fields["date"]
    assert (fields["updated"]["value"], fields["updated"]["day_only"]) == ("2024-07-04T00:00:00+09:00", True)


def test_authors_are_names_with_their_mail(yoyak: Run, site: Path) -> None:
    text = article(authors=["이하늘", {"name": "정초록", "email": "green@gaon.example"}])
    (site / "content/b.md").write_text(text, encoding="utf-8")
    fields = shown(yoyak("show", site / "content/b.md", "--json"))["fields"]
    assert fields["authors"]["value"] == [{"name": "이하늘"}, {"name": "정초록", "email": "green@gaon.example"}]


def test_a_markdown_article_has_its_pieces(yoyak: Run, site: Path) -> None:
    (site / "content/b.md").write_text(article("첫 문단.\n\n## 소제목\n\n> 인용"), encoding="utf-8")
    found = shown(yoyak("show", site / "content/b.md", "--json"))
    assert found["body"] == [
        {"kind": "paragraph", "text": "첫 문단.", "line": 7},
        {"kind": "heading", "text": "소제목", "line": 9},
        {"kind": "quote", "text": "인용", "line": 11},
    ]
    assert found["lines"] == []


def test_several_files_are_a_list(yoyak: Run, site: Path) -> None:
    files = (site / "content/a.md", site / "content/2024/bus.txt")
    assert [found["kind"] for found in shown(yoyak("show", *files, "--json", *AT))] == ["markdown", "capture"]


# --- where a file stands ------------------------------------------------------------------------------


@pytest.mark.parametrize("clock", [{"at": "2020-01-02"}, {"epoch": "1577934000"}])
def test_the_year_of_a_date_is_counted_from_the_clock(site: Path, clock: dict[str, str]) -> None:
    options = ["--at", clock["at"]] if "at" in clock else []
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator"), "SOURCE_DATE_EPOCH": clock.get("epoch", "")}
    command = [sys.executable, "-m", "yoyak", "show", str(site / "content/2024/bus.txt"), "--json", *options]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert json.loads(done.stdout)["fields"]["date"]["value"].startswith("2019-07-03")
    assert "up to 2020-01-02" in done.stdout


def test_a_file_in_no_site_is_read_with_the_default_settings(yoyak: Run, tmp_path: Path) -> None:
    (tmp_path / "bus.txt").write_text(CAPTURE, encoding="utf-8")
    done = yoyak("show", "bus.txt", *AT, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith("It is in no site: read with the default settings.")
    found = shown(yoyak("show", "bus.txt", "--json", *AT, cwd=tmp_path))
    assert found["path"] == "bus.txt"
    assert found["fields"]["date"]["value"] == "2024-07-03T00:00:00+09:00"
    assert [(problem["code"], problem["path"]) for problem in found["problems"]] == [("date-year-inferred", "bus.txt")]


def test_a_file_elsewhere_can_be_read_for_a_site(yoyak: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "bus.txt").write_text(CAPTURE, encoding="utf-8")
    (site / "site.yaml").write_text(SETTINGS + "sources: {가온일보: {rights: link}}\n", encoding="utf-8")
    found = shown(yoyak("show", tmp_path / "bus.txt", "--site", site, "--json", *AT))
    assert found["fields"]["rights"]["value"] == "link"


RULED = SETTINGS + "sources: {가온일보: {rights: link}}\n"


@pytest.mark.parametrize("inside", [".", "content/2024"])
def test_a_file_elsewhere_is_read_for_the_site_that_one_is_in(
    yoyak: Run, site: Path, tmp_path: Path, inside: str
) -> None:
    (tmp_path / "bus.txt").write_text(CAPTURE, encoding="utf-8")
    (site / "site.yaml").write_text(RULED, encoding="utf-8")
    found = shown(yoyak("show", tmp_path / "bus.txt", "--json", *AT, cwd=site / inside))
    assert found["fields"]["rights"]["value"] == "link"
    said = yoyak("show", tmp_path / "bus.txt", *AT, cwd=site / inside).stdout.splitlines()
    assert said[1] == f"Read with the settings of the site {site}; it is not in its content/."


def test_the_site_of_the_file_goes_before_the_one_that_one_is_in(yoyak: Run, site: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "other", {"content/bus.txt": CAPTURE}, RULED)
    found = shown(yoyak("show", tmp_path / "other/content/bus.txt", "--json", *AT, cwd=site))
    assert (found["path"], found["fields"]["rights"]["value"]) == ("content/bus.txt", "link")


def test_a_file_of_the_site_folder_that_is_no_content_is_read_with_its_settings(yoyak: Run, site: Path) -> None:
    write_site(site, {"inbox/bus.txt": CAPTURE}, RULED)
    assert "Read with the settings of the site" in yoyak("show", site / "inbox/bus.txt", *AT).stdout


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-11-27T11:02:13+09:00", "2026-11-27 11:02:13 +09:00"),
        ("2026-11-27T11:02:00+09:00", "2026-11-27 11:02 +09:00"),
        ("2026-11-27T11:02:13.250000+00:00", "2026-11-27 11:02:13 +00:00"),
        ("2026-11-27T00:00:13-03:30", "2026-11-27 00:00:13 -03:30"),
        (True, "yes"),
        (False, "no"),
        ({"date": "2026-11-27T11:02:13+09:00", "sure": True}, "date: 2026-11-27 11:02:13 +09:00, sure: yes"),
    ],
)
def test_a_value_is_worded_for_a_person(value: object, words: str) -> None:
    field = Field(value=value, confidence=1.0, evidence=())
    page = Shown(path="a.md", kind="markdown", encoding="utf-8", fields={"date": field}, body=(), lines=(), problems=())
    assert click.unstyle(list(lines_of(page, None))[2]).split(maxsplit=1)[1] == words


def test_an_original_that_was_kept_is_read_like_any_other(yoyak: Run, site: Path) -> None:
    write_site(site, {"content/_sources/2024/bus.txt": CAPTURE})
    found = shown(yoyak("show", site / "content/_sources/2024/bus.txt", "--json", *AT))
    assert (found["path"], found["kind"]) == ("content/_sources/2024/bus.txt", "capture")


def test_what_is_pasted_is_read_from_standard_input(tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator")}
    command = [sys.executable, "-m", "yoyak", "show", "-", "--json", *AT]
    done = subprocess.run(command, env=env, cwd=tmp_path, input=CAPTURE.encode("cp949", "ignore"), capture_output=True)
    found = json.loads(done.stdout)
    assert (found["path"], found["kind"], found["encoding"]) == ("-", "capture", "cp949")
    assert found["fields"]["source"]["value"] == "가온일보"
    assert {problem["path"] for problem in found["problems"]} == {"-"}


def test_the_pictures_that_a_file_names_are_found_whatever_their_letters(yoyak: Run, site: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    text = article("![그림](사진/항구.svg)\n\n![없다](none.svg)")
    files = {"content/b.md": text, "content/\u1109\u1161\u110c\u1175\u11ab/\u1112\u1161\u11bc\u1100\u116e.svg": drawing}
    found = shown(yoyak("show", write_site(site, files) / "content/b.md", "--json"))
    assert [problem["code"] for problem in found["problems"]] == ["missing-picture"]
    assert "none.svg" in found["problems"][0]["message"]


def test_no_other_picture_of_the_site_is_read(yoyak: Run, site: Path) -> None:
    os.mkfifo(site / "content/endless.png")
    assert yoyak("show", site / "content/a.md").returncode == 0


def test_what_is_no_regular_file_is_refused(yoyak: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    done = yoyak("show", tmp_path / "pipe.txt")
    assert (done.returncode, done.stderr) == (1, f"yoyak: {tmp_path}/pipe.txt is not a regular file.\n")
    os.mkfifo(tmp_path / "\x1b[2Jpipe.txt")
    assert (
        yoyak("show", tmp_path / "\x1b[2Jpipe.txt").stderr == f"yoyak: {tmp_path}/�[2Jpipe.txt is not a regular file.\n"
    )


def test_a_file_that_is_too_large_for_a_build_is_told_so(yoyak: Run, site: Path) -> None:
    (site / "content/long.txt").write_text("a" * 5_000_001, encoding="utf-8")
    (problem,) = shown(yoyak("show", site / "content/long.txt", "--json"))["problems"]
    assert problem["code"] == "file-too-large"


def test_the_rules_of_a_site_count_and_their_mistakes_are_told(yoyak: Run, site: Path) -> None:
    write_site(site, {"content/_rules/desk.yaml": "ui:\n  phrases: [이하늘 기자 sky@gaon.example]\n"})
    lines = shown(yoyak("show", site / "content/2024/bus.txt", "--json", *AT))["lines"]
    assert [line["label"] for line in lines if line["n"] == 17] == ["ui"]
    write_site(site, {"content/_rules/desk.yaml": "ui:\n  phrase: [이하늘 기자]\n"})
    done = yoyak("show", site / "content/2024/bus.txt", *AT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("yoyak: content/_rules/desk.yaml:2:")


def test_what_a_build_reads_as_text_is_no_mail_here(yoyak: Run, site: Path) -> None:
    text = "From: 가온시\nTo: 시민\nSubject: 버스\nDate: 2024-07-03\n\n" + CAPTURE
    (site / "content/mail.txt").write_text(text, encoding="utf-8")
    found = shown(yoyak("show", site / "content/mail.txt", "--json", *AT))
    assert (found["path"], found["kind"], bool(found["lines"])) == ("content/mail.txt", "capture", True)


def test_a_page_in_an_archive_is_opened(yoyak: Run, tmp_path: Path) -> None:
    page = "<html><title>가온시 버스</title><body><article><h1>가온시 버스</h1><p>{}</p></article></body></html>"
    archive = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gaon.example/bus\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; '
        "charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://gaon.example/bus\r\n\r\n"
        + page.format("가온시는 3일 시내버스 노선 12개를 전기버스로 바꾼다고 밝혔다. " * 6)
        + "\r\n--b--\r\n"
    )
    (tmp_path / "bus.mhtml").write_text(archive, encoding="utf-8")
    found = shown(yoyak("show", tmp_path / "bus.mhtml", "--json"))
    assert (found["kind"], found["fields"]["title"]["value"]) == ("saved_page", "가온시 버스")
    assert found["fields"]["source_url"]["value"] == "https://gaon.example/bus"


def test_a_feed_of_many_articles_is_told_to_be_imported(yoyak: Run, tmp_path: Path) -> None:
    items = "".join(f"<item><title>{n}</title><description>글 {n}</description></item>" for n in (1, 2))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>가온</title>{items}</channel></rss>'
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    (problem,) = shown(yoyak("show", tmp_path / "feed.xml", "--json"))["problems"]
    assert (problem["path"], problem["message"]) == (str(tmp_path / "feed.xml"), "This file holds 2 articles.")


# --- for a person ---------------------------------------------------------------------------------------


def test_a_person_sees_every_line_with_its_label(yoyak: Run, site: Path) -> None:
    rows = yoyak("show", site / "content/2024/bus.txt", *AT).stdout.splitlines()
    for n, line in enumerate(CAPTURE.split("\n"), 1):
        if line.strip():
            assert any(re.match(rf" *{n} [+-] \w+ +\d+%", row) and line in row for row in rows), line
    assert any(re.match(r" *1 - ui .*컨텐츠 바로가기", row) for row in rows)
    assert any(re.match(r" *7 \+ title .*가온시 시내버스", row) for row in rows)


def test_what_is_unsure_is_marked_and_runners_up_are_told() -> None:
    evidence = (Evidence(rule="words-of-the-body", line=3),)
    title = Field(value="가온 소식", confidence=0.4, evidence=evidence, alternatives=("알림판", "오늘"))
    line = LineLabel(n=3, label="title", rule="words-of-the-body", confidence=0.4, kept=True)
    found = Shown(
        path="a.txt", kind="capture", encoding="utf-8", fields={"title": title}, body=(), lines=(line,), problems=(),
        text=("", "", "가온 소식"),
    )  # fmt: skip
    assert list(map(click.unstyle, lines_of(found, None))) == [
        "a.txt · capture · utf-8",
        "",
        "title          가온 소식",
        "               look at it: 40% sure · words of the text, line 3",
        "               or: 알림판",
        "               or: 오늘",
        "",
        "Lines: 1 kept (+), 0 left out (-)",
        "   3 + title      40%? 가온 소식  (words of the text)",
    ]


def test_problems_stand_at_the_end_with_what_to_do(yoyak: Run, site: Path) -> None:
    rows = yoyak("show", site / "content/2024/bus.txt", *AT).stdout.splitlines()
    assert rows[rows.index("To look at:") :][-5:] == [
        '  warning line 3: The date "07.03 (수)" has no year; it was read as 2024-07-03, the last such day up to 2024-07-05.',  # noqa: E501
        "          Write these three lines at the very top of the file:",
        "          ---",
        "          date: 2024-07-03",
        "          ---",
    ]


def test_what_a_file_holds_cannot_steer_the_terminal(yoyak: Run, site: Path) -> None:
    body = "가온시는 3일 노선 12개를 전기버스로 바꾼다고 \x1b[2J밝혔다.\u202e 시는 \x9b31m 충전기를 먼저 놓는다고 했다."
    for name, text in (("b.txt", f"\x1b]0;제목\x07\n{CAPTURE}\n{body}\n"), ("c.md", article(body, title="가\u202e나"))):
        (site / "content" / name).write_text(text, encoding="utf-8")
        out = yoyak("show", site / "content" / name, *AT).stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out)
        assert "<U+202E>" in out


def on_a_terminal(columns: int, *arguments: str | Path, **environment: str) -> str:
    """Run yoyak on a terminal of so many columns and return all that it wrote there."""
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator"), "COLUMNS": str(columns), "TERM": "xterm"}
    env.pop("NO_COLOR", None)
    own, its = pty.openpty()
    command = [sys.executable, "-m", "yoyak", *map(str, arguments)]
    with subprocess.Popen(command, env=env | environment, stdout=its, stderr=its, stdin=subprocess.DEVNULL) as process:
        os.close(its)
        written = b""
        while True:
            try:
                part = os.read(own, 65536)
            except OSError:  # Linux says so at the end
                break
            if not part:
                break
            written += part
        assert process.wait() == 0
    os.close(own)
    return written.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("width", [60, 100])
def test_on_a_terminal_rows_fit_and_no_word_is_lost(site: Path, width: int) -> None:
    out = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(width, "show", site / "content/2024/bus.txt", *AT))
    assert max(map(columns, out.splitlines())) <= width
    everything = "".join(out.split())
    assert all("".join(line.split()) in everything for line in CAPTURE.splitlines())


def test_colours_are_for_a_terminal_and_can_be_refused(yoyak: Run, site: Path) -> None:
    file = site / "content/2024/bus.txt"
    assert "\x1b[" in on_a_terminal(80, "show", file, *AT)
    assert "\x1b[" not in on_a_terminal(80, "show", file, *AT, NO_COLOR="1")
    assert "\x1b[" not in yoyak("show", file, *AT).stdout


NAUGHTY = CHECKOUT.parent / "shared" / "corpora" / "blns.json"


@pytest.mark.skipif(not NAUGHTY.is_file(), reason="the corpora are not beside this checkout")
def test_naughty_strings_are_all_told_and_none_gets_out(yoyak: Run, site: Path) -> None:
    lines = [line for text in json.loads(NAUGHTY.read_text(encoding="utf-8")) for line in text.splitlines()]
    text = f"{CAPTURE}\n" + "\n".join(line.encode("utf-8", "replace").decode() for line in lines) + "\n"
    (site / "content/odd.txt").write_bytes(text.encode())
    out = yoyak("show", site / "content/odd.txt", *AT).stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)
    found = shown(yoyak("show", site / "content/odd.txt", "--json", *AT))
    numbers = [line["n"] for line in found["lines"]]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > len(lines) / 2


def test_what_is_left_out_of_a_saved_page_is_listed_with_the_reason(yoyak: Run, site: Path) -> None:
    text = "".join(
        f"<p>가온시가 버스 {n}대를 전기버스로 바꾼다고 3일 밝혔다. 첫 버스는 내년 3월에 들어간다.</p>" for n in range(5)
    )
    page = f'<html><body><h1>가온시 버스</h1><div>{text}</div><div class="share-bar">공유하기</div></body></html>'
    write_site(site, {"content/2024/page.html": page})
    found = shown(yoyak("show", site / "content/2024/page.html", "--json", *AT))
    assert found["left_out"] == [{"text": "공유하기", "rule": "named-otherwise", "selector": "div.share-bar"}]
    lines = yoyak("show", site / "content/2024/page.html", *AT).stdout
    assert "Left out: 1 block" in lines
    assert "공유하기  (named differently, div.share-bar)" in lines


def test_a_pattern_is_called_as_a_rule_file_calls_it() -> None:
    """Its name may be written under `without:`, so words must not hide it."""
    from yoyak.messages.catalogue import texts

    folder = CHECKOUT / "generator/yoyak/readers/rules"
    patterns = {
        name
        for file in folder.glob("*.yaml")
        for label in msgspec.yaml.decode(file.read_bytes()).values()
        if isinstance(label, dict) and isinstance(label.get("patterns"), dict)
        for name in label["patterns"]
    }
    assert len(patterns) > 50
    assert sorted(name for name in patterns if f"show.rule.{name}" in texts("en")) == []


def test_rules_are_said_in_words_in_korean(yoyak: Run, tmp_path: Path) -> None:
    text = "가온시, 버스 증차\n\n김가온 기자\n2024.07.03 09:00\n\n가온시가 버스를 늘린다고 3일 밝혔다. 첫차 온다.\n"
    (tmp_path / "a.txt").write_text(text)
    found = yoyak("show", tmp_path / "a.txt", "--lang", "ko", *AT).stdout
    assert "(본문의 첫머리)" in found or "(완결된 문장)" in found
    assert not re.search(r"\([a-z]+(-[a-z]+)+\)", found)
    english = shown(yoyak("show", tmp_path / "a.txt", "--lang", "ko", "--json", *AT))
    assert {line["rule"] for line in english["lines"]} & {"opening", "sentence"}
