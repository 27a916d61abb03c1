"""The verbs of review: `yoyak review list`, `show`, `note`, `approve` and so on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yoyak.cli.help import Commands
from yoyak.cli.options import PROBLEMS, lang, options, site_for, usage

if TYPE_CHECKING:
    from yoyak.desk.acts import Act
    from yoyak.desk.records import Records
    from yoyak.model.types import Person

_SCOPES = ("facts", "law", "rights", "language")
_FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True)
_FILE = click.argument("file", metavar="FILE")
_OF_FILE = click.argument("file", metavar="[FILE]", required=False)
_EVENT = click.argument("event", metavar="EVENT")
_MAY_SAY = click.option("--text", default="", help="Your text.")
_MUST_SAY = click.option("--text", required=True, help="Your text.")


@click.group("review", cls=Commands, help_key="review", short_help="Review articles: notes, approvals, holds.")
@lang
def review() -> None:
    """Review articles with others: leave notes, approve, ask for changes, hold back.

    FILE is an article or an edition: its path, the address of its page, or its slug. Everything is written to
    content/_reviews/.
    """


@contextmanager
def _desk(site: Path | None, files: Sequence[str]) -> Iterator[Records]:
    from yoyak.desk.records import records

    with records(site_for(site, files)) as desk:
        yield desk


def _person(desk: Records, written: str | None) -> Person:
    from yoyak.desk.person import person

    return person(desk.folder, written)


def _report(acts: Sequence[Act], *, as_json: bool) -> None:
    from yoyak.cli.review_text import act_lines
    from yoyak.cli.terminal import answer

    answer({"recorded": acts}, act_lines(acts), as_json=as_json)


@review.command("list", short_help="List what waits for approval, and for whom.")
@click.option("--for", "waiting", metavar="NAME", help="Only what waits for this person; “me” is yourself.")
@options("site", "json")
def list_(*, waiting: str | None, site: Path | None, as_json: bool) -> None:
    """List the articles that wait for an approval, and for whom, and those with open notes.

    Exits with 0 if all of them are approved, with 3 if some wait, with 4 if some were changed after their approval,
    with 5 if changes were requested.
    """
    from yoyak.cli.review_text import list_lines
    from yoyak.cli.terminal import answer
    from yoyak.desk.shown import code_of, listed_reviews, require_known

    with _desk(site, ()) as desk:
        written = None if waiting == "me" else waiting
        person = _person(desk, written) if waiting else None
        if person and written:
            require_known(desk, person)
        found = listed_reviews(desk, person)
        answer(found, list_lines(found), as_json=as_json)
    sys.exit(code_of(one.state for one in found.articles))


@review.command(short_help="Show the review state of an article, with its notes.")
@click.argument("files", metavar="FILE...", nargs=-1)
@click.option(
    "--changes",
    metavar="[EVENT]",
    is_flag=False,
    flag_value="last",
    help="Show word by word what changed since EVENT. Default: the last verdict.",
)
@options("site", "json")
def show(files: tuple[str, ...], *, changes: str | None, site: Path | None, as_json: bool) -> None:
    """Show how FILE stands: its state, who has to act, verdicts, and open notes with their words and lines.

    Exits with 0 if it is approved, with 3 if it waits, with 4 if it was changed after its approval, with 5 if changes
    were requested.
    """
    from yoyak.cli.review_text import difference_lines, show_lines
    from yoyak.cli.terminal import print_json
    from yoyak.desk.asked import articles_at, is_event
    from yoyak.desk.shown import code_of, difference_since, shown

    if changes and changes != "last" and not is_event(changes):
        files, changes = (changes, *files), "last"  # `--changes FILE` without an event
    if not files:
        raise click.MissingParameter(param_hint="FILE", param_type="argument")
    with _desk(site, files) as desk:
        found = []
        for number, path in enumerate(articles_at(desk, files)):
            one = shown(desk, path)
            difference = difference_since(desk, path, changes) if changes else None
            found.append((one, difference))
            for line in () if as_json else show_lines(one, desk.zone, first=not number):
                click.echo(line)
            for line in difference_lines(difference, desk.zone) if difference and not as_json else ():
                click.echo(line)
    if as_json:
        from yoyak.cli.review_text import as_answer

        answers = [as_answer(one, difference) for one, difference in found]
        print_json(answers[0] if len(answers) == 1 else answers)
    sys.exit(code_of(one.state for one, _ in found))


@review.command(short_help="Leave a note on words of an article.")
@_FILE
@click.option("--on", default="", metavar="WORDS", help="The words that the note is about, as readers see them.")
@_MAY_SAY
@click.option("--kind", type=click.Choice(["comment", "suggestion", "fact", "rights"]), help="What kind of note it is.")
@click.option("--instead", default="", metavar="WORDS", help="What should be there instead.")
@options("as", "site", "json")
def note(
    file: str, *, on: str, text: str, kind: str | None, instead: str, written: str | None, site: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Leave a note on words of FILE, or without --on on the whole of it."""
    from yoyak.desk.acts import note as run
    from yoyak.desk.asked import article_at

    if not text.strip() and not instead.strip():
        raise usage("review.note-says-nothing")
    if (instead or kind == "suggestion") and not (on and instead):
        raise usage("review.suggestion-needs-words")
    kind = kind or ("suggestion" if instead else "comment")
    with _desk(site, (file,)) as desk:
        by = _person(desk, written)
        made = run(desk, article_at(desk, file), by, on, text=text, kind=kind, instead=instead)
        _report([made], as_json=as_json)


def _verdict(name: str, summary: str, explained: str) -> Callable[..., Any]:
    """Make a verb that says one thing of several articles."""

    @review.command(name, short_help=summary, help=explained)
    @_FILES
    @_MAY_SAY
    @options("as", "site", "json")
    def verb(files: tuple[str, ...], *, text: str, written: str | None, site: Path | None, as_json: bool) -> None:
        _decide(name, files, written, site, as_json=as_json, text=text)

    return verb


def _decide(
    what: str, files: tuple[str, ...], written: str | None, site: Path | None, *, as_json: bool, **values: Any
) -> None:
    from yoyak.desk.acts import act
    from yoyak.desk.asked import articles_at

    with _desk(site, files) as desk:
        by = _person(desk, written)
        _report([act(desk, path, what, by, **values) for path in articles_at(desk, files)], as_json=as_json)


submit = _verdict("submit", "Ask for approval of articles.", "Ask for approval of each FILE as it is now.")
hold = _verdict("hold", "Hold articles back.", "Hold each FILE back, whatever else is said, until it is released.")


@review.command(short_help="Approve articles as they are now.")
@_FILES
@click.option("--scope", default="", metavar="LIST", help="What you checked: facts, law, rights, language.")
@_MAY_SAY
@options("as", "site", "json")
def approve(
    files: tuple[str, ...], *, scope: str, text: str, written: str | None, site: Path | None, as_json: bool
) -> None:
    """Approve each FILE in the words that it has now. An approval counts until the words change."""
    scopes = tuple(dict.fromkeys(part for one in scope.split(",") if (part := one.strip().lower())))
    if unknown := [one for one in scopes if one not in _SCOPES]:
        raise usage("review.no-scope", scope=unknown[0], known=", ".join(_SCOPES))
    _decide("approve", files, written, site, as_json=as_json, scope=scopes, text=text)


@review.command("request-changes", short_help="Ask for changes to an article.")
@_FILE
@_MUST_SAY
@click.option("--on", default="", metavar="WORDS", help="The words that the note is about, as readers see them.")
@options("as", "site", "json")
def request_changes(file: str, *, text: str, on: str, written: str | None, site: Path | None, as_json: bool) -> None:
    """Ask for changes of FILE: it is held back until you approve it, or other words are submitted."""
    from yoyak.desk.acts import act, anchor_on
    from yoyak.desk.asked import article_at

    _require_text(text)
    with _desk(site, (file,)) as desk:
        by, path = _person(desk, written), article_at(desk, file)
        anchor = anchor_on(desk, path, on) if on else None
        _report([act(desk, path, "request-changes", by, text=text, anchor=anchor)], as_json=as_json)


@review.command(short_help="Release an article that is on hold.")
@_FILE
@click.argument("event", metavar="[EVENT]", required=False)
@options("as", "site", "json")
def release(file: str, event: str | None, *, written: str | None, site: Path | None, as_json: bool) -> None:
    """Release FILE: all holds, or only that of EVENT."""
    from yoyak.desk.acts import release as run
    from yoyak.desk.asked import article_at

    with _desk(site, (file,)) as desk:
        _report(run(desk, article_at(desk, file), _person(desk, written), event or ""), as_json=as_json)


def _answering(name: str, summary: str, explained: str, says: Callable[..., Any] = _MAY_SAY) -> Callable[..., Any]:
    """Make a verb that answers a note, in words that may or must be said."""

    @review.command(name, short_help=summary, help=explained)
    @_EVENT
    @_OF_FILE
    @says
    @options("as", "site", "json")
    def verb(event: str, file: str | None, *, text: str, written: str | None, site: Path | None, as_json: bool) -> None:
        if says is _MUST_SAY:
            _require_text(text)
        _answer(name, event, file, written, site, as_json=as_json, text=text)

    return verb


_IN_SHOW = "its number in `yoyak review show FILE`, with FILE, or its name."
reply = _answering("reply", "Reply to a note.", f"Reply to the note EVENT: {_IN_SHOW}", _MUST_SAY)
resolve = _answering("resolve", "Mark a note as done.", f"Mark the note EVENT as done: {_IN_SHOW}")
reopen = _answering("reopen", "Open a note again.", "Open the note EVENT again that was marked as done.")


@review.command(short_help="Attach a note to other words.")
@_EVENT
@_OF_FILE
@click.option("--on", required=True, metavar="WORDS", help="The words that the note is about, as readers see them.")
@options("as", "site", "json")
def reattach(event: str, file: str | None, *, on: str, written: str | None, site: Path | None, as_json: bool) -> None:
    """Attach the note EVENT to other words, when its own are gone."""
    if not on.strip():
        raise usage("review.no-words")
    _answer("reattach", event, file, written, site, as_json=as_json, on=on)


def _answer(
    what: str, event: str, file: str | None, written: str | None, site: Path | None, *, as_json: bool, on: str = "",
    text: str = "",
) -> None:  # fmt: skip
    from yoyak.desk.acts import anchor_on, answer
    from yoyak.desk.asked import thread_at

    with _desk(site, (file,) if file else ()) as desk:
        by = _person(desk, written)
        path, thread = thread_at(desk, event, file)
        values = {"anchor": anchor_on(desk, path, on)} if on else {"text": text}
        _report([answer(desk, path, thread, what, by, **values)], as_json=as_json)


@review.command("import", short_help="Import a reviewer's file.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@options("as", "site", "json")
def import_(files: tuple[Path, ...], *, written: str | None, site: Path | None, as_json: bool) -> None:
    """Take in what a reviewer sent: a file of events (JSON), or an MRSF sidecar (.review.yaml)."""
    from yoyak.cli.review_text import import_lines
    from yoyak.cli.terminal import answer
    from yoyak.desk.incoming import take_in

    reports = []
    for file in files:
        with _desk(site, tuple(map(str, files))) as desk:  # each file is compared with what those before it brought
            reports.append(take_in(desk, file, partial(_person, desk, written)))
    lines = (line for one in reports for line in import_lines(one))
    answer(reports[0] if len(reports) == 1 else reports, lines, as_json=as_json)
    sys.exit(0 if all(one.complete for one in reports) else PROBLEMS)


@review.command(short_help="Write the notes for other programs.")
@_FILES
@click.option(
    "--format",
    "form",
    type=click.Choice(["mrsf", "json"]),
    default="mrsf",
    show_default=True,
    help="mrsf: sidecars for editors' plug-ins; json: all events as one file, printed.",
)
@options("site", "json")
def export(files: tuple[str, ...], *, form: str, site: Path | None, as_json: bool) -> None:
    """Write the notes on each FILE to a sidecar next to it, for an editor that reads MRSF."""
    from yoyak.cli.review_text import export_lines
    from yoyak.cli.terminal import answer
    from yoyak.desk.asked import articles_at

    with _desk(site, files) as desk:
        if form == "json":
            from yoyak.desk.saved_reviews import saved_review

            click.echo(saved_review(desk, articles_at(desk, files)).decode())
            return
        from yoyak.desk.mrsf_export import export_sidecar

        found = [export_sidecar(desk, path) for path in articles_at(desk, files)]
    answer({"written": found}, export_lines(found), as_json=as_json)


def _require_text(text: str) -> None:
    if not text.strip():
        raise usage("review.says-nothing")
