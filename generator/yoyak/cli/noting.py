"""A deploy, and after it a note of every address that is online: publishing itself knows nothing of what is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yoyak.build.addresses import addresses_of_build, note_addresses
from yoyak.publish.deploy import Consent, TargetBuild, deploy
from yoyak.publish.plan import DeployPlan, DeployReport


def deploy_and_note(
    folder: Path, built: TargetBuild, name: str, consent: Consent, *, dry_run: bool, **how: Any
) -> tuple[DeployPlan, DeployReport | None]:
    """Deploy, and note in content/_urls.yaml what is at each address now; return what `deploy` does.

    Those of a preview, or of a target with an address of its own, are not the site's, and are not noted.

    Raises:
        YoyakError: what `deploy` says, or the addresses that were noted before cannot be read.
    """
    online = None if built.preview or built.own_address else addresses_of_build(folder, Path(built.output))
    plan, report = deploy(folder, built, name, consent, dry_run=dry_run, **how)
    if report and online is not None:
        note_addresses(folder, online)
    return plan, report
