"""docs/how-to/add-a-page-type.md, followed as it is written, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent.parent
TEXT = (CHECKOUT / "docs/how-to/add-a-page-type.md").read_text(encoding="utf-8")
STEPS = re.findall(
    r"^(?:Write|In) `([^`\n]+)`(?:, below (`+)(.+?)\2)?:\n\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL
)
"""Of each step: the file, a mark, the line that it follows in an existing file, and what is written."""
SITE = "title: Digest\nbase_url: https://example.org/\ntimezone: Asia/Seoul\nlanguage: en\n"
ARTICLE = "---\ntitle: One\ndate: 2024-07-03\nauthors: [Ada Lovelace, Grace Hopper, 김하나]\n---\nText.\n"
CHECK = """
import test_template_reference as reference
from yoyak.templating.language import language

reference.test_the_reference_lists_every_kind_with_its_type()
reference.test_the_templates_of_the_reference_exist()
reference.test_the_reference_lists_the_fields_of_every_type()
assert list(language("ko").messages) == list(language("en").messages)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for part in ("generator/yoyak", "templates", "docs/reference"):
        shutil.copytree(CHECKOUT / part, folder / part)
    (folder / "tests").mkdir()
    for name in ("test_template_reference.py", "rows.py"):
        shutil.copy2(CHECKOUT / "tests" / name, folder / "tests")
    for path, _, line, text in STEPS:
        _write(folder / path, line, text)
    return folder


def _write(file: Path, line: str, text: str) -> None:
    if not line:
        assert not file.exists()
        file.write_text(text, encoding="utf-8")
        return
    before = file.read_text(encoding="utf-8")
    assert before.count(f"\n{line}\n") == 1, f"{file.name} has no line {line}"
    file.write_text(before.replace(f"\n{line}\n", f"\n{line}\n{text}"), encoding="utf-8")


def _run(copy: Path, *arguments: str, folder: Path) -> str:
    """Run Python with the copy's modules, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "generator")}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_page_type_takes_six_files() -> None:
    assert len({path for path, *_ in STEPS}) == 6


def test_the_steps_of_the_how_to_add_a_page_type(copy: Path) -> None:
    site = copy / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text(SITE, encoding="utf-8")
    (site / "content/one.md").write_text(ARTICLE, encoding="utf-8")
    _run(copy, "-m", "yoyak", "build", "--jobs", "1", folder=site)
    page = (site / "output/surnames/index.html").read_text(encoding="utf-8").partition("<main")[2]
    assert re.findall(r"<h2>(.+?)</h2>|<li>.*?<bdi>(.+?)</bdi><span", page) == [
        ("H", ""), ("", "Grace Hopper"), ("L", ""), ("", "Ada Lovelace"), ("ㄱ", ""), ("", "김하나"),
    ]  # fmt: skip
    assert "https://example.org/surnames/" in (site / "output/sitemap.xml").read_text(encoding="utf-8")


def test_the_steps_of_the_how_to_keep_the_reference_and_the_words_whole(copy: Path) -> None:
    _run(copy, "-c", CHECK, folder=copy / "tests")
