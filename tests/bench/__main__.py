"""How yoyak does against its peers: ``make bench``, or ``python -m tests.bench``.

    make bench                                       1,000 articles, three rounds, against Hugo: about two minutes
    make bench ARGS='--no-history --peers'           yoyak alone, to try something
    make bench ARGS='--count 10000 --growth --serve --peers hugo pelican eleventy'   the big one, for an evening
    make bench ARGS='--yoyak ../other/yoyak'         the yoyak of this command
    make bench ARGS='--markdown --count 10000'       the table of the last such run that was kept
    make bench ARGS='--mixed --no-history'           a third of the articles with code, lists, tables, notes, HTML
    make bench ARGS=reading                          how long one file takes to read, by kind
    make bench ARGS=bounds                           how long texts take that are built to take long
    make bench ARGS=shortcuts                        what each short way buys of a cold build

Every build is a whole process, started from outside. The generators take turns within a round, so that a machine that
slows down slows all of them; what is printed are medians over the rounds. Compare ratios, and seconds on an idle
machine only. A run of this checkout's yoyak is kept in history.jsonl and compared with the last one of its size.

cold        no output and no cache there                body edit   a sentence more in one article
no-op       the same command again                      title edit  another headline for it
start       --version; and yoyak's sample site, cold    serve       from a save to the new text over HTTP
growth      the seconds of four times the articles, over those of the articles; one round
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent / "generator")]

from . import bounds, figures, history, reading, shortcuts  # noqa: E402 - found by the line above
from .corpus import make_articles  # noqa: E402
from .figures import Measures  # noqa: E402
from .generators import PEER_FINDERS, Generator, find_peers, pinned_versions, yoyak  # noqa: E402
from .measure import Failed  # noqa: E402
from .scenarios import Site, make_site, measure_builds, measure_start  # noqa: E402
from .serving import measure_serve  # noqa: E402

LARGER = 4
"""How many times the articles of the site that growth is measured with."""


def main() -> int:
    """Measure, print and keep what is asked for; return the exit code."""
    asked = _parser().parse_args()
    if asked.part == "reading":
        reading.main()
        return 0
    if asked.part == "bounds":
        return bounds.main()
    if asked.part == "shortcuts":
        shortcuts.main(asked.count or 1000, asked.rounds)
        return 0
    if asked.markdown:
        return _print_kept(asked.count)
    asked.count = asked.count or 1000
    load = history.machine_load()
    own = yoyak(shlex.split(asked.yoyak) if asked.yoyak else None)
    generators = [own, *find_peers(asked.peers)]
    with tempfile.TemporaryDirectory(prefix="yoyak-bench-") as folder:
        measured = _measure(generators, asked, Path(folder))
    if "yoyak" not in measured:
        return 1
    run = history.make_run(
        measured,
        commit=f"as {asked.yoyak}" if asked.yoyak else history.commit_of_checkout(),
        count=asked.count,
        rounds=asked.rounds,
        load=load,
        peers=pinned_versions(),
    )
    _report(run, asked)
    return 0 if len(measured) == len(generators) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    add = parser.add_argument
    add(
        "part",
        nargs="?",
        choices=("sites", "reading", "bounds", "shortcuts"),
        default="sites",
        help="what to measure; sites unless named",
    )
    add("--count", type=int, metavar="N", help="articles; 1000 unless named")
    add("--rounds", type=int, default=3, metavar="N", help="3 unless named")
    add("--peers", nargs="*", choices=PEER_FINDERS, default=["hugo"], help="hugo unless named")
    add("--yoyak", metavar="CMD", help="the command of another yoyak; its run is not kept")
    add("--mixed", action="store_true", help="a third of the articles with more than the plainest Markdown; not kept")
    add("--growth", action="store_true", help="build a site of four times the articles, too")
    add("--serve", action="store_true", help="measure the development servers, too")
    add("--saves", type=int, default=20, metavar="N", help="saves in a served site; 20 unless named")
    add("--no-history", action="store_true", help="do not keep this run")
    add("--markdown", action="store_true", help="measure nothing; print the last kept run as a table")
    return parser


def _measure(generators: Sequence[Generator], asked: argparse.Namespace, folder: Path) -> dict[str, Measures]:
    """Return the medians of every generator that does not fail."""
    articles = list(make_articles(asked.count, mixed=asked.mixed))
    sites = [make_site(generator, articles, folder / generator.name) for generator in generators]
    measured = _take_turns(sites, asked.rounds, lambda site, turn: measure_builds(site, turn) | measure_start(site))
    sites = [site for site in sites if site.generator.name in measured]
    if asked.growth:
        larger = list(make_articles(LARGER * asked.count, mixed=asked.mixed))
        for site in sites:
            name = site.generator.name
            large = _take_turns([make_site(site.generator, larger, folder / f"{name}-larger")], 1, measure_builds)
            measured[name] |= figures.growth(measured[name], large.get(name, {}))
    if asked.serve:
        for site in sites:
            try:
                measured[site.generator.name] |= measure_serve(site, asked.saves)
            except Failed as reason:
                _tell(f"{site.generator.name}: {reason}")
    return measured


def _take_turns(sites: Iterable[Site], rounds: int, measure: Callable[[Site, int], Measures]) -> dict[str, Measures]:
    """Return the medians of the rounds by generator. One that fails is told of and left out."""
    results: dict[Site, list[Measures]] = {site: [] for site in sites}
    for turn in range(rounds):
        for site, before in list(results.items()):
            try:
                measures = measure(site, turn)
            except Failed as reason:
                _tell(reason)
                del results[site]
                continue
            before.append(measures)
            _tell(f"round {turn + 1}, {site.generator.name}: cold {measures['cold s']:.2f} s")
    return {site.generator.name: figures.medians(before) for site, before in results.items()}


def _report(run: history.Run, asked: argparse.Namespace) -> None:
    before = history.last_run(run.count)
    print(f"\n{history.describe(run)}\n\n{figures.as_text(list(figures.table(run.medians)))}")
    if run.load > run.cores / 2:
        print("\nThe machine was busy when this began. Compare ratios, not seconds.")
    if before:
        where = "" if (before.machine, before.cores) == (run.machine, run.cores) else ", on another machine"
        print(f"\nAgainst {before.commit} of {before.date[:10]}{where}:\n")
        print(figures.as_text(list(figures.changes(before.medians, run.medians))))
    if not (asked.no_history or asked.yoyak or asked.mixed):
        history.append(run)


def _print_kept(count: int | None) -> int:
    run = history.last_run(count)
    if run is None:
        _tell("No such run was kept.")
        return 1
    print(f"{history.describe(run)}.\n\n{figures.as_markdown(list(figures.table(run.medians)))}")
    return 0


def _tell(what: object) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
