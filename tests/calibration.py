"""How often captures are right when they say how sure they are: ``python -m tests.calibration`` prints the table.

It reads the whole selections of tests/captures/whole/ and aside/, whose values a person wrote down. Of saved pages, it
prints the same for a folder that is named: each ``NAME.html`` with its ``NAME.expected.json``.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from readers.capture.test_whole_selections import NAMES, NAMES_ASIDE, scores_and_confidences, shares
from readers.worlds import around
from yoyak.readers.saved_page.read import read_saved_page

FIELDS = ("title", "day", "authors", "source", "lang")


def of_captures() -> Iterator[tuple[str, float, float]]:
    """Yield each field with how sure it is, and whether it is right."""
    for name in (*NAMES, *NAMES_ASIDE):
        for field, (right, confidence) in scores_and_confidences(name).items():
            if confidence is not None:
                yield field, confidence, right


def of_pages(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Yield the same of the saved pages of a folder."""
    for path in sorted(folder.glob("*.html")):
        wanted = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
        fields = read_saved_page(path.read_text(encoding="utf-8"), around(f"content/{path.name}")).fields
        if found := fields.get("title"):
            yield "title", found.confidence, "".join(found.value.split()) == "".join(wanted["title"].split())
        if found := fields.get("date"):
            day = wanted.get("date", wanted.get("published"))
            yield "day", found.confidence, found.value.value.date().isoformat() == day
        if found := fields.get("authors"):
            yield "authors", found.confidence, sorted(one.name for one in found.value) == sorted(wanted["authors"])


def table(values: Iterable[tuple[str, float, float]]) -> str:
    """Return a line for each field and each tenth of confidence: how many say so, and how many of them are right."""
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    for field, confidence, right in values:
        found[field, int(confidence * 10)].append(right)
    lines = [f"{'field':<10}{'said':>12}{'values':>9}{'right':>8}"]
    for field, tenth in sorted(found, key=lambda key: (FIELDS.index(key[0]), key[1])):
        rights = found[field, tenth]
        said = f"{tenth * 10} to {tenth * 10 + 9} %"
        lines.append(f"{field:<10}{said:>12}{len(rights):>9}{sum(rights) / len(rights):>8.0%}")
    return "\n".join(lines)


if __name__ == "__main__":
    for folder in map(Path, sys.argv[1:]):
        print(table(of_pages(folder)))
    for half, names in (("open", NAMES), ("aside", NAMES_ASIDE)) if not sys.argv[1:] else ():
        print(
            f"{half:<6}{len(names):>4}  " + "  ".join(f"{field} {share:.3f}" for field, share in shares(names).items())
        )
    if not sys.argv[1:]:
        print(table(of_captures()))
