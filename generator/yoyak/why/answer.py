"""why: each argument gets its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from yoyak.model.build import MANIFEST, BuildRequest
from yoyak.model.message import say
from yoyak.store.stamps import SETTINGS
from yoyak.why.absence import near_files
from yoyak.why.explanation import Explanation
from yoyak.why.files import explain_file
from yoyak.why.looks import asset_name, explain_look, explain_settings
from yoyak.why.memory import Memory, remembered
from yoyak.why.missing import explain_elsewhere, explain_missing
from yoyak.why.pages import explain_page
from yoyak.why.root import explain_host_file, explain_root_file, is_root_file
from yoyak.why.subject import Subject, output_at, subject_of


def why(folder: Path, output: Path | None, at: datetime | None, asked: Sequence[str]) -> tuple[Explanation, ...]:
    """Return what made each page that is named, and where each file is on the site or why not.

    Raises:
        YoyakError: no build is remembered.
    """
    request = BuildRequest(folder=folder, output=output, at=at)
    with remembered(request) as memory:
        return tuple(_explain(one, subject_of(one, memory), memory) for one in asked)


def _explain(asked: str, subject: Subject, memory: Memory) -> Explanation:
    if subject.what == "elsewhere":
        return explain_elsewhere(asked, memory)
    if subject.what == "file":
        return _of_file(asked, subject.name, memory)
    found = output_at(subject.name, memory)
    if found is None:
        return _of_no_output(asked, subject, memory)
    return explain_page(asked, found, memory) if found in memory.pages else _of_asset(asked, found, memory)


def _of_file(asked: str, path: str, memory: Memory) -> Explanation:
    if path == SETTINGS:
        return explain_settings(asked, memory)
    if path.startswith("templates/"):
        return explain_look(asked, path.removeprefix("templates/"), memory)
    if is_root_file(path):
        return explain_root_file(asked, path, memory)
    if path.startswith("content/"):
        return explain_file(asked, path, memory)
    if path in ("content", "templates"):
        reason = say("absent.folder")
        return Explanation(asked=asked, what="other file", on_site=False, name=path, reasons=(reason,))
    there = (memory.folder / path).exists()
    reason = say("absent.out-of-reach", folder=str(memory.folder)) if there else say("absent.no-file")
    near = () if there else near_files(path, memory)
    return Explanation(asked=asked, what="other file", on_site=False, name=path or asked, reasons=(reason,), near=near)


def _of_asset(asked: str, output: str, memory: Memory) -> Explanation:
    """Return the explanation of a file of the output that is no page: of the file that it was copied from."""
    picture = (path for path, row in memory.assets.items() if row.asset and row.asset.output == output)
    if path := next(picture, None):
        return explain_file(asked, path, memory)
    if name := asset_name(output, memory):
        return explain_look(asked, f"assets/{name}", memory)
    if found := explain_host_file(asked, output, memory):
        return found
    reason = say("absent.copied")
    return Explanation(asked=asked, what="asset", on_site=False, name=output, file=output, reasons=(reason,))


def _of_no_output(asked: str, subject: Subject, memory: Memory) -> Explanation:
    if subject.what == "output" and subject.name == MANIFEST:
        reason = say("absent.manifest")
    elif subject.what == "output" and (memory.request.target / subject.name).exists():
        reason = say("absent.not-ours")
    else:
        return explain_missing(asked, subject.name, memory)
    return Explanation(asked=asked, what="other file", on_site=False, name=subject.name, reasons=(reason,))
