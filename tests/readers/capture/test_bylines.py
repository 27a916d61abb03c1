"""Who signs an article: every kind of line, with lines beside it that look alike and name no author."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readers.capture.test_days_and_names import PIECES, read
from rows import each_row

KINDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("bylines.yaml").read_text(encoding="utf-8"))
PAGES = {
    "korean": ("{masthead}\n{ko}\n", "2024-07-02 18:30", "{lists}"),
    "community": ("홈\n자유게시판\n{ko}\n", "2024.07.02 18:30", "목록\n댓글 3"),
    "german": ("{de_menu}\n{de}\n", "02.07.2024, 18:30 Uhr", "{de_lists}"),
    "french": (
        "Accueil\nPort de Gaon : troisième jour sans grues\n", "Publié le 2 juillet 2024 à 18h30", "À lire aussi"),
    "spanish": ("{es_menu}\n{es}\n", "2 de julio de 2024, 18:30", "{es_lists}"),
    "japanese": ("{ja_menu}\n{ja}\n", "2024年7月2日 18時30分", "{ja_lists}"),
    "chinese": ("{zh_menu}\n{zh}\n", "2024-07-02 18:30", "{zh_lists}"),
    "english": ("{en_menu}\n{en}\n", "July 2, 2024", "{en_lists}"),
}  # fmt: skip
"""What stands above the signature, the day of the article, and what stands below its text."""
ROWS = [
    pytest.param(kind["language"], place, line, names, id=f"{name}: {place} {line}")
    for name, kind in KINDS.items()
    for place in ("above", "below")
    for line, names in kind.get(place, {}).items()
]


@each_row(("language", "place", "line", "names"), ROWS)
def test_a_line_names_those_who_wrote(language: str, place: str, line: str, names: list[str]) -> None:
    head, day, end = PAGES[language]
    text = "{korean}" if language == "community" else f"{{{language}}}"
    written = line.replace("{", "{{").replace("}", "}}")
    above, below = (f"{written}\n", "") if place == "above" else ("", f"{written}\n")
    fields = read(f"{head}{above}{day}\n\n{text}\n{below}\n{end}".format(**PIECES)).fields
    found = [author.name for author in fields["authors"].value] if "authors" in fields else []
    assert found == names
