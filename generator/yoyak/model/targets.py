"""The keys of a target below ``deploy:`` of site.yaml: one type for each kind of host."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from yoyak.model.keys import Keys


class TargetKeys(Keys, kw_only=True):
    """What every kind of target has."""

    base_url: Annotated[
        str, Meta(description="Where the site stands there, if that is not the site's own base_url.")
    ] = ""
    previews: Annotated[bool, Meta(description="Whether previews may go there, with drafts in them.")] = False


Kept = Annotated[int, Meta(ge=1, le=1000, description="How many releases stay there, the live one among them.")]


class FolderTarget(TargetKeys, kw_only=True, tag_field="kind", tag="folder"):
    path: Annotated[str, Meta(description="Relative to the site folder, or absolute.")]
    mode: Annotated[
        Literal["in-place", "release"],
        Meta(description="Change the files one by one, or write a new release beside the old one and switch a link."),
    ] = "in-place"
    keep: Kept = 5


class RsyncTarget(TargetKeys, kw_only=True, tag_field="kind", tag="rsync"):
    host: Annotated[str, Meta(description="The machine as ssh knows it: host.example.org, desk@host.example.org.")]
    path: Annotated[str, Meta(description="A folder there: absolute, or below the home folder.")]
    port: Annotated[Annotated[int, Meta(ge=1, le=65535)] | None, Meta(description="Of ssh.")] = None
    keep: Kept = 5


class GitTarget(TargetKeys, kw_only=True, tag_field="kind", tag="git"):
    remote: Annotated[str, Meta(description="The address or the path of a git repository.")]
    branch: str = "gh-pages"
    message: str = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
    | RsyncTarget
)  # fmt: skip
