"""Wrong usage in Korean, with the exit codes of English."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.test_help import environment as environment  # noqa: PLC0414 - a fixture
from cli.test_help import said
from yoyak.cli.usage import spoken
from yoyak.messages.catalogue import speaking, texts

WRONG = (
    ("foo", "오류: 없는 명령입니다: foo."),
    ("buidl", '오류: 없는 명령입니다: buidl. 혹시 "build"인가요?'),
    ("--lagn", '오류: 없는 옵션입니다: --lagn. 혹시 "--lang"인가요?'),
    ("build --jo", "오류: 없는 옵션입니다: --jo. 혹시 이 가운데 하나인가요? --jobs, --json"),
    ("build -x", "오류: 없는 옵션입니다: -x."),
    ("new", "오류: 인자가 빠졌습니다: FOLDER."),
    ("import", "오류: 인자가 빠졌습니다: FILE-OR-FOLDER."),
    ("schema", "오류: 인자가 빠졌습니다. 다음 가운데 하나를 쓰세요: article, edition, theme, page, site"),
    (
        "schema x",
        '오류: 인자의 값이 잘못되었습니다. "x" 대신 다음 가운데 하나를 쓰세요: article, edition, theme, page, site',
    ),
    ("new a b c", "오류: 필요하지 않은 인자가 있습니다: b c"),
    ("new a b", "오류: 필요하지 않은 인자가 있습니다: b"),
    ("build --site", "오류: --site 옵션에는 값이 필요합니다."),
    ("build --quiet=3", "오류: --quiet 옵션에는 값을 쓸 수 없습니다."),
    ("serve --port abc", '오류: --port의 값이 잘못되었습니다. "abc" 대신 정수를 쓰세요.'),
    ("serve --port 70000", "오류: --port의 값이 잘못되었습니다. 70000 대신 이 범위의 수를 쓰세요: 0<=x<=65535"),
    ("build --jobs 0", "오류: --jobs의 값이 잘못되었습니다. 0 대신 이 범위의 수를 쓰세요: x>=1"),
    ("--lang xx build", '오류: --lang의 값이 잘못되었습니다. "xx" 대신 다음 가운데 하나를 쓰세요: en, ko'),
    ("build --lang xx", '오류: --lang의 값이 잘못되었습니다. "xx" 대신 다음 가운데 하나를 쓰세요: en, ko'),
    (
        "show 없는파일.md",
        '오류: FILE의 값이 잘못되었습니다. 없는 파일이나 폴더입니다: "없는파일.md". 경로를 확인하세요.',
    ),
    ("fix gone.md", '오류: FILE의 값이 잘못되었습니다. 없는 파일이나 폴더입니다: "gone.md". 경로를 확인하세요.'),
    ("show .", '오류: FILE의 값이 잘못되었습니다. 파일이 아니라 폴더입니다: ".".'),
    (f"build --site {__file__}", f'오류: --site의 값이 잘못되었습니다. 폴더가 아니라 파일입니다: "{__file__}".'),
    ("help nix", '오류: 없는 명령입니다: nix. 혹시 "fix"인가요?'),
)


@pytest.mark.parametrize(("line", "answer"), WRONG)
def test_wrong_usage_is_said_in_korean(line: str, answer: str, checkout: Path) -> None:
    korean, english = (in_language(language, line, checkout) for language in ("ko", "en"))
    assert (korean.returncode, korean.stdout) == (english.returncode, english.stdout) == (2, "")
    assert korean.stderr.splitlines()[-1] == answer
    assert "Error: " in english.stderr
    if english.stderr.startswith("Usage: yoyak "):  # click does not say it always
        assert korean.stderr.startswith("사용법: yoyak ")
        assert "\n도움말을 보려면: yoyak" in korean.stderr


def in_language(language: str, line: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "generator"), "YOYAK_LANG": language}
    program = [sys.executable, "-m", "yoyak", *line.split()]
    return subprocess.run(program, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("No such option: --lagn", "없는 옵션입니다: --lagn."),
        ("No such option: --lagn Did you mean --lang?", '없는 옵션입니다: --lagn. 혹시 "--lang"인가요?'),
        (
            "No such option: --jo (Possible options: --jobs, --json)",
            "없는 옵션입니다: --jo. 혹시 이 가운데 하나인가요? --jobs, --json",
        ),
        ("Missing command.", "명령이 빠졌습니다."),
        ("Missing option '--out'.", "꼭 필요한 옵션이 빠졌습니다: --out."),
        ("Path 'a' is not readable.", '읽을 수 없습니다: "a". 권한을 확인하세요.'),
        ("Something that click has never said.", "Something that click has never said."),
    ],
)
def test_what_other_releases_of_click_say_is_known_too(english: str, korean: str) -> None:
    with speaking("ko"):
        assert spoken(english) == korean


def test_every_text_of_wrong_usage_is_said() -> None:
    lines = "".join(answer for _, answer in WRONG)
    elsewhere = {
        "help.wrong",
        "help.wrong.try",
        "help.wrong.no-option",
        "help.wrong.no-command",
        "help.wrong.unreadable",
    }
    for key, text in texts("ko").items():
        if key.startswith("help.wrong.") and key not in elsewhere:
            assert str(text).split("{")[0] in lines or str(text).rpartition("}")[2] in lines, key


def test_what_stands_for_a_value_is_korean() -> None:
    assert said("--lang", "ko", "--help").startswith("사용법: commands [옵션] 명령 [인자]...")
    found = said("build", "--lang", "ko", "--help")
    assert found.startswith("사용법: commands build [옵션]\n")
    assert "--jobs 정수" in found
    assert "--site 폴더" in found
    assert "--title 텍스트" in said("new", "--lang", "ko", "--help")
    assert "[필수]" in said("takedown", "--lang", "ko", "--help")
