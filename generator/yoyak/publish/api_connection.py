"""One connection to a host's API: a request, its answer, and nothing that waits without an end.

A redirection is never followed: it would carry the token to whoever is named in it.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR
from time import monotonic, time
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Record

MOST = 50_000_000
"""Bytes of an answer; more is no answer of an API."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
AGENT = "yoyak"


class ApiAnswer(Record, frozen=True, kw_only=True):
    status: int
    headers: Mapping[str, str]
    """By name in small letters."""
    data: bytes


class ApiConnection:
    """Keeps one connection open, and opens it again when the host has closed it."""

    def __init__(self, base: SplitResult, silence: float) -> None:
        self._base, self._silence = base, silence
        self._open: HTTPConnection | None = None
        self._ended = False

    @property
    def used(self) -> bool:
        """Whether it is open: the host may have closed it since, which is no failure of the host."""
        return self._open is not None

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> ApiAnswer:
        """Send a request and return its answer, whatever its status.

        Raises:
            OSError, HTTPException: the host was not reached, or what it said is no answer.
        """
        if self._open is None:
            self._open = _connection(self._base, self._silence)
        try:
            sent = body if method in ("POST", "PUT") else None
            self._open.request(method, f"{self._base.path}{path}", body=sent, headers={"User-Agent": AGENT, **headers})
            if self._ended:
                raise ConnectionAbortedError
            with self._open.getresponse() as response:
                return _answer(response, self._silence)
        except (OSError, HTTPException):
            self.close()
            raise

    def interrupt(self) -> None:
        """End the request that another thread is waiting for, and refuse any other one."""
        self._ended = True
        with suppress(OSError, AttributeError):
            self._open.sock.shutdown(SHUT_RDWR)  # type: ignore[union-attr]

    def close(self) -> None:
        if self._open:
            self._open.close()
        self._open = None


def address_of(text: str, variable: str) -> SplitResult:
    """Return the address of an API: https, or plain http to this machine itself."""
    try:
        address = urlsplit(text.strip().rstrip("/"))
        safe = address.scheme == "https" or (address.scheme == "http" and is_loopback(address))
        whole = bool(address.hostname) and address.port != 0 and not (address.query or address.fragment)
    except ValueError:
        safe = whole = False
    if not safe or not whole or "@" in address.netloc or any(not "!" <= sign <= "~" for sign in text.strip()):
        raise YoyakError(say("api.bad-address", variable=variable))
    return address


def is_loopback(address: SplitResult) -> bool:
    """Tell whether an address means this machine itself."""
    return (address.hostname or "") in _LOOPBACK


def fetch_public(url: str, *, silence: float, loopback: bool) -> ApiAnswer | None:
    """Return what everybody gets at an address, or None when nobody answers.

    No token is sent, and no redirection is followed. The address is named by the host's answer, so it must be https;
    `loopback`, for a host on this machine, also allows one on this machine.
    """
    try:
        address = urlsplit(url)
        if address.scheme != "https" and not (loopback and address.scheme == "http" and is_loopback(address)):
            return None
        connection = ApiConnection(address._replace(path="", query="", fragment=""), silence)
        try:
            return connection.request("GET", address.path or "/", b"", {})
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError):
        return None


def _connection(base: SplitResult, silence: float) -> HTTPConnection:
    host = base.hostname or ""
    if base.scheme == "http":
        return HTTPConnection(host, base.port or 80, timeout=silence)
    context = ssl.create_default_context()
    proxy = "" if proxy_bypass(host) else getproxies().get("https", "")
    if not proxy:
        return HTTPSConnection(host, base.port or 443, timeout=silence, context=context)
    way = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    connection = HTTPSConnection(way.hostname or "", way.port or 8080, timeout=silence, context=context)
    connection.set_tunnel(host, base.port or 443, headers=_proxy_headers(way))
    return connection


def _proxy_headers(way: SplitResult) -> dict[str, str]:
    if not way.username:
        return {}
    from base64 import b64encode

    pair = f"{unquote(way.username)}:{unquote(way.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _answer(response: HTTPResponse, silence: float) -> ApiAnswer:
    """Read an answer to its end. A host that sends a byte now and then is silent, too."""
    parts, size, end = [], 0, monotonic() + 5 * silence
    while part := response.read1(1 << 16):
        parts.append(part)
        size += len(part)
        if size > MOST:
            raise HTTPException("the answer is too large")
        if monotonic() > end:
            raise TimeoutError("the answer did not end")
    if response.length:
        raise HTTPException("the answer was cut")
    headers = {name.lower(): value for name, value in response.getheaders()}
    return ApiAnswer(status=response.status, headers=headers, data=b"".join(parts))


# --- What an answer of a host's API says: whether to ask again, when, and why it was refused ---------------------


def checked_token(text: str, variable: str) -> str:
    """Return a token that can stand in a header; http.client would print another one in its error."""
    token = text.strip()
    if not token:
        raise YoyakError(say("api.no-token", variable=variable))
    if not re.fullmatch(r"[!-~]+", token):
        raise YoyakError(say("api.odd-token", variable=variable))
    return token


def passes(status: int) -> bool:
    """Tell whether the same request may succeed a little later."""
    return status in (408, 429) or status >= 500


def asked_pause(headers: Mapping[str, str]) -> float:
    """Return for how many seconds a host asks to be left alone; 0 when it does not say."""
    after, reset = headers.get("retry-after", "").strip(), headers.get("x-ratelimit-reset", "").strip()
    if re.fullmatch("[0-9]{1,9}", after):
        return float(after)
    if after:
        try:
            return max(0.0, parsedate_to_datetime(after).timestamp() - time())
        except (ValueError, OverflowError):
            return 0.0
    if not re.fullmatch("[0-9]{1,12}", reset):
        return 0.0
    return max(0.0, float(reset) - time()) if float(reset) > 1e9 else float(reset)


def said_of(answer: ApiAnswer) -> tuple[str, frozenset[int]]:
    """Return what an error says, and its codes: Netlify and Cloudflare each have a form of their own."""
    try:
        value = json.loads(answer.data)
    except (ValueError, RecursionError):
        return "", frozenset()
    if not isinstance(value, dict):
        return "", frozenset()
    errors = value.get("errors")
    if isinstance(errors, list):
        found = [one for one in errors if isinstance(one, dict)]
        codes = {one["code"] for one in found if isinstance(one.get("code"), int)}
        return "; ".join(str(one.get("message", "")) for one in found), frozenset(codes)
    return str(value.get("message") or value.get("error") or errors or ""), frozenset()
