"""Whatever happens to a site between its deploys: every address that was online answers, and gives nothing away."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

from build.stories import Newsroom
from sites import build_site, tree
from yoyak.messages.catalogue import paragraph

STORIES = range(int(os.environ.get("YOYAK_STORIES", "6")))
"""``YOYAK_STORIES=200`` tells many more."""
_BODY_OF_ID = re.compile(r"<id>(tag:[^<]*)</id>.*?Body of number (\d+)\.", re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("number", STORIES)
def test_every_address_that_was_online_answers(tmp_path: Path, number: int) -> None:
    room = Newsroom(tmp_path / "site", Random(number))
    for step in range(6):
        for _ in range(room.chance.randint(0, 3)):
            room.edits()
        room.writes()
        found = build_site(room.folder)
        assert found.report.complete, (room.told, [paragraph(one) for one in found.report.problems])
        output = tree(found.output)
        lost = {path for path in room.online - output.keys() if not _is_in_the_way(path, output)}
        assert not lost, room.told
        if step % 2:
            assert output == room.clean(), room.told
        _assert_no_secret(room, output)
        room.deploys()
        again = build_site(room.folder).report
        assert (again.written, again.changed, again.removed) == ((), (), ()), (room.told, again.reasons)


def _is_in_the_way(path: str, output: dict[str, bytes]) -> bool:
    """Tell whether a page has another spelling of this address now: a file where a folder was."""
    return any(other.startswith(f"{path}/") or path.startswith(f"{other}/") for other in output)


def _assert_no_secret(room: Newsroom, output: dict[str, bytes]) -> None:
    hidden = [one for one in room.drafts if one.status]
    text = {path: data for path, data in output.items() if not path.startswith("assets/")}
    for one in hidden:
        if one.slug.startswith("secret"):
            assert not any(one.slug in path for path in text), room.told
            assert not any(one.slug.encode() in data for data in text.values()), room.told
        assert not any(f"{one.title}<".encode() in data for data in text.values()), room.told


@pytest.mark.parametrize("number", STORIES)
def test_ids_in_feeds_stay_and_are_never_those_of_others(tmp_path: Path, number: int) -> None:
    room = Newsroom(tmp_path / "site", Random(1000 + number))
    ids: dict[str, str] = {}
    for _ in range(6):
        room.edits()
        room.writes()
        found = build_site(room.folder)
        assert found.report.complete, room.told
        text = found.text("feed.xml")
        now = (
            dict(re.findall(r"<id>(tag:[^<]*)</id>.*?Body of number (\d+)\.", text, re.DOTALL))
            if "<entry>" in text
            else {}
        )
        assert len(now) == len(re.findall("<entry>", text)), room.told
        for identity, body in now.items():
            assert ids.setdefault(body, identity) == identity, room.told
        room.deploys()
