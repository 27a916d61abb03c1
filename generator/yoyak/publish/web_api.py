"""Ask a host's API over HTTPS: with a token that goes to this host only, bounded retries, and errors in plain words."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from http.client import HTTPException
from math import ceil
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Message, Words, joined, say
from yoyak.model.types import Record
from yoyak.publish.api_connection import (
    ApiAnswer,
    ApiConnection,
    address_of,
    asked_pause,
    checked_token,
    fetch_public,
    is_loopback,
    passes,
    said_of,
)
from yoyak.publish.texts import shown
from yoyak.text.secrets import spelled, without_secrets

UNCHANGED = say("api.unchanged")
"""What readers see after an error before anything could go live."""
UNKNOWN = say("api.unknown")
"""After an error from there on."""
_MOST_SAID = 300


class ApiPatience(Record, frozen=True, kw_only=True):
    """How long and how often a host is asked."""

    silence: float = 60.0
    """Seconds without a byte after which a request is given up."""
    tries: int = 5
    pause: float = 1.0
    """Seconds before the second try; each pause is twice the one before."""
    longest: float = 120.0
    """A host that asks for a longer pause is not waited for."""
    poll: float = 2.0
    """Seconds between two questions whether a deploy is ready, at most."""
    ready: float = 900.0
    """Seconds that a host gets to make a deploy ready."""
    live: float = 60.0
    """Seconds after which a deployment that is ready has to be live."""


PATIENCE = ApiPatience()


class ApiRefusalError(YoyakError):
    """The host answered, and said no."""

    def __init__(self, words: Words, *, status: int, codes: frozenset[int] = frozenset(), said: str = "") -> None:
        super().__init__(words)
        self.status, self.codes, self.said = status, codes, said


class WebApi:
    """One host's API, for one token. May be used from several threads: each has a connection of its own."""

    def __init__(
        self,
        host: str,
        address: tuple[str, str],
        token: tuple[str, str],
        patience: ApiPatience,
        progress: Progress | None,
    ) -> None:
        """`address` and `token` have the text and the environment variable that each came from."""
        self.host, self.patience, self.progress = host, patience, progress
        self._base = address_of(*address)
        self._variable = token[1]
        self.loopback = is_loopback(self._base)
        self._token = checked_token(*token)
        self._secrets = [self._token]
        self._local = threading.local()
        self._connections: list[ApiConnection] = []
        self._stopped = threading.Event()

    def ask(self, method: str, path: str, body: object = None, *, outcome: Message = UNCHANGED, **more: str) -> Any:
        """Return the JSON that the host answers; the rest is as for `answer`."""
        return self.read(self.answer(method, path, body, outcome=outcome, **more), outcome)

    def once(self, method: str, path: str) -> None:
        """Ask for what may fail, such as tidying up: one try, whatever the answer."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        connection = ApiConnection(self._base, min(5.0, self.patience.silence))
        with suppress(OSError, HTTPException, ValueError), closing(connection):
            connection.request(method, path, b"", headers)

    def answer(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        outcome: Message = UNCHANGED,
        kind: str = "application/json",
        token: str = "",
    ) -> ApiAnswer:
        """Return what the host answers; `body` is a value for JSON, or bytes of another `kind`.

        Raises:
            ApiRefusalError: the host refused.
            YoyakError: it was not reached, or said nothing that an API says. Ends with `outcome`.
        """
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token or self._token}", "Accept": "application/json"}
        if method in ("POST", "PUT"):
            headers["Content-Type"] = kind
        if token and token not in self._secrets:
            self._secrets.append(token)
        pause = self.patience.pause
        for tried in range(1, self.patience.tries + 1):
            last = tried == self.patience.tries
            try:
                answer = self._once(method, path, data, headers)
            except (OSError, HTTPException, ValueError) as error:
                silent_again = isinstance(error, TimeoutError) and tried > 1
                if last or silent_again or self._stopped.is_set() or not _may_pass(error):
                    raise self._unreached(error, outcome) from None
                self._stopped.wait(pause)
            else:
                if last or not passes(answer.status) or not self._waited(answer, pause):
                    return self._accepted(answer, outcome)
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def fetch(self, url: str) -> ApiAnswer | None:
        """Return what everybody gets at an address that the host named, without the token; None when nobody answers."""
        return fetch_public(url, silence=min(20.0, self.patience.silence), loopback=self.loopback)

    def unusable(self, outcome: Message) -> YoyakError:
        """Return what is said of an answer without what the protocol promises."""
        return YoyakError(joined(say("api.strange", host=self.host), outcome, say("api.strange.hint")))

    def cleaned(self, text: object) -> str:
        """Return what a host says, short, on one line and without the token."""
        said = " ".join(without_secrets(shown(str(text)), spelled(self._secrets)).split())
        return said if len(said) <= _MOST_SAID else f"{said[:_MOST_SAID]}…"

    def stop(self) -> None:
        """End what other threads ask: no request is waited for, and none is tried again."""
        self._stopped.set()
        for connection in self._connections:
            connection.interrupt()

    def each_poll(self, seconds: float) -> Iterator[None]:
        """Yield at once, and again after pauses that grow, until `seconds` have passed."""
        end, pause = monotonic() + seconds, min(0.25, self.patience.poll)
        while True:
            yield
            if monotonic() > end:
                return
            sleep(pause)
            pause = min(2 * pause, self.patience.poll)

    def until_ready(self, where: str) -> Iterator[None]:
        """Yield as `each_poll` does, and refuse to wait longer than a host may take for what is sent to `where`."""
        seconds = self.patience.ready
        self.told(say("deploy.waiting", host=self.host))
        yield from self.each_poll(seconds)
        raise YoyakError(say("api.not-ready", where=where, seconds=f"{seconds:g}"))

    def failed(self, where: str, said: object) -> YoyakError:
        """Return what is said when the host gave up what was sent to `where`; `said` is why, if the host says so."""
        why = self.cleaned(said or "") or say("api.no-reason")
        return YoyakError(joined(say("api.failed", where=where, said=why), UNCHANGED))

    def told(self, what: Message) -> None:
        """Say what is waited for."""
        if self.progress:
            self.progress(speak(what), 0)

    def _once(self, method: str, path: str, data: bytes, headers: Mapping[str, str]) -> ApiAnswer:
        if not hasattr(self._local, "connection"):
            self._local.connection = ApiConnection(self._base, self.patience.silence)
            self._connections.append(self._local.connection)
        connection: ApiConnection = self._local.connection
        used = connection.used
        try:
            return connection.request(method, path, data, headers)
        except (ConnectionError, HTTPException):
            if not used or self._stopped.is_set():
                raise
        return connection.request(method, path, data, headers)  # the host had only closed a connection that was idle

    def _waited(self, answer: ApiAnswer, pause: float) -> bool:
        """Wait before the next try, as long as the host asks for; tell whether that is worth it."""
        seconds = max(asked_pause(answer.headers), pause)
        if seconds > self.patience.longest:
            return False
        if answer.status == 429:
            self.told(say("api.pausing", host=self.host, count=ceil(seconds)))
        return not self._stopped.wait(seconds)

    def _accepted(self, answer: ApiAnswer, outcome: Message) -> ApiAnswer:
        if 200 <= answer.status < 300:
            return answer
        said, codes = said_of(answer)
        told = self.cleaned(said)
        words = joined(self._refusal(answer, told), outcome)
        raise ApiRefusalError(words, status=answer.status, codes=codes, said=told)

    def _refusal(self, answer: ApiAnswer, said: str) -> Words:
        match answer.status:
            case 401:
                return say("api.bad-token", host=self.host, variable=self._variable)
            case 403:
                return say("api.no-rights", host=self.host, variable=self._variable)
            case 429:
                seconds = ceil(max(asked_pause(answer.headers), self.patience.pause))
                return say("api.too-often", host=self.host, count=seconds)
            case status if passes(status):
                return say("api.broken", host=self.host, status=status)
            case status if 300 <= status < 400:
                return say("api.redirected", host=self.host)
            case status:
                return say("api.refused", host=self.host, status=status, said=said or say("api.no-reason"))

    def _unreached(self, error: Exception, outcome: Message) -> YoyakError:
        if isinstance(error, ssl.SSLCertVerificationError):
            why = say("api.certificate", host=self.host, why=self.cleaned(error.verify_message))
        elif isinstance(error, TimeoutError):
            why = say("api.silent", host=self.host, seconds=f"{self.patience.silence:g}")
        else:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            why = say("api.unreached", host=self.host, why=self.cleaned(reason))
        return YoyakError(joined(why, outcome, say("api.unreached.hint")))

    def read(self, answer: ApiAnswer, outcome: Message) -> Any:
        """Return the JSON of an answer."""
        if not answer.data.strip():
            return {}
        try:
            return json.loads(answer.data)
        except (ValueError, RecursionError) as error:
            raise self.unusable(outcome) from error


def quoted(part: str) -> str:
    """Return a part of a path of an API."""
    return quote(part, safe="")


def _may_pass(error: Exception) -> bool:
    return not isinstance(error, ssl.SSLCertVerificationError | ValueError)
