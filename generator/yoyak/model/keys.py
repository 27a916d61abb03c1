"""The base of every mapping that an editor writes: those of files are in `schema`, those of hosts in `targets`."""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Struct


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Keys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every mapping that an editor writes. A key that is not written is `UNSET` or its default."""
