"""Print how many examples of Markdown come out as the oracle's, by section: ``python -m tests.markdown_shares``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "generator")]

from readers.markdown.deviations import ALLOWED_SHARES  # noqa: E402 - found by the line above
from readers.markdown.shares import shares  # noqa: E402


def main() -> None:
    """Print a line for each section, and the sum."""
    found = shares()
    for share in found:
        reason = "" if share.is_enough else f"  {ALLOWED_SHARES.get(share.section, 'not enough')}"
        print(f"{share.equal:4} of {share.total:4}  {100 * share.equal / share.total:5.1f} %  {share.section}{reason}")
    print(f"{sum(share.equal for share in found):4} of {sum(share.total for share in found):4}")


if __name__ == "__main__":
    main()
