"""The containers of pictures: bytes in, bytes out. Pure, bounded, and nothing here raises for bad content."""

from __future__ import annotations

from typing import Literal

Metadata = Literal["remove", "credit", "keep"]
"""What of the metadata of pictures is published: nothing, who made them and whose they are, or everything."""
