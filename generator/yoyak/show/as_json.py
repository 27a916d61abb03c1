"""How a file was read, for a program: the shape that docs/reference/cli.md describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yoyak.model.sources import Block, Evidence, Field
from yoyak.show.show import Shown


def plain(shown: Shown) -> Mapping[str, Any]:
    """Return what was read as plain values. What is not known is absent."""
    left_out = {"left_out": shown.left_out} if shown.kind == "saved_page" else {}
    return {
        "path": shown.path,
        "kind": shown.kind,
        "encoding": shown.encoding,
        "fields": {name: _field(field, is_day=name in shown.days) for name, field in shown.fields.items()},
        "body": [_block(block) for block in shown.body],
        "lines": shown.lines,
        **left_out,
        "problems": shown.problems,
    }


def _field(field: Field, *, is_day: bool) -> Mapping[str, Any]:
    found = {
        "value": field.value,
        "confidence": field.confidence,
        "evidence": [_evidence(evidence) for evidence in field.evidence],
        "alternatives": field.alternatives,
    }
    return found | ({"day_only": True} if is_day else {})


def _evidence(evidence: Evidence) -> Mapping[str, Any]:
    found = {"line": evidence.line, "selector": evidence.selector, "rule": evidence.rule}
    return {name: value for name, value in found.items() if value}


def _block(block: Block) -> Mapping[str, Any]:
    found = {"kind": block.kind, "text": block.text}
    return found | {name: value for name in ("line", "credit") if (value := getattr(block, name))}
