"""The keys of a target below ``deploy:`` of site.yaml, one type for each kind of host, and the base of all keys."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, dataclass_transform

from msgspec import UNSET, Meta, Struct, UnsetType


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Keys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every mapping that an editor writes. A key that is not written is `UNSET` or its default."""


# --- what each kind of host has ----------------------------------------------------------------------------------


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


_Port = Annotated[int, Meta(ge=1, le=65535)]


class SftpTarget(TargetKeys, kw_only=True, tag_field="kind", tag="sftp"):
    host: Annotated[str, Meta(description="The server's name alone, or one of ~/.ssh/config.")]
    path: Annotated[str, Meta(description="The site's folder at the server; www is one in the login folder.")]
    user: Annotated[str, Meta(description="Without it: what ~/.ssh/config says, or the name of this account.")] = ""
    port: _Port | UnsetType = UNSET
    key: Annotated[str, Meta(description="A file with a private key. Without it: the agent and the usual files.")] = ""


class FtpsTarget(TargetKeys, kw_only=True, tag_field="kind", tag="ftps"):
    host: Annotated[str, Meta(description="The server's name alone, as its certificate has it.")]
    path: Annotated[str, Meta(description="The site's folder at the server; www is one in the login folder.")]
    user: Annotated[str, Meta(description="The name of the account at the server.")]
    port: _Port = 21
    ca: Annotated[str, Meta(description="A file with the certificates to trust, for a server that signs its own.")] = ""


class S3Target(TargetKeys, kw_only=True, tag_field="kind", tag="s3"):
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


class NetlifyTarget(TargetKeys, kw_only=True, tag_field="kind", tag="netlify"):
    site: Annotated[str, Meta(description="The site's address at Netlify, such as digest.netlify.app, or its id.")]


class CloudflareTarget(TargetKeys, kw_only=True, tag_field="kind", tag="cloudflare"):
    project: Annotated[str, Meta(description="The name of a Cloudflare Pages project, made for direct upload.")]
    account: Annotated[str, Meta(description="The account's id; else the variable CLOUDFLARE_ACCOUNT_ID has it.")] = ""


Target: TypeAlias = (
    FolderTarget
    | GitTarget
    | RsyncTarget
    | SftpTarget
    | FtpsTarget
    | S3Target
    | NetlifyTarget
    | CloudflareTarget
)  # fmt: skip
