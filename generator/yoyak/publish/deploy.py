"""``yoyak deploy``: from a target's name in site.yaml to what was published."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from yoyak.files.site_files import read_of_output
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import advised, did_you_mean, joined, say
from yoyak.model.targets import Target
from yoyak.model.types import Record
from yoyak.paths import PREVIEWS, SITES, plain_path
from yoyak.publish import manifest
from yoyak.publish.guards import example_address
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.releases import RollbackReport
from yoyak.publish.targets import carry_out, is_name, plan_deploy, roll_back
from yoyak.settings.config import SiteConfig, load_config
from yoyak.store.lock import settle_output

_A_TARGET = "folder: {kind: folder, path: ../public}"


class Consent(Record, kw_only=True):
    """What a person has agreed to."""

    removals: int | None = None
    """How many files may be removed."""
    adopt: bool = False
    """A first deploy into a folder that has files already."""
    example_address: bool = False
    """A base_url that is no address of a real site."""


def which_target(folder: Path) -> str:
    """Return the name of the one target of a site.

    Raises:
        LookupError: there are several, or none; the message lists them.
        YoyakError: site.yaml cannot be read.
    """
    names = [*_config(folder).deploy]
    if not names:
        raise LookupError(speak(say("deploy.no-target", line=_A_TARGET)))
    if len(names) > 1:
        of_several = say("deploy.which-target", count=len(names), names=", ".join(names), name=names[0])
        raise LookupError(speak(of_several))
    return names[0]


class TargetBuild(Record, frozen=True, kw_only=True):
    """The built site that a target gets: where it is, and for which address."""

    output: str
    """Its folder, absolute."""
    base_url: str
    """The address that it has to be built for."""
    own_address: bool
    """Whether that is not the site's own."""
    preview: bool


def build_for(folder: Path, name: str, *, output: Path | None = None, preview: bool = False) -> TargetBuild:
    """Return which build the target `name` gets: output/, or one of its own where its address or content differs.

    Raises:
        YoyakError: there is no such target, or it takes no previews.
    """
    config = _config(folder)
    target = _target(config, name)
    if preview and not target.previews:
        raise YoyakError(joined(*advised("deploy.takes-no-preview", name=name)))
    own = target.base_url not in ("", config.base_url)
    usual = PREVIEWS / name if preview else SITES / name if own else Path("output")
    return TargetBuild(
        output=str(plain_path(output or folder / usual)),
        base_url=target.base_url or config.base_url,
        own_address=own,
        preview=preview,
    )


def deploy(
    folder: Path,
    built: TargetBuild,
    name: str,
    consent: Consent,
    *,
    dry_run: bool,
    check_files: bool = False,
    taken_down: frozenset[str] = frozenset(),
    progress: Progress | None = None,
    guard: Callable[[], None] | None = None,
) -> tuple[DeployPlan, DeployReport | None]:
    """Return the plan for the target `name`, and what was done unless `dry_run`. `guard` may refuse the output.

    Raises:
        AdoptionError: the target's folder has files, and nobody agreed to a first deploy there.
        YoyakError: there is no such target, the built site may not be published, or the host refuses it.
    """
    request = replace(request_of(folder, name), output=built.output, base_url=built.base_url, preview=built.preview)
    request = replace(request, check_files=check_files, taken_down=taken_down)
    settle_output(folder, Path(built.output))
    plan = plan_deploy(request, progress=progress)
    if guard:
        guard()
    if dry_run:
        return plan, None
    _require_real_address(plan, consent)
    done = carry_out(request, plan, confirm_removals=consent.removals, adopt=consent.adopt, progress=progress)
    return plan, done


def rollback(
    folder: Path,
    name: str,
    *,
    to: str,
    withdrawn: Callable[[], Mapping[str, str]],
    confirm_shown: int | None = None,
    progress: Progress | None = None,
) -> RollbackReport:
    """Make an earlier release of the target `name` live again, and return what was done.

    `withdrawn` gives what is not published now, by paths; `confirm_shown` is how much of it a person agreed to show
    again. A target for previews shows such things anyway.

    Raises:
        YoyakError: there is no such target or release, the host refuses, or it would show again what is withdrawn.
    """
    request = request_of(folder, name)
    if not request.target.previews:
        built = build_for(folder, name).output
        with suppress(OSError, YoyakError):  # nothing is built: then every page may be another one
            data = read_of_output(Path(built), manifest.NAME)
            request = replace(request, notes=manifest.read_manifest(data, where=built).files)
        request = replace(request, withdrawn=withdrawn(), confirm_shown=confirm_shown)
    return roll_back(request, to=to, progress=progress)


def request_of(folder: Path, name: str) -> DeployRequest:
    """Return a request to the target `name` that no build is needed for.

    Raises:
        YoyakError: there is no such target.
    """
    output = plain_path(folder / "output")
    return DeployRequest(site=str(folder), output=str(output), name=name, target=_target(_config(folder), name))


def _target(config: SiteConfig, name: str) -> Target:
    if not config.deploy:
        raise YoyakError(say("deploy.no-target", line=_A_TARGET))
    if name not in config.deploy:
        missing = say("deploy.no-such-target", name=name, known=", ".join(config.deploy))
        raise YoyakError(joined(missing, did_you_mean(name, config.deploy)))
    if not is_name(name):
        raise YoyakError(say("deploy.bad-name", name=ascii(name)))
    return config.deploy[name]


def _require_real_address(plan: DeployPlan, consent: Consent) -> None:
    if consent.example_address or not example_address(plan.base_url):
        return
    built_for = say("deploy.example-address", url=plan.base_url)
    raise YoyakError(joined(built_for, say("deploy.example-address.hint")))


def _config(folder: Path) -> SiteConfig:
    config, problems = load_config(folder, at=None, preview=False, environment=os.environ)
    if config is None:
        raise YoyakError(*problems)
    return config
