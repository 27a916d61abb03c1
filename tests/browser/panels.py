"""The review panel of a bundle, as a person uses it: opened from a file, written in, and saved."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from command import run_yoyak

SETTINGS = "title: Digest\nbase_url: https://digest.example.org/\nlanguage: en\ntimezone: Asia/Seoul\n"
HEAD = "title: Ferry\ndate: 2024-07-03\nsummary: It costs 2.50 euro.\n"
BODY = """It costs 2.50 euro.

The **ferry** from [Gaon](https://example.net/) sails *daily* at 9:15, dogs 🐕‍🦺 and all.[^1]

## Prices

- one
    - two
    - three `code`

| Day | Price |
|---|---|
| Mon | 2 |

![A boat](boat.svg "The boat")

> Quoted words.

```
a  b
  c
```

It costs 2.50 euro.

[^1]: Since 1998.
"""
BOAT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'


def ferry_site(folder: Path) -> Path:
    """Write a site with an article of many kinds of blocks, and return the bundle of its preview."""
    (folder / "content").mkdir(parents=True)
    (folder / "content/ferry.md").write_text(f"---\n{HEAD}---\n\n{BODY}", encoding="utf-8")
    (folder / "content/boat.svg").write_text(BOAT, encoding="utf-8")
    (folder / "content/other.md").write_text(f"---\n{HEAD.replace('Ferry', 'Other')}---\n\nOther words.\n", "utf-8")
    (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    place = folder.parent / "보낸 것 #1 100%.html"
    done = run_yoyak("build", "--preview", "--bundle", place, "--site", folder)
    assert done.returncode == 0, done.stderr
    return place


def opened(page: Page, file: Path, place: str = "articles/ferry/") -> Locator:
    page.goto(f"{file.as_uri()}#/{place}")
    page.wait_for_selector("main h1")
    return panel_of(page)


def panel_of(page: Page) -> Locator:
    if page.locator(".panel").is_hidden():
        page.get_by_role("button", name="Review").click()
    return page.locator(".panel")


def add(page: Page, text: str, on: str = "") -> None:
    panel = panel_of(page)
    panel.get_by_label("On these words").fill(on)
    panel.get_by_label("Note", exact=True).fill(text)
    panel.get_by_role("button", name="Add the note").click()


def written(page: Page) -> Any:
    """Return what would be sent."""
    panel = panel_of(page)
    panel.get_by_label("Your name").fill("Lee")
    with page.expect_download() as found:
        panel.get_by_role("button", name="Save the file").click()
    return json.loads(Path(found.value.path()).read_text(encoding="utf-8"))


def copy_of(site: Path, folder: Path) -> Path:
    return Path(shutil.copytree(site, folder / "copy", ignore=shutil.ignore_patterns(".yoyak")))


def imported(site: Path, whole: Any) -> subprocess.CompletedProcess[str]:
    place = site.parent / "sent.json"
    place.write_text(json.dumps(whole), encoding="utf-8")
    return run_yoyak("review", "import", place, "--site", site)
