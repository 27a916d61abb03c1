"""A bucket as a host of plain files: Amazon S3, or any store that speaks its protocol.

Only what all such stores have is used: no multi-object deletes and no second version of listing (Naver Cloud has none),
no checksums in trailers (Cloudflare R2, Backblaze). See docs/decisions/0136.
"""

from __future__ import annotations

import base64
import errno
import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import IO, Any, TypeVar
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from yoyak.messages.errors import YoyakError
from yoyak.model.message import advised, joined
from yoyak.model.sources import FOR_EVER
from yoyak.model.targets import S3Target
from yoyak.publish import manifest
from yoyak.publish.file_host import AtHost
from yoyak.publish.journal import JOURNAL
from yoyak.publish.plan import DeployPlan, NetworkTimeouts
from yoyak.publish.s3_session import LANES, StoreSession, boto_errors, checked, code_of
from yoyak.publish.texts import shown
from yoyak.text.media_types import content_type, is_text

A_MINUTE = "public, max-age=60, must-revalidate"
"""Long enough for a crowd, short enough for a correction."""

_HASHED = re.compile(r"assets/(?:.+/)?[^/]+\.[0-9a-f]{10}\.[^/.]+")
_REFRESH = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"<>]+)">', re.IGNORECASE)
_HEAD = 8192
"""Bytes of a page in which its head begins and a redirect is said."""


def cache_control(path: str) -> str:
    """Return how long readers may keep a file without asking again.

    >>> cache_control("assets/style.f10bff4335.css")[-9:], cache_control("assets/logo.svg")[-15:]
    ('immutable', 'must-revalidate')
    """
    return FOR_EVER if _HASHED.fullmatch(path) else A_MINUTE


def redirect_of(path: str, data: bytes) -> str:
    """Return where the page of an old address leads, as an address in ASCII; empty for every other file.

    Such a page says it in its head (templates/redirect.html). Text of an article never does: it is escaped there.
    """
    if not path.endswith(".html"):
        return ""
    head, _, _ = data[:_HEAD].partition(b"</head>")
    found = _REFRESH.search(head)
    address = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
    parts = urlsplit(address)
    leads = parts.scheme in ("https", "http") or address.startswith("/")
    return quote(address, safe="/:?#[]@!$&'()*+,;=%~-._") if leads else ""


IN_MEMORY = 8 << 20
"""A larger file is sent as it is read."""

_HEADER = 1000
"""Bytes that a compressed file may have before the first one of what it holds."""
_UNKNOWN_CONDITION = ("NotImplemented", "501", "InvalidArgument", "InvalidRequest", "400")
"""What stores other than Amazon's may say of a file that is to be written only if there is none."""
_Out = TypeVar("_Out")


def open_bucket(target: S3Target, name: str, limits: NetworkTimeouts) -> S3Host:
    """Return what speaks with the bucket of the target called `name`; nothing is asked yet.

    Raises:
        YoyakError: The target cannot be meant, boto3 is not installed, or the credentials cannot be read.
    """
    return S3Host(StoreSession(checked(target), name=name, limits=limits))


class S3Host:
    """A bucket, or a folder in one, that is asked by several threads at once: a `FileHost`."""

    lanes = LANES

    def __init__(self, session: StoreSession) -> None:
        self.session = session
        self.where = session.where
        self._target = session.target
        self._client = session.bucket()
        self._asking = session.asking
        self._refused = boto_errors()[1]

    def read(self, path: str, *, most: int) -> bytes | None:
        with self._asking(path):
            try:
                answer = self._client.get_object(**self._at(path))
            except self._refused as error:
                if code_of(error) == "NoSuchKey":
                    return None
                raise
            with answer["Body"] as body:
                data = body.read(2 * most + _HEADER)
        if len(data) < min(2 * most + _HEADER, answer["ContentLength"]):
            raise YoyakError(joined(*advised("s3.cut", where=f"{self.where}: {shown(path)}")))
        return _unpacked(data, most)

    def look(self, paths: Sequence[str]) -> dict[str, AtHost]:
        found = zip(paths, self._each(paths, self._thing_at), strict=True)
        return {path: thing for path, thing in found if thing}

    def listed(self, folder: str, *, most: int | None = None) -> dict[str, AtHost]:
        """Return what is in a folder: there are none in a bucket, but names with the same beginning."""
        begin = f"{self._target.prefix}{folder}/" if folder else self._target.prefix
        found: dict[str, AtHost] = {}
        for key, thing in self._keys(begin):
            if most is not None and len(found) >= most:
                break
            found.setdefault(key.removeprefix(begin).removesuffix("/"), thing)
        return found

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str, new: bool) -> None:
        """Put a file in place, whole or not at all: a store keeps no half of one."""
        body, headers = self._as_sent(path, file, size)
        if self._target.acl != "none":
            headers["ACL"] = self._target.acl
        condition = {"IfNoneMatch": "*"} if new and (path == JOURNAL or not self._target.endpoint) else {}
        with self._asking(path):
            try:
                self._client.put_object(**self._at(path), Body=body, **headers, **condition)
            except self._refused as error:
                if condition and self._target.endpoint and code_of(error) in _UNKNOWN_CONDITION:
                    self._client.put_object(**self._at(path), Body=body, **headers)
                elif code_of(error) in ("PreconditionFailed", "412", "ConditionalRequestConflict", "409"):
                    self._require_ours(path, size, sha256)
                else:
                    raise

    def remove(self, paths: Sequence[str]) -> None:
        self._each(paths, self._remove_one)

    def clear(self, folders: Sequence[str]) -> None:
        """Do nothing: a bucket has no folders."""

    def close(self) -> None:
        self._client.close()

    def _at(self, path: str) -> dict[str, str]:
        return {"Bucket": self._target.bucket, "Key": f"{self._target.prefix}{path}"}

    def _thing_at(self, path: str) -> AtHost | None:
        """Return what is at a path: a file of this name, or names that go on with a slash."""
        key = f"{self._target.prefix}{path}"
        answer = self._list(Prefix=key, Delimiter="/")
        things = dict(_things(answer))
        if f"{key}/" not in things and answer.get("IsTruncated"):
            things |= dict(_things(self._list(Prefix=f"{key}/", MaxKeys=1, Delimiter="/")))
        return things.get(key) or (
            AtHost(kind="folder") if any(name.startswith(f"{key}/") for name in things) else None
        )

    def _keys(self, begin: str) -> Iterator[tuple[str, AtHost]]:
        """Yield all names that begin so, up to their next slash.

        It is the first version of listing, which all stores have.
        """
        marker, more = "", True
        while more:
            answer = self._list(Prefix=begin, Delimiter="/", Marker=marker)
            found = [*_things(answer)]
            yield from (one for one in found if one[0] != begin)  # a folder made in a console is a file of no bytes
            marker = answer.get("NextMarker") or max((key for key, _ in found), default="")
            more = bool(answer.get("IsTruncated") and marker)

    def _list(self, **arguments: Any) -> dict[str, Any]:
        with self._asking():
            answer: dict[str, Any] = self._client.list_objects(Bucket=self._target.bucket, **arguments)
        if "IsTruncated" not in answer:  # some other page, read as a listing of nothing
            raise YoyakError(joined(*advised("s3.no-store", where=self.where)))
        return answer

    def _require_ours(self, path: str, size: int, sha256: str) -> None:
        """Refuse a file that somebody else put in place meanwhile; ours is there when only the answer was lost."""
        if hashlib.sha256(self.read(path, most=size + 1) or b"").hexdigest() != sha256:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)

    def _remove_one(self, path: str) -> None:
        with self._asking(path):
            self._client.delete_object(**self._at(path))

    def _as_sent(self, path: str, file: IO[bytes], size: int) -> tuple[bytes | IO[bytes], dict[str, str]]:
        """Return the bytes to send, and all that is said of them."""
        kind = content_type(path)
        headers = {"ContentType": kind, "CacheControl": cache_control(path)}
        if size > IN_MEMORY:
            digest = hashlib.file_digest(file, _md5).digest()  # type: ignore[arg-type]
            file.seek(0)
            return file, {**headers, "ContentMD5": base64.b64encode(digest).decode()}
        data = file.read()
        redirect = "" if self._target.endpoint else redirect_of(path, data)
        if redirect:  # only Amazon's stores answer with it
            headers["WebsiteRedirectLocation"] = redirect
        if is_text(kind) and (self._target.compress == "gzip" or path == manifest.NAME):
            packed = gzip.compress(data, mtime=0)
            if len(packed) < len(data):
                data, headers["ContentEncoding"] = packed, "gzip"
        return data, {**headers, "ContentMD5": base64.b64encode(_md5(data).digest()).decode()}

    def _each(self, paths: Sequence[str], do: Callable[[str], _Out]) -> list[_Out]:
        with ThreadPoolExecutor(LANES) as lanes:
            return [*lanes.map(do, paths)]


def _md5(data: bytes = b"") -> Any:
    """Return a digest by which every store finds a file that was damaged on its way."""
    return hashlib.md5(data, usedforsecurity=False)


def _things(answer: Mapping[str, Any]) -> Iterator[tuple[str, AtHost]]:
    """Yield the names of a listing. A text may be stored compressed, so its size says nothing."""
    for entry in answer.get("Contents", ()):
        key = entry["Key"]
        yield key, AtHost(kind="file", size=None if is_text(content_type(key)) else entry["Size"])
    for entry in answer.get("CommonPrefixes", ()):
        yield entry["Prefix"], AtHost(kind="folder")


def _unpacked(data: bytes, most: int) -> bytes:
    """Return the bytes of a file, which may have been sent compressed."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, most)


# --- Tell CloudFront which pages changed, so that readers do not wait until its copies are old -------------------


MOST = 60
"""Addresses named one by one. Amazon charges for those after the first 1,000 a month; ``/*`` counts as one."""


def addresses(paths: Iterable[str], *, base_url: str) -> tuple[str, ...]:
    """Return the addresses at which the changed files may be kept, or that of everything when they are many.

    A page is kept under the address that readers ask for, and under its file's where a function of CloudFront
    rewrites that. A file whose name has its digest never changes.

    >>> addresses(["a/index.html", "assets/x.0123456789.css"], base_url="https://example.kr/digest/")
    ('/digest/a/', '/digest/a/index.html')
    """
    base = _base(base_url)
    found = sorted({address for path in paths for address in _of_file(path, base)})
    return tuple(found) if len(found) <= MOST else everything(base_url)


def everything(base_url: str) -> tuple[str, ...]:
    """Return the address of the whole site."""
    return (f"{_base(base_url)}/*",)


def invalidate(session: StoreSession, plan: DeployPlan) -> None:
    """Ask CloudFront to forget what a deploy changed, if the target names a distribution.

    After a deploy that was cut short nobody knows what that one changed, so it is asked to forget everything.
    """
    distribution = session.target.distribution
    changed = (*plan.added, *plan.changed, *plan.removed)
    found = everything(plan.base_url) if plan.there.version else addresses(changed, base_url=plan.base_url)
    if not distribution or not found:
        return
    client = session.cloudfront()
    with session.asking():
        client.create_invalidation(
            DistributionId=distribution,
            InvalidationBatch={"Paths": {"Quantity": len(found), "Items": [*found]}, "CallerReference": str(uuid4())},
        )


def _of_file(path: str, base: str) -> Iterator[str]:
    if cache_control(path) == FOR_EVER or path == manifest.NAME:  # yoyak alone reads it, from the bucket
        return
    address = f"{base}/{quote(path)}"
    yield address
    if address.endswith("/index.html"):
        yield address.removesuffix("index.html")


def _base(base_url: str) -> str:
    return quote(unquote(urlsplit(base_url).path.rstrip("/")))
