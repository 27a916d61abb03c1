"""A deploy of what gives nothing away, and a note of every address that is online then: publishing knows no build."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from yoyak.build.addresses import addresses_of_build, note_addresses
from yoyak.build.firewall import require_no_leak
from yoyak.model.protocols import Progress
from yoyak.publish.deploy import Consent, deploy
from yoyak.publish.plan import DeployPlan, DeployReport


def deploy_and_note(
    folder: Path, output: Path, name: str, consent: Consent, *, dry_run: bool, progress: Progress | None = None
) -> tuple[DeployPlan, DeployReport | None]:
    """Deploy, and note in content/_urls.yaml what is at each address now; return what `deploy` does.

    Raises:
        YoyakError: what `deploy` says, or the addresses that were noted before cannot be read.
    """
    online = addresses_of_build(folder, output)
    guard = partial(require_no_leak, folder, output, progress)
    plan, report = deploy(folder, output, name, consent, dry_run=dry_run, progress=progress, guard=guard)
    if report:
        note_addresses(folder, online)
    return plan, report
