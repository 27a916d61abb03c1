"""What an import writes down is still its source's: a page shows no more of it than of the original."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import ORIGINALS, SETTINGS, only_article, run_import, written
from sites import build_site, everything, write_site

SAYS = '<meta name="description" content="What the council of the harbour wants.">'


@pytest.mark.parametrize(("rights", "shown"), [("full", True), ("excerpt", False), ("link", False)])
def test_words_and_pictures_of_a_source_are_shown_as_its_rights_allow(rights: str, shown: bool, tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {}, f"{SETTINGS}rights: {{default: {rights}}}\n")
    page = (ORIGINALS / "pier-lights.html").read_text(encoding="utf-8").replace("<head>", f"<head>{SAYS}")
    written(tmp_path, "pier-lights_files/pier.png", (ORIGINALS / "pier-lights_files/pier.png").read_bytes())
    report = run_import(site, written(tmp_path, "pier-lights.html", page))
    article = only_article(site)
    assert "\nof_the_source: [summary, image]\n" in article
    assert "\nsummary: What the council of the harbour wants.\n" in article
    assert report.problems == ()
    built = everything(build_site(site).output)
    assert ("assets/pier." in built) is shown
    assert ("The vote was seven to four" in built) is shown
    assert ("What the council of the harbour wants" in built) is (rights != "link")


def test_what_the_desk_wrote_itself_stays_the_desks(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {}, SETTINGS)
    head = "---\ntitle: 배\ndate: 2024-07-03\nsummary: 편집실이 쓴 말.\nsource: 가온일보\n---\n"
    run_import(site, written(tmp_path, "a.md", f"{head}\n본문이다.\n"))
    assert "of_the_source" not in only_article(site)
