"""How much the tests of incremental builds try, and where. ``make laws`` tries much more."""

from __future__ import annotations

import os
from pathlib import Path

MEMORY = Path("/dev/shm")

FIRST = int(os.environ.get("YOYAK_FIRST_SEQUENCE", "0"))
SEQUENCES = range(FIRST, FIRST + int(os.environ.get("YOYAK_SEQUENCES", "20")))
"""The numbers of the sequences of edits."""
AGAIN = int(os.environ.get("YOYAK_AGAIN", "3"))
"""How often one kind of edit is made again in its own sequence; a tricky one three times as often."""
KILLS = int(os.environ.get("YOYAK_KILLS", "3"))
"""Builds that are killed for each kind of system call, and at random times; every call, if there are fewer."""
FAULTS = int(os.environ.get("YOYAK_FAULTS", "1"))
"""Errors of the system for each kind of call, on each disk."""
MUTATIONS = int(os.environ.get("YOYAK_MUTATIONS", "15"))
"""Stores that are damaged by chance."""
