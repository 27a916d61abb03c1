"""Press releases as ministries send them: the head becomes front matter, and nothing is published before its hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from importing.desk import new_site, only_article, run_import, written
from importing.documents.builders import docx, grid, hwp, hwpx, line, old_line, old_table, para, table
from yoyak.messages.catalogue import speak

TITLE = "가온항 등대, 3년 만에 다시 켠다"
TEXT = "가온시는 7월 3일 가온항 등대를 다시 켠다고 밝혔다."
HEAD = [["보도시점", "2024. 7. 5.(금) 조간", "배포", "2024. 7. 3.(수)"]]
ASK = [["담당부서", "가온시 교통과", "담당자", "과장 이하늘 (044-200-1234)"]]
Rows = Sequence[Sequence[str]]


def _hwpx(*parts: str | Rows) -> bytes:
    return hwpx("".join(para(part if isinstance(part, str) else table(part)) for part in parts))


def _docx(*parts: str | Rows) -> bytes:
    return docx("".join(line(part) if isinstance(part, str) else grid(part) for part in parts))


def _hwp(*parts: str | Rows) -> bytes:
    return hwp(b"".join(old_line(part) if isinstance(part, str) else old_table(part) for part in parts))


def _imported(folder: Path, name: str, data: bytes) -> tuple[str, list[str]]:
    site = new_site(folder / "site")
    report = run_import(site, written(folder, name, data))
    return only_article(site), [speak(problem.message) for problem in report.problems]


@pytest.mark.parametrize(("name", "made"), [("a.hwpx", _hwpx), ("a.docx", _docx), ("a.hwp", _hwp)])
def test_the_head_of_a_release_is_front_matter_and_no_part_of_its_text(
    name: str, made: Callable[..., bytes], tmp_path: Path
) -> None:
    article, said = _imported(tmp_path, name, made("보도자료", HEAD, TITLE, TEXT, ASK))
    head, _, body = article.partition("\n---\n\n")
    assert f"\ntitle: {TITLE}\n" in head
    assert "\ndate: 2024-07-03\n" in head
    assert "\nsource: 가온시\n" in head
    assert "\nrights: full\n" in head
    assert "\nembargo_until: 2024-07-05 06:00" in head
    assert body.startswith(f"{TEXT}\n\n<table>")
    assert "044-200-1234" in body
    assert "조간" not in body
    assert any("보도시점 2024. 7. 5.(금) 조간" in message for message in said)


@pytest.mark.parametrize(
    "rows",
    [
        [["제 목", TITLE], ["배포일시", "2024. 7. 3.(수) 10:00"], ["보도시점", "2024. 7. 5.(금) 06:00"]],
        [["보도시점", "배포일"], ["2024. 7. 5.(금) 06:00", "2024. 7. 3."]],
        [["보도 시점", "2024. 7. 5. 06:00 이후"], ["배포일시 : 2024. 7. 3. (수)"]],
        [["보도시점: 2024. 7. 5.(금) 06:00", "배포일시: 2024. 7. 3.(수)"]],
        [["보도자료", "가온시"], ["보도시점", "2024. 7. 5.(금) 06:00"], ["배포", "2024. 7. 3."]],
    ],
)
def test_the_rows_of_a_head_may_be_arranged_as_people_do(rows: Rows, tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, "a.hwpx", _hwpx("가온시 보도자료", rows, TITLE, TEXT, ASK))
    assert f"\ntitle: {TITLE}\n" in article
    assert "\ndate: 2024-07-03\n" in article
    assert "\nembargo_until: 2024-07-05 06:00" in article
    assert f"\n---\n\n{TEXT}\n" in article


def test_the_lines_of_a_head_count_as_its_rows_do(tmp_path: Path) -> None:
    data = _docx(
        "보도자료", "보도시점: 2024. 7. 5.(금) 06:00", "배포일: 2024. 7. 3.", TITLE, TEXT, "문의: 교통과 044-200-1234"
    )
    article, _ = _imported(tmp_path, "a.docx", data)
    assert "\nembargo_until: 2024-07-05 06:00" in article
    assert f"\n---\n\n{TEXT}\n" in article


@pytest.mark.parametrize(
    "lines",
    [
        ["보도시점 2024. 7. 5.(금) 12:00", "배포 2024. 7. 3.(수)"],
        ["보도시점 2024. 7. 5.(금) 12:00 배포 2024. 7. 3.(수)"],
        ["보 도 자 료", "배포일시 2024. 7. 3.(수) 09:00 보도시점 2024. 7. 5.(금) 12:00"],
        ["보도시점: 2024. 7. 5.(금) 12:00  배포: 2024. 7. 3.(수)"],
    ],
)
def test_a_head_whose_table_became_lines_is_understood(lines: list[str], tmp_path: Path) -> None:
    text, _ = _imported(tmp_path, "a.docx", _docx(*lines, TITLE, TEXT))
    assert "\ndate: 2024-07-03" in text
    assert "\nembargo_until: 2024-07-05 12:00" in text
    assert "배포" not in text.partition("\n---\n")[2]


@pytest.mark.parametrize(
    "said", ["배포 12만 부를 넘었다", "보도 1면에 실렸다", "기관 2024. 7. 3.", "발표 2024년 예산은 12억 원이다"]
)
def test_a_line_that_only_begins_like_a_label_stays(said: str, tmp_path: Path) -> None:
    text, _ = _imported(tmp_path, "a.docx", _docx(TITLE, TEXT, said, TEXT))
    assert said in text.replace("\\", "")
    assert "embargo_until" not in text


@pytest.mark.parametrize("when", ["추후 통보", "2024. 7. 5.(금)", "7. 5.(금) 회의 종료 후"])
def test_an_embargo_that_is_not_understood_holds_back_and_stays_in_the_text(when: str, tmp_path: Path) -> None:
    rows = [["보도시점", when, "배포", "2024. 7. 3.(수)"]]
    article, said = _imported(tmp_path, "a.hwpx", _hwpx("보도자료", rows, TITLE, TEXT, ASK))
    assert "\nstatus: draft\n" in article
    assert when in article.partition("\n---\n")[2]
    assert any("is not understood" in message for message in said)


def test_a_release_for_now_is_not_held_back(tmp_path: Path) -> None:
    rows = [["보도시점", "배포 즉시", "배포", "2024. 7. 3.(수)"]]
    article, _ = _imported(tmp_path, "a.hwpx", _hwpx("보도자료", rows, TITLE, TEXT, ASK))
    assert "status:" not in article
    assert "embargo_until:" not in article


def test_a_head_with_a_row_that_nobody_knows_stays_as_it_is(tmp_path: Path) -> None:
    rows = [["보도시점", "2024. 7. 5.(금) 06:00"], ["배포", "2024. 7. 3."], ["등대의 높이는 30미터이다.", "참고"]]
    article, _ = _imported(tmp_path, "a.hwpx", _hwpx("보도자료", rows, TITLE, TEXT))
    assert f"\ntitle: {TITLE}\n" in article
    assert "\ndate: 2024-07-03\n" in article
    assert "등대의 높이는 30미터이다." in article
    assert "\nembargo_until: 2024-07-05 06:00" in article


def test_a_notice_in_the_text_forbids_printing_it_whole(tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, "a.hwpx", _hwpx("보도자료", HEAD, TITLE, TEXT, "무단전재 및 재배포 금지", ASK))
    assert "\nrights: excerpt\n" in article


def test_a_document_without_a_sure_title_or_date_waits_for_somebody(tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, "a.docx", _docx("회의 자료", TEXT))
    assert "\nstatus: review\n" in article
    assert "\ntitle: 회의 자료\n" in article


@pytest.mark.parametrize(
    "rows", [[["일시", "2024. 7. 20.(토) 10:00"], ["연락처", "044-1"]], [["제목", "회의"], ["장소", "시청"]]]
)
def test_the_table_of_a_meeting_is_no_head(rows: Rows, tmp_path: Path) -> None:
    article, said = _imported(tmp_path, "a.hwpx", _hwpx(TITLE, TEXT, rows))
    assert rows[0][1] in article.partition("\n---\n")[2]
    assert "2024-07-20" not in article
    assert said == []


def test_a_line_that_says_when_is_no_title(tmp_path: Path) -> None:
    data = _docx("보도자료", "※ 엠바고: 2024. 7. 6.(토) 06:00", "2024. 7. 4.", TITLE, TEXT)
    article, _ = _imported(tmp_path, "a.docx", data)
    assert f"\ntitle: {TITLE}\n" in article
    assert "\nembargo_until: 2024-07-06 06:00" in article
