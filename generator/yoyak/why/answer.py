"""why: each argument gets its explanation."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from msgspec import structs

from yoyak.model.build import MANIFEST, BuildRequest
from yoyak.model.message import errors, in_order, say
from yoyak.model.types import Record
from yoyak.pages.host_headers import HEADERS, REDIRECTS
from yoyak.pipeline.load import ARTICLE_ENDINGS
from yoyak.store.stamps import SETTINGS, is_public
from yoyak.text.file_kinds import ASSET_ENDINGS
from yoyak.text.urls import has_scheme, quote_path
from yoyak.why.absence import absent, explain_elsewhere, explain_missing, near_files
from yoyak.why.explanation import Explanation
from yoyak.why.files import changes_of, explain_file
from yoyak.why.memory import Memory, remembered
from yoyak.why.pages import asset_name, explain_look, explain_page, explain_settings


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


# --- Why a file of content/public/ is at the root of the site, or why not ----------------------------------------


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


# --- What an argument of ``yoyak why`` means: a file of the output, a file of the site, or an address ------------


class Subject(Record, kw_only=True):
    what: Literal["output", "file", "address", "elsewhere"]
    name: str
    """Below the output folder, below the site folder, or below the site's address; percent-decoded, NFC."""


def subject_of(asked: str, memory: Memory) -> Subject:
    """Return what is meant: what is on the disk counts before what looks like an address."""
    text = asked.strip()
    if "\0" in text:  # no disk has such a name
        return _address(text, memory)
    if has_scheme(text):
        return _of_url(text, memory)
    for place in _places(text, memory):
        if os.path.lexists(place) and (found := _below(place, memory)):
            return found
    below = _below(os.path.abspath(text), memory)  # noqa: PTH100 - a link is not followed
    path = normalize("NFC", text.removeprefix("./"))
    if path.strip("/") in memory.outputs:
        return Subject(what="output", name=path.strip("/"))
    if below and (text.startswith("/") or below.name in memory.files or _is_source(below.name)):
        return below
    if _is_source(path) and not path.startswith("/"):
        return Subject(what="file", name=path)
    if path in memory.looks.overrides or path in memory.looks.originals:
        return Subject(what="file", name=f"templates/{path}")
    if "/" not in path and len(called := _of_slug(path, memory)) == 1 and not output_at(path, memory):
        return Subject(what="file", name=called[0])
    return _address(path, memory)


def _of_slug(slug: str, memory: Memory) -> list[str]:
    """Return the articles that have a slug."""
    return [file for file, row in memory.readings.items() if row.place and row.place.slug == slug]


def _places(text: str, memory: Memory) -> Iterator[str]:
    """Yield where a path may lie: seen from here, from the site, or from the output."""
    if text.startswith("~"):
        yield os.path.expanduser(text)  # noqa: PTH111
    yield os.path.abspath(text)  # noqa: PTH100
    if not text.startswith("/"):
        yield f"{memory.folder}/{text}"
        yield f"{memory.request.target}/{text}"


def _below(place: str, memory: Memory) -> Subject | None:
    """Return the file of the output or the site that lies at a place."""
    path = os.path.normpath(place)
    folder = memory.folder
    tops = (("output", memory.request.target), ("output", memory.request.target.resolve()))
    for what, top in (*tops, ("file", memory.request.folder.absolute()), ("file", folder)):
        if path == str(top) or path.startswith(f"{top}{os.sep}"):
            name = normalize("NFC", path[len(str(top)) :].strip(os.sep).replace(os.sep, "/"))
            return Subject(what=what, name=name)  # type: ignore[arg-type] # one of two
    real = os.path.realpath(path)
    return _below(real, memory) if real != path else None


def _is_source(path: str) -> bool:
    """Tell whether a path is surely meant as a file of the site, whether it is there or not."""
    ending = posixpath.splitext(path)[1].lower()
    if path.startswith(("content/", "templates/")) or path == "site.yaml":
        return True
    return ending in (ARTICLE_ENDINGS - {".html", ".htm", ".txt"}) | ASSET_ENDINGS and not path.startswith("assets/")


def _of_url(text: str, memory: Memory) -> Subject:
    try:
        parts, home = urlsplit(text), urlsplit(memory.config.base_url)
        host = (parts.hostname or "").encode("idna").decode("ascii") + (f":{parts.port}" if parts.port else "")
    except (ValueError, UnicodeError):
        return Subject(what="elsewhere", name=text)
    if parts.scheme.lower() == "file":
        found = _below(unquote(parts.path), memory)
        return found or Subject(what="elsewhere", name=text)
    path = normalize("NFC", unquote(parts.path or "/"))
    below = path if path.endswith("/") else f"{path}/"
    if host != home.netloc or not below.startswith(normalize("NFC", unquote(home.path))):
        return Subject(what="elsewhere", name=text)
    return _address(path, memory)


def _address(path: str, memory: Memory) -> Subject:
    """Return the address below the site's root that is meant, with its base path or without."""
    told = normalize("NFC", unquote(path.partition("#")[0].partition("?")[0]))
    base = normalize("NFC", unquote(memory.config.base_path))
    absolute = told if told.startswith("/") else f"/{told}"
    if f"{absolute}/" == base:
        absolute = base
    below = absolute.removeprefix(base) if absolute.startswith(base) else absolute
    plain = absolute.lstrip("/")
    name = plain if output_at(below, memory) is None and output_at(plain, memory) else below
    return Subject(what="address", name=name.lstrip("/"))


def output_at(address: str, memory: Memory) -> str | None:
    """Return the path of the file that an address below the site's root leads to, or None."""
    path = address.strip("/")
    index = f"{path}/index.html" if path else "index.html"
    return next((name for name in (path, index) if name in memory.outputs), None)
