"""A site of Pelican, built by Pelican itself: what it publishes is published here, at an address that leads on."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from importing.origins.old_folders import PNG, moved
from sites import build_site

CONF = (
    "PATH = 'content'\nTIMEZONE = 'Asia/Seoul'\nDEFAULT_LANG = 'ko'\nSITEURL = 'https://old.example.org'\n"
    "ARTICLE_URL = 'posts/{date:%Y}/{slug}/'\nARTICLE_SAVE_AS = 'posts/{date:%Y}/{slug}/index.html'\n"
    "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\n"
)
HEAD = (
    "Title: {}\nDate: 2024-07-0{}\nStatus: {}\n\n"
    "표식{}이다. [배]({{filename}}a.md) ![등대]({{static}}/images/pier.png)\n"
)


def test_every_article_of_a_built_site_is_behind_its_old_address(tmp_path: Path) -> None:
    pelican = shutil.which("pelican")
    if pelican is None:
        pytest.skip("Pelican is not installed, so that nothing can be compared with what it builds")
    files: dict[str, str | bytes] = {"pelicanconf.py": CONF, "content/images/pier.png": PNG}
    for number, (title, status) in enumerate([("빈집", "published"), ("Café", "published"), ("초안", "draft")], 1):
        files[f"content/{'abc'[number - 1]}.md"] = HEAD.format(title, number, status, number)
    site, _ = moved(tmp_path, files)
    old = tmp_path / "old"
    subprocess.run(
        [pelican, "content", "-s", "pelicanconf.py", "-o", str(tmp_path / "by")],
        cwd=old,
        check=True,
        capture_output=True,
    )
    output = build_site(site).output
    pages = [page.relative_to(tmp_path / "by") for page in (tmp_path / "by" / "posts").rglob("index.html")]
    assert len(pages) == 2
    assert [page for page in pages if not (output / page).is_file()] == []
    texts = [path.read_text(encoding="utf-8") for path in (output / "articles").rglob("index.html")]
    assert {"표식1", "표식2"} <= set(re.findall(r"표식\d", " ".join(texts)))
    assert not any("표식3" in text for text in texts)
