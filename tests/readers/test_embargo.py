"""What the embargo line of a press release does to its article."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importing.desk import new_site, only_article, run_import, written
from readers.worlds import PARAGRAPHS, TITLE, around
from sites import write_site
from yoyak.build.build import BuildRequest, build
from yoyak.model.sources import SourceFile
from yoyak.readers.source import SourceReading, read_source
from yoyak.show.show import show_file

BODY = "\n\n".join(PARAGRAPHS)
LINE = "보도시점 | 2024. 7. 8.(월) 조간"
OPEN = "보도시점 | 2024. 7. 8.(월)"


def _read(name: str, text: str) -> SourceReading:
    path = f"content/2024/{name}"
    return read_source(SourceFile(path=path, data=text.encode(), digest=""), around(path))


def _page(line: str) -> str:
    cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.split("|"))
    prose = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    head = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>\n"
    return f"{head}<table><tr>{cells}</tr></table>{prose}</body></html>"


TEXTS = {
    "a.txt": f"{TITLE}\n{{}}\n\n{BODY}\n",
    "a.md": f"# {TITLE}\n\n**{{}}**\n\n{BODY}\n",
    "b.md": f"# {TITLE}\n\n| | |\n|---|---|\n| {{}} |\n\n{BODY}\n",
    "a.html": "",
}


def _text(name: str, line: str) -> str:
    return _page(line) if name == "a.html" else TEXTS[name].replace("{}", line)


@pytest.mark.parametrize("name", TEXTS)
def test_the_embargo_of_each_kind_of_file_becomes_a_key_with_its_line_and_rule(name: str) -> None:
    read = _read(name, _text(name, LINE))
    field = read.fields["embargo_until"]
    assert field.value.value.isoformat() == "2024-07-08T06:00:00+09:00"
    assert field.evidence[0].rule == "embargo line (보도시점; 조간 is 06:00)"
    assert read.text.split("\n")[(field.evidence[0].line or 0) - 1].count("보도시점") == 1
    assert "status" not in read.fields


@pytest.mark.parametrize("name", TEXTS)
def test_an_embargo_that_is_not_understood_holds_the_article_back_and_asks(name: str) -> None:
    read = _read(name, _text(name, OPEN))
    (problem,) = [one for one in read.problems if one.code == "embargo-not-understood"]
    assert problem.severity == "warning"
    assert "is not understood (it names no hour), so the article is held back as a draft." in problem.message
    assert read.fields["status"].value == "draft"


def test_front_matter_counts_for_more() -> None:
    read = _read("a.md", f"---\nembargo_until: 2024-07-01 09:00\n---\n{_text('a.md', OPEN)}")
    assert read.fields["embargo_until"].value.value.isoformat() == "2024-07-01T09:00:00+09:00"
    assert read.problems == ()
    assert "status" not in read.fields


def test_an_article_that_was_approved_is_an_error_until_its_embargo_is_settled() -> None:
    (problem,) = _read("a.md", f"---\nstatus: approved\n---\n{_text('a.md', OPEN)}").problems
    assert (problem.code, problem.severity) == ("embargo-not-understood", "error")


def test_a_draft_stays_one() -> None:
    read = _read("a.md", f"---\nstatus: review\n---\n{_text('a.md', OPEN)}")
    assert read.fields["status"].value == "review"
    assert [problem.severity for problem in read.problems] == ["warning"]


def test_an_embargo_in_code_is_an_example() -> None:
    read = _read("a.md", f"# {TITLE}\n\n```\n{LINE}\n```\n\n{BODY}\n")
    assert "embargo_until" not in read.fields


def test_of_several_lines_the_last_moment_counts() -> None:
    read = _read("a.txt", _text("a.txt", f"배포일시: 2024. 7. 5.(금) 10:00 이후\n{LINE}"))
    assert read.fields["embargo_until"].value.value.isoformat() == "2024-07-08T06:00:00+09:00"


def test_the_line_of_a_capture_is_called_so() -> None:
    labels = _read("a.txt", _text("a.txt", LINE)).reading.lines  # type: ignore[union-attr]
    assert [line.label for line in labels if line.n == 2] == ["embargo"]


@pytest.mark.parametrize(("line", "there"), [(LINE, False), (OPEN, False), ("보도시점 | 배포 즉시", True)])
def test_a_site_shows_the_article_only_when_it_may(line: str, there: bool, tmp_path: Path) -> None:
    files = {
        "content/2024/07/a.txt": _text("a.txt", f"입력 2024.07.05 09:00\n{line}"),
        "content/2024/07/b.md": "---\ntitle: b\ndate: 2024-07-01\n---\nb\n",
    }
    site = write_site(tmp_path, files)
    build(BuildRequest(folder=site, at=datetime(2024, 7, 6, tzinfo=UTC)))
    assert ("빈집" in "".join(path.read_text() for path in (site / "output").rglob("*.html"))) is there


def test_show_names_the_line_and_the_rule(tmp_path: Path) -> None:
    shown = show_file(written(tmp_path, "a.txt", _text("a.txt", LINE)), None)
    assert [(one.rule, one.line) for one in shown.fields["embargo_until"].evidence] == [
        ("embargo line (보도시점; 조간 is 06:00)", 2)
    ]


MAIL = (
    "From: a@b.example\nSubject: 빈집\nDate: Fri, 5 Jul 2024 08:00:00 +0900\nContent-Type: text/{}; charset=utf-8\n\n"
)


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize(
    ("line", "key"),
    [
        (LINE, "embargo_until: 2024-07-08 06:00"),
        ("보도시점: 7. 8.(월) 10:00", "embargo_until: 2024-07-08 10:00"),
        (OPEN, "status: draft"),
    ],
)
def test_the_embargo_of_a_mail_is_written_into_its_article(line: str, key: str, kind: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    body = f"<p>{line}</p><p>{PARAGRAPHS[0]}</p>" if kind == "html" else f"{line}\n\n{PARAGRAPHS[0]}\n"
    report = run_import(site, written(tmp_path, "a.eml", MAIL.format(kind) + body))
    assert f"\n{key}\n" in only_article(site)
    assert key.partition(":")[0] in report.imported[0].unsure
    assert ("write embargo_until: and delete the status" in only_article(site)) is (line == OPEN)


# --- press releases -------------------------------------------------------------------------------

RELEASE = f"보도자료\n누리군\n보도시점 | 배포 즉시\n담당자: 이바다 주무관 (02-000-0000)\n\n{TITLE}\n\n{BODY}\n"


def _rights(text: str, tmp_path: Path, more: str = "") -> tuple[str, str]:
    site = new_site(tmp_path / "site")
    (site / "site.yaml").write_text((site / "site.yaml").read_text() + more)
    run_import(site, written(tmp_path, "a.txt", text))
    lines = only_article(site).split("\n")
    found = {line.partition(": ")[0]: line.partition(": ")[2] for line in lines}
    return found.get("rights", ""), found.get("source", "")


def test_a_press_release_is_free_to_print_and_its_sender_is_the_source(tmp_path: Path) -> None:
    assert _rights(RELEASE, tmp_path) == ("full", "누리군")


@pytest.mark.parametrize(
    "text",
    [
        RELEASE.replace("보도자료\n", ""),
        RELEASE.replace("담당자", "담당하는 이"),
        RELEASE.replace("보도시점 | 배포 즉시\n", ""),
        f"{RELEASE}\n이하늘 기자 lee@nuri.example\n", f"{RELEASE}\nⓒ 누리일보 무단 전재 및 재배포 금지\n",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_press_release_is_somebodys_text(text: str, tmp_path: Path) -> None:
    assert _rights(text, tmp_path)[0] == "excerpt"


def test_the_rights_of_its_sender_in_the_settings_count_for_more(tmp_path: Path) -> None:
    assert _rights(RELEASE, tmp_path, "sources:\n  누리군: {rights: link}\n")[0] == "link"
