"""The tests of the short ways go on looking: none of them is derandomized, and a failure can be repeated."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from fuzzing import new_examples

TESTS = Path(__file__).parent
OF_SHORT_WAYS = (
    "readers/markdown/test_quick.py",
    "templating/test_fast_jinja.py",
)


def test_new_examples_are_new_on_every_machine_and_can_be_repeated() -> None:
    assert not new_examples(5).derandomize
    assert new_examples(5).print_blob


@pytest.mark.parametrize("name", OF_SHORT_WAYS)
def test_every_fuzz_test_of_a_short_way_sees_new_examples(name: str) -> None:
    tree = ast.parse((TESTS / name).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    decorators = [[ast.unparse(one).partition("(")[0] for one in node.decorator_list] for node in functions]
    fuzzed = [names for names in decorators if "given" in names]
    assert fuzzed
    assert all("new_examples" in names and "settings" not in names for names in fuzzed)
