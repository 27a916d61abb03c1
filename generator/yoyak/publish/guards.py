"""What a deploy refuses, whatever it was told: dangerous folders, and removals that nobody confirmed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, joined, say
from yoyak.publish.plan import DeployPlan
from yoyak.text.secrets import shown_address

FEW_REMOVALS = 10
"""Fewer removed files than this need no confirmation."""
_EXAMPLES = ("example", "example.com", "example.net", "example.org", "test", "invalid", "localhost")
"""Names that are never a public site's, nor is any below them: RFC 2606 and RFC 6761."""
REMOVED_SHARE = 0.25
"""Nor does a smaller share of what is deployed than this."""


class AdoptionError(YoyakError):
    """A deploy was refused only because a person has to agree to its folder first."""


def require_agreed(plan: DeployPlan, *, confirm_removals: int | None, adopt: bool) -> None:
    """Refuse a plan that nobody agreed to: a first deploy into a folder that has files already, or one that replaces
    what is not ours or not known, or another site, or removes much, unless as many removals were confirmed.

    A page that is replaced by the note that it was taken down is removed, too.
    """
    if plan.to_adopt and not adopt:
        not_empty = say("deploy.not-empty", where=plan.where, count=plan.to_adopt)
        raise AdoptionError(joined(not_empty, say("deploy.not-empty.hint")))
    if plan.to_replace and (confirm_removals is None or confirm_removals < plan.to_replace):
        raise YoyakError(joined(plan.there.replaces, say("deploy.confirm", number=str(plan.to_replace))))
    count = len(plan.removed) + len(plan.taken_down)
    if confirm_removals is not None and count <= confirm_removals:
        return
    before = len(plan.there.files.keys() & plan.there.ours)
    allow = say("deploy.confirm", number=str(max(count, 1)))
    tried_out = example_address(plan.there.base_url) and not example_address(plan.base_url)
    if plan.there.base_url not in ("", plan.base_url) and not tried_out:
        there = shown_address(plan.there.base_url)
        other = say("deploy.other-site", where=plan.where, there=there, url=plan.base_url)
        raise YoyakError(joined(other, allow))
    if count >= FEW_REMOVALS and count > before * REMOVED_SHARE:
        many = say("deploy.many-removals", removed=count, before=before, where=plan.where)
        raise YoyakError(joined(many, allow))


def safe_folder(path: str, *, site: Path, output: Path) -> Path:
    """Return the folder that a target's `path` means, relative to the site folder, or refuse it.

    The folder is resolved: a link that leads to it is followed, and it is judged by where it leads.
    """
    if not path.strip() or "$" in path or "\0" in path:
        raise YoyakError(say("deploy.bad-path", path=repr(path)))
    folder = (site / Path(path).expanduser()).resolve()
    why = _danger(folder, site=site.resolve(), output=output.resolve())
    if why:
        raise YoyakError(say("deploy.danger", folder=str(folder), why=why))
    if not folder.parent.is_dir():
        raise YoyakError(say("deploy.no-parent", folder=str(folder.parent)))
    if folder.exists() and not folder.is_dir():
        raise YoyakError(say("deploy.is-a-file", folder=str(folder)))
    return folder


def _danger(folder: Path, *, site: Path, output: Path) -> Message | None:
    """Return why a folder may not be deployed to, or None."""
    home = Path.home().resolve()
    if folder == site:
        return say("deploy.danger.site")
    if folder in (home, *home.parents):
        return say("deploy.danger.home")
    if folder in (*site.parents, *output.parents):
        return say("deploy.danger.above")
    if folder.is_relative_to(output):
        return say("deploy.danger.output")
    sources = ("content", "templates", ".yoyak")
    if any(folder.is_relative_to(site / name) for name in sources):
        return say("deploy.danger.sources")
    return say("deploy.danger.git") if ".git" in folder.parts else None


def example_address(base_url: str) -> bool:
    """Tell whether an address can be no public site's: it is reserved for examples, or for one machine.

    >>> [example_address(url) for url in ("https://digest.example.org/", "http://127.0.0.1/", "https://example.kr/")]
    [True, True, False]
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".").lower()
    if host == "::1" or host.startswith("127."):
        return True
    return any(host == name or host.endswith(f".{name}") for name in _EXAMPLES)
