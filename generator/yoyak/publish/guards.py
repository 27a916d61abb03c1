"""What a deploy refuses, whatever it was told: dangerous folders, and removals that nobody confirmed."""

from __future__ import annotations

from pathlib import Path

from yoyak.messages.errors import YoyakError
from yoyak.publish.plan import DeployPlan
from yoyak.publish.texts import counted
from yoyak.text.secrets import shown_address

FEW_REMOVALS = 10
"""Fewer removed files than this need no confirmation."""
REMOVED_SHARE = 0.25
"""Nor does a smaller share of what is deployed than this."""


def require_confirmed(plan: DeployPlan, *, confirm_removals: int | None) -> None:
    """Refuse a plan that removes much, or that replaces another site, unless as many removals were confirmed."""
    count = len(plan.removed)
    if confirm_removals is not None and count <= confirm_removals:
        return
    before = len(plan.there.files.keys() & plan.there.ours)
    allow = f'If that is right, deploy again with "--confirm-removals {max(count, 1)}".'
    if plan.there.base_url not in ("", plan.base_url):
        there = shown_address(plan.there.base_url)
        raise YoyakError(f"{plan.where} holds another site, {there}, not {plan.base_url}. {allow}")
    if count >= FEW_REMOVALS and count > before * REMOVED_SHARE:
        raise YoyakError(f"This deploy removes {count} of the {before} files at {plan.where}. {allow}")


class AdoptionError(YoyakError):
    """A deploy was refused only because a person has to agree to its folder first."""


def require_adopted(plan: DeployPlan, *, adopt: bool) -> None:
    """Refuse a first deploy into a folder that has files already, unless a person agreed to it."""
    if plan.to_adopt and not adopt:
        raise AdoptionError(
            f"{plan.where} is not empty, and yoyak never deployed to it: {counted(plan.to_adopt, 'file')} there. "
            'Nothing was changed. If the site belongs there, deploy again with "--adopt": what is there stays. '
            "Otherwise write another path into site.yaml."
        )


def safe_folder(path: str, *, site: Path, output: Path) -> Path:
    """Return the folder that a target's `path` means, relative to the site folder, or refuse it.

    The folder is resolved: a link that leads to it is followed, and it is judged by where it leads.
    """
    if not path.strip() or "$" in path or "\0" in path:
        raise YoyakError(
            f"The target's path is {path!r}. Write the folder's name into site.yaml; variables are not read."
        )
    folder = (site / Path(path).expanduser()).resolve()
    why = _danger(folder, site=site.resolve(), output=output.resolve())
    if why:
        raise YoyakError(f"{folder} is {why}. Nothing was changed. Choose a folder of its own for the deployed site.")
    if not folder.parent.is_dir():
        raise YoyakError(f"{folder.parent} does not exist. Make it, or mend the target's path in site.yaml.")
    if folder.exists() and not folder.is_dir():
        raise YoyakError(f"{folder} is a file. Choose another folder for the deployed site.")
    return folder


def _danger(folder: Path, *, site: Path, output: Path) -> str:
    """Return why a folder may not be deployed to, or an empty text."""
    home = Path.home().resolve()
    if folder == site:
        return "the site folder itself"
    if folder in (home, *home.parents):
        return "the home folder or above it"
    if folder in (*site.parents, *output.parents):
        return "above the site or its output"
    if folder.is_relative_to(output):
        return "the output folder or inside it"
    sources = ("content", "templates", ".yoyak")
    if any(folder.is_relative_to(site / name) for name in sources):
        return "inside the site's own files"
    return "inside a git repository's own files" if ".git" in folder.parts else ""
