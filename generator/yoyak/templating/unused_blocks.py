"""Blocks in a site's own templates that no page ever shows: a wrong name, or a part that a template above left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from yoyak.model.message import Problem, did_you_mean, problem_of, say
from yoyak.model.sources import Looks

_ORIGINAL = "yoyak/"
_PARSER = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)  # it only parses
_LONGEST = 20
"""Templates above each other; more extend themselves."""


class _Block(NamedTuple):
    line: int
    inside: tuple[str, ...]
    """The blocks that stand directly in it."""
    calls_super: bool


class _BlocksRead(NamedTuple):
    """What a template says about blocks."""

    extends: str | None
    """None for no other; empty when it is found only while a page is made."""
    top: tuple[str, ...]
    """The blocks that stand in no other."""
    blocks: Mapping[str, _Block]
    called: frozenset[str]
    """Names that it shows by ``self.name()``."""


def unknown_blocks(looks: Looks) -> tuple[Problem, ...]:
    """Return an error for each block of a site's own template that is shown on no page, with its line."""
    chains = [chain for name in sorted({*looks.originals, *looks.overrides}) if (chain := _chain(name, looks))]
    return tuple(problem for name in sorted(looks.overrides) for problem in _unknown_in(name, chains, looks))


def _unknown_in(name: str, chains: Iterable[tuple[str, ...]], looks: Looks) -> Iterator[Problem]:
    found = _read_of(name, looks)
    if not found or not found.extends:
        return
    mine = [chain for chain in chains if name in chain]
    shown = {block for chain in mine for block in _shown_of(name, chain, looks)}
    for block in found.blocks:
        if mine and block not in shown and not _stands_in_unknown(block, found, shown):
            yield _problem(name, block, found, shown, mine[0], looks)


def _stands_in_unknown(block: str, found: _BlocksRead, shown: set[str]) -> bool:
    """Tell whether a block is not shown because the one around it is not: that one is reported."""
    return any(block in one.inside and name not in shown for name, one in found.blocks.items())


def _problem(
    name: str, block: str, found: _BlocksRead, shown: set[str], chain: tuple[str, ...], looks: Looks
) -> Problem:
    above = chain[chain.index(name) + 1 :]
    others = sorted(shown - {one for one in found.blocks if one not in shown})
    near = did_you_mean(block, [one for one in others if one != block])
    hint = near or say("unknown-block.known", blocks=", ".join(others))
    place, said = (f"templates/{name}", found.blocks[block].line), {"block": block, "template": above[0]}
    if any(block in read.blocks for one in above if (read := _read_of(one, looks))):
        return problem_of("unknown-block.replaced", *place, hint=hint, **said)
    return problem_of("unknown-block", *place, hint=hint, **said)


def _chain(name: str, looks: Looks) -> tuple[str, ...]:
    """Return a template and those above it; empty when they are not known, or cannot be read."""
    chain: list[str] = []
    while name not in chain and len(chain) < _LONGEST:
        chain.append(name)
        found = _read_of(name, looks)
        if found is None or found.extends == "":
            return ()
        if found.extends is None:
            return tuple(chain)
        name = found.extends
    return ()


def _shown_of(name: str, chain: tuple[str, ...], looks: Looks) -> set[str]:
    """Return the blocks of a page that a template above it has a say in: none below replaces them."""
    below = [read for one in chain[: chain.index(name)] if (read := _read_of(one, looks))]
    replaced = {block for read in below for block, one in read.blocks.items() if not one.calls_super}
    return _shown(chain, looks) - replaced


def _shown(chain: tuple[str, ...], looks: Looks) -> set[str]:
    """Return the blocks that a page of these templates shows: those of the last one, and those that stand in them."""
    reads = [read for one in chain if (read := _read_of(one, looks))]
    shown: set[str] = set()
    todo = [*reads[-1].top, *(name for read in reads for name in read.called)]
    while todo:
        name = todo.pop()
        if name in shown:
            continue
        shown.add(name)
        for read in reads:
            if block := read.blocks.get(name):
                todo.extend(block.inside)
                if not block.calls_super:
                    break
    return shown


def _read_of(name: str, looks: Looks) -> _BlocksRead | None:
    """Return what a template says, by the name that a template knows it by; None for one that cannot be read."""
    own = looks.overrides.get(name)
    text = own if own is not None else looks.originals.get(name.removeprefix(_ORIGINAL))
    return _read(text) if text is not None else None


@cache
def _read(text: str) -> _BlocksRead | None:
    try:
        tree = _PARSER.parse(text)
    except TemplateSyntaxError:
        return None
    blocks = {block.name: _block(block) for block in tree.find_all(nodes.Block)}
    inner = {name for block in blocks.values() for name in block.inside}
    calls = (node for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name))
    return _BlocksRead(
        extends=_extends(tree),
        top=tuple(name for name in blocks if name not in inner),
        blocks=blocks,
        called=frozenset(node.attr for node in calls if node.node.name == "self"),  # type: ignore[attr-defined]
    )


def _extends(tree: nodes.Template) -> str | None:
    found = list(tree.find_all(nodes.Extends))
    if not found:
        return None
    name = found[0].template
    plain = len(found) == 1 and isinstance(name, nodes.Const) and isinstance(name.value, str) and found[0] in tree.body
    return str(name.value) if plain and isinstance(name, nodes.Const) else ""


def _block(block: nodes.Block) -> _Block:
    inside = tuple(_direct(block))
    calls = any(isinstance(call.node, nodes.Name) and call.node.name == "super" for call in block.find_all(nodes.Call))
    return _Block(block.lineno, inside, calls)


def _direct(node: nodes.Node) -> Iterator[str]:
    """Yield the names of the blocks that stand in a node, and in no other block of it."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child.name
        else:
            yield from _direct(child)
