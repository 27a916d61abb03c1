"""Ask for known vulnerabilities of every release of lock.txt. What could not be asked is said, and is no failure."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SECONDS = 120


def audited(program: str, answer: Path) -> list[dict[str, object]]:
    """Return what is known of each release, or nothing when nobody could be asked."""
    ask = [
        program,
        "--requirement",
        HERE / "lock.txt",
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner",
        "off",
    ]
    try:
        subprocess.run(
            [*ask, "--format", "json", "--output", answer], capture_output=True, timeout=SECONDS, check=False
        )
        found: list[dict[str, object]] = json.loads(answer.read_text(encoding="utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
        return []
    return found


def main(program: str) -> None:
    """Print what is known, and fail when there is a vulnerability."""
    with tempfile.TemporaryDirectory() as folder:
        releases = audited(program, Path(folder) / "answer.json")
    skipped = [release for release in releases if "skip_reason" in release]
    bad = [release for release in releases if release.get("vulns")]
    print(f"Known vulnerabilities: {len(bad)} in {len(releases) - len(skipped)} releases asked for.")
    if skipped or not releases:
        print(f"NOT JUDGED: {len(skipped) or 'all'} releases, because no data about them could be had here.")
    for release in bad:
        print(json.dumps(release, ensure_ascii=False))
    if bad:
        sys.exit(1)


main(sys.argv[1])
