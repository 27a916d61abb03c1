"""Who looks at the desk, and what this person may say there."""

from __future__ import annotations

from collections.abc import Iterable

from yoyak.model.review import Event
from yoyak.model.types import Person, Record
from yoyak.review.state import key_of

_OF_OWN = ("resolve", "reopen", "reattach")
_VERDICTS = ("approve", "request-changes")


class Visitor(Record, kw_only=True):
    person: Person
    token: str
    """Which the forms carry."""
    guest: bool = False
    """Came by a link: may not edit, submit or hold."""
    may_approve: bool = True

    def may(self, what: str, answered: Event | None = None) -> bool:
        """Tell whether this person may write an event of a kind, and on the event that it answers."""
        if not self.guest or what in ("note", "reply"):
            return True
        if what in _OF_OWN:
            return answered is not None and key_of(answered.by) == key_of(self.person)
        return what in _VERDICTS and self.may_approve

    def may_answer(self, what: str, name: str, events: Iterable[Event]) -> bool:
        """Tell the same of the event that a form names."""
        return self.may(what, next((one for one in events if one.name == name), None))
