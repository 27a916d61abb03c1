"""The JSON Schemas that editors complete from."""

from __future__ import annotations

import json

import pytest

from yoyak.model.schema import KEYS, Name, json_schema


@pytest.mark.parametrize("name", KEYS)
def test_a_schema_is_plain_json_with_a_title(name: Name) -> None:
    schema = json.loads(json.dumps(json_schema(name)))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == list(KEYS[name].__struct_encode_fields__)


@pytest.mark.parametrize("name", KEYS)
def test_a_schema_refers_only_to_what_it_defines(name: Name) -> None:
    schema = json_schema(name)
    text = json.dumps(schema)
    used = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert used == set(schema.get("$defs", {}))


def test_lists_of_text_take_one_text_too() -> None:
    properties = json_schema("article")["properties"]
    assert {"type": "string"} in properties["tags"]["anyOf"]
    assert {"type": "string"} in properties["authors"]["anyOf"]
    assert properties["themes"]["description"]
    assert properties["corrections"]["type"] == "array"


def test_dates_are_text_as_people_write_them() -> None:
    assert json_schema("article")["properties"]["updated"] == {"type": "string"}
