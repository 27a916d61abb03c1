"""The keys of a target below ``deploy:`` of site.yaml: one type for each kind of host."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from yoyak.model.keys import Keys

Kept = Annotated[int, Meta(ge=1, le=1000, description="How many releases stay there, the live one among them.")]


class FolderTarget(Keys, kw_only=True, tag_field="kind", tag="folder"):
    path: Annotated[str, Meta(description="Relative to the site folder, or absolute.")]
    mode: Annotated[
        Literal["in-place", "release"],
        Meta(description="Change the files one by one, or write a new release beside the old one and switch a link."),
    ] = "in-place"
    keep: Kept = 5


class RsyncTarget(Keys, kw_only=True, tag_field="kind", tag="rsync"):
    host: Annotated[str, Meta(description="The machine as ssh knows it: host.example.org, desk@host.example.org.")]
    path: Annotated[str, Meta(description="A folder there: absolute, or below the home folder.")]
    port: Annotated[int, Meta(ge=1, le=65535, description="Of ssh.")] | None = None
    keep: Kept = 5


class GitTarget(Keys, kw_only=True, tag_field="kind", tag="git"):
    remote: Annotated[str, Meta(description="The address or the path of a git repository.")]
    branch: str = "gh-pages"
    message: str = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
    | RsyncTarget
)  # fmt: skip
