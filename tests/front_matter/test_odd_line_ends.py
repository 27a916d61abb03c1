"""Keys behind characters that end a line for some programs: a file is refused where they would decide something."""

from __future__ import annotations

from pathlib import Path

import pytest

from rows import each_row
from sites import built, everything, problems
from yoyak.front_matter.odd_line_ends import odd_line_end

ODD = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
HIDING = {
    "behind a value": "---\ntitle: N@status: draft\n---\nWORDS\n",
    "without a value": "---\ntitle: N@status:@subtitle: S\n---\nWORDS\n",
    "another key": "---\ntitle: N@embargo_until: 2199-01-01\n---\nWORDS\n",
    "a key that is foreign": "---\ntitle: N@published: false\n---\nWORDS\n",
    "all lines": "---@title: N@status: draft@---@WORDS\n",
    "all lines, no key that decides": "---@title: N@---@WORDS\n",
    "the fence": "---\ntitle: N@---\nWORDS\n\n---\nx\n---\n",
    "the opening": "---@title: N\nstatus: draft\n---\nWORDS\n",
    "a key of the text": "---\ntitle: N\n---\nWORDS@@status: draft@@more\n",
    "a block of the text": "---\ntitle: N\n---\nWORDS@---@status: draft@---@\n",
    "no front matter": "status: draft@WORDS\n",
    "a heading above": "# N@---@status: draft@---@WORDS\n",
    "twice": "---\r\ntitle: N@@status: draft\r\n---\r\nWORDS\r\n",
    "indented": "---\ntitle: N@  status: draft\n---\nWORDS\n",
}


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_a_key_behind_an_odd_line_end_holds_the_file_back(tmp_path: Path, odd: str) -> None:
    files = {f"content/f{number}.md": text.replace("@", odd) for number, text in enumerate(HIDING.values())}
    files |= {f"content/t{number}.txt": text.replace("@", odd) for number, text in enumerate(HIDING.values())}
    files |= {f"content/pages/p{number}.md": text.replace("@", odd) for number, text in enumerate(HIDING.values())}
    found = built(tmp_path, files, keep_going=True)
    assert "WORDS" not in everything(found.output)


@each_row("odd", ODD, ids=ascii)
@each_row(
    "text",
    [
        "---\ntitle: N\n---\nOf one page@and of another one.\n",
        "---\ntitle: N\n---\nThe state of the pier: a draft@of the plan lies open.\n",
        "---\ntitle: N\n---\nWORDS@Source: Reuters@more words\n",
        "---\ntitle: N\nstatus: approved\n---\n@WORDS\n",
        "WORDS of a plain text@and more of it.\n",
    ],
)
def test_other_odd_line_ends_hold_nothing_back(text: str, odd: str) -> None:
    assert odd_line_end(text.replace("@", odd)) is None


def test_the_message_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": "---\r\ntitle: N\x85status: draft\r\n---\r\nWORDS\r\n"})
    (problem,) = problems(found)
    assert problem == (
        "content/a.md:2:9: An editor may show a line end here, but this character is none in YAML: U+0085. "
        "Put an ordinary line break in its place, so that the keys behind it are read."
    )
