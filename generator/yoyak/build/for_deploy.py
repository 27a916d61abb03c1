"""What a deploy asks of a build: that the built site is that of the content now, and at this time."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import product

from msgspec import structs

from yoyak.incremental.unchanged import look, untouched
from yoyak.model.build import BuildReport, BuildRequest


def is_current(request: BuildRequest) -> bool:
    """Tell whether a build would have nothing to do: nothing that it reads changed, and nothing is due.

    A site that was built with files left out (`keep_going`), or with marks as they are, is current as well. The bytes
    of the output are not compared here: a deploy compares them with the manifest.
    """
    seen = look(request)
    choices = product((request.keep_going, not request.keep_going), (False, True))
    asked = (structs.replace(request, keep_going=going, allow_foreign_marks=marks) for going, marks in choices)
    return any(untouched(one, os.environ, seen, output_fresh=True) is not None for one in asked)


def made_current(request: BuildRequest, run: Callable[..., BuildReport]) -> BuildReport | None:
    """Build if anything changed, with `run`, and return its report; None when the built site is current."""
    seen = look(request)
    found = untouched(request, os.environ, seen)
    return None if found is not None else run(request, seen=seen)
