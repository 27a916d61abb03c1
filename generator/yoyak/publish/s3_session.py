"""The way to an S3 store: boto3 with the credentials of this machine, and its errors in words for a person."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from yoyak.messages.errors import YoyakError
from yoyak.model.message import joined, say
from yoyak.model.targets import S3Target
from yoyak.publish.repository import LIMITS, NetworkTimeouts
from yoyak.publish.s3_errors import refusal
from yoyak.publish.s3_keys import place_of, region_of
from yoyak.text.secrets import spelled

LANES = 10
"""Requests under way at once."""
TRIES = 5
"""Of one request, before a store that is overloaded or does not answer is given up. AWS_MAX_ATTEMPTS changes it."""

_INSTALL = 'pip install "yoyak[s3]"'


class StoreSession:
    """The credentials for one target: those of the environment, of ~/.aws, or of a sign-in."""

    def __init__(self, target: S3Target, *, name: str, limits: NetworkTimeouts = LIMITS) -> None:
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
            raise YoyakError(joined(say("s3.odd-key", where=self.where), say("s3.odd-key.hint")))

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
            raise YoyakError(joined(say("s3.bad-settings", where=self.where), say("s3.bad-settings.hint"))) from error

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
