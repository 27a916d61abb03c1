"""Damaged pictures: reading them never fails, and no damage carries metadata into what is published."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from containers.makers import SECRET, exif
from containers.test_metadata import HIDDEN
from yoyak.containers.exif import exif_in
from yoyak.containers.metadata import published

EXAMPLES = int(os.environ.get("YOYAK_PICTURES", "1500"))
Change = tuple[str, float, int, bytes]
CHANGES = st.tuples(
    st.sampled_from(["flip", "set", "cut", "insert", "remove", "double"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 255),
    st.binary(max_size=12),
)


def changed(data: bytes, change: Change) -> bytes:
    """Return data with one damage, at a place that is a share of its length, never inside of the secret."""
    what, share, number, more = change
    at = int(share * len(data))
    if not data or any(start <= at < start + len(SECRET) for start in _places(data)):
        return data
    match what:
        case "flip":
            return data[:at] + bytes([data[at] ^ (1 << number % 8)]) + data[at + 1 :]
        case "set":
            return data[:at] + bytes([number]) + data[at + 1 :]
        case "cut":
            return data[: max(at, 16)]
        case "insert":
            return data[:at] + more + data[at:]
        case "remove":
            end = min([at + number % 8, *(start for start in _places(data) if start >= at)])
            return data[:at] + data[end:]
    return data[:at] + data[max(0, at - number) : at].replace(SECRET, b"") + data[at:]


def _places(data: bytes) -> list[int]:
    found, at = [], data.find(SECRET)
    while at >= 0:
        found.append(at)
        at = data.find(SECRET, at + 1)
    return found


CHECKED = sorted(where for where, (kind, _) in HIDDEN.items() if kind in ("jpeg", "png", "webp"))
"""In a GIF and an AVIF a damaged number may say that the metadata are a part of the picture, and nothing denies it."""


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(CHECKED), CHANGES, st.sampled_from(["remove", "credit"]))
def test_one_damage_never_lets_a_position_through(where: str, change: Change, metadata: str) -> None:
    kind, data = HIDDEN[where]
    new = published(changed(data, change), kind, "credit" if metadata == "credit" else "remove")
    assert SECRET not in (new or b"")


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(sorted(HIDDEN)), st.lists(CHANGES, max_size=12), st.binary(max_size=40))
def test_no_damage_makes_reading_fail(where: str, changes: list[Change], tail: bytes) -> None:
    kind, data = HIDDEN[where]
    for change in changes:
        data = changed(data, change)[:20_000]
    for each in ("jpeg", "png", "gif", "webp", "avif", "bmp", kind):
        published(data + tail, each, "credit")
        new = published(data + tail, each)
        assert new is None or published(new, each) == new


def test_one_turned_bit_of_an_avif_is_refused_or_gives_what_stays_as_it_is() -> None:
    kind, data = HIDDEN["avif inside meta"]
    for at in range(len(data)):
        for bit in range(8):
            new = published(data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :], kind)
            assert new is None or published(new, kind) == new, (at, bit)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=200), st.integers(1, 8), st.data())
def test_exif_data_may_be_anything(noise: bytes, turned: int, data: st.DataObject) -> None:
    real = exif(turned, "Kim", "Lee")
    at = data.draw(st.integers(0, len(real)))
    assert 1 <= exif_in(noise).orientation <= 8
    assert 1 <= exif_in(real[:at] + noise + real[at:]).orientation <= 8
