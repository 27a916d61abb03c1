"""The reader of Markdown articles."""

from __future__ import annotations

from yoyak.model.message import Problem, say
from yoyak.model.sources import Evidence, Field, Reading
from yoyak.readers.around import Surroundings
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.quick import quick_html


def read_markdown(text: str, around: Surroundings) -> Reading:
    """Return what a Markdown text says: its title (a first heading of level 1) and its body."""
    body = Body(text, around)
    html = quick_html(text, body)
    if body.problems or (not html and text.strip()):  # the engine knows the line of each
        # Imported here: 50 ms, which a site of plain texts can do without.
        from yoyak.readers.markdown.engine import TooDeepError, html_of

        body = Body(text, around)
        try:
            html = html_of(text, body)
        except (TooDeepError, RecursionError):
            return _too_deep(around)
    fields = {}
    if body.title:
        fields["title"] = Field(
            value=body.title, confidence=1.0, evidence=(Evidence(rule="first heading", line=around.first_line),)
        )
    if body.first_picture is not None:
        fields["image"] = Field(
            value=body.first_picture, confidence=1.0, evidence=(Evidence(rule="first picture of the body"),)
        )
    return Reading(
        kind="markdown",
        fields=fields,
        html=html,
        links=tuple(body.links),
        wants=tuple(body.wants),
        problems=tuple(body.problems),
    )


def _too_deep(around: Surroundings) -> Reading:
    problem = Problem(code="too-deep", message=say("too-deep"), hint=say("too-deep.hint"), path=around.path)
    return Reading(kind="markdown", fields={}, html="", problems=(problem,))
