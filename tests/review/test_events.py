"""Events as files: whatever is said is read back, and no damage makes an approval of what was none."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from msgspec import structs

from rows import each_row
from samples import some
from yoyak.model.review import EVENT_KINDS, SCOPES, Anchor, Event, VoidEvent
from yoyak.model.types import Person
from yoyak.review.events import LIMIT, name_of, named, read_event, written

SEEN = "5e" * 32
KIM = Person(name="Kim", email="kim@example.org")
AT = datetime(2024, 7, 3, 9, 15, 7, 123000, tzinfo=UTC)
APPROVAL = Event(name="", event="approve", by=KIM, at=AT, seen=SEEN, scope=("facts",), text="Read twice.")
NOTE = Event(
    name="", event="note", by=KIM, at=AT, seen=SEEN, kind="fact", text="Is this so?", answers="20240703T0915Z-lee-1",
    anchor=Anchor(block="3f9a2c1b-1", quote="runs daily", before="ferry ", after=" from"), instead="runs twice a day",
)  # fmt: skip
TEXTS = (
    "two\nlines", "a: b", "- a", "# no comment", "'", '"', "\\", "\\n", "%TAG", "&a *a !t", "{a: [b]}", "@`", "? |", "> x",  # noqa: E501
    "---", "...", "--- \n...\n", "null", "~", "yes", "1e3", "0x1f", "2024-07-03", "2024-07-03 09:00", " leading", "trailing ",  # noqa: E501
    "\ttab", "a\r\nb", "a\rb", "\x00", "\x01\x1f", "\x7f\x80\x85\x9f", "\u2028\u2029", "\ufeff", "\ufffe\uffff", "\U0001f9ea\u200d",  # noqa: E501
    "\u202e", "각\u1100\u1161", "é", "<<<<<<< ours", "=======", "x" * 20_000, "\U0001f9ea" * 5000, "seen: " + SEEN,
    "event: approve\nseen: " + SEEN,
)  # fmt: skip
_ALPHABET = (
    "ab \n\r\t:#-'\"\\{}[]&*!|>%@`,?~\x00\x07\x1b\x7f\x85\xa0\u2028\u2029\ufeff\u200d\ud7ff\ue000\uffff가é\U0001f9ea"
)


def read_back(event: Event) -> Event | VoidEvent:
    event = named(event)
    return read_event(event.name, written(event))


def test_what_no_file_may_hold_is_left_out_of_a_text() -> None:
    event = named(structs.replace(NOTE, text="a\r\nb\rc\x00\x1b[2J\x7f\x85d\u1112\u1161\ufffe"))
    assert event.text == "a\nb\nc[2Jd\ud558"
    assert read_event(event.name, written(event)) == event


@each_row("number", range(len(TEXTS)))
def test_any_text_is_read_back_as_it_was_written(number: int) -> None:
    text = TEXTS[number]
    for event in (
        structs.replace(NOTE, text=f"x{text}"[:20_000]),
        structs.replace(NOTE, instead=f"x{text}"[:2000]),
        structs.replace(
            NOTE, anchor=structs.replace(NOTE.anchor, quote=text[:2000], before=text[:99], after=text[:99])
        ),
        structs.replace(NOTE, by=Person(name=f"x{text}"[:200], email="a@b.example")),
    ):
        assert read_back(event) == named(event)


def test_any_event_is_read_back_as_it_was_written() -> None:
    for number in range(1000):
        chance = Random(number)

        def text(longest: int, chance: Random = chance) -> str:
            return "".join(chance.choices(_ALPHABET, k=chance.randint(0, longest)))

        anchor = Anchor(block="a-1", quote=text(40), before=text(9), after=text(9))
        event = Event(
            name="", event=chance.choice(EVENT_KINDS), by=Person(name=f"K{text(20)}", email=chance.choice((None, "a@b.c"))),  # noqa: E501
            at=AT, seen=SEEN, scope=tuple(chance.sample(SCOPES, chance.randint(0, 4))), text=f"T{text(200)}",
            anchor=anchor if chance.random() < 0.6 else None, answers=f"event-{number}", instead=text(40),
        )  # type: ignore[arg-type]  # fmt: skip
        if event.event == "reattach":
            event = structs.replace(event, anchor=anchor)
        assert read_back(event) == named(event), number


@pytest.mark.parametrize("event", [APPROVAL, NOTE], ids=["approval", "note"])
def test_every_beginning_of_a_file_is_void(event: Event) -> None:
    data = written(event)
    for length in range(len(data)):
        found = read_event("x", data[:length])
        assert isinstance(found, VoidEvent), data[:length]
        assert not found.harmless or b"\n" in data[:length]


def flips(data: bytes) -> list[tuple[int, int]]:
    """Return places and bits: all of the first line, which says what an event is, and some of the others."""
    kind, rest = data.index(b"\n") * 8, range(data.index(b"\n") * 8, len(data) * 8)
    return [divmod(number, 8) for number in [*range(kind), *some(rest, 300)]]


@pytest.mark.slow
def test_a_flipped_bit_of_another_event_never_makes_an_approval() -> None:
    for kind in EVENT_KINDS:
        if kind == "approve":
            continue
        data = written(structs.replace(NOTE, event=kind))
        for place, bit in flips(data):
            found = read_event("x", data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :])
            assert isinstance(found, VoidEvent) or found.event == kind, (kind, place, bit)


def test_a_flipped_bit_of_an_approval_never_widens_it_but_by_its_digest_and_its_person() -> None:
    """No check-sum stands in a file that people may write; the digest of the words and the name are what binds it."""
    data = written(APPROVAL)
    for place, bit in flips(data):
        found = read_event("x", data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :])
        if isinstance(found, Event):
            assert found.event == "approve", (place, bit)
            assert set(found.scope) <= set(APPROVAL.scope), (place, bit)


def test_a_hold_that_is_damaged_anywhere_holds() -> None:
    data = written(Event(name="", event="hold", by=KIM, at=AT, seen=SEEN))
    for place, bit in flips(data):
        found = read_event("x", data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :])
        held = isinstance(found, Event) and found.event == "hold"
        assert held or not getattr(found, "harmless", True), (place, bit)
    for length in range(len(data)):
        assert not getattr(read_event("x", data[:length]), "harmless", True)


GOOD = written(APPROVAL).decode()
VOID = {
    "nothing": "",
    "an empty line": "\n",
    "no mapping": "- approve\n",
    "a word": "approve\n",
    "no line end": GOOD.rstrip("\n"),
    "a key twice": GOOD + "event: hold\n",
    "two digests": GOOD + f"seen: {'6f' * 32}\n",
    "the marks of a conflict": "<<<<<<< ours\n" + GOOD,
    "the marks of a conflict around a line": GOOD.replace("scope", "<<<<<<< ours\nscope").replace(
        "seen:", "=======\n>>>>>>> theirs\nseen:"
    ),
    "two files in one": GOOD + GOOD,
    "two documents": GOOD + "---\n" + GOOD,
    "an unknown kind": GOOD.replace("event: approve", "event: embargo"),
    "an unknown key": GOOD + "until: 2024-08-01\n",
    "an unknown scope": GOOD.replace("[facts]", "[facts, taste]"),
    "a digest in other letters": GOOD.replace(SEEN, SEEN.upper()),
    "a short digest": GOOD.replace(SEEN, SEEN[:40]),
    "no digest": GOOD.replace(f"seen: {SEEN}\n", ""),
    "no instant": GOOD.replace("2024-07-03T09:15:07.123Z", "yesterday"),
    "an instant beyond all": GOOD.replace("2024-07-03T09:15:07.123Z", "9999-12-31T23:59:59-23:00"),
    "nobody": GOOD.replace('"Kim"', '" "'),
    "too large": GOOD.replace("Read twice.", "x" * LIMIT),
    "a text too long": GOOD.replace("Read twice.", "x" * 20_001),
    "deep": "event: approve\ntext: " + "[" * 20_000 + "]" * 20_000 + "\n",
    "deep by lines": "event: approve\n" + "".join(" " * depth + "a:\n" for depth in range(200)),
    "an anchor of YAML": GOOD.replace('"Read twice."', "&a [x]\nkind: *a"),
    "a laughing bomb": "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)) + GOOD,  # noqa: E501
    "a tag": GOOD.replace("approve", "!!python/object:os.system approve"),
    "no UTF-8": "\udcff" + GOOD,
}  # fmt: skip


@each_row("damage", VOID)
def test_what_is_not_surely_an_event_is_void(damage: str) -> None:
    assert isinstance(read_event("x", VOID[damage].encode("utf-8", "surrogateescape")), VoidEvent)


SAME = {
    "line ends of Windows": GOOD.replace("\n", "\r\n"),
    "a mark of the order of bytes": "\ufeff" + GOOD,
    "single quotes": GOOD.replace('"Kim"', "'Kim'"),
    "a comment": "# by hand\n" + GOOD,
}


@pytest.mark.parametrize("way", SAME)
def test_a_file_written_in_another_way_is_the_same_event(way: str) -> None:
    assert read_event("x", SAME[way].encode()) == read_event("x", GOOD.encode())


@each_row(
    ("line", "harmless"),
    [
        ("event: approve", True),
        ("event: note", True),
        ("event: 'release' ", True),
        ("event: submit", False),
        ("event: reopen", False),
        ("event: hold", False),
        ("event: request-changes", False),
        ("event: noted", False),
        ("event: note # hold", False),
        ("# event: note", False),
        ("x: 1\nevent: note", False),
    ],
)
def test_a_void_file_is_harmless_only_if_its_first_line_says_so(line: str, harmless: bool) -> None:
    found = read_event("x", f"{line}\nby:".encode())
    assert isinstance(found, VoidEvent)
    assert found.harmless is harmless


@pytest.mark.parametrize(
    ("person", "who"),
    [
        (Person(name="김하늘"), "김하늘"),
        (Person(name="K/../..", email="../../etc@x.example"), "etc"),
        (Person(name="…"), "somebody"),
        (Person(name="CON", email="con@x.example"), "con"),
        (Person(name="x" * 200), "x" * 24),
    ],
)
def test_the_name_of_a_file_is_a_plain_one_whoever_writes(person: Person, who: str) -> None:
    name = name_of(structs.replace(NOTE, by=person))
    assert name.startswith(f"20240703T0915Z-{who}-")
    assert not set('/\\:*?"<>|\x00. ') & set(name)


def test_events_of_one_minute_have_names_of_their_own() -> None:
    names = {name_of(structs.replace(NOTE, text=f"{number}")) for number in range(200)}
    assert len(names) == 200
