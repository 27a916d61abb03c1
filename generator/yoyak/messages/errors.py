"""The one exception that ends a run. It imports what it needs to speak when it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yoyak.model.message import Problem, Words


class YoyakError(Exception):
    """A run that cannot go on, for one reason; or for problems, each with its place."""

    def __init__(self, *reasons: Words | Problem) -> None:
        super().__init__(*reasons)

    @property
    def words(self) -> Words:
        """What a person is told, as a value of another message."""
        only = self.args[0] if len(self.args) == 1 else ""
        return only if isinstance(only, str) or hasattr(only, "key") else str(self)

    def __str__(self) -> str:
        if all(isinstance(reason, str) for reason in self.args):
            return "\n".join(self.args)
        from yoyak.messages.catalogue import printed, speak
        from yoyak.model.message import Problem

        return "\n".join(printed(reason) if isinstance(reason, Problem) else speak(reason) for reason in self.args)
