"""docs/reference/problems.md, written from messages/LANGUAGE/about.yaml and from printed examples.

``python -m tests.update problems`` writes it; a test fails when it is stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from printed_examples import translated
from yoyak.messages.catalogue import ABOUT, LANGUAGES

CHECKOUT = Path(__file__).parent.parent
MESSAGES = CHECKOUT / "generator" / "yoyak" / "messages"
PLACE = "{examples}"
"""Where in a text the next group of examples belongs."""


def page_file(language: str) -> Path:
    """Return where the page of a language is."""
    return CHECKOUT / "docs" / "reference" / ("problems.md" if language == "en" else f"problems.{language}.md")


def about(language: str) -> dict[str, str]:
    """Return the texts of the page by key, in its order: sections, and the codes in them."""
    return msgspec.yaml.decode((MESSAGES / language / ABOUT).read_bytes(), type=dict[str, str])


def examples() -> dict[str, list[str]]:
    """Return messages as they are printed in English, in groups by code."""
    data = Path(__file__).with_name("problem_examples.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=dict[str, list[str]])


def languages() -> tuple[str, ...]:
    """Return the languages that have the page."""
    return LANGUAGES


def page_of(language: str) -> str:
    """Return the page in a language, each example as it is printed there; one without a text there stays English."""
    return "\n".join(_parts(about(language), language))


def _parts(texts: Mapping[str, str], language: str) -> Iterator[str]:
    shown = examples()
    for key, text in texts.items():
        if key == "page.about":
            yield f"{text}\n"
        elif key.startswith("section."):
            yield f"## {text}\n"
        else:
            code = key.removesuffix(".about")
            groups = (_group(group, code, language) for group in shown.get(code, ()))
            yield f"### `{code}`\n\n{_with_examples(text, groups)}\n"


def _with_examples(text: str, groups: Iterator[str]) -> str:
    """Return a text with the examples in their places, one group for each."""
    return "\n".join(next(groups) if line == PLACE else line for line in text.split("\n"))


def _group(group: str, code: str, language: str) -> str:
    lines = group.split("\n")
    said = lines if language == "en" else [translated(line, code, language) or line for line in lines]
    return "\n".join(f"    {line}" for line in said)
