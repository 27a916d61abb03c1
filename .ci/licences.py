"""Tell the licences of all that an installation of yoyak brings, and fail for one that nobody has agreed to."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution

from packaging.markers import Marker
from packaging.requirements import Requirement

FREE = re.compile(
    r"\b(MIT|BSD|0BSD|ISC|Apache|PSF|Python Software Foundation|Unlicense|CC0|zlib|MPL|Mozilla)\b",
    re.IGNORECASE,
)
"""Licences that ask for their text to be kept, and for nothing of a site that is built."""
AGREED: dict[str, str] = {"paramiko": "LGPL 2.1: asks nothing of who only calls it; comes with yoyak[sftp] alone"}
"""Distributions of other licences, with the reason."""


def brought_by(name: str) -> dict[str, PackageMetadata]:
    """Return the metadata of a distribution and of all that it needs, but for its extras."""
    found: dict[str, PackageMetadata] = {}
    wanted = [name]
    while wanted:
        one = wanted.pop().lower()
        if one in found:
            continue
        try:
            installed = distribution(one)
        except PackageNotFoundError:
            continue  # of another system
        found[one] = installed.metadata
        needs = map(Requirement, installed.requires or ())
        wanted += [need.name for need in needs if not need.marker or _of_extra(need.marker)]
    return found


def _of_extra(marker: Marker) -> bool:
    return any(marker.evaluate({"extra": extra}) for extra in ("documents", "s3", "sftp"))


def licence_of(metadata: PackageMetadata) -> str:
    """Return what a distribution says of its licence: an expression, its classifiers, or the first line of its text."""
    classes = [text.rpartition(" :: ")[2] for text in metadata.get_all("Classifier") or () if "License ::" in text]
    text = (metadata.get("License") or "").strip().partition("\n")[0]
    return metadata.get("License-Expression") or ", ".join(classes) or text


def main() -> None:
    """Print the licences that are not agreed to, and fail when there is one."""
    licences = {name: licence_of(metadata) for name, metadata in sorted(brought_by("yoyak").items())}
    unknown = {name: text for name, text in licences.items() if not FREE.search(text) and name not in AGREED}
    print(f"Licences: {len(licences) - len(unknown)} of {len(licences)} distributions are agreed to.")
    for name, text in unknown.items():
        print(f"  {name}: {text or 'says none'}")
    if unknown:
        sys.exit(1)


main()
