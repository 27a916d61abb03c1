"""The codes of the problems that `yoyak fix` has repairs for, told without the repairs: a build seldom needs one."""

from __future__ import annotations

REPAIRED = frozenset(
    """
    control-characters bad-fence tab bad-address bad-alias bad-choice
    bad-date bad-edition bad-language bad-number bad-slug bad-timezone
    bad-url control-character duplicate-key empty-value missing-picture single-item
    unclosed-bracket unexpected-line unknown-key foreign-key unknown-theme wrong-shape
    yaml-syntax date-year-inferred
    """.split()
)
"""The keys of `yoyak.fixing.table.REPAIRS`."""
