"""A bucket as a host of plain files: what it is sent, what it is asked, and what its refusals become."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
from pathlib import Path

import pytest
from msgspec import structs

from publish.buckets import BUCKET, KEYS, BadLine, Store
from rows import each_row
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import S3Target
from yoyak.publish.file_host import AtHost
from yoyak.publish.plan import NetworkTimeouts
from yoyak.publish.s3 import S3Host
from yoyak.publish.s3_session import StoreSession, checked, place_of, region_of


def host_of(address: str, **keys: str) -> S3Host:
    target = checked(structs.replace(S3Target(bucket=BUCKET, endpoint=address), **keys))
    return S3Host(StoreSession(target, name="live", limits=NetworkTimeouts()))


def write(host: S3Host, path: str, data: bytes, *, new: bool = False) -> None:
    host.write(path, io.BytesIO(data), size=len(data), sha256=hashlib.sha256(data).hexdigest(), new=new)


@pytest.mark.parametrize(
    ("path", "type_", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("feed.xml", "application/atom+xml; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("rss.xml", "application/rss+xml; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("assets/style.f10bff4335.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("assets/기사/항구.27b6807457.svg", "image/svg+xml; charset=utf-8", "public, max-age=31536000, immutable"),
        ("assets/logo.svg", "image/svg+xml; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("public/photo.0123456789.jpg", "image/jpeg", "public, max-age=60, must-revalidate"),
    ],
)
def test_a_file_is_served_as_what_it_is_and_kept_as_long_as_it_is_true(
    store: Store, path: str, type_: str, kept: str
) -> None:
    write(host_of(store.address, prefix="sites/digest"), path, b"data")
    found = store.get(f"sites/digest/{path}")
    assert (found["ContentType"], found["CacheControl"], found["Body"].read()) == (type_, kept, b"data")


def test_texts_are_sent_compressed_where_the_store_does_not_compress_and_read_back_whole(store: Store) -> None:
    host, text = host_of(store.address, compress="gzip"), "항구의 하루. ".encode() * 100
    for path in ("index.html", "photo.png"):
        write(host, path, text)
    page, picture = store.get("index.html"), store.get("photo.png")
    assert page["ContentEncoding"] == "gzip"
    assert gzip.decompress(page["Body"].read()) == text
    assert "ContentEncoding" not in picture
    assert host.read("index.html", most=1 << 20) == text
    assert host.read("index.html", most=10) == text[:10]


def test_what_compression_makes_larger_is_sent_as_it_is(store: Store) -> None:
    write(host_of(store.address, compress="gzip"), "a.txt", b"a")
    assert "ContentEncoding" not in store.get("a.txt")


def test_the_same_bytes_are_compressed_to_the_same_bytes(store: Store) -> None:
    host, text = host_of(store.address, compress="gzip"), b"page " * 100
    sent = []
    for _ in range(2):
        write(host, "index.html", text)
        sent.append(store.get("index.html")["Body"].read())
    assert sent[0] == sent[1]


def test_a_redirect_page_is_a_redirect_of_amazons_web_host(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<head><meta http-equiv="refresh" content="0; url=https://digest.kr/기사/?a=1&amp;b=2"></head>'.encode()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", store.address)
    host = host_of("", region="us-east-1")
    write(host, "old/index.html", page)
    write(host, "text/index.html", b"<head></head>" + page)
    write(host_of(store.address), "elsewhere/index.html", page)
    assert store.get("old/index.html")["WebsiteRedirectLocation"] == "https://digest.kr/%EA%B8%B0%EC%82%AC/?a=1&b=2"
    assert "WebsiteRedirectLocation" not in store.get("text/index.html")
    assert "WebsiteRedirectLocation" not in store.get("elsewhere/index.html")


def test_everybody_may_read_each_file_where_the_target_says_so(store: Store) -> None:
    write(host_of(store.address, acl="public-read"), "index.html", b"page")
    write(host_of(store.address), "private.html", b"page")
    grants = {
        key: {
            grant["Grantee"].get("URI", "")[-8:] for grant in store.s3.get_object_acl(Bucket=BUCKET, Key=key)["Grants"]
        }
        for key in ("index.html", "private.html")
    }
    assert grants == {"index.html": {"", "AllUsers"}, "private.html": {""}}


FILE, FOLDER = AtHost(kind="file"), AtHost(kind="folder")
FILE_OF_0, FILE_OF_4 = AtHost(kind="file", size=0), AtHost(kind="file", size=4)


def test_only_names_below_the_prefix_are_seen(store: Store) -> None:
    store.put({"sites/digest/a.html": "1", "sites/digest-2/b.html": "2", "sites/digest/": "", "a.html": "3"})
    host = host_of(store.address, prefix="sites/digest/")
    assert host.listed("") == {"a.html": FILE}
    assert host.look(["a.html", "b.html", "sites"]) == {"a.html": FILE}
    assert host.read("b.html", most=10) is None
    assert host_of(store.address).listed("") == {"a.html": FILE, "sites": FOLDER}
    assert [*host_of(store.address).listed("", most=1)] == ["a.html"]


def test_names_with_the_same_beginning_are_a_folder(store: Store) -> None:
    store.put({"tags/ai/index.html": "", "tags-old": "", "tags.txt": "", "about": "", "about/index.html": "", "p/": ""})
    host = host_of(store.address)
    assert host.look(["tags", "about", "p", "tag", "tags/ai", "tags/ai/index.html", "tags/a"]) == {
        "tags": FOLDER,
        "about": FILE_OF_0,
        "p": FOLDER,
        "tags/ai": FOLDER,
        "tags/ai/index.html": FILE,
    }
    assert host.listed("tags") == {"ai": FOLDER}
    assert host.listed("nothing") == host.listed("p") == {}


def test_a_folder_is_found_behind_many_names_that_begin_as_it_does(store: Store, line: BadLine) -> None:
    store.put({f"p/a-{number:04}": "" for number in range(1001)} | {"p/a/b.png": "four"})
    host = host_of(line.address, prefix="p")
    assert host.look(["a", "a-1000", "a/b.png"]) == {"a": FOLDER, "a-1000": FILE_OF_0, "a/b.png": FILE_OF_4}
    assert len(host.listed("")) == 1002
    assert not any("list-type=2" in path for _, path in line.asked)


def test_a_new_file_takes_nobodys_place(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", store.address)
    store.put({"theirs.html": "theirs", "ours.html": "ours"})
    host = host_of("", region="us-east-1")
    with pytest.raises(FileExistsError):
        write(host, "theirs.html", b"ours", new=True)
    write(host, "ours.html", b"ours", new=True)
    write(host, "free.html", b"ours", new=True)
    assert store.tree() == {"theirs.html": b"theirs", "ours.html": b"ours", "free.html": b"ours"}


def test_what_is_removed_already_is_no_error(store: Store) -> None:
    store.put({"a.html": "1", "b.html": "2"})
    host_of(store.address).remove(["a.html", "gone.html"])
    assert store.names() == ["b.html"]


def test_a_large_file_is_sent_as_it_is_read(store: Store, tmp_path: Path) -> None:
    large = tmp_path / "film.mp4"
    with large.open("wb") as file:
        file.truncate(9 << 20)
    with large.open("rb") as file:
        host_of(store.address).write("film.mp4", file, size=9 << 20, sha256="", new=True)
    assert store.get("film.mp4")["ContentLength"] == 9 << 20


@pytest.mark.parametrize("size", [10, 9 << 20])
def test_each_file_is_sent_with_its_digest(store: Store, size: int) -> None:
    sent: list[dict[str, str]] = []
    host = host_of(store.address)
    host._client.meta.events.register("before-send.s3.PutObject", lambda request, **_: sent.append(request.headers))
    write(host, "film.mp4", b"x" * size)
    digest = hashlib.md5(b"x" * size, usedforsecurity=False).digest()
    assert base64.b64decode(sent[0]["Content-MD5"]) == digest


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((403, "AccessDenied"), "do not have the right to do this (s3:GetObject, s3:ListBucket)"),
        ((400, "ExpiredToken"), "the credentials have expired"),
        ((403, "InvalidAccessKeyId"), "does not know these credentials"),
        ((403, "SignatureDoesNotMatch"), "does not know these credentials"),
        ((401, "Unauthorized"), "does not know these credentials"),
        ((404, "NoSuchBucket"), "there is no such bucket"),
        ((301, "PermanentRedirect"), "is in another region"),
        ((400, "AuthorizationHeaderMalformed"), "is in another region"),
        ((403, "RequestTimeTooSkewed"), "the clock of this machine is wrong"),
        ((503, "SlowDown"), "was overloaded"),
        ((429, "SomethingNew"), "was overloaded"),
        ((500, "InternalError"), "was overloaded"),
        ((502, "BadGateway"), "was overloaded"),
        ((507, "XMinioStorageFull"), "no room left"),
        ((501, "NotImplemented"), "The store says: NotImplemented"),
        ((418, "Teapot"), "The store says: Teapot"),
        ((404, ""), "what answers there is no S3 store"),
        ("not sent", "the connection was lost"),
        ("not answered", "the connection was lost"),
        ("cut short", "the connection was lost"),
    ],
)
def test_each_refusal_is_said_in_its_own_words(
    store: Store, line: BadLine, answer: tuple[int, str] | str, said: str
) -> None:
    store.put({"page.html": "text " * 100})
    line.fault = lambda *_: answer
    with pytest.raises(YoyakError) as refused:
        host_of(line.address).read("page.html", most=1000)
    text = str(refused.value)
    assert said in text
    assert text.startswith(f"s3://{BUCKET} (127.0.0.1:")
    assert not any(secret in text for secret in KEYS.values())


@pytest.mark.parametrize("status", [200, 404])
def test_what_answers_with_pages_is_no_store(store: Store, line: BadLine, status: int) -> None:
    line.fault = lambda *_: (status, "")
    with pytest.raises(YoyakError, match="what answers there is no S3 store"):
        host_of(line.address).listed("")


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("end", ["\n", " ", "열쇠"])
def test_a_key_that_was_copied_badly_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str, end: str
) -> None:
    monkeypatch.setenv(name, KEYS[name] + end)
    with pytest.raises(YoyakError, match="Copy both keys again") as refused:
        host_of(store.address)
    assert KEYS[name] not in str(refused.value)


def test_a_store_that_asks_for_patience_gets_it(store: Store, line: BadLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    line.fault = lambda number, *_: "slow down" if number == 1 else None
    write(host_of(line.address), "index.html", b"page")
    assert store.names() == ["index.html"]


def test_what_is_wrong_on_this_machine_is_said(store: Store, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def said(address: str, **keys: str) -> str:
        with pytest.raises(YoyakError) as refused:
            host_of(address, **keys).read("a.html", most=10)
        return str(refused.value)

    assert "the store could not be reached" in said("http://127.0.0.1:9")
    assert "the store could not be reached" in said("https://no-such-host.invalid")
    assert "the profile of the credentials is not in ~/.aws" in said(store.address, profile="nobody")
    for name in KEYS:
        monkeypatch.delenv(name)
    assert "no complete credentials were found" in said(store.address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    assert "no complete credentials were found" in said(store.address)
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("this is no settings file")
    assert "could not be read. Check ~/.aws/config" in said(store.address)
    (home / ".aws" / "config").unlink()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "many")
    assert "the variables that begin with AWS_" in said(store.address)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "not an address")
    assert "the variables that begin with AWS_" in said("", region="us-east-1")


def test_a_role_that_is_refused_is_a_matter_of_the_sign_in(
    store: Store, line: BadLine, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text(
        "[profile desk]\nrole_arn = arn:aws:iam::123456789012:role/desk\nsource_profile = me\n"
        "[profile me]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secretsecret\n"
    )
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", line.address)
    line.fault = lambda *_: (403, "AccessDenied")
    with pytest.raises(YoyakError, match="the credentials have expired or could not be renewed"):
        host_of(store.address, profile="desk")


@each_row(
    "keys",
    [
        {"bucket": ""}, {"bucket": "s3://digest"}, {"bucket": "https://digest.s3.amazonaws.com"}, {"bucket": "-rf"},
        {"bucket": "arn:aws:s3:::digest"}, {"bucket": "digest/site"}, {"bucket": "$BUCKET"}, {"bucket": "192.168.0.1"},
        {"bucket": "a"}, {"bucket": "digest..site"}, {"bucket": "사이트"}, {"bucket": "digest site"}, {"bucket": " "},
        {"bucket": "https://me:wJalrXUtnFEMI@host"},
        {"prefix": "/"}, {"prefix": "/site"}, {"prefix": "a/../b"}, {"prefix": ".."}, {"prefix": "a//b"},
        {"prefix": "$PREFIX"}, {"prefix": "a\\b"}, {"prefix": "C:/site"}, {"prefix": "a/./b"}, {"prefix": "a\nb"},
        {"prefix": "a//"}, {"prefix": ".git/a"}, {"prefix": " "},
        {"endpoint": "kr.object.ncloudstorage.com"}, {"endpoint": "https://host/bucket"}, {"endpoint": "s3://bucket"},
        {"endpoint": "https://key:wJalrXUtnFEMI@host"}, {"endpoint": "https://"}, {"endpoint": "https://-host"},
        {"endpoint": "https://host:port"}, {"endpoint": "https://host?x=1"}, {"endpoint": "$ENDPOINT"},
        {"endpoint": "http://digest.s3-website.ap-northeast-2.amazonaws.com"}, {"endpoint": "file:///etc/passwd"},
        {"endpoint": " "},
        {"region": "Seoul, Korea"}, {"region": "$AWS_REGION"}, {"region": "-"},
        {"distribution": "d111111abcdef8.cloudfront.net"}, {"distribution": "arn:aws:cloudfront::1:distribution/E1"},
    ],
)  # fmt: skip
def test_a_target_that_is_none_is_refused_before_anything_is_asked(keys: dict[str, str]) -> None:
    with pytest.raises(YoyakError) as refused:
        checked(structs.replace(S3Target(bucket=BUCKET), **keys))
    assert "site.yaml" in str(refused.value) or "https://" in str(refused.value)
    assert "wJalrXUtnFEMI" not in str(refused.value)


@each_row(
    ("endpoint", "keys", "place", "region"),
    [
        ("", {}, "", None),
        ("", {"prefix": "a/b/", "region": "ap-northeast-2"}, "/a/b", "ap-northeast-2"),
        ("https://abc.r2.cloudflarestorage.com", {}, " (abc.r2.cloudflarestorage.com)", "us-east-1"),
        ("https://s3.us-west-004.backblazeb2.com/", {}, " (s3.us-west-004.backblazeb2.com)", "us-west-004"),
        ("https://s3.ap-northeast-1.wasabisys.com", {}, " (s3.ap-northeast-1.wasabisys.com)", "ap-northeast-1"),
        ("https://kr.ncloudstorage.com", {"region": "kr-standard"}, " (kr.ncloudstorage.com)", "kr-standard"),
        ("http://[::1]:9000", {}, " ([::1]:9000)", "us-east-1"),
        ("http://minio.local:9000", {"prefix": "사이트"}, "/사이트 (minio.local:9000)", "us-east-1"),
    ],
)
def test_a_target_is_named_as_a_person_would(
    endpoint: str, keys: dict[str, str], place: str, region: str | None
) -> None:
    target = checked(structs.replace(S3Target(bucket=BUCKET, endpoint=endpoint), **keys))
    assert (place_of(target), region_of(target)) == (f"s3://{BUCKET}{place}", region)


def test_a_desk_without_boto3_reads_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(YoyakError, match=r'The target "live" needs boto3.* pip install "yoyak\[s3\]"'):
        host_of("http://127.0.0.1:9")
