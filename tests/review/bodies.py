"""Markdown bodies and suggestions for them, made from a seed."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from yoyak.model.review import TextBlock

WORDS = (
    "물가가 금리는 2.50% 올랐다 3.5만 명이 “말했다” A&amp;B 그리고 the bank, said \\*별표 "
    "1,200원을 섬으로 가는 배 안개가 2024-07-03 €4bn it's 끝"
).split()
MARKS = ("{}", "{}", "{}", "**{}**", "*{}*", "`{}`", "[{}](https://a.example/x_(y))", "[{}][1]", "~~{}~~", "<b>{}</b>")
BLOCKS = (
    "{}\n",
    "{}\n",
    "- {}\n- {}\n",
    "> {}\n",
    "## {}\n",
    "1. {}\n2. {}\n",
    "| 가 | 나 |\n|---|---|\n| {} | {} |\n",
)
NEW = (
    "새 말",
    "2.75%",
    "*별*",
    "",
    "a_b & <c>",
    "줄 그리고 끝",
    "물가가",
    "[괄호](x)",
    "가|나",
    "1. 하나",
    "—",
    "🚢 배",
)


class Suggestion(NamedTuple):
    block: int
    start: int
    end: int
    words: str


def body(chance: Random) -> str:
    """Return some blocks of text with marks in them, and soft line breaks."""
    found = []
    for _ in range(chance.randint(1, 5)):
        block = chance.choice(BLOCKS)
        soft = "\n" if block == "{}\n" else "\n> " if block.startswith(">") else " "
        found.append(block.format(*(_run(chance, soft) for _ in range(block.count("{}")))))
    return "\n".join(found) + "\n[1]: https://a.example/\n"


def _run(chance: Random, soft: str) -> str:
    groups = [" ".join(chance.choices(WORDS, k=chance.randint(1, 3))) for _ in range(chance.randint(1, 4))]
    return "".join(
        f"{chance.choice([' ', ' ', soft]) if n else ''}{chance.choice(MARKS).format(group)}"
        for n, group in enumerate(groups)
    )


def suggestion(chance: Random, blocks: tuple[TextBlock, ...]) -> Suggestion:
    """Return whole words of one block, and what shall stand in their place."""
    number = chance.randrange(len(blocks))
    words = blocks[number].text.split(" ")
    first = chance.randrange(len(words))
    last = min(len(words), first + chance.randint(1, 4))
    start = len(" ".join(words[:first])) + bool(first)
    quote = " ".join(words[first:last])
    new = chance.choice(NEW)
    kept = quote.split(" ")
    kept[chance.randrange(len(kept))] = new
    return Suggestion(number, start, start + len(quote), chance.choice([new, " ".join(kept)]))
