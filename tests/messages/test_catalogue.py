"""The texts of the command line: every message has one in each language, with the values that it is given."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec.yaml
import pytest

from figures import nodes_of, tree_of_file
from yoyak.cli.build_text import REASONS
from yoyak.cli.terminal import STAGES
from yoyak.messages.catalogue import ABOUT, LANGUAGES, Text, compiled, speak, texts
from yoyak.model.message import listed, say
from yoyak.model.types import Ribbon, View
from yoyak.text.korean import filled, places

PACKAGE = Path(__file__).parents[2] / "generator" / "yoyak"
ENGLISH = texts("en")


SHORT = {
    ("cli/build_text.py", "_said"): "",
    ("cli/review_text.py", "_said"): "",
    ("show/as_text.py", "_said"): "show.",
    ("why/words.py", "_below"): "why.row.",
    ("why/words.py", "_row"): "why.row.",
}
"""Functions that say a key, and how the key begins that they put before theirs."""
ADVISING = ("advised", "problem_of", "warning")
"""Those that say the hint of a key, too, unless they are given one. The last two are names of methods as well."""
SAYING = ("say", "said", "usage")


@cache
def said() -> tuple[list[tuple[str, frozenset[str], str]], set[str]]:
    """Return key, names of values and place of each message whose key stands in the code, and all texts of the code.

    A key may be chosen first and said later.
    """
    found, words = [], set()
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        for node in nodes_of(tree_of_file(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.Call) and _advises(node):
                (key, *_), names = node.args, frozenset(keyword.arg or "**" for keyword in node.keywords)
                if isinstance(key, ast.Constant):
                    hints = [] if {"hint", "advice"} & names else [(f"{key.value}.hint", frozenset[str]())]
                    found += [(one, given, f"{place}:{node.lineno}") for one, given in [(key.value, names), *hints]]
                    words |= {one for one, _ in hints}
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                key, begin = node.args[0], "" if node.func.id in SAYING else SHORT.get((place, node.func.id))
                if begin is not None and isinstance(key, ast.Constant) and key.value:
                    names = frozenset(keyword.arg or "**" for keyword in node.keywords)
                    found.append((f"{begin}{key.value}", names, f"{place}:{node.lineno}"))
    return found, words


def _advises(node: ast.Call) -> bool:
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    return bool(node.args) and name in ADVISING


COMPUTED = (
    "bad-address-file.",
    "new.ci.",
    "absent.edition.",
    "absent.is.",
    "absent.review.",
    "build.held-edition.",
    "cadence.",
    "change.",
    "changes.",
    "coming.",
    "date-year-inferred.",
    "difference.",
    "edit.",
    "fault.",
    "held.",
    "leak.",
    "lost-address.",
    "mark.",
    "missing-key.",
    "page-type.",
    "profile.",
    "reason.changed.",
    "review.block.",
    "review.kind.",
    "review.not-counted.",
    "review.row.",
    "review.scope.",
    "review.state.",
    "review.what.",
    "review.why-not.",
    "ribbon.",
    "runaway-file.",
    "s3.",
    "same-address.",
    "severity.",
    "show.",
    "stage.",
    "takedown.done.",
    "takedown.mention.",
    "takedown.unreachable.",
    "unsearched.",
    "takedown.would.",
    "weekday.",
    "what.",
    "why.row.",
    "why.shows.",
)
"""How the keys begin that the code puts together."""

WINDOWS = ("desk.", "preview.bookmark.", "preview.clip-page.", "preview.key.", "preview.window.")
"""How the keys begin of what the preview's windows show. tests/preview/test_words.py holds that it is shown."""
HELP = "help."
"""How the keys of the help begin: its English is in the commands. tests/cli/test_help.py compares them."""


def forms(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_what_is_written(language: str) -> None:
    """`python -m tests.update messages` makes it so."""
    assert (PACKAGE / "messages" / f"{language}.json").read_bytes() == compiled(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: str) -> None:
    assert sorted(key for key in set(ENGLISH) ^ set(texts(language)) if not key.startswith(HELP)) == []


def test_every_message_of_the_code_has_a_text() -> None:
    assert [f"{place}: {key}" for key, _, place in said()[0] if key not in ENGLISH] == []


def test_every_text_is_a_message_of_the_code() -> None:
    _, words = said()
    assert sorted(key for key in ENGLISH if key not in words and not key.startswith((*COMPUTED, *WINDOWS))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_uses_only_values_that_are_given(language: str) -> None:
    given = {key: names for key, names, _ in said()[0]}
    wrong = {
        key: sorted(places(form) - given[key])
        for key, text in texts(language).items()
        if key in given and "**" not in given[key]
        for form in forms(text)
        if places(form) - given[key]
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_english_text_is_in_the_others(language: str) -> None:
    """A number may be left out of one plural form; a name may not be left out at all."""
    for key, text in ENGLISH.items():
        wanted = frozenset().union(*map(places, forms(text)))
        assert frozenset().union(*map(places, forms(texts(language)[key]))) == wanted, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_put_into_words(language: str) -> None:
    wrong = {}
    for key, text in ENGLISH.items():
        names = frozenset().union(*map(places, forms(text) + forms(texts(language)[key])))
        for count in (0, 1, 2, 12_345):
            spoken = speak(say(key, **{**dict.fromkeys(names, "서울"), "count": count}), language)
            if not spoken.strip() or "{" in spoken or "  " in spoken:
                wrong[key] = spoken
    assert wrong == {}


VALUES = ("서울", "바다", "ferry.md", "ko", "2024-07-03", "AI", "물", "3")
"""What stands in messages: with and without a final consonant, names of files, numbers."""
DOUBLE = re.compile(
    r"을\(를\)|를\(을\)|은\(는\)|는\(은\)|이\(가\)|가\(이\)|과\(와\)|와\(과\)|\(으\)로|으로\(로\)|이라\(라\)"
)
BARE = re.compile(r"\{\w+\}[\"'”]*(?:을|를|은|는|이|가|과|와|으로|로)(?![가-힣])")
"""A particle behind a value that does not follow it."""


def test_every_korean_particle_follows_its_value() -> None:
    wrong = []
    for key, text in texts("ko").items():
        for form in forms(text):
            spoken = [filled(form, dict.fromkeys(places(form), value)) for value in VALUES]
            if BARE.search(form) or any(DOUBLE.search(one) or re.search(r"  | ,|^\s|\s$", one) for one in spoken):
                wrong.append(f"{key}: {form}")
    assert wrong == []


def test_every_english_text_is_clean() -> None:
    untidy = re.compile(r"  | [,;](?:\s|$)| \.\s|^\s|\s$|\.\.$")
    made = {key: [filled(form, dict.fromkeys(places(form), "x")) for form in forms(ENGLISH[key])] for key in ENGLISH}
    assert {key: one for key, found in made.items() for one in found if untidy.search(one)} == {}


def test_korean_is_korean() -> None:
    """A text in which Hangul is missing was forgotten, unless the English one has no words either."""
    assert [f"{key}: {form}" for key in ENGLISH for form in forms(texts("ko")[key]) if not is_korean(form)] == []


def test_a_text_that_was_forgotten_is_no_korean() -> None:
    assert not any(map(is_korean, ("{path}: is missing", "{count} errors")))
    assert all(map(is_korean, ("{path}", "{count}건", "HTML 파일")))


def is_korean(form: str) -> bool:
    words = [word for word in form.replace("{", " {").split() if not word.startswith("{")]
    return not any(word.isalpha() for word in words) or any("가" <= letter <= "힣" for letter in form)


def test_a_count_chooses_the_plural_and_is_written_with_separators() -> None:
    assert speak(say("count.errors", count=1)) == "1 error"
    assert speak(say("count.errors", count=12_345)) == "12,345 errors"
    assert speak(say("count.errors", count=12_345), "ko") == "오류 12,345건"


def test_a_message_may_stand_in_a_message() -> None:
    two = say("count.errors-and-warnings", errors=say("count.errors", count=1), warnings=say("count.warnings", count=2))
    assert speak(two) == "1 error and 2 warnings"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_view_and_ribbon_has_a_text(language: str) -> None:
    views = [f"{begin}.{view}" for begin in ("reason.changed", "why.shows") for view in get_args(View)]
    waits = [
        f"{begin}.{ribbon}" for begin in ("ribbon", "absent.is") for ribbon in get_args(Ribbon) if ribbon != "unlisted"
    ]
    waits += [f"held.{reason}" for reason in REASONS]
    stages = [f"stage.{stage}" for stage in STAGES]
    assert [key for key in (*views, *waits, *stages) if key not in texts(language)] == []


def test_several_things_stand_in_a_row() -> None:
    assert [speak(listed(words)) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and d",
    ]
    assert speak(listed(["a", "b", "c"]), "ko") == "a, b, c"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_unchanged_build_says_is_read_without_yaml(language: str) -> None:
    code = (
        "import sys; from yoyak.messages.catalogue import speak, speak_in; from yoyak.model.message import say; "
        f"speak_in('{language}'); "
        "speak(say('build.done', seconds='1', output='o')); speak(say('count.articles', count=2)); "
        "sys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_in_two_files(language: str) -> None:
    files = sorted((PACKAGE / "messages" / language).glob("*.yaml"))
    keys = [key for file in files if file.name != ABOUT for key in msgspec.yaml.decode(file.read_bytes())]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_has_two_texts_of_which_only_one_is_said(language: str) -> None:
    folder = PACKAGE / "messages" / language
    keys = [key for file in folder.glob("*.yaml") for key in re.findall(r"(?m)^([\w.-]+):", file.read_text("utf-8"))]
    assert len(keys) > 500
    assert [key for key in set(keys) if keys.count(key) > 1] == []


@pytest.mark.parametrize("other", ["미리 보기", "게시합니다", "게시된", "Markdown", "현황판 쪽", "목록 쪽"])
def test_one_thing_has_one_korean_name(other: str) -> None:
    assert [key for key, text in texts("ko").items() if other in str(text)] == []
