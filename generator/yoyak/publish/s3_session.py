"""The way to an S3 store: boto3 with the credentials of this machine, and its errors in words for a person."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import SplitResult, urlsplit

from msgspec import structs

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, Words, advised, joined, say
from yoyak.model.targets import S3Target
from yoyak.publish.manifest import is_safe
from yoyak.publish.plan import NetworkTimeouts
from yoyak.publish.texts import shown
from yoyak.text.secrets import hidden, shown_address, spelled, without_secrets
from yoyak.text.word_lists import word_lists

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
_IP = re.compile(r"[\d.]+")
_REGION = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.?")
_DISTRIBUTION = re.compile(r"[A-Z0-9]{8,32}")
_REGION_OF_HOST = re.compile(r"s3[.-](?P<region>[a-z0-9]+(?:-[a-z0-9]+)+)\.")
"""Backblaze, Wasabi and others name the region in their addresses."""


def checked(target: S3Target) -> S3Target:
    """Return the target as it is meant, or refuse what is no bucket, no folder in it or no store.

    The prefix of the answer is empty or ends with a slash.
    """
    if not _BUCKET.fullmatch(target.bucket) or ".." in target.bucket or _IP.fullmatch(target.bucket):
        raise YoyakError(say("s3.bad-bucket", bucket=ascii(shown_address(target.bucket))))
    if target.endpoint and not _is_store(target.endpoint):
        raise YoyakError(say("s3.bad-endpoint", endpoint=ascii(shown_address(target.endpoint))))
    if target.region and not _REGION.fullmatch(target.region):
        raise YoyakError(say("s3.bad-region", region=ascii(target.region)))
    if target.distribution and not _DISTRIBUTION.fullmatch(target.distribution):
        raise YoyakError(say("s3.bad-distribution", distribution=ascii(target.distribution)))
    return structs.replace(target, prefix=_prefix(target.prefix))


def region_of(target: S3Target) -> str | None:
    """Return the region to sign for, or None for the one of this machine's settings.

    A store other than Amazon's needs one, too: the one in its address, or the one that all stores know that have none.
    """
    if target.region or not target.endpoint:
        return target.region or None
    found = _REGION_OF_HOST.match(urlsplit(target.endpoint).hostname or "")
    return found["region"] if found else "us-east-1"


def _prefix(prefix: str) -> str:
    folder = prefix.removesuffix("/")
    if not prefix:
        return ""
    if not folder.strip() or "$" in folder or not is_safe(folder):
        raise YoyakError(say("s3.bad-prefix", prefix=ascii(prefix)))
    return f"{folder}/"


def _is_store(endpoint: str) -> bool:
    """Tell whether an address is that of a store alone: no bucket, no password, not where readers go."""
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    named = bool(_HOST.fullmatch(host)) or (parts.netloc.startswith("[") and ":" in host)
    return parts.scheme in ("https", "http") and named and "s3-website" not in host and _is_bare(parts)


def _is_bare(parts: SplitResult) -> bool:
    return parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in parts.netloc)


def place_of(target: S3Target) -> str:
    """Return a target as a person would name it."""
    place = f"s3://{target.bucket}/{target.prefix}".rstrip("/")
    host = shown_address(target.endpoint).partition("://")[2].rstrip("/")
    return f"{place} ({host})" if host else place


LANES = 10
"""Requests under way at once."""
TRIES = 5
"""Of one request, before a store that is overloaded or does not answer is given up. AWS_MAX_ATTEMPTS changes it."""

_INSTALL = 'pip install "yoyak[s3]"'


class StoreSession:
    """The credentials for one target: those of the environment, of ~/.aws, or of a sign-in."""

    def __init__(self, target: S3Target, *, name: str, limits: NetworkTimeouts) -> None:
        """Find boto3 and the profile of a checked target called `name`; no host is asked yet.

        Raises:
            YoyakError: boto3 is not installed, or the credentials cannot be read.
        """
        self.target = target
        self.where = place_of(target)
        self._limits = limits
        self._secrets: tuple[str, ...] = ()
        boto3 = _boto3(name)
        with self.asking():
            core = import_module("botocore.session").get_session()
            core.register_component("data_loader", _descriptions())
            self._session = boto3.session.Session(
                botocore_session=core, profile_name=target.profile or None, region_name=region_of(target)
            )
            credentials = self._session.get_credentials()
            keys = [key for key in credentials.get_frozen_credentials() if key] if credentials else []
        self._secrets = spelled(keys)
        if not all(key.isascii() and key.isprintable() and " " not in key for key in keys):
            raise YoyakError(joined(*advised("s3.odd-key", where=self.where)))

    def bucket(self) -> Any:
        """Return boto3's client for the store of the bucket."""
        return self._client("s3", endpoint_url=self.target.endpoint or None)

    def cloudfront(self) -> Any:
        """Return boto3's client for CloudFront, which has no region."""
        return self._client("cloudfront", region_name="us-east-1")

    @contextmanager
    def asking(self, path: str = "") -> Iterator[None]:
        """Turn what boto3 says of a file, or of all, into words for a person."""
        try:
            yield
        except boto_errors() as error:
            raise refusal(error, where=self.where, path=path, secrets=self._secrets) from error
        except ValueError as error:  # an address or a number in the environment that is none
            raise YoyakError(joined(*advised("s3.bad-settings", where=self.where))) from error

    def _client(self, service: str, **keys: str | None) -> Any:
        with self.asking():
            return self._session.client(service, config=_config(self._limits), **keys)


def boto_errors() -> tuple[type[Exception], type[Any], type[Exception], type[Exception]]:
    """Return what boto3 raises; the second is an answer of the store.

    It recurses without an end where a store redirects every request.
    """
    exceptions, parsers = import_module("botocore.exceptions"), import_module("botocore.parsers")
    return exceptions.BotoCoreError, exceptions.ClientError, parsers.ResponseParserError, RecursionError


def _boto3(name: str) -> Any:
    try:
        return import_module("boto3")
    except ImportError:
        needed = say("s3.needs-boto3", name=name)
        raise YoyakError(joined(needed, say("s3.needs-boto3.hint", command=_INSTALL))) from None


@cache
def _descriptions() -> Any:
    """Return botocore's descriptions of Amazon's services: a plan and its deploy read them once, in 0.2 s."""
    return import_module("botocore.loaders").create_loader()


def _config(limits: NetworkTimeouts) -> Any:
    """Return how a store is asked: patiently, and without what only Amazon's knows."""
    return import_module("botocore.config").Config(
        retries={"mode": "standard"} | ({} if "AWS_MAX_ATTEMPTS" in os.environ else {"total_max_attempts": TRIES}),
        connect_timeout=limits.fetch / 6,
        read_timeout=limits.fetch / 3,
        max_pool_connections=LANES,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


# --- What an S3 store, or the way to it, has against a deploy, in words for a person; never with a key in it -----

# boto3 is an extra, so its errors are known by their names and not imported.


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
    return YoyakError(joined(*advised("s3.other", where=place, said=said)))


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
