"""The JSON Schemas that editors complete from, in the language that is spoken: English is in model/schema.py."""

from __future__ import annotations

import re
from typing import Any

from yoyak.cli.options import help_text
from yoyak.model.schema import Name, json_schema

_OF_ALL_TARGETS = re.compile(r"^\w+Target(?=\.)")


def spoken_schema(name: Name) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file with its descriptions in the language that is spoken."""
    schema = json_schema(name)
    definitions = schema.get("$defs", {})
    top = {key: part for key, part in schema.items() if key != "$defs"}
    spoken: dict[str, Any] = _spoken(top, name)
    spoken["title"] = help_text(f"help.key.{name}.title") or schema["title"]
    if definitions:
        spoken["$defs"] = {key: _spoken(part, key) for key, part in definitions.items()}
    return spoken


def _spoken(part: Any, place: str) -> Any:
    if not isinstance(part, dict):
        return part
    found = {key: _spoken(value, f"{place}.{key}") for key, value in part.items()}
    if isinstance(found.get("description"), str):
        of_all = _OF_ALL_TARGETS.sub("TargetKeys", place)
        found["description"] = help_text(f"help.key.{place}") or help_text(f"help.key.{of_all}") or found["description"]
    return found
