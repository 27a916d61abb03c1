"""What an S3 store, or the way to it, has against a deploy, in words for a person; never with a key in it.

boto3 is an extra, so its errors are known by their names and not imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, Words, joined, say
from yoyak.publish.texts import shown
from yoyak.text.secrets import hidden, without_secrets
from yoyak.text.word_lists import word_lists

_MOST = 200
"""Characters of a store's own words that are repeated."""
_RIGHTS = {
    "ListObjects": "s3:ListBucket",
    "HeadObject": "s3:GetObject, s3:ListBucket",
    "GetObject": "s3:GetObject, s3:ListBucket",
    "PutObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObject",
    "CreateInvalidation": "cloudfront:CreateInvalidation",
}
"""A missing object is answered with AccessDenied by Amazon, where the key may not list the bucket."""


def _by_name(file: str) -> dict[str, str]:
    return {name: key for key, names in word_lists(f"publish/lists/{file}").items() for name in names}


_CODES = _by_name("s3-codes")
_ERRORS = _by_name("boto3-errors")


def refusal(error: Exception, *, where: str, path: str = "", secrets: Iterable[str] = ()) -> YoyakError:
    """Return an error of boto3 as what, where, and what to do. `path` is the file that was asked for, if one was."""
    response: Mapping[str, Any] = getattr(error, "response", None) or {}
    about: Mapping[str, Any] = response.get("Error") or {}
    code = code_of(error)
    status = str(response.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    key = _CODES.get(code) or _CODES.get(status if status in ("401", "429", "507") or status >= "500" else "")
    key = key or next((_ERRORS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _ERRORS), "")
    if response and not key and (not code or code.isdigit()):
        key = "s3.no-store"  # the store would have said why
    operation = str(getattr(error, "operation_name", ""))
    if response and operation not in _RIGHTS and key not in ("s3.clock", "s3.busy"):
        key = "s3.expired"  # it is the sign-in that was refused, or a role
    place = f"{where}: {shown(path)}" if path else where
    said = _own_words(code or status, str(about.get("Message", "")) or str(error), secrets)
    if key == "s3.denied":
        return YoyakError(joined(say(key, where=place, right=_RIGHTS[operation]), say(f"{key}.hint")))
    if key == "s3.wrong-region":
        return YoyakError(joined(say(key, where=where), _region_hint(response, about)))
    if key:
        return YoyakError(joined(say(key, where=where if key in _OF_ALL else place), say(f"{key}.hint")))
    return YoyakError(joined(say("s3.other", where=place, said=said), say("s3.other.hint")))


def code_of(error: Exception) -> str:
    """Return the code of a store's answer; empty when it gave none."""
    response: Mapping[str, Any] = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


_OF_ALL = {*_CODES.values(), *_ERRORS.values()} - set(
    "s3.cut s3.silent s3.damaged s3.long-name s3.full s3.busy".split()
)
"""What is wrong with every file, so that naming one would mislead."""


def _region_hint(response: Mapping[str, Any], about: Mapping[str, Any]) -> Message:
    headers: Mapping[str, str] = response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    region = str(about.get("Region") or headers.get("x-amz-bucket-region") or "")
    return say("s3.wrong-region.known", region=region) if region else say("s3.wrong-region.hint")


def _own_words(code: str, text: str, secrets: Iterable[str]) -> Words:
    words = without_secrets(hidden(text, secrets), secrets).strip().rstrip(".")[:_MOST]
    return shown(f"{code}: {words}" if code and code not in words else words)
