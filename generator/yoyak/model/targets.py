"""The keys of a target below ``deploy:`` of site.yaml: one type for each kind of host."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

from yoyak.model.keys import Keys


class FolderTarget(Keys, kw_only=True, tag_field="kind", tag="folder"):
    path: Annotated[str, Meta(description="Relative to the site folder, or absolute.")]


class GitTarget(Keys, kw_only=True, tag_field="kind", tag="git"):
    remote: Annotated[str, Meta(description="The address or the path of a git repository.")]
    branch: str = "gh-pages"
    message: str = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
)  # fmt: skip
