"""The settings of a site of Hugo, from all the files that they may be in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from yoyak.importing.origins.folders import (
    ExportFolder,
    listed,
    lowered,
    settings_of,
    table,
)  # fmt: skip
from yoyak.importing.origins.hugo_paths import (
    HugoSettings,
)  # fmt: skip

_NAMES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))


def settings_in(tree: ExportFolder) -> tuple[HugoSettings, list[str]]:
    """Return the settings, and the files of them that cannot be read."""
    values: dict[str, Any] = {}
    broken: list[str] = []
    split = sorted(path for path in tree.files if path.startswith("config/_default/") and path.count("/") == 2)
    live = sorted(path for path in tree.files if path.startswith("config/production/") and path.count("/") == 2)
    for path in [*[name for name in reversed(_NAMES) if name in tree.files], *split, *live]:
        text, stem = tree.text(path), PurePosixPath(path).stem
        found = settings_of(text, path.lower()) if text is not None else None
        if found is None:
            broken.append(path)
            continue
        low = lowered(found)
        if "/" in path and stem.lower() not in ("hugo", "config"):
            name, _, lang = stem.lower().partition(".")
            low = {"languages": {lang: {name: low}}} if lang else {name: low}
        values = _merged(values, low)
    return HugoSettings(values=values), broken


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    inner = {key: _merged(table(one[key]), table(other[key])) for key in one.keys() & other.keys() if table(other[key])}
    return {**one, **other, **inner}


def roots(settings: HugoSettings, key: str, standard: str) -> Iterator[tuple[str, str, str]]:
    """Yield the folders that Hugo reads for content or static files, with their language and where they are mounted."""
    mounts = [table(one) for one in listed(table(settings.values.get("module")).get("mounts"))]
    mounted = [one for one in mounts if str(one.get("target", "")).strip("/").partition("/")[0] == standard]
    for one in mounted:
        lang = str(next(iter(listed(one.get("lang") or one.get("languages"))), "")).lower()
        yield str(one.get("source", "")).strip("/"), lang, str(one["target"]).strip("/")[len(standard) :].strip("/")
    if mounted:
        return
    for lang in settings.languages:
        for own in listed(table(settings.languages[lang]).get(key)):
            yield str(own).strip("/"), lang, ""
    for number in ("", *range(11)):
        for common in listed(settings.values.get(f"{key}{number}")):
            yield str(common).strip("/"), "", ""
    if key not in settings.values:
        yield standard, "", ""
