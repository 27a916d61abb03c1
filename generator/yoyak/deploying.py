"""``yoyak deploy``: from a target's name in site.yaml to what was published."""

from __future__ import annotations

import os
from pathlib import Path

from yoyak.config import load_config
from yoyak.error import YoyakError
from yoyak.problems import did_you_mean
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.targets import carry_out, plan_deploy


def deploy(
    folder: Path, output: Path, name: str, *, dry_run: bool, confirm_removals: int | None
) -> tuple[DeployPlan, DeployReport | None]:
    """Return the plan for the target `name`, and what was done unless `dry_run`.

    Raises:
        YoyakError: there is no such target, the built site may not be published, or the host refuses it.
    """
    config, problems = load_config(folder, at=None, preview=False, environment=os.environ)
    if config is None:
        raise YoyakError("\n".join(problem.printed for problem in problems))
    if name not in config.deploy:
        known = ", ".join(config.deploy) or "none yet"
        raise YoyakError(
            " ".join(
                filter(
                    None,
                    (
                        f'site.yaml has no target "{name}" under deploy: (there: {known}).',
                        did_you_mean(name, config.deploy),
                    ),
                )
            )
        )
    request = DeployRequest(site=str(folder), output=str(output.absolute()), name=name, target=config.deploy[name])
    plan = plan_deploy(request)
    return plan, None if dry_run else carry_out(request, plan, confirm_removals=confirm_removals)
