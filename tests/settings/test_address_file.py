"""content/_urls.yaml: what a line may say, and what of the file stays when it is written again."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from rows import each_row
from yoyak.model.addresses import Remembered
from yoyak.settings.address_file import parse_addresses, read_addresses, written_addresses


def one(line: str) -> Remembered:
    file = parse_addresses(line)
    assert not file.problems
    return next(iter(file.remembered.values()))


@each_row(
    ("line", "kind", "name"),
    [
        ("/a/: article 0123abcd content/2024/a b.md", "article", "content/2024/a b.md"),
        ("/about/: page 0123abcd content/pages/about.md", "page", "content/pages/about.md"),
        ("/tags/ai/: tag AI", "tag", "AI"),
        ("/tags/c/: 'tag C #1: it''s'", "tag", "C #1: it's"),
        ('"/old name/": to /articles/새-글/', "to", "/articles/새-글/"),
        ("/a/:   to   https://other.example/x?y=1#z", "to", "https://other.example/x?y=1#z"),
        ("/a/: to content/b.md", "to", "content/b.md"),
        ("/a/: gone", "gone", ""),
        ("/%EA%B8%80/: Gone", "gone", ""),
        ("/a/: keep   # the wiki is there", "keep", ""),
        ("/: list", "list", ""),
    ],
)
def test_line_says_what_is_behind_an_address(line: str, kind: str, name: str) -> None:
    found = one(line)
    assert (found.kind, found.name) == (kind, name)


@each_row(
    "line",
    [
        "/a/", "/a/: somewhere", "/a/: gone /b/", "/a/: to", "/a/: to b", "/a/: to javascript:alert(1)",
        "/a/: to //evil.example/",
        "/a/: article content/a.md", "/a/: article 0123abcd ../a.md", "a/: gone", "/../x/: gone", "/.git/config: gone",
        "/a/?b: gone", "  /a/: gone", '"/a/: gone', "<<<<<<< HEAD", "/con/: gone", "/a/: to /\x00/", "- /a/: gone",
    ],
)  # fmt: skip
def test_line_that_is_not_understood_is_an_error_with_its_number(line: str) -> None:
    problems = parse_addresses(f"/x/: gone\n{line}\n").problems
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("bad-address-file", 2, "error")
    ]


@pytest.mark.parametrize("address", ["https://x.example/a/", '"https://x.example/a/"', "HTTP://x.example/"])
def test_a_whole_address_is_an_error_that_says_what_to_write(address: str) -> None:
    (problem,) = parse_addresses(f"{address}: gone\n").problems
    assert getattr(problem.message, "key", "") == "bad-address-file.whole"


@pytest.mark.parametrize("target", ["/b/", "'/b/'", "https://x.example/b/", "content/b.md"])
def test_an_address_without_its_word_is_an_error_that_says_which(target: str) -> None:
    (problem,) = parse_addresses(f"/a/: {target}\n").problems
    assert getattr(problem.message, "key", "") == "bad-address-file.to"
    assert one("/a/: to " + target.strip("'")).kind == "to"


def test_comments_stay_with_their_lines() -> None:
    text = "# by hand\n/b/: gone  # for the lawyers\n/a/: list\n# the end\n"
    file = parse_addresses(text)
    data = written_addresses([*file.remembered.values(), Remembered(address="/aa/", kind="list")], file).decode()
    assert data.splitlines()[2:] == [
        "/a/: list",
        "/aa/: list",
        "# by hand",
        "/b/: gone  # for the lawyers",
        "# the end",
    ]
    again = parse_addresses(data)
    assert written_addresses(again.remembered.values(), again).decode() == data


def test_file_is_yaml_and_is_read_as_it_was_written() -> None:
    chance = random.Random(5)
    names = [
        "AI",
        "C #1",
        "a: b",
        "- x",
        "'q'",
        '"q"',
        "종이, 책",
        "#hash",
        "x:",
        "@y",
        "tab\tx",
        "50%41",
        "*",
        "null",
        "1\u2028",
    ]
    addresses = [f"/{chance.choice(names).strip()}-{number}/" for number in range(40)]
    lines = [Remembered(address=address, kind="tag", name=chance.choice(names)) for address in addresses]
    lines += [Remembered(address="/f/", kind="article", name="content/a #1: b.md", mark="0" * 8, first="/old name%41/")]
    good = [
        line for line in lines if not parse_addresses(written_addresses([line], parse_addresses("")).decode()).problems
    ]
    assert len(good) > 20
    data = written_addresses(good, parse_addresses("")).decode()
    assert {a: (b.kind, b.name, b.first) for a, b in parse_addresses(data).remembered.items()} == {
        line.address: (line.kind, line.name, line.first) for line in good
    }
    assert {unquote(key) for key in yaml.safe_load(data)} == {line.address for line in good}


def test_of_two_lines_an_answer_counts_and_then_the_later() -> None:
    file = parse_addresses("/a/: gone\n/a/: list\n/b/: list\n/b/: tag AI\n")
    assert [line.kind for line in file.remembered.values()] == ["gone", "tag"]


@pytest.mark.parametrize("data", [b"/a/: gone\n\xff\xfe", b"\x00\x00"])
def test_file_that_is_no_text_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/_urls.yaml").write_bytes(data)
    assert read_addresses(tmp_path).problems


def test_link_out_of_the_site_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "secret").write_text("/a/: gone\n")
    (tmp_path / "site/content/_urls.yaml").symlink_to(tmp_path / "secret")
    assert read_addresses(tmp_path / "site").problems
