"""How many there are of something, in words."""

from __future__ import annotations

from yoyak.model.problems import Problem, errors


def counted(number: int, noun: str) -> str:
    """Return ``1 article`` or ``3 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counted_problems(problems: tuple[Problem, ...]) -> str:
    """Return ``2 errors and 1 warning``, or ``No problems``."""
    wrong = len(errors(problems))
    warnings = len(problems) - wrong
    parts = [counted(wrong, "error")] * bool(wrong) + [counted(warnings, "warning")] * bool(warnings)
    return " and ".join(parts) or "No problems"
