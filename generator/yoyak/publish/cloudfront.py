"""Tell CloudFront which pages changed, so that readers do not wait until its copies are old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from yoyak.model.sources import FOR_EVER
from yoyak.publish import manifest
from yoyak.publish.headers import cache_control
from yoyak.publish.plan import DeployPlan
from yoyak.publish.s3_session import StoreSession

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
