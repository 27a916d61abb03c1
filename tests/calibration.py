"""How often captures are right when they say how sure they are: ``python -m tests.calibration`` prints the table.

It reads the whole selections of tests/captures/whole/ and aside/, whose values a person wrote down.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from readers.capture.test_whole_selections import NAMES, NAMES_ASIDE, scores_and_confidences, shares

FIELDS = ("title", "day", "authors", "source", "lang")


def table() -> str:
    """Return a line for each field and each tenth of confidence: how many say so, and how many of them are right."""
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    for name in (*NAMES, *NAMES_ASIDE):
        for field, (right, confidence) in scores_and_confidences(name).items():
            if confidence is not None:
                found[field, int(confidence * 10)].append(right)
    lines = [f"{'field':<10}{'said':>12}{'values':>9}{'right':>8}"]
    for field, tenth in sorted(found, key=lambda key: (FIELDS.index(key[0]), key[1])):
        rights = found[field, tenth]
        said = f"{tenth * 10} to {tenth * 10 + 9} %"
        lines.append(f"{field:<10}{said:>12}{len(rights):>9}{sum(rights) / len(rights):>8.0%}")
    return "\n".join(lines)


if __name__ == "__main__":
    for half, names in (("open", NAMES), ("aside", NAMES_ASIDE)):
        print(
            f"{half:<6}{len(names):>4}  " + "  ".join(f"{field} {share:.3f}" for field, share in shares(names).items())
        )
    print(table())
