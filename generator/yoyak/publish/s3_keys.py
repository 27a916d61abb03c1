"""What a target of kind s3 says, checked before anything is asked: a bucket, a folder in it, a store."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.targets import S3Target
from yoyak.publish.manifest import is_safe
from yoyak.text.secrets import shown_address

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
    _require_bucket(target.bucket)
    _require_endpoint(target.endpoint)
    if target.region and not _REGION.fullmatch(target.region):
        raise YoyakError(say("s3.bad-region", region=ascii(target.region)))
    if target.distribution and not _DISTRIBUTION.fullmatch(target.distribution):
        raise YoyakError(say("s3.bad-distribution", distribution=ascii(target.distribution)))
    return S3Target(
        bucket=target.bucket,
        prefix=_prefix(target.prefix),
        endpoint=target.endpoint,
        region=target.region,
        profile=target.profile,
        compress=target.compress,
        acl=target.acl,
        distribution=target.distribution,
    )


def region_of(target: S3Target) -> str | None:
    """Return the region to sign for, or None for the one of this machine's settings.

    A store other than Amazon's needs one, too: the one in its address, or the one that all stores know that have none.
    """
    if target.region or not target.endpoint:
        return target.region or None
    found = _REGION_OF_HOST.match(urlsplit(target.endpoint).hostname or "")
    return found["region"] if found else "us-east-1"


def _require_bucket(bucket: str) -> None:
    if not _BUCKET.fullmatch(bucket) or ".." in bucket or _IP.fullmatch(bucket):
        raise YoyakError(say("s3.bad-bucket", bucket=ascii(shown_address(bucket))))


def _prefix(prefix: str) -> str:
    folder = prefix.removesuffix("/")
    if not prefix:
        return ""
    if not folder.strip() or "$" in folder or not is_safe(folder):
        raise YoyakError(say("s3.bad-prefix", prefix=ascii(prefix)))
    return f"{folder}/"


def _require_endpoint(endpoint: str) -> None:
    if endpoint and not _is_store(endpoint):
        raise YoyakError(say("s3.bad-endpoint", endpoint=ascii(shown_address(endpoint))))


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
