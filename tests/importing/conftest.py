"""The clock of the imports."""

from __future__ import annotations

import pytest

from importing.desk import NOON


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
