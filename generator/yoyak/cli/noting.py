"""A deploy of what gives nothing away, and a note of every address that is online then: publishing knows no build."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from yoyak.build.firewall import require_no_leak
from yoyak.build.for_deploy import is_current
from yoyak.build.searched import keep_noted, noted_before
from yoyak.files.output_folder import files_of
from yoyak.model.build import BuildRequest, Progress
from yoyak.publish.deploy import Consent, TargetBuild, deploy
from yoyak.publish.plan import DeployPlan, DeployReport


def deploy_and_note(
    folder: Path,
    built: TargetBuild,
    name: str,
    consent: Consent,
    *,
    dry_run: bool,
    check_files: bool = False,
    progress: Progress | None = None,
) -> tuple[DeployPlan, DeployReport | None]:
    """Deploy what may be deployed, note in content/_urls.yaml what is at each address, and return what was done.

    Those of a preview, or of a target with an address of its own, are not the site's, and are not noted.

    Raises:
        YoyakError: what `deploy` says, or the addresses that were noted before cannot be read.
    """
    output = Path(built.output)
    notes = not (built.preview or built.own_address)
    lost, online = noted_before(folder, files_of(output)) if notes else frozenset(), None
    if lost is None:
        from yoyak.build.addresses import addresses_of_build, note_addresses, taken_down

        online = addresses_of_build(folder, output)
        lost = taken_down(folder, online) if online else frozenset()
    guard = None if built.preview else partial(require_no_leak, folder, output, progress)
    send = partial(deploy, folder, built, name, consent, dry_run=dry_run, check_files=check_files)
    plan, report = send(taken_down=lost, progress=progress, guard=guard)
    if report and online is not None:
        is_of_now = is_current(BuildRequest(folder=folder, output=output))
        note_addresses(folder, online)
        if is_of_now:  # else the content that was searched may have other headlines than what was built
            keep_noted(folder, files_of(output), lost)
    return plan, report
