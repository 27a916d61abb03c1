"""The routes of the desk in the preview: pages, and the one door by which events and edits come in.

The guard lets only the preview's own pages send; each form carries a token that a foreign page cannot know, and the
digest of what its page showed.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, get_args
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from yoyak.desk.acts import why_not_counted
from yoyak.desk.article import DeskArticle, article_view
from yoyak.desk.board import IN_ORDER, board
from yoyak.desk.pages import DESK, Visitor, how_read, link, page
from yoyak.desk.records import Records, records
from yoyak.desk.writing import Form, add, edit, first, members
from yoyak.messages.catalogue import speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, joined, say
from yoyak.model.review import SCOPES, NoteKind
from yoyak.model.types import Person
from yoyak.pipeline.load import is_edition
from yoyak.preview.guard import refused, sent_in
from yoyak.preview.guests import GUEST, Guest
from yoyak.preview.session import Previewer
from yoyak.preview.words import script_with_words
from yoyak.review.changes import changes, first_words
from yoyak.review.state import key_of

_FILES = Path(__file__).parent.parent / "desk"
_BLOCKS = _FILES.parent / "review" / "blocks.js"
_MOST = 400_000
"""Bytes of a form: a note has 20,000 characters at most, a character up to twelve."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with none, a browser would send a form without its origin
    "X-Frame-Options": "DENY",
}


_NOBODY = Person(name="")


class Desk:
    """The records of the preview's site, read again when a build is done or something was written."""

    def __init__(self, session: Previewer, person: Person | None) -> None:
        self.session, self.person = session, person or _NOBODY
        self._token = secrets.token_bytes(24)
        self._lock = Lock()
        self._opened = ExitStack()
        self._records: Records | None = None
        self._of: Any = None

    def visitor(self, request: Request) -> Visitor:
        """Return who asks: the guest that the guard knows by a link, else who runs the preview."""
        guest: Guest | None = request.scope.get(GUEST)
        token = hmac.new(self._token, guest.digest if guest else b"", "sha256").hexdigest()
        if guest is None:
            return Visitor(person=self.person, token=token)
        return Visitor(person=guest.person, token=token, guest=True, may_approve=guest.may_approve)

    def use(self, function: Callable[[Records], Any]) -> Any:
        """Return what a function makes of the records. One request at a time: they share a connection."""
        with self._lock, speaking(self.session.language):
            return function(self._current())

    def forget(self) -> None:
        """Let the next request read the records again."""
        self._of = None

    def _current(self) -> Records:
        if self._records is None or self._of is not self.session.state:
            self._opened.close()
            with self.session.working:
                self._of = self.session.state
                self._records = self._opened.enter_context(records(self.session.folder, preview=True))
        return self._records

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._opened.close()
            self._records = None


def desk_routes(desk: Desk, title: str) -> list[Route]:
    """Return the pages of the desk, its files, and its door."""
    pages = _Pages(desk, title)
    return [
        Route(DESK, pages.board, methods=["GET"]),
        Route(f"{DESK}article", pages.article, methods=["GET"]),
        Route(f"{DESK}sheet", pages.sheet, methods=["GET"]),
        Route(f"{DESK}changes", pages.changes, methods=["GET"]),
        Route(f"{DESK}event", pages.event, methods=["POST"]),
        Route(f"{DESK}edit", pages.edit, methods=["POST"]),
        Route(f"{DESK}desk.css", _style, methods=["GET"]),
        Route(f"{DESK}desk.js", pages.script, methods=["GET"]),
    ]


def _style(_: Request) -> Response:
    return Response((_FILES / "desk.css").read_bytes(), media_type="text/css")


class _Pages:
    def __init__(self, desk: Desk, title: str) -> None:
        self.desk, self.title = desk, title
        self.language = desk.session.language
        self.turn = asyncio.Lock()

    def script(self, _: Request) -> Response:
        data = script_with_words(_FILES / "desk.js", "desk.script.", self.language, (_BLOCKS,))
        return Response(data, media_type="text/javascript")

    def board(self, request: Request) -> Response:
        who = self.desk.visitor(request)
        query = {name: request.query_params[name] for name in ("state", "for") if request.query_params.get(name)}
        number = request.query_params.get("page", "1")
        state, mine = query.get("state", ""), query.get("for") == "me"
        asked: dict[str, Any] = {
            "state": state if state in IN_ORDER else "",
            "waits_for": who.person if mine else None,
            "page": int(number) if number.isdecimal() and len(number) < 7 else 1,
        }

        def made(found: Records) -> Response:
            return self._page(
                "board.html", who, found, board=board(found, **asked), state=state, mine=mine, query=query,
                events=found.events, problems=found.survey.problems,
            )  # fmt: skip

        return self._answer(made)

    def article(self, request: Request) -> Response:
        who = self.desk.visitor(request)
        view, page = request.query_params.get("view"), request.query_params.get("page")

        def made(found: Records) -> Response:
            path = found.path_of(page) if page else _file(request)
            return self._article(who, found, path, view=view) if path else RedirectResponse(DESK, 303)

        return self._answer(made)

    def sheet(self, request: Request) -> Response:
        """Show an article for paper, with its notes by number."""
        who = self.desk.visitor(request)

        def made(found: Records) -> Response:
            shown = article_view(found, _file(request), who.person)
            notes = [note for note in shown.notes if note.thread.open]
            now = datetime.now(found.zone)
            return self._page("sheet.html", who, found, article=shown, entry=shown.entry, notes=notes, now=now)

        return self._answer(made)

    def _article(self, who: Visitor, found: Records, path: str, *, status: int = 200, **more: Any) -> Response:
        shown = article_view(found, path, who.person)
        review = shown.entry.review
        before = found.seen_then(path, review.seen) if review.seen else None
        view, kind = more.pop("view", None), "edition" if is_edition(path) else found.article(path).kind
        has_reading = kind not in ("markdown", "edition") and not who.guest
        reading = how_read(found, path) if view == "reading" and has_reading else None
        return self._page(
            "article.html", who, found, status, article=shown, entry=shown.entry, seen=shown.seen,
            stale=first_words(changes(before, shown.seen)) if before else "",
            view="reading" if reading else view if view in ("web", "narrow") else "text", reading=reading,
            views=("text", "web", "narrow", *(("reading",) if has_reading else ())),
            members=members(found, path) if kind == "edition" else (),
            scopes=SCOPES, kinds=get_args(NoteKind), uncounted=_uncounted(who, found, path, shown),
            **{"kept": "", "kept_for": "", "kept_words": "", "kept_instead": "", **more},
        )  # fmt: skip

    def changes(self, request: Request) -> Response:
        path, name = _file(request), request.query_params.get("against", "")
        who = self.desk.visitor(request)

        def made(found: Records) -> Response:
            entry, events = found.entry(path), found.events(path)
            verdicts = [one for one in events if one.event in ("approve", "request-changes")]
            against = next((one for one in events if one.name == name), verdicts[-1] if verdicts else None)
            then = found.seen_then(path, against.seen) if against else None
            difference = changes(then, found.seen(path)) if then else None
            return self._page("changes.html", who, found, entry=entry, against=against, difference=difference)

        return self._answer(made)

    async def event(self, request: Request) -> Response:
        """Write the event that a form asks for."""

        def done(who: Visitor, found: Records, path: str, form: Form) -> str:
            if not who.may_answer(first(form, "event"), first(form, "answers"), found.events(path)):
                raise YoyakError(say("desk.form.not-yours"))
            event = add(found, path, form, who.person)
            return event.answers if event.event in ("reply", "resolve", "reopen", "reattach") else event.name

        return await self._written(request, done)

    async def edit(self, request: Request) -> Response:
        """Change the lines of an article's file that a form asks for."""

        def done(who: Visitor, found: Records, path: str, form: Form) -> str:
            if who.guest:
                raise YoyakError(say("desk.form.not-yours"))
            event = edit(found, path, form, who.person)
            if event is None:
                return ""
            with self.desk.session.working, records(self.desk.session.folder, preview=True) as now:
                now.add(path, event)
            return event.answers

        return await self._written(request, done)

    async def _written(self, request: Request, done: Callable[[Visitor, Records, str, Form], str]) -> Response:
        """Return the page of an article after `done` has written something; it gives the place to look at."""
        sent, who = await sent_in(request, _MOST), self.desk.visitor(request)
        if sent is None:
            return self._refused(say("desk.form.large"), 413)
        form = parse_qs(sent.decode(errors="replace"), keep_blank_values=True, max_num_fields=50)
        if not hmac.compare_digest(first(form, "token").encode(), who.token.encode()):
            return self._refused(say("desk.form.token"), 403)
        path = first(form, "file")

        def made(found: Records) -> Response:
            try:
                if who.person == _NOBODY:
                    raise YoyakError(say("review.nobody"))
                place = done(who, found, path, form)
            except YoyakError as error:
                return self._article(
                    who,
                    found,
                    path,
                    status=409,
                    told=str(error),
                    kept=first(form, "text"),
                    kept_for=first(form, "answers"),
                    kept_words=first(form, "quote"),
                    kept_instead=first(form, "instead"),
                )
            self.desk.forget()
            return RedirectResponse(f"{link('article', file=path)}#{place}", 303)

        async with self.turn:
            return await run_in_threadpool(self._answer, made)

    def _answer(self, made: Callable[[Records], Response]) -> Response:
        try:
            answer: Response = self.desk.use(made)
        except YoyakError as error:
            return self._refused(str(error), 404)
        return answer

    def _refused(self, words: Words, status: int) -> Response:
        return refused(words, status, self.language, _HEADERS)

    def _page(self, name: str, who: Visitor, found: Records, status: int = 200, **values: Any) -> Response:
        shared = {
            "site": self.title, "me": who.person, "who": who, "token": who.token, "zone": found.zone, "told": "",
            "home": found.config.base_path, "clock": found.config.now,
        }  # fmt: skip
        return HTMLResponse(page(name, self.language, **{**shared, **values}), status, headers=_HEADERS)


def _uncounted(who: Visitor, found: Records, path: str, shown: DeskArticle) -> Words:
    """Return why the last approval of who looks lets nothing out; empty when it counts, or there is none."""
    own = [one for one in shown.verdicts if key_of(one.event.by) == key_of(who.person)]
    if not own or own[-1].event.event != "approve" or own[-1].why_not in ("words", "later"):
        return ""
    return joined(*why_not_counted(found, path, own[-1], shown.entry.review))


def _file(request: Request) -> str:
    return request.query_params.get("file", "")
