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


class NetlifyTarget(Keys, kw_only=True, tag_field="kind", tag="netlify"):
    site: Annotated[str, Meta(description="The site's address at Netlify, such as digest.netlify.app, or its id.")]


class CloudflareTarget(Keys, kw_only=True, tag_field="kind", tag="cloudflare"):
    project: Annotated[str, Meta(description="The name of a Cloudflare Pages project, made for direct upload.")]
    account: Annotated[str, Meta(description="The account's id; else the variable CLOUDFLARE_ACCOUNT_ID has it.")] = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
    | NetlifyTarget
    | CloudflareTarget
)  # fmt: skip
