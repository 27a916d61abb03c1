"""What an editor shows of a key, in Korean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from yoyak.cli.schema_text import spoken_schema
from yoyak.messages.catalogue import speaking, texts
from yoyak.model.schema import KEYS, Name, json_schema


def described(part: Any) -> Iterator[str]:
    """Give every description of a schema."""
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            yield part["description"]
        for value in part.values():
            yield from described(value)
    for value in part if isinstance(part, list) else ():
        yield from described(value)


@pytest.mark.parametrize("name", KEYS)
def test_every_description_is_korean_and_nothing_else_changes(name: Name) -> None:
    with speaking("ko"):
        korean = spoken_schema(name)
    assert [text for text in (korean["title"], *described(korean)) if not any("가" <= c <= "힣" for c in text)] == []
    assert spoken_schema(name) == json_schema(name)
    assert bare(korean) == bare(json_schema(name))


def bare(part: Any) -> Any:
    if isinstance(part, list):
        return [bare(item) for item in part]
    if not isinstance(part, dict):
        return part
    texts_of = {key for key in ("description", "title") if isinstance(part.get(key), str)}
    return {key: bare(value) for key, value in part.items() if key not in texts_of}


def test_no_korean_description_is_left_over() -> None:
    with speaking("ko"):
        shown = {text for name in KEYS for text in (spoken_schema(name)["title"], *described(spoken_schema(name)))}
    left = {key: text for key, text in texts("ko").items() if key.startswith("help.key.") and text not in shown}
    assert left == {}
