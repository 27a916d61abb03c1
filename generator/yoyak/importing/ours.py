"""What is imported as the desk's own: no source is named, and its text may be shown whole."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import structs

from yoyak.importing.found import Found
from yoyak.model.extraction import Evidence, Field
from yoyak.text.urls import host_of

_OF_OTHERS = ("source", "source_url", "rights", "rights_notice", "paywall", "of_the_source")


def as_own(found: Found, why: str) -> Found:
    """Return a reading as one of the desk's own."""
    kept = {name: field for name, field in found.source.fields.items() if name not in _OF_OTHERS}
    full = Field(value="full", confidence=1.0, evidence=(Evidence(rule=why),))
    source = structs.replace(found.source, fields={**kept, "rights": full})
    return structs.replace(found, source=source, is_own=True)


def is_of_this_site(found: Found, base_url: str) -> bool:
    """Tell whether an article's address is below the address of the site itself."""
    field = found.source.fields.get("source_url")
    if field is None or not host_of(base_url) or host_of(str(field.value)) != host_of(base_url):
        return False
    return urlsplit(str(field.value)).path.startswith(urlsplit(base_url).path)
