"""Rules for captures: yoyak's own, and those of a site's content/_rules/."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from readers.worlds import PARAGRAPHS, TITLE, around, value
from rows import each_row
from sites import SETTINGS, built, problems, write_site
from yoyak.messages.catalogue import speak
from yoyak.model.message import Problem
from yoyak.model.sources import Reading, SourceFile
from yoyak.parallel.pool import limited
from yoyak.readers.around import OwnRules
from yoyak.readers.capture.own_rules import own_rules
from yoyak.readers.capture.read import read_capture
from yoyak.readers.capture.rules import LABELS, built_in, capture_rules

Run = Callable[..., subprocess.CompletedProcess[str]]
CAPTURE = "\n".join(["오늘의 물때", TITLE, "입력 2024.07.03 06:00", "편집 이하늘", *PARAGRAPHS])
RULES = """
ui:
  phrases: [오늘의 물때]
byline:
  patterns:
    editor: '^편집 (?P<names>{{names}})$'
"""


def checked(*texts: str) -> tuple[tuple[OwnRules, ...], tuple[Problem, ...]]:
    files = (SourceFile(path=f"content/_rules/{n}.yaml", data=t.encode(), digest="") for n, t in enumerate(texts))
    return own_rules(tuple(files))


def read(text: str, *rules: str) -> Reading:
    found, mistakes = checked(*rules)
    assert mistakes == ()
    return read_capture(text, structs.replace(around(), rules=found))


def label_of(reading: Reading, n: int) -> tuple[str, str]:
    return next((line.label, line.rule) for line in reading.lines if line.n == n)


# --- the rules of a site ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("^오늘|물때$", "갯벌 물때", "물때 오늘"),
        ("^(?:오늘|물)때", "물때표", "오늘의 물때"),
        (r"^오늘[|(\]]$", "오늘|", "오늘[|"),
        (r"(?P<again>[가-힣])-(?P=again)", "말 가-가", "말 가-나"),
        (r"^([가-힣])\1\1", "하하하", "하하호"),
        ("(?i)tide", "Tide table", "Tie"),
        (r"^(?P<text>.{4,9}?)\s*@갯벌$", "사진 석 장 @갯벌", "석 @갯벌"),
        (r"^(?P<text>.{4,9}?[.)])\s*@갯벌$", "사진 석 장. @갯벌", "사진 석 장 @갯벌"),
        (r"^(?P<text>.{2,9}?[.)])?@갯벌$", "@갯벌", "석 @갯벌"),
        (r"^(?P<text>.{1,9}?[.)]){2}@갯벌$", "석.장.@갯벌", "석장.@갯벌"),
        (r"^\(?P<", "P<", "(?P<"),
        (r"^물\|때|^\^물", "^물", "때"),
    ],
)
def test_a_pattern_of_a_site_fits_what_it_fits_alone(pattern: str, fitting: str, other: str) -> None:
    alone = re.compile(pattern, re.IGNORECASE)
    rules = capture_rules((OwnRules(label="ui", patterns=(("own", pattern), ("behind", "^never$"))),)).labels["ui"]
    assert [alone.search(text) is not None for text in (fitting, other)] == [True, False]
    assert [found and found[0] for found in map(rules.match, (fitting, other))] == ["own", None]


def test_phrases_and_patterns_of_a_site_are_added_to_yoyaks() -> None:
    reading = read(CAPTURE, RULES)
    assert (label_of(reading, 1), label_of(reading, 4)) == (("ui", "phrase"), ("byline", "editor"))
    assert [person.name for person in reading.fields["authors"].value] == ["이하늘"]
    assert label_of(read(CAPTURE), 4) != ("byline", "editor")


def test_a_phrase_of_yoyak_can_be_taken_out() -> None:
    text = f"{TITLE}\n속보\n{PARAGRAPHS[0]}"
    assert label_of(read(text), 2) == ("ui", "phrase")
    assert label_of(read(text, "ui: {without: [속보]}"), 2)[0] == "other"


def test_a_pattern_of_yoyak_can_be_taken_out_or_replaced() -> None:
    text = f"{TITLE}\n이하늘 기자\n" + "\n".join(PARAGRAPHS)
    assert "authors" in read(text).fields
    assert "authors" not in read(text, "byline: {without: [reporter-line]}").fields
    assert "authors" not in read(text, "byline: {patterns: {reporter-line: '^글쓴이 (?P<names>.{2,9})$'}}").fields


def test_a_team_names_its_outlets() -> None:
    text = f"물길소식\n{TITLE}\n2024.07.03 06:00\n" + "\n".join(PARAGRAPHS)
    assert value(read(text), "source") is None
    assert value(read(text, "publisher: {phrases: [물길소식]}"), "source") == "물길소식"


def test_a_pattern_may_use_parts_of_its_own() -> None:
    rules = "parts: {desk: '물길부|다리부'}\npromo: {patterns: {desk: '^{{desk}} 소식'}}"
    assert label_of(read(f"{TITLE}\n{PARAGRAPHS[0]}\n물길부 소식 더 보기", rules), 3) == ("promo", "desk")


@each_row(
    ("rules", "code", "line"),
    [
        ("ui: [a, b\n", "unclosed-bracket", 1),
        ("ui:\n  phrses: [a]\n", "unknown-key", 2),
        ("menu:\n  phrases: [a]\n", "unknown-key", 1),
        ("opening:\n  phrases: [a]\n", "unknown-key", 2),
        ("ui:\n  patterns:\n    x: '^(a'\n", "bad-pattern", 3),
        ("ui:\n  patterns:\n    x: '^a*'\n", "bad-pattern", 3),
        ("ui:\n  patterns:\n    x: '^{{rolle}}'\n", "bad-pattern", 3),
        (
            f"ui:\n  patterns:\n    x: '^{'{{a}}' * 20}'\nparts:\n  a: '{'{{b}}' * 100}'\n  b: '{'나' * 900}'\n",
            "bad-pattern",
            3,
        ),
        (f"ui:\n  phrases: [{', '.join(f'말{n}' for n in range(1001))}]\n", "too-many", 2),
        (f"ui:\n  patterns:\n    x: '^{'나' * 1000}'\n", "too-long", 3),
        ("theme:\n  patterns:\n    x: '^연재 '\n", "missing-group", 3),
        ("ui:\n  without: [없는 말]\n", "unknown-rule", 2),
    ],
)
def test_a_file_with_a_mistake_says_where_and_counts_for_nothing(rules: str, code: str, line: int) -> None:
    found, mistakes = checked(rules, "ui: {phrases: [둘]}")
    assert [(problem.code, problem.line, problem.path) for problem in mistakes] == [
        (code, line, "content/_rules/0.yaml")
    ]
    assert [rule.phrases for rule in found] == [("둘",)]
    assert all(problem.severity == "error" and speak(problem.hint) for problem in mistakes)


def test_a_build_reads_with_the_rules_of_its_site(tmp_path: Path) -> None:
    files = {"content/a.txt": CAPTURE, "content/_rules/desk.yaml": RULES}
    found = built(tmp_path, files, SETTINGS)
    assert "이하늘" in found.text("articles/a")
    assert not any("_rules" in path for path in found.paths())


def test_a_build_with_a_bad_rules_file_writes_nothing(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.txt": CAPTURE, "content/_rules/desk.yaml": "ui: {patterns: {x: '^('}}"})
    assert not found.report.complete
    assert any(line.startswith("content/_rules/desk.yaml:1:20: ") for line in problems(found))


def test_show_reads_with_the_rules_of_the_site_and_refuses_bad_ones(yoyak: Run, tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"content/a.txt": CAPTURE, "content/_rules/desk.yaml": RULES})
    assert '"editor"' in yoyak("show", "--json", site / "content/a.txt").stdout
    (site / "content/_rules/desk.yaml").write_text("ui: {patterns: {x: '^('}}", encoding="utf-8")
    done = yoyak("show", site / "content/a.txt")
    assert done.returncode != 0
    assert "content/_rules/desk.yaml:1:20: " in done.stderr


# --- yoyak's own rules --------------------------------------------------------------------------------


def test_rules_are_made_once() -> None:
    assert capture_rules() is capture_rules()
    own = checked(RULES)[0]
    assert capture_rules(own) is capture_rules(checked(RULES)[0])


@pytest.mark.parametrize("label", LABELS)
def test_no_pattern_of_yoyak_fits_an_empty_line(label: str) -> None:
    assert [name for name, pattern in built_in(label)[1] if re.search(pattern, "")] == []


ODD = (
    "가|가 |가나 |가나·|기자 |가나 기자 |A|Aa |Aa, |By Aa and |1|1.|1 |a.|a@a.|(|[|<|ⓒ|#a "
    "|“|. |다. |있다. |사진=|▲|一 |2024.1.1 |뉴스|=|/"
).split("|")


def odd_lines(unit: str) -> list[str]:
    """Return lines of one unit over and over, with ends at which a rule may begin again."""
    lines = [(unit * 220)[: 219 - len(end)] + end for end in ("", "!", "기자", "a@b.c", "금지", "있다.")]
    return lines + [line[-119:] for line in lines]


@pytest.mark.parametrize("unit", ODD)
def test_no_line_makes_a_rule_run_away(unit: str) -> None:
    """`make bench ARGS=bounds` has the seconds."""

    def tried(lines: list[str]) -> int:
        return len([capture_rules().labels[label].match(line) for line in lines for label in LABELS])

    assert limited(tried, odd_lines(unit)) == 12 * len(LABELS)
