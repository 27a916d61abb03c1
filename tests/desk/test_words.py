"""The words of the desk's pages: each is shown somewhere, and each that is shown is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from yoyak.messages.catalogue import texts
from yoyak.model.review import EVENT_KINDS, SCOPES, NoteKind, State

DESK = Path(__file__).parents[2] / "generator" / "yoyak" / "desk"
NAMED = {
    "state": get_args(State),
    "event": EVENT_KINDS,
    "scope": SCOPES,
    "kind": get_args(NoteKind),
    "view": ("text", "web", "narrow", "reading"),
    "why-not": ("words", "reviewer", "own", "submitter", "later"),
    "ribbon": ("scheduled", "embargoed", "expired", "unlisted"),
}
"""Values of the data that have words of their own."""


def test_every_word_of_the_desk_is_shown_and_there() -> None:
    templates = "".join(file.read_text(encoding="utf-8") for file in sorted((DESK / "templates").iterdir()))
    code = "".join(file.read_text(encoding="utf-8") for file in sorted(DESK.glob("*.py")))
    code += (DESK.parent / "preview" / "desk.py").read_text(encoding="utf-8")
    shown = {f"desk.{key}" for key in re.findall(r"""(?:\bt\(|\belse )["']([\w.-]+)["']""", templates)}
    shown |= {f"desk.{kind}.{value}" for kind, values in NAMED.items() for value in values}
    shown |= set(re.findall(r'say\("(desk\.[\w.-]+)"', code))
    script = (DESK / "desk.js").read_text(encoding="utf-8")
    shown |= {f"desk.script.{key}" for key in re.findall(r"\bwords\.([\w-]+)", script)}
    assert shown ^ {key for key in texts("en") if key.startswith("desk.")} == set()
