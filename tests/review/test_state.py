"""The table of facts of review: article, events and policy on one side, how the article stands on the other.

An event is written in few words: ``kim approve A`` says that Kim approves the words A, ``lee resolve A 2`` that Lee
resolves the second event of the row. Each is a minute later than the one before it. The article says ``A`` now, unless
the row says otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import pytest
from msgspec import structs

from rows import each_row
from yoyak.model.review import Event, Review, VoidEvent
from yoyak.model.schema import ReviewKeys
from yoyak.model.types import Person
from yoyak.review.state import Reviewed, review_of

START = datetime(2024, 7, 3, 9, tzinfo=UTC)
KIM, LEE = Person(name="Kim", email="kim@example.org"), Person(name="Lee", email="lee@example.org")
AUTHOR, EDITOR = Person(name="Author", email="author@example.org"), Person(name="Editor", email="editor@example.org")
PEOPLE = {
    "kim": KIM,
    "lee": LEE,
    "author": AUTHOR,
    "editor": EDITOR,
    "KIM": Person(name="KIM", email="Kim@Example.org"),
    "kim-without-address": Person(name="Kim"),
    "kim-at-home": Person(name="Kim", email="kim@home.example"),
    "kims-other-name": Person(name="Kim Minji", email="kim@example.org"),
    "author-without-address": Person(name="author"),
    "author-at-home": Person(name="Author", email="me@home.example"),
    "authors-other-name": Person(name="A. Uthor", email="AUTHOR@example.org"),
    "wide-author": Person(name="Ａｕｔｈｏｒ\u200b", email="wide@example.org"),
    "stranger": Person(name="Stranger", email="stranger@example.org"),
}
FREE = ReviewKeys()
ONE = ReviewKeys(required=True)
TWO = ReviewKeys(required=True, approvals=2)
FOUR_EYES = ReviewKeys(required=True, four_eyes=True)
LISTED = ReviewKeys(required=True, four_eyes=True, reviewers=("kim@example.org", "Lee@Example.org"))
BOTH = ReviewKeys(required=True, approvals=2, reviewers=("kim@example.org", "kim@home.example", "lee@example.org"))


class Row(NamedTuple):
    policy: ReviewKeys
    events: str
    """Separated by semicolons; ``+0`` after one: at the same instant as the one before; ``-90``: 90 minutes earlier."""
    state: str
    held: bool
    by: str = ""
    waits_for: str = ""
    now: str = "A"
    status: str = "approved"
    missing: int = 0


def events_of(row: str) -> list[Event | VoidEvent]:
    """Return the events that a row names."""
    made: list[Event | VoidEvent] = []
    at = START
    for number, written in enumerate(filter(None, map(str.strip, row.split(";"))), 1):
        words = written.split()
        shift = int(words.pop()) if words[-1][0] in "+-" else 1
        at += timedelta(minutes=shift)
        if words[0] == "void":
            made.append(VoidEvent(name=f"event-{number}", harmless=words[1] == "harmless"))
            continue
        values: dict[str, Any] = {"answers": f"event-{words[3]}"} if len(words) > 3 else {}
        made.append(
            Event(name=f"event-{number}", event=words[1], by=PEOPLE[words[0]], at=at, seen=words[2], text="?", **values)  # type: ignore[arg-type]
        )
    return made


def found(row: Row, events: list[Event | VoidEvent] | None = None) -> Review:
    subject = Reviewed(status=row.status, seen=row.now, authors=(AUTHOR,))  # type: ignore[arg-type]
    return review_of(subject, events_of(row.events) if events is None else events, row.policy)


FACTS = {
    # --- without a policy, front matter decides; review only shows, and a hold holds ---
    "free, nothing said": Row(FREE, "", "approved", False, missing=0),
    "free, a draft": Row(FREE, "", "draft", False, status="draft", missing=1),
    "free, a draft that was submitted": Row(FREE, "author submit A", "in-review", False, status="draft", missing=1),
    "free, in review": Row(FREE, "", "in-review", False, status="review", missing=1),
    "free, submitted": Row(FREE, "author submit A", "in-review", False, missing=1),
    "free, approved on record": Row(FREE, "kim approve A", "approved", False, "Kim", status="review"),
    "free, a stale approval": Row(FREE, "kim approve B", "stale", False, "Kim", missing=1),
    "free, changes requested": Row(FREE, "kim request-changes A", "changes-requested", False, "Kim", "Author"),
    "free, on hold": Row(FREE, "lee hold A", "on-hold", True, "Lee", "Lee"),
    "free, a hold of other words": Row(FREE, "lee hold B", "on-hold", True, "Lee", "Lee"),
    "free, a void file that may be a hold": Row(FREE, "void harmful", "on-hold", True, "event-1", "event-1"),
    "free, a void note": Row(FREE, "void harmless", "approved", False),
    # --- one approval ---
    "nobody said anything": Row(ONE, "", "in-review", True, missing=1),
    "front matter says approved": Row(ONE, "", "in-review", True, status="approved", missing=1),
    "unlisted and not approved": Row(ONE, "", "in-review", True, status="unlisted", missing=1),
    "unlisted and approved": Row(ONE, "kim approve A", "approved", False, "Kim", status="unlisted"),
    "in review and approved": Row(ONE, "kim approve A", "approved", False, "Kim", status="review"),
    "a draft": Row(ONE, "", "draft", True, status="draft"),
    "a draft that was approved": Row(ONE, "kim approve A", "draft", True, status="draft"),
    "a note": Row(ONE, "kim note A", "in-review", True, missing=1),
    "submitted": Row(ONE, "author submit A", "in-review", True, missing=1),
    "approved": Row(ONE, "kim approve A", "approved", False, "Kim"),
    "approved by its author": Row(ONE, "author approve A", "approved", False, "Author"),
    "approved in other words": Row(ONE, "kim approve B", "stale", True, "Kim", missing=1),
    "stale and approved again": Row(ONE, "kim approve B; kim approve A", "approved", False, "Kim"),
    "stale and back": Row(ONE, "kim approve A; kim note B", "approved", False, "Kim"),
    "back to words approved before others": Row(ONE, "kim approve A; kim approve B", "approved", False, "Kim"),
    "stale for one, approved by another": Row(ONE, "kim approve B; lee approve A", "approved", False, "Lee"),
    # --- several ---
    "one of two": Row(TWO, "kim approve A", "in-review", True, missing=1),
    "two of two": Row(TWO, "kim approve A; lee approve A", "approved", False, "Kim Lee"),
    "one person twice": Row(TWO, "kim approve A; kim approve A", "in-review", True, missing=1),
    "one person in other letters": Row(TWO, "kim approve A; KIM approve A", "in-review", True, missing=1),
    "one name, with and without address": Row(
        TWO, "kim approve A; kim-without-address approve A", "in-review", True, missing=1
    ),
    "one name, two addresses": Row(TWO, "kim approve A; kim-at-home approve A", "in-review", True, missing=1),
    "one address, two names": Row(TWO, "kim approve A; kims-other-name approve A", "in-review", True, missing=1),
    "two of one name, both listed": Row(BOTH, "kim approve A; kim-at-home approve A", "approved", False, "Kim"),
    "two of two, one stale": Row(TWO, "kim approve A; lee approve B", "stale", True, "Lee", missing=1),
    "two of two, different words": Row(TWO, "kim approve B; lee approve B", "stale", True, "Kim Lee", missing=2),
    # --- four eyes ---
    "own": Row(FOUR_EYES, "author approve A", "in-review", True, missing=1),
    "own, by the address": Row(FOUR_EYES, "authors-other-name approve A", "in-review", True, missing=1),
    "own, by the name": Row(FOUR_EYES, "author-without-address approve A", "in-review", True, missing=1),
    "own, by the name at another address": Row(FOUR_EYES, "author-at-home approve A", "in-review", True, missing=1),
    "own, in letters that look alike": Row(FOUR_EYES, "wide-author approve A", "in-review", True, missing=1),
    "submitted and approved by one": Row(FOUR_EYES, "editor submit A; editor approve A", "in-review", True, missing=1),
    "approved, then submitted by one": Row(FOUR_EYES, "kim approve A; kim submit A", "in-review", True, missing=1),
    "submitted long ago by one": Row(FOUR_EYES, "kim submit B; kim approve A", "in-review", True, missing=1),
    "submitted by name only": Row(
        FOUR_EYES, "kim-without-address submit A; kim approve A", "in-review", True, missing=1
    ),
    "four eyes": Row(FOUR_EYES, "author submit A; kim approve A", "approved", False, "Kim"),
    # --- reviewers ---
    "a stranger": Row(
        LISTED, "stranger approve A", "in-review", True, "", "kim@example.org Lee@Example.org", missing=1
    ),
    "a reviewer's name without the address": Row(
        LISTED, "kim-without-address approve A", "in-review", True, "", "kim@example.org Lee@Example.org", missing=1
    ),
    "a reviewer": Row(LISTED, "lee approve A", "approved", False, "Lee"),
    "a reviewer in other letters": Row(LISTED, "KIM approve A", "approved", False, "KIM"),
    "a reviewer who submitted": Row(
        LISTED, "kim submit A; kim approve A", "in-review", True, "", "Lee@Example.org", missing=1
    ),
    "who asked for changes may approve what was changed": Row(
        LISTED,
        "author submit B; kim request-changes B; author submit A",
        "in-review",
        True,
        "",
        "kim@example.org Lee@Example.org",
        missing=1,
    ),
    "who approved need not again": Row(
        structs.replace(LISTED, approvals=2), "kim approve A", "in-review", True, "", "Lee@Example.org", missing=1
    ),
    "a stranger's request holds all the same": Row(
        LISTED, "kim approve A; stranger request-changes A", "changes-requested", True, "Stranger", "Author"
    ),
    # --- requests for changes ---
    "requested": Row(ONE, "kim request-changes A", "changes-requested", True, "Kim", "Author", missing=1),
    "requested after another's approval": Row(
        ONE, "lee approve A; kim request-changes A", "changes-requested", True, "Kim", "Author"
    ),
    "requested before another's approval": Row(
        ONE, "kim request-changes A; lee approve A", "changes-requested", True, "Kim", "Author"
    ),
    "met by the approval of who asked": Row(ONE, "kim request-changes A; kim approve A", "approved", False, "Kim"),
    "not met by a namesake's approval": Row(
        ONE, "kim request-changes A; kim-at-home approve A", "changes-requested", True, "Kim", "Author"
    ),
    "met by resolving it": Row(ONE, "lee approve A; kim request-changes A; kim resolve A 2", "approved", False, "Lee"),
    "not met when another resolves it": Row(
        ONE, "lee approve A; kim request-changes A; lee resolve A 2", "changes-requested", True, "Kim", "Author"
    ),
    "not met when a namesake resolves it": Row(
        ONE,
        "lee approve A; kim request-changes A; kim-without-address resolve A 2",
        "changes-requested",
        True,
        "Kim",
        "Author",
    ),
    "not met by resolving something else": Row(
        ONE, "kim note A; kim request-changes A; kim resolve A 1", "changes-requested", True, "Kim", "Author", missing=1
    ),
    "opened again": Row(
        ONE,
        "lee approve A; kim request-changes A; kim resolve A 2; author reopen A 2",
        "changes-requested",
        True,
        "Kim",
        "Author",
    ),
    "opened again and resolved again": Row(
        ONE,
        "lee approve A; kim request-changes A; kim resolve A 2; author reopen A 2; kim resolve A 2",
        "approved",
        False,
        "Lee",
    ),
    "opened again about the words that were to meet it": Row(
        ONE,
        "lee approve A; kim request-changes B; author submit A; kim reopen A 2",
        "changes-requested",
        True,
        "Kim",
        "Author",
    ),
    "met by submitting other words": Row(
        ONE, "kim request-changes B; author submit A; lee approve A", "approved", False, "Lee"
    ),
    "not met by submitting the same words": Row(
        ONE, "kim request-changes A; author submit A; lee approve A", "changes-requested", True, "Kim", "Author"
    ),
    "not met when the refused words are back": Row(
        ONE, "lee approve A; kim request-changes A; author submit B", "changes-requested", True, "Kim", "Author"
    ),
    "not met by an approval of others when the refused words are back": Row(
        ONE, "lee approve A; kim request-changes A; kim approve B", "changes-requested", True, "Kim", "Author"
    ),
    "not met by words that are only written": Row(
        ONE, "kim request-changes B; lee approve A", "changes-requested", True, "Kim", "Author"
    ),
    "one's own approval is taken back by a request": Row(
        ONE, "kim approve A; kim request-changes A; kim resolve A 2", "in-review", True, missing=1
    ),
    "a second request does not lift the first": Row(
        ONE,
        "lee approve A; kim request-changes A; kim request-changes C; author submit B",
        "changes-requested",
        True,
        "Kim",
        "Author",
    ),
    "two requests, one met": Row(
        ONE, "kim request-changes A; lee request-changes A; kim approve A", "changes-requested", True, "Lee", "Author"
    ),
    "requested of a draft": Row(
        ONE, "kim request-changes A", "changes-requested", True, "Kim", "Author", status="draft", missing=1
    ),
    # --- holds ---
    "a hold beats approvals": Row(TWO, "kim approve A; lee approve A; kim hold A", "on-hold", True, "Kim", "Kim"),
    "an approval does not release": Row(ONE, "kim hold A; kim approve A", "on-hold", True, "Kim", "Kim"),
    "released": Row(ONE, "kim approve A; lee hold A; kim release A 2", "approved", False, "Kim"),
    "one of two released": Row(
        ONE, "kim approve A; lee hold A; kim hold A; kim release A 2", "on-hold", True, "Kim", "Kim"
    ),
    "both released": Row(
        ONE, "kim approve A; lee hold A; kim hold A; kim release A 2; kim release A 3", "approved", False, "Kim"
    ),
    "a release of no hold": Row(ONE, "kim approve A; lee hold A; kim release A 1", "on-hold", True, "Lee", "Lee"),
    "a release by a clock that is slow": Row(
        ONE, "kim approve A; lee hold A; kim release A 2 -90", "approved", False, "Kim"
    ),
    # --- void files ---
    "a void note beside an approval": Row(ONE, "kim approve A; void harmless", "approved", False, "Kim"),
    "a void unknown beside an approval": Row(ONE, "kim approve A; void harmful", "on-hold", True, "event-2", "event-2"),
    "a void file beside a hold": Row(ONE, "kim hold A; void harmful", "on-hold", True, "Kim", "Kim"),
    # --- clocks ---
    "of one instant, a request is the later": Row(
        ONE, "kim request-changes A; kim approve A +0", "changes-requested", True, "Kim", "Author", missing=1
    ),
    "of one instant, a submission does not meet": Row(
        ONE, "kim request-changes B; author submit A +0; lee approve A", "changes-requested", True, "Kim", "Author"
    ),
    "of one instant, to open again is the later": Row(
        ONE,
        "lee approve A; kim request-changes A; kim reopen A 2; kim resolve A 2 +0",
        "changes-requested",
        True,
        "Kim",
        "Author",
    ),
    "a slow clock's submission does not meet": Row(
        ONE, "kim request-changes B; author submit A -90; lee approve A", "changes-requested", True, "Kim", "Author"
    ),
}


@each_row("fact", FACTS)
def test_an_article_stands_as_the_table_says(fact: str) -> None:
    row = FACTS[fact]
    review = found(row)
    assert (review.state, review.ribbon is not None) == (row.state, row.held)
    assert review.by == tuple(row.by.split())
    assert review.waits_for == tuple(row.waits_for.split())
    if row.state not in ("on-hold", "changes-requested"):
        assert review.missing == row.missing or row.policy is FREE


def test_a_scope_says_what_was_looked_at_and_changes_nothing_else() -> None:
    (event,) = events_of("kim approve A")
    scoped = structs.replace(event, scope=("facts",))
    assert found(FACTS["approved"], [scoped]).state == found(FACTS["approved"], [event]).state == "approved"


def test_a_stale_article_names_the_words_that_were_approved_last() -> None:
    assert found(Row(ONE, "kim approve B; lee approve C; kim note A", "", True)).seen == "C"


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ("kim approve A", ""),
        ("kim approve B", "words"),
        ("stranger approve A", "reviewer"),
        ("kim submit A; kim approve A", "submitter"),
        ("kim approve A; kim request-changes A", "later"),
    ],
)
def test_an_approval_says_why_it_does_not_count(events: str, why: str) -> None:
    verdict = found(Row(LISTED, events, "", True)).verdicts[0]
    assert (verdict.counts, verdict.why_not) == (not why, why)


def test_a_note_is_open_until_it_is_resolved_and_again_when_it_is_opened_again() -> None:
    opened = [
        found(Row(ONE, events, "", True)).threads[0].open
        for events in ("kim note A", "kim note A; lee resolve A 1", "kim note A; lee resolve A 1; kim reopen A 1")
    ]
    assert opened == [True, False, True]


# --- laws -------------------------------------------------------------------------------------------

WHO = ("kim", "lee", "author", "KIM", "kim-at-home", "kim-without-address", "stranger")
WHAT = ("note", "reply", "resolve", "reopen", "submit", "approve", "approve", "request-changes", "hold", "release")
POLICIES = (FREE, ONE, TWO, FOUR_EYES, LISTED, BOTH)


def drawn(chance: Random) -> Row:
    """Return some events of few people about few words, answers to each other."""
    count = chance.randint(1, 9)
    events = "; ".join(
        f"{chance.choice(WHO)} {chance.choice(WHAT)} {chance.choice('AAB')} {chance.randint(1, count)} "
        f"{chance.choice(('+1', '+1', '+0', '-2'))}"
        for _ in range(count)
    )
    status = chance.choice(("approved", "approved", "review", "draft", "unlisted"))
    return Row(chance.choice(POLICIES), events, "", False, status=status)


ROWS = [drawn(Random(number)) for number in range(2000)]


def test_the_order_of_files_decides_nothing() -> None:
    for number, row in enumerate(ROWS):
        events = [*events_of(row.events), VoidEvent(name="b", harmless=True), VoidEvent(name="a", harmless=True)]
        mixed = Random(number).sample(events, len(events))
        assert found(row, events) == found(row, mixed), row


def test_what_is_added_and_holds_back_never_lets_out() -> None:
    """A void or an unknown file, a hold, a request for changes, a note: nothing of it may help an article out."""
    for number, row in enumerate(ROWS):
        events, chance = events_of(row.events), Random(number)
        for void in (True, False):
            now = found(row, [*events, VoidEvent(name="void", harmless=void)])
            assert now.ribbon or not found(row).ribbon, row
            assert void or now.state == "on-hold"
        for what in ("request-changes", "note", "reopen"):
            more = Event(
                name="more", event=what, by=PEOPLE[chance.choice(WHO)], seen=chance.choice("AB"),
                at=START + timedelta(minutes=chance.randint(-3, 12)), answers=f"event-{chance.randint(1, 9)}",
            )  # type: ignore[arg-type]  # fmt: skip
            assert found(row, [*events, more]).ribbon or not found(row).ribbon, (row, more)


def test_a_hold_always_holds() -> None:
    for number, row in enumerate(ROWS):
        at = START + timedelta(minutes=Random(number).randint(-9, 99))
        hold = Event(name="hold", event="hold", by=LEE, at=at, seen="B")
        assert found(row, [*events_of(row.events), hold]).state == "on-hold", row


def test_to_lose_a_file_that_helps_out_never_lets_out() -> None:
    """An approval, a release or a resolution that is torn is a harmless void; nothing goes out for the lack of it."""
    for row in ROWS:
        events = events_of(row.events)
        for one in events:
            if isinstance(one, Event) and one.event in ("approve", "release", "resolve", "note", "reply"):
                rest = [other for other in events if other is not one]
                assert found(row, rest).ribbon or not found(row).ribbon, (row, one)


def test_nothing_goes_out_under_a_policy_but_in_words_that_enough_people_approved() -> None:
    for row in ROWS:
        review = found(row)
        if row.policy.required and not review.ribbon:
            saw = {one.event.by for one in review.verdicts if one.counts and one.event.event == "approve"}
            assert len(saw) >= row.policy.approvals, row
            assert all(one.event.seen == row.now for one in review.verdicts if one.counts), row


def test_the_rows_let_some_out_and_hold_some_back() -> None:
    """A state that always holds back would hold to any law."""
    let_out = sum(found(row).ribbon is None for row in ROWS if row.policy.required)
    assert 20 < let_out < len(ROWS) // 2
