"""What a bundle carries for reviewers who have no yoyak: of each page, the words that a verdict on it is about."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import structs

from yoyak.build.survey import survey
from yoyak.desk.records import Records
from yoyak.model.build import BuildRequest
from yoyak.portable.panel import PanelPages, ReviewedPage
from yoyak.review.blocks import folded
from yoyak.review.seen import seen_text


def carried(request: BuildRequest) -> PanelPages:
    """Return what the panel of a bundle has to know of the site that was just built so.

    Raises:
        YoyakError: there is no site, or its settings cannot be read.
    """
    with survey(structs.replace(request, clean=False, verify=False, profile=False)) as found:
        records = Records(found)
        config = records.config
        return PanelPages(site=config.base_url, name=config.title, pages=dict(_pages(records)))


def _pages(records: Records) -> Iterator[tuple[str, ReviewedPage]]:
    base = normalize("NFC", unquote(records.config.base_path))
    for entry in records.entries():
        seen = records.seen(entry.path)
        yield (
            normalize("NFC", unquote(entry.place.url)).removeprefix(base),
            ReviewedPage(
                path=entry.path,
                title=folded(entry.title),
                digest=seen.digest,
                seen=seen_text(seen),
                blocks=tuple((block.id, block.text) for block in seen.blocks),
            ),
        )
