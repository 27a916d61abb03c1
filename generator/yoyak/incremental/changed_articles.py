"""What changed since the last build, as long as it is articles that were written again, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial

from yoyak.engine.run import Job
from yoyak.incremental.files_now import change_of
from yoyak.incremental.save_state import digest_of_file
from yoyak.model.sources import unchanged
from yoyak.pipeline.load import is_note
from yoyak.store.remembered import FileRow

MOST = 200
"""Files; with more the whole build is as quick, and reads them side by side."""


def edited_articles(job: Job, files: Mapping[str, FileRow]) -> tuple[str, ...] | None:
    """Return the paths of the articles that changed, as the disk spells them, or None when something else did.

    A file that looks different and has the same bytes has not changed. Captures are left to the whole build: git may
    have to be asked for their day.
    """
    if job.stamps.keys() != files.keys():
        return None
    looks = [path for path, now in job.stamps.items() if not unchanged(files[path].stamp, now)]
    if len(looks) > MOST or not all(files[path].key and not path.lower().endswith(".txt") for path in looks):
        return None
    folder = job.request.folder.resolve()
    if any(os.path.islink(f"{folder}/{path}") for path in looks):  # noqa: PTH114 - load says where links may lead
        return None
    digests = {path: digest_of_file(folder, path, job.stamps[path]) for path in looks}
    if not all(digests.values()):
        return None
    edits = [path for path in looks if change_of(files[path], job.stamps[path], partial(digests.__getitem__, path))]
    articles = all(files[path].place and not is_note(path) for path in edits)
    return tuple(edits) if articles else None
