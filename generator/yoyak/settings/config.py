"""config: site.yaml becomes `SiteConfig`, the settings that every stage reads.

An unknown key, a wrong type or an impossible value is a problem with its line; all of them are found in one run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import UNSET, structs

from yoyak.containers import Metadata
from yoyak.files.site_files import unread
from yoyak.front_matter.read import text_keys
from yoyak.front_matter.typed import convert
from yoyak.front_matter.yaml_nodes import compose
from yoyak.messages.errors import YoyakError
from yoyak.model.addresses import Loads, loads
from yoyak.model.message import Problem, did_you_mean, errors, in_order, problem_of, say, with_values
from yoyak.model.schema import (
    PERMALINK,
    EmbedKeys,
    HostingKeys,
    NavigationKeys,
    ReviewKeys,
    SiteKeys,
    SourceKeys,
    TagKeys,
    ThemeKeys,
)
from yoyak.model.sources import SourceFile
from yoyak.model.targets import Target
from yoyak.model.types import Cadence, Record, Release, Rights, Weekday
from yoyak.settings.checks import FILE, Report, base_url_of, check_settings, targets_with_addresses
from yoyak.text.urls import normal_pattern

LIMIT = 1024 * 1024
"""Bytes: a registry of ten thousand tags."""
ZONE_OF_NO_SITE = "Asia/Seoul"


class SiteConfig(Record, kw_only=True):
    """The validated site.yaml, plus the build's clock."""

    folder: str
    """Absolute path of the site folder."""
    title: str
    tagline: str
    description: str
    language: str
    base_url: str
    """Normalised: scheme, host and path, with a slash at its end."""
    base_path: str
    """The path of `base_url`, percent-encoded, with slashes at both ends: ``/`` or ``/digest/``."""
    timezone: str
    cadence: Cadence
    week_starts: Weekday = "monday"
    first_number: int | None = None
    """Of the oldest edition; None when editions are not counted."""
    release: Release = "separately"
    """Whether the articles of an edition that is held back wait with it."""
    page_size: int
    permalinks: str = PERMALINK
    """The pattern of the addresses of articles, in its one form."""
    themes: tuple[ThemeKeys, ...]
    tags: Mapping[str, TagKeys]
    sources: Mapping[str, SourceKeys]
    rights_default: Rights
    sentences: int
    review: ReviewKeys = ReviewKeys()
    load_remote_images: bool
    metadata: Metadata = "remove"
    """What of the metadata of pictures is published."""
    embeds: tuple[EmbedKeys, ...] = ()
    formulas: bool = False
    navigation: tuple[NavigationKeys, ...]
    deploy: Mapping[str, Target]
    hosting: HostingKeys = HostingKeys()
    """`headers` is known: it follows from the targets when site.yaml does not say it."""
    reads: tuple[str, ...] = ()
    """Which hosts that read _headers and _redirects the site is deployed to: ``netlify``, ``cloudflare``."""
    now: datetime
    """The build's clock, in the site's zone. The only "now" that there is."""
    rule_files: tuple[SourceFile, ...] = ()
    """content/_rules/: the team's own phrases and patterns for captures."""
    reviewed: bool = False
    """Whether there is a content/_reviews/, so that what each article says has to be known."""
    preview: bool = False
    """Show drafts, articles in review, scheduled and embargoed ones, each with its ribbon."""
    portable: bool = False
    """Write relative addresses, so that pages open from a folder."""


def frame_hosts(config: SiteConfig) -> tuple[str, ...]:
    """Return the hosts whose pages may stand in a frame."""
    return tuple(embed.host for embed in config.embeds if embed.frame)


def loads_of(config: SiteConfig) -> Loads:
    """Return what pages may load from other hosts."""
    hosts = tuple(embed.host for embed in config.embeds)
    return loads(config.base_url, pictures=config.load_remote_images, hosts=hosts)


def spellings(name: str, keys: TagKeys | SourceKeys) -> tuple[str, ...]:
    """Return all that a tag or a source of site.yaml may be called: its name, its slug and its aliases."""
    return tuple(spelling for spelling in (name, keys.slug, *keys.aliases) if spelling)


def at_address(config: SiteConfig, base_url: str) -> SiteConfig:
    """Return the settings of the same site at another address; an empty one stands for its own."""
    return structs.replace(config, base_url=base_url, base_path=urlsplit(base_url).path) if base_url else config


def zone_of(folder: Path | None) -> ZoneInfo:
    """Return the time zone of a site; UTC when its site.yaml cannot be read, which the build then says."""
    if folder is None:
        return ZoneInfo(ZONE_OF_NO_SITE)
    config, _ = load_config(folder, at=None, preview=False, environment={})
    return ZoneInfo(config.timezone if config else "UTC")


def load_config(
    folder: Path, *, at: datetime | None, preview: bool, environment: Mapping[str, str]
) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """Return the settings in the site.yaml of `folder`, or None, and every problem in them.

    The build's clock is `at`; else SOURCE_DATE_EPOCH of `environment` (reproducible-builds.org); else the real one.

    Raises:
        YoyakError: there is no site.yaml, or the disk does not give it.
    """
    config, problems, _ = settings_of(_read(folder), folder, at=at, preview=preview, environment=environment)
    if config is None:
        return None, problems
    reviewed = (folder / "content" / "_reviews").is_dir()
    return structs.replace(config, rule_files=_rule_files(folder), reviewed=reviewed), problems


def _rule_files(folder: Path) -> tuple[SourceFile, ...]:
    """Return a team's own rules for captures. Most sites have none: then nothing is imported."""
    if not os.path.lexists(folder / "content" / "_rules"):
        return ()
    from yoyak.settings.capture_rule_files import rule_files

    return rule_files(folder)


def settings_of(
    data: bytes, folder: Path, *, at: datetime | None, preview: bool, environment: Mapping[str, str]
) -> tuple[SiteConfig | None, tuple[Problem, ...], SiteKeys | None]:
    """Return what `load_config` does, of the bytes of a site.yaml, and its keys as far as they could be read."""
    text, problems = _decoded(data)
    if text is None:
        return None, problems, None
    config, found, keys = _settings_in(text, folder, at=at, preview=preview, environment=environment)
    return config, _without_secrets(found, text), keys


def _without_secrets(problems: tuple[Problem, ...], text: str) -> tuple[Problem, ...]:
    """Return the problems of a site.yaml without the passwords and tokens of the addresses in it."""
    if not problems:
        return ()
    from yoyak.text.secrets import hidden, secrets_in

    secrets = secrets_in(text)
    if not secrets:
        return problems
    return tuple(
        structs.replace(
            problem,
            message=with_values(problem.message, lambda text: hidden(text, secrets)),
            hint=with_values(problem.hint, lambda text: hidden(text, secrets)),
            write=tuple(hidden(line, secrets) for line in problem.write),
        )
        for problem in problems
    )


def _settings_in(
    text: str, folder: Path, *, at: datetime | None, preview: bool, environment: Mapping[str, str]
) -> tuple[SiteConfig | None, tuple[Problem, ...], SiteKeys | None]:
    composed = compose(text, FILE, 1, text_keys(SiteKeys), limit=LIMIT)
    converted = convert(composed.node, SiteKeys, FILE, ZoneInfo("UTC"))
    found = [*composed.problems, *converted.problems]
    zone = now = address = None
    targets: dict[str, Target] = {}
    if converted.partial:
        report = Report(converted.lines, found)
        zone = _zone(converted.partial, report)
        address = base_url_of(converted.partial.base_url, "base_url", report)
        targets = targets_with_addresses(converted.partial.deploy, report)
        check_settings(converted.partial, report)
    if zone:
        now = _clock(at, environment, zone, found)
    if errors(found) or converted.value is None or now is None or address is None:
        return None, in_order(found), converted.partial
    return (
        structs.replace(_settings(folder, converted.value, address, now, preview=preview), deploy=targets),
        in_order(found),
        converted.partial,
    )


def settings_of_no_site(folder: Path, *, at: datetime | None, environment: Mapping[str, str]) -> SiteConfig:
    """Return what holds for a file that stands in no site: every default, and dates in the zone of Seoul."""
    keys = SiteKeys(title="", base_url="https://localhost/", timezone=ZONE_OF_NO_SITE)
    problems: list[Problem] = []
    now = _clock(at, environment, ZoneInfo(keys.timezone), problems)
    if now is None:
        raise YoyakError(*problems)
    return _settings(folder, keys, urlsplit(keys.base_url), now, preview=True)


def _settings(folder: Path, keys: SiteKeys, address: SplitResult, now: datetime, *, preview: bool) -> SiteConfig:
    return SiteConfig(
        folder=str(folder.resolve()),
        title=keys.title,
        tagline=keys.tagline,
        description=keys.description,
        language=keys.language,
        base_url=address.geturl(),
        base_path=address.path,
        timezone=keys.timezone,
        cadence=keys.editions.cadence,
        week_starts=keys.editions.week_starts,
        first_number=None if keys.editions.first_number is UNSET else keys.editions.first_number,
        release=keys.editions.release,
        page_size=keys.page_size,
        permalinks=normal_pattern(keys.permalinks),
        themes=keys.themes,
        tags=keys.tags,
        sources=keys.sources,
        rights_default=keys.rights.default,
        sentences=keys.rights.sentences,
        review=keys.review,
        load_remote_images=keys.images.remote == "load",
        metadata=keys.images.metadata,
        embeds=tuple(_embed(one) for one in keys.embeds),
        formulas=keys.formulas,
        navigation=keys.navigation,
        deploy=keys.deploy,
        hosting=_hosting(keys),
        reads=_hosts_that_read(keys),
        now=now,
        preview=preview,
    )


def _hosting(keys: SiteKeys) -> HostingKeys:
    headers = bool(_hosts_that_read(keys)) if keys.hosting.headers is UNSET else keys.hosting.headers
    return structs.replace(keys.hosting, headers=headers)


def _hosts_that_read(keys: SiteKeys) -> tuple[str, ...]:
    kinds = {str(target.__struct_config__.tag) for target in keys.deploy.values()}
    return tuple(sorted(kinds & {"netlify", "cloudflare"}))


def _embed(written: str | EmbedKeys) -> EmbedKeys:
    """Return a host of embeds however it is written: ``youtube.com``, ``https://www.youtube.com/``."""
    host = written if isinstance(written, str) else written.host
    plain = host.strip().rpartition("//")[2].partition("/")[0].lower().removeprefix("www.")
    return EmbedKeys(host=plain, frame=not isinstance(written, str) and written.frame)


def require_settings(folder: Path) -> None:
    """Say so when a folder is no site.

    Raises:
        YoyakError: there is no site.yaml.
    """
    if not (folder / FILE).exists():
        raise YoyakError(say("no-settings", folder=str(folder)))


def _read(folder: Path) -> bytes:
    require_settings(folder)
    place = folder / FILE
    try:
        return place.read_bytes()
    except OSError as error:
        raise YoyakError(say("unreadable", path=str(place), why=unread(error))) from None


def _decoded(data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = 1 + error.object.count(b"\n", 0, error.start)
        return None, (problem_of("not-utf-8", FILE, line),)


# --- the clock and the address ------------------------------------------------------------------


def _zone(keys: SiteKeys, report: Report) -> ZoneInfo | None:
    try:
        return ZoneInfo(keys.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(keys.timezone[:60], available_timezones()) or say("bad-timezone.hint")
        report("bad-timezone", "timezone", say("bad-timezone", name=keys.timezone[:60]), hint)
        return None


def _clock(
    at: datetime | None, environment: Mapping[str, str], zone: ZoneInfo, problems: list[Problem]
) -> datetime | None:
    if at is not None:
        return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(zone)
    try:
        if not re.fullmatch(r"[0-9]{1,12}", epoch):
            raise ValueError
        return datetime.fromtimestamp(int(epoch), zone)
    except (ValueError, OverflowError, OSError):
        problems.append(problem_of("bad-clock", written=epoch[:40]))
        return None
