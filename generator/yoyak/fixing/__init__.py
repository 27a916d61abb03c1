"""``yoyak fix``: the small repairs that messages suggest, as line edits that are tried before they are offered.

A repair is found by the problem's code and place (`table`), made on the lines as their bytes are (`Lines`), and kept
only when the file, read again, says the same as before but for that problem (`mending`).
"""

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
"""The codes of problems that have a repair, the keys of `table.REPAIRS`; told here, since a build seldom needs one."""
