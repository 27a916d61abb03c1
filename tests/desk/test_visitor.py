"""What a visitor of the desk may say."""

from __future__ import annotations

from rows import each_row
from yoyak.desk.pages import Visitor
from yoyak.desk.records import event_now
from yoyak.model.review import EVENT_KINDS
from yoyak.model.types import Person

LEE = Person(name="Lee", email="lee@example.org")
OWN = event_now("note", Person(name="L.", email="LEE@example.org"))
OTHERS = event_now("note", Person(name="Lee", email="kim@example.org"))
FREE, OF_OWN, VERDICTS = {"note", "reply"}, {"resolve", "reopen", "reattach"}, {"approve", "request-changes"}


@each_row("what", EVENT_KINDS)
def test_a_guest_notes_decides_over_own_notes_and_with_leave_gives_verdicts(what: str) -> None:
    guest = Visitor(person=LEE, token="", guest=True, may_approve=False)
    approver = Visitor(person=LEE, token="", guest=True, may_approve=True)
    assert guest.may(what, OWN) is (what in FREE | OF_OWN)
    assert guest.may(what, OTHERS) is (what in FREE)
    assert guest.may(what) is (what in FREE)
    assert approver.may(what, OTHERS) is (what in FREE | VERDICTS)
    assert approver.may_answer(what, "nothing", ()) is (what in FREE | VERDICTS)


@each_row("what", EVENT_KINDS)
def test_the_editor_may_say_everything(what: str) -> None:
    assert Visitor(person=LEE, token="").may(what, OTHERS)
