"""A run that was kept is found again."""

from __future__ import annotations

from pathlib import Path

from bench.generators import PEER_FINDERS, pinned_versions
from bench.history import FILE, Run, append, describe, last_run, make_run

MEASURED = {"yoyak": {"cold s": 3.00004}, "hugo": {"cold s": 1.5}}


def run_of(count: int, rounds: int = 3) -> Run:
    return make_run(
        MEASURED, commit="abc1234", count=count, rounds=rounds, load=0.2, peers={"hugo": "0.1", "pelican": "4"}
    )


def test_the_newest_run_of_a_size_is_the_last_one(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    for run in (run_of(1000, 3), run_of(1000, 5), run_of(10_000)):
        append(run, file)
    assert last_run(1000, file) == run_of(1000, 5)
    assert last_run(file=file) == run_of(10_000)
    assert last_run(7, file) is None


def test_a_run_is_one_line(tmp_path: Path) -> None:
    append(run_of(1000), tmp_path / "history.jsonl")
    append(run_of(1000), tmp_path / "history.jsonl")
    assert (tmp_path / "history.jsonl").read_bytes().count(b"\n") == 2


def test_no_history_is_no_trouble(tmp_path: Path) -> None:
    assert last_run(1000, tmp_path / "history.jsonl") is None


def test_a_run_keeps_its_ratios_and_only_the_peers_that_were_measured() -> None:
    run = run_of(1000)
    assert run.ratios == {"hugo": {"cold s": 2.0}}
    assert run.peers == {"hugo": "0.1"}


def test_a_run_says_what_and_where_it_was() -> None:
    assert describe(run_of(1000)).startswith("1,000 articles, median of 3; yoyak abc1234, Python ")


def test_the_kept_history_can_be_read() -> None:
    assert not FILE.is_file() or last_run() is not None


def test_every_peer_has_a_pinned_version() -> None:
    assert set(PEER_FINDERS) <= set(pinned_versions())
