"""What is not published now although a release of a target may have it: what a rollback would show again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yoyak.build.survey import Survey, survey
from yoyak.grouping.moved_files import addresses_known
from yoyak.messages.errors import YoyakError
from yoyak.model.addresses import OF_FILES
from yoyak.model.build import BuildRequest
from yoyak.pipeline.load import list_content
from yoyak.settings.address_file import read_addresses
from yoyak.text.urls import output_of, quote_path


def withdrawn(folder: Path) -> dict[str, str]:
    """Return the files of articles and own pages that are not published, by the output paths that they had or would.

    An address that a person answered with "gone", and that of an edition, is there, too, by itself.

    Raises:
        YoyakError: the site or content/_urls.yaml cannot be read: what decides about publishing holds back.
    """
    file = read_addresses(folder)
    if file.problems:
        raise YoyakError(*file.problems)
    with survey(BuildRequest(folder=folder, jobs=None)) as site:
        titles = {path: reading.title for path, reading in site.parts.readings.items()}
        texts = (one.path for one in list_content(Path(site.config.folder)).texts)
        base, deployed = site.config.base_path, file.remembered.values()
        known = addresses_known(deployed, site.parts.places, site.parts.notes, titles, texts, base)
        shown = {place.path for place in site.site.with_pages} | {note.path for note in site.site.pages}
        editions = {edition.key for edition in site.site.editions}
        found = dict(_waiting(site, shown))
        for one in deployed:
            name = known.moved.get(one.name, one.name) if one.kind in OF_FILES else one.address
            lost = one.kind in OF_FILES and name not in shown
            if lost or one.kind == "gone" or (one.kind == "edition" and one.name not in editions):
                found[_output(one.address)] = name
    return found


def _waiting(site: Survey, shown: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the articles that wait, by the places of the pages that they would have."""
    published = {place.url for place in site.site.with_pages}
    for place in site.parts.places:
        if place.path not in shown and place.url not in published:
            yield output_of(place.url, site.config.base_path), place.path


def _output(address: str) -> str:
    url = quote_path(address.removeprefix("/"))
    is_file = url.endswith((".html", ".htm", ".xml", ".json", "/"))
    return output_of(url if is_file or not url else f"{url}/", "")
