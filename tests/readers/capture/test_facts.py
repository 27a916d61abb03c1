"""Who signed a captured page, and when: by where a line stands, not by what it says alone."""

from __future__ import annotations

from readers.worlds import PARAGRAPHS, TITLE, around
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.model.types import Person
from yoyak.readers.capture.read import read_capture
from yoyak.text.calendar import Moment

BODY = "\n\n".join(PARAGRAPHS)
ENGLISH = (
    "The council said on Monday that it would repair three hundred empty houses and let them to young people.\n\n"
    "Officials said the number of applications was three times the number of houses in the villages.\n\n"
    "Experts said the plan would not last without jobs, and that buses should come first."
)
HEAD = "Council to repair three hundred empty houses"


def read(text: str) -> Reading:
    return read_capture(text, around("content/capture.txt"))


def day(reading: Reading) -> str | None:
    field = reading.fields.get("date")
    return field.value.value.date().isoformat() if field and isinstance(field.value, Moment) else None


def names(reading: Reading) -> list[str]:
    field = reading.fields.get("authors")
    return [author.name for author in field.value if isinstance(author, Person)] if field else []


@each_row(
    ("text", "expected"),
    [
        (f"7월 5일 금요일\n2024.07.05\n홈\n정치\n사회\n문화\n{TITLE}\n입력 2024.07.03 09:10\n{BODY}", "2024-07-03"),
        (f"2024. 7. 5.\n로그인\n홈\n뉴스\n사회\n{TITLE}\n2024. 7. 3. 09:10\n{BODY}", "2024-07-03"),
        (f"등록번호 : 가온 가00123 | 등록일자 : 1998.03.02\n{TITLE}\n입력 : 2024.07.03\n{BODY}", "2024-07-03"),
        (f"{TITLE}\n2024-07-03 09:10\n{BODY}\n많이 본 뉴스\n2024-07-04 10:00\n2024-07-04 11:00", "2024-07-03"),
        (f"Friday 05 July 2024\nHome\nNews\nSport\nCulture\n{HEAD}\n9:39AM BST 03 Jul 2024\n{ENGLISH}", "2024-07-03"),
        (
            f"{HEAD}\nThe plan is the largest of its kind.\n3 July 2024 9:10\n{ENGLISH}\n04 JULY 2024, NEWS",
            "2024-07-03",
        ),
        (f"{HEAD}\nThe Harbour DeskJuly 3, 2024\n{ENGLISH}", "2024-07-03"),
        (f"{HEAD}\n03.07.24 18:00\n{ENGLISH}", "2024-07-03"),
        (f"{TITLE}\n24.07.03 18:00\n{BODY}", "2024-07-03"),
    ],
)
def test_the_day_is_that_of_the_article(text: str, expected: str) -> None:
    assert day(read(text)) == expected


@each_row(
    ("text", "expected"),
    [
        (f"{HEAD}\nBy Ada Brook (@adabrook)\n3 July 2024\n{ENGLISH}", ["Ada Brook"]),
        (f"{HEAD}\nBy Ada BrookJuly 03, 2024\n{ENGLISH}", ["Ada Brook"]),
        (f"{HEAD}\nBy Ada BrookPublished 3 July 2024\n{ENGLISH}", ["Ada Brook"]),
        (
            f"{HEAD}\nBy Ada Brook and Lee Winter  The Coastal Press\n3 July 2024\n{ENGLISH}",
            ["Ada Brook", "Lee Winter"],
        ),
        (f"{HEAD}\nAda Brook\tJul 3, 2024\tComments\n{ENGLISH}", ["Ada Brook"]),
        (f"{HEAD}\nAda Brook and Lee Winter in Port Ellery\n3 July 2024\n{ENGLISH}", ["Ada Brook", "Lee Winter"]),
        (f"{HEAD}\nBy ADA BROOK, Coastal Press\n3 July 2024\n{ENGLISH}", ["ADA BROOK"]),
        (
            f"{HEAD}\nBy Ada Brook\n{ENGLISH}\nMore stories\nA bridge opens\nBy Lee Winter",
            ["Ada Brook"],
        ),
        (f"{TITLE}\n김보늬 기자도한결 기자\n입력 2024.07.03 09:10\n{BODY}", ["김보늬", "도한결"]),
        (f"콩새의 부엌\n{TITLE}\n콩새 2024. 7. 3. 21:08\n{BODY}\n콩새\n콩새", ["콩새"]),
        (f"{TITLE}\n2024. 7. 3. 21:08\n{BODY}", []),
        (f"{TITLE}\n글 제목\t조회수\t작성일\n2024. 7. 3. 21:08\n{BODY}", []),
    ],
)
def test_who_signs_the_article_is_its_author(text: str, expected: list[str]) -> None:
    assert names(read(text)) == expected


def test_chinese_pages_name_their_authors_behind_a_label() -> None:
    body = (
        "港口管理局二日表示，起重机于凌晨停止运转，更换零件需要三天时间。\n"
        "工会要求增加检查人员，管理局回答说下个月将会招聘新的员工。\n"
        "船公司已经把货轮转移到其他码头，据说有三百五十个集装箱正在等待。"
    )
    found = read(f"港口起重机停止运转三天\n2024-07-03 10:22 来源：港口日报 作者：李在山 编辑：王海\n{body}")
    assert names(found) == ["李在山"]
    assert day(found) == "2024-07-03"
