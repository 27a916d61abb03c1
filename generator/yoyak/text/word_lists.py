"""Words of many languages, and of other programs, as data: files of lists, each in the folder of its package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml

T = TypeVar("T")


def word_lists(file: str) -> Mapping[str, Sequence[str]]:
    """Return the lists of a file, such as ``text/lists/months``, by their names, each in its order."""
    return data_of(file, dict[str, tuple[str, ...]])


def data_of(file: str, shape: type[T]) -> T:
    """Return what is in a file of data of the package."""
    source = files("yoyak").joinpath(f"{file}.yaml").read_text(encoding="utf-8")
    written = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return msgspec.convert(written, shape)
