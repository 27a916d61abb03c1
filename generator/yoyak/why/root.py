"""Why a file of content/public/ is at the root of the site, or why not."""

from __future__ import annotations

from msgspec import structs

from yoyak.model.message import errors, in_order, say
from yoyak.pages.host_files import HEADERS, REDIRECTS
from yoyak.store.stamps import is_public
from yoyak.text.urls import quote_path
from yoyak.why.absence import absent
from yoyak.why.explanation import Explanation
from yoyak.why.files import changes_of
from yoyak.why.memory import Memory


def is_root_file(path: str) -> bool:
    """Tell whether a path of the site is one of a file in content/public/."""
    return is_public(path.rpartition("/")[0])


def explain_root_file(asked: str, path: str, memory: Memory) -> Explanation:
    """Return where a file of content/public/ is published, or what keeps it off."""
    assets, told = memory.root
    found = Explanation(asked=asked, what="asset", on_site=False, name=path)
    output = next((one.output for one in assets if one.path == path), "")
    if output in memory.outputs and path in memory.files:
        return _published(structs.replace(found, changes=tuple(changes_of(path, memory))), output, memory)
    problems = in_order(one for one in (*told, *memory.state.problems) if one.path == path)
    if not problems:
        return absent(found, path, memory)
    reason = say("absent.error") if errors(problems) else say("absent.skipped")
    return structs.replace(found, reasons=(reason,), problems=problems)


def explain_host_file(asked: str, output: str, memory: Memory) -> Explanation | None:
    """Return the explanation of a file at the root of the output that was copied, or is for hosts; else None."""
    if path := next((one.path for one in memory.root[0] if one.output == output), ""):
        return explain_root_file(asked, path, memory)
    if output not in (HEADERS, REDIRECTS):
        return None
    found = Explanation(asked=asked, what="asset", on_site=True, name=output, settings=("deploy", "hosting"))
    return _published(found, output, memory)


def _published(found: Explanation, output: str, memory: Memory) -> Explanation:
    url = memory.config.base_path + quote_path(output)
    return structs.replace(found, on_site=True, url=url, file=output)
