"""Job titles behind the names that an editor wrote in front matter."""

from __future__ import annotations

import re
from functools import cache


def without_role(name: str) -> str:
    """Return the name that an editor wrote in front matter without a job title behind it.

    >>> without_role("김하늘 기자")
    '김하늘'
    """
    return _title().sub("", name.strip()) or name


@cache
def _title() -> re.Pattern[str]:
    from yoyak.readers.word_lists import alternatives  # here, for a build in which nobody is named

    ranks, titles = (alternatives(name, "job-titles") for name in ("job-ranks", "job-titles"))
    return re.compile(rf"\s+(?:(?:{ranks})\s?)?(?:{titles})$")
