"""What an answer of a host's API says: whether to ask again, when, and why it was refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.publish.api_connection import ApiAnswer


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
