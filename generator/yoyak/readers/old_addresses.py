"""The old addresses of an article: those at which a page can stand, and why none can at the others."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from yoyak.model.problems import Problem
from yoyak.readers.patterns import pattern_problem
from yoyak.readers.source import SourceReading
from yoyak.text.file_names import unfit_for_windows
from yoyak.text.urls import old_address


def old_addresses(
    written: tuple[str, ...], base_url: str, path: str, lines: Mapping[str, tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the old addresses below the site's root, each once, and an error for each that is none."""
    found: list[str] = []
    problems: list[Problem] = []
    for number, one in enumerate(written):
        place = lines.get(f"aliases.{number}") or lines.get("aliases", (0, 0))
        parts = old_address(one, base_url)
        if refused := pattern_problem("aliases", one, path, place):
            problems.append(refused)
        elif parts is None:
            hint = "Write the old address from the first slash on: /2023/old-name/"
            problems.append(_bad(f'"{one[:100]}" is no old address of this site.', hint, path, place))
        elif why := unfit(parts):
            hint = "Delete it here, and let the host redirect this address."
            problems.append(_bad(_message(one, why), hint, path, place))
        else:
            found.append("/" + "/".join(parts))
    return tuple(dict.fromkeys(found)), tuple(problems)


def without_unfit(read: SourceReading, base_url: str) -> SourceReading:
    """Return a reading without old addresses at which Windows can have no page, and with a warning for each of them.

    An import does so: whoever imports did not write them.
    """
    field = read.fields.get("aliases")
    refused = {one: why for one in field.value if (why := unfit(old_address(one, base_url) or ()))} if field else {}
    if field is None or not refused:
        return read
    kept = structs.replace(field, value=tuple(one for one in field.value if one not in refused))
    told = (_left_out(one, why, read.path) for one, why in refused.items())
    fields = {**read.fields, "aliases": kept}
    return structs.replace(read, fields=fields, problems=(*read.problems, *told))


def _left_out(written: str, why: str, path: str) -> Problem:
    refused = _bad(_message(written, why), "It is left out; let the host redirect this address.", path, (0, 0))
    return structs.replace(refused, severity="warning")


def _message(written: str, why: str) -> str:
    return f'No page can stand at "{written[:100]}" on Windows or in a zip file: {why}.'


def unfit(parts: tuple[str, ...]) -> str:
    """Return why a folder of a path cannot be made on Windows, as the end of a sentence; empty when all can."""
    return next(filter(None, map(unfit_for_windows, parts)), "")


def _bad(message: str, hint: str, path: str, place: tuple[int, int]) -> Problem:
    return Problem(code="bad-alias", message=message, hint=hint, path=path, line=place[0], column=place[1])
