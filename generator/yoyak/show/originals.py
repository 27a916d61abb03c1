"""What ``yoyak show`` is given that no reader takes as it is: an archive (MHTML), a mail, a page with pictures in it.

They are opened as ``yoyak import`` opens them, so that an original in content/_sources/ shows what was made of it.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from yoyak.importing.sniff import format_of
from yoyak.model.message import Problem, say
from yoyak.pipeline.load import ARTICLE_ENDINGS, ARTICLE_LIMIT
from yoyak.readers.around import Surroundings
from yoyak.readers.source import SourceReading
from yoyak.show.files import ToShow


def needs_opening(wanted: ToShow) -> bool:
    """Tell whether a file is none that a build would read as an article, and has one inside."""
    if is_of_a_build(wanted):
        return False
    form = format_of(wanted.source.path, wanted.source.data)
    return form in ("archive", "mail", "feed") or (len(wanted.source.data) > ARTICLE_LIMIT and form == "text")


def is_of_a_build(wanted: ToShow) -> bool:
    """Tell whether a build reads this file as an article or a note."""
    path = PurePosixPath(wanted.source.path)
    below_content = wanted.name == str(path) and not any(part.startswith(("_", ".")) for part in path.parts)
    return below_content and path.suffix.lower() in ARTICLE_ENDINGS


def opened(wanted: ToShow) -> tuple[SourceReading, Surroundings] | Problem:
    """Return the article that stands in a file with what holds around it, or why there is not one."""
    from yoyak.importing.originals import Original  # here, for few are shown
    from yoyak.importing.readings import readings_of

    path = wanted.source.path
    given = Original(given=path, name=path.rpartition("/")[2], data=wanted.source.data, find=lambda _: None)
    readings = readings_of(given, wanted.config)
    found = readings.found
    if len(found) == 1:
        return found[0].source, found[0].around
    message = say("show.articles", count=len(found)) if found else say("show.no-article")
    many = Problem(code="not-importable", path=path, message=message, hint=say("show.articles.hint"))
    return readings.problems[0] if readings.problems else many
