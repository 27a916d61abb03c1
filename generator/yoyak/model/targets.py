"""The keys of a target below ``deploy:`` of site.yaml: one type for each kind of host."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from yoyak.model.keys import Keys


class FolderTarget(Keys, kw_only=True, tag_field="kind", tag="folder"):
    path: Annotated[str, Meta(description="Relative to the site folder, or absolute.")]


class GitTarget(Keys, kw_only=True, tag_field="kind", tag="git"):
    remote: Annotated[str, Meta(description="The address or the path of a git repository.")]
    branch: str = "gh-pages"
    message: str = ""


class S3Target(Keys, kw_only=True, tag_field="kind", tag="s3"):
    bucket: Annotated[str, Meta(description="The bucket's name alone.")]
    prefix: Annotated[str, Meta(description="A folder in the bucket. Empty for the whole bucket.")] = ""
    endpoint: Annotated[str, Meta(description="The address of a store that is not Amazon's, with https://.")] = ""
    region: Annotated[str, Meta(description="The bucket's region. Without it, that of this machine's settings.")] = ""
    profile: Annotated[str, Meta(description="A profile of ~/.aws. Without it: what the environment says.")] = ""
    compress: Annotated[
        Literal["gzip", "none"], Meta(description="How texts are sent, for a store that does not compress them.")
    ] = "none"
    acl: Annotated[
        Literal["public-read", "none"], Meta(description="Who may read each file, for a store that asks for each.")
    ] = "none"
    distribution: Annotated[
        str, Meta(description="The ID of the CloudFront distribution that is told which pages changed.")
    ] = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
    | S3Target
)  # fmt: skip
