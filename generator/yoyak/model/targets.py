"""The keys of a target below ``deploy:`` of site.yaml: one type for each kind of host."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType

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


_Port = Annotated[int, Meta(ge=1, le=65535)]


class SftpTarget(Keys, kw_only=True, tag_field="kind", tag="sftp"):
    host: Annotated[str, Meta(description="The server's name alone, or one of ~/.ssh/config.")]
    path: Annotated[str, Meta(description="The site's folder at the server; www is one in the login folder.")]
    user: Annotated[str, Meta(description="Without it: what ~/.ssh/config says, or the name of this account.")] = ""
    port: _Port | UnsetType = UNSET
    key: Annotated[str, Meta(description="A file with a private key. Without it: the agent and the usual files.")] = ""


class FtpsTarget(Keys, kw_only=True, tag_field="kind", tag="ftps"):
    host: Annotated[str, Meta(description="The server's name alone, as its certificate has it.")]
    path: Annotated[str, Meta(description="The site's folder at the server; www is one in the login folder.")]
    user: str
    port: _Port = 21
    ca: Annotated[str, Meta(description="A file with the certificates to trust, for a server that signs its own.")] = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
    | SftpTarget
    | FtpsTarget
    | S3Target
)  # fmt: skip
