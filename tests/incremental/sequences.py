"""Sequences of edits and builds: drawn by a number, walked, held against laws, made short when one breaks.

A sequence is a value that prints as the code that makes it. Each of its edits has a seed of its own, so that what is
left of a sequence does the same without the rest.
"""

from __future__ import annotations

import shutil
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from incremental.amounts import AGAIN
from incremental.edits_of_articles import ARTICLE_EDITS, Edit
from incremental.edits_of_sites import CLOCK_EDITS, LOOK_EDITS, NOTE_EDITS, OUTPUT_EDITS, SETTING_EDITS
from incremental.newsroom import Newsroom, open_newsroom
from incremental.oracle import Files, Outcome, built_from_nothing, clean_fields, files_below, run
from yoyak.build.build import BuildRequest

EDITS: Mapping[str, Edit] = {
    **ARTICLE_EDITS,
    **NOTE_EDITS,
    **LOOK_EDITS,
    **SETTING_EDITS,
    **OUTPUT_EDITS,
    **CLOCK_EDITS,
}
KINDS: Sequence[tuple[int, Sequence[str]]] = (
    (46, tuple(ARTICLE_EDITS)),
    (9, tuple(NOTE_EDITS)),
    (12, tuple(LOOK_EDITS)),
    (11, tuple(SETTING_EDITS)),
    (12, tuple(OUTPUT_EDITS)),
    (10, tuple(CLOCK_EDITS)),
)
TRICKY = frozenset({"same size", "partial", "capture", "clock", "rules", "addresses"})
"""Edits of many variants, each of which has misled a build before."""
SHORTENING = 20
"""Seconds that are spent on making a failing sequence short."""


class Step(NamedTuple):
    """Some edits and the build after them."""

    edits: tuple[tuple[str, int], ...]
    """Names of `EDITS`, each with its seed."""
    jobs: int = 1
    keep_going: bool = True
    preview: bool = False
    check_only: bool = False
    output: str = "output"


class Story(NamedTuple):
    """A newsroom as it begins, and what happens there."""

    seed: int
    articles: int
    plain: bool
    """With templates of a few lines each, which are quick."""
    steps: tuple[Step, ...]


class Round(NamedTuple):
    """One step of a walk, as a law sees it."""

    step: Step
    before: Files
    found: Outcome
    expected: Outcome | None
    """What a clean build gives; None when nobody asked for it."""
    first: bool
    """Whether nothing was in this output before."""
    only_articles: bool
    """Whether nothing but articles has changed since the last build into this output, which was complete."""


Law = Callable[[Round], None]


def story(number: int) -> Story:
    """Return the sequence of a number: the same on every machine."""
    chance = Random(number)
    keep_going = chance.random() < 0.85
    steps: list[Step] = [Step((), keep_going=keep_going)]
    for _ in range(chance.randint(4, 9)):
        edits = [_drawn(chance) for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 2, 3)))]
        if steps[-1].edits and steps[-1].edits[-1][0].startswith("break") and chance.random() < 0.7:
            edits.append(("mend", chance.randrange(1000)))
        steps.append(_build_after(tuple(edits), chance, keep_going=keep_going))
    return Story(chance.randrange(10**6), chance.randint(4, 11), chance.random() < 0.8, tuple(steps))


def _drawn(chance: Random) -> tuple[str, int]:
    weights, names = zip(*KINDS, strict=True)
    return chance.choice(chance.choices(names, weights)[0]), chance.randrange(10**6)


def _build_after(edits: tuple[tuple[str, int], ...], chance: Random, *, keep_going: bool) -> Step:
    step = Step(edits, jobs=chance.choice((1, 1, 2, 4)), keep_going=keep_going is not (chance.random() < 0.1))
    other = chance.choices(("usual", "preview", "preview in place", "elsewhere", "check"), (80, 7, 6, 3, 4))[0]
    changes: dict[str, dict[str, Any]] = {
        "usual": {},
        "preview": {"preview": True, "output": ".yoyak/preview"},
        "preview in place": {"preview": True},
        "elsewhere": {"output": "../elsewhere"},
        "check": {"check_only": True},
    }
    return step._replace(**changes[other])


def story_of(name: str) -> Story:
    """Return a sequence of which each step is the same kind of edit, with a quiet build between."""
    chance = Random(name)
    steps = [Step(((name, chance.randrange(10**6)),)) for _ in range(3 * AGAIN if name in TRICKY else AGAIN)]
    return Story(chance.randrange(10**6), 8, True, (Step(()), *steps[:2], Step(()), *steps[2:]))


def story_of_articles(number: int) -> Story:
    """Return a sequence in which only articles change, one edit a step."""
    chance = Random(number)
    names = [name for name in ARTICLE_EDITS if name not in ("break", "twin")]
    edits = [((chance.choice(names), chance.randrange(10**6)),) for _ in range(8)]
    return Story(chance.randrange(10**6), chance.randint(6, 14), False, (Step(()), *map(Step, edits)))


# --- walking ---


def walk(told: Story, folder: Path, log: list[str], *, compared: int | None = None) -> Iterator[Round]:
    """Do all that a story tells, below `folder`; write down in `log` what was done.

    From the step `compared` on a clean build is made to compare with, where anything changed that one could show.
    """
    room = open_newsroom(folder / "site", Random(told.seed), articles=told.articles, plain=told.plain)
    settled: dict[str, bool] = {}
    expected: Outcome | None = None
    decided: tuple[object, ...] = ()
    for number, step in enumerate(told.steps):
        said = [EDITS[name](room, Random(seed)) for name, seed in step.edits]
        log.append(f"{number}. {'; '.join(filter(None, said)) or 'no edit'}. Build({_told(step)})")
        only_articles = all(name in ARTICLE_EDITS for name, _ in step.edits)
        settled = {output: good and only_articles for output, good in settled.items()}
        request = _request(room, step)
        assert request.output is not None
        before = files_below(request.output)
        if compared is not None and number >= compared and (step.edits or decided != clean_fields(request)):
            decided, expected = clean_fields(request), built_from_nothing(request, folder / "clean")
        found = run(request)
        if compared is not None and number < compared:
            expected = found
        here = f"{step.output} {step.preview}"
        yield Round(step, before, found, expected, first=not before, only_articles=settled.get(here, False))
        if not step.check_only:
            settled = {other: good for other, good in settled.items() if other.split()[0] != step.output}
            settled[here] = found.complete


def _told(step: Step) -> str:
    defaults = Step._field_defaults
    return ", ".join(
        f"{name}={value!r}" for name, value in step._asdict().items() if defaults.get(name, value) != value
    )


def _request(room: Newsroom, step: Step) -> BuildRequest:
    return BuildRequest(
        folder=room.folder,
        output=room.folder / step.output,
        at=room.now,
        jobs=step.jobs,
        keep_going=step.keep_going,
        preview=step.preview,
        check_only=step.check_only,
    )


# --- holding ---


def hold(told: Story, folder: Path, *laws: Law, compared: int | None = None) -> None:
    """Walk a story and hold its rounds against laws; if one breaks, say so with the shortest story that breaks it.

    From the round `compared` on, each knows what a clean build gives.
    """

    def failure_of(candidate: Story, log: list[str]) -> str | None:
        return _failure(walk(candidate, folder / "story", log, compared=compared), folder / "story", laws)

    failure = failure_of(told, [])
    if failure is not None:
        shortest = _shortest(told, lambda candidate: failure_of(candidate, []) is not None)
        log: list[str] = []
        failure = failure_of(shortest, log) or failure
        raise AssertionError("\n".join([failure, "", "What was done:", *log, "", "As a value:", repr(shortest)]))


def _failure(rounds: Iterator[Round], place: Path, laws: Sequence[Law]) -> str | None:
    """Return how a story breaks a law, or None."""
    try:
        for found in rounds:
            for law in laws:
                law(found)
    except AssertionError as error:
        return str(error) or traceback.format_exc()
    except Exception:  # noqa: BLE001 - whatever a build raises breaks every law
        return traceback.format_exc()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return None


def _shortest(told: Story, fails: Callable[[Story], bool]) -> Story:
    """Return what is left of a failing story without the steps, the edits and the articles that do not matter."""
    until = time.monotonic() + SHORTENING
    shorter = True
    while shorter:
        shorter = False
        for candidate in _shorter(told):
            if time.monotonic() > until:
                return told
            if fails(candidate):
                told, shorter = candidate, True
                break
    return told


def _shorter(told: Story) -> Iterator[Story]:
    """Yield stories with a little less: the last steps first, then single steps, edits, options and articles."""
    steps = told.steps
    for number in range(1, len(steps)):
        yield told._replace(steps=steps[:number])
    for number in range(len(steps)):
        yield told._replace(steps=(*steps[:number], *steps[number + 1 :]))
    for number, step in enumerate(steps):
        without = [step.edits[:place] + step.edits[place + 1 :] for place in range(len(step.edits))]
        simpler = [step._replace(edits=edits) for edits in without]
        simpler += [step._replace(**{name: value}) for name, value in Step._field_defaults.items()]
        yield from (told._replace(steps=(*steps[:number], one, *steps[number + 1 :])) for one in simpler if one != step)
    for articles in (1, 2, 3, told.articles - 1):
        if 0 < articles < told.articles:
            yield told._replace(articles=articles)
