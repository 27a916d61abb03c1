"""The files of pictures: read once by handle, published without metadata, and none of them stops the others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from containers.makers import JPEG, SECRET, avif, chunk, exif, jpeg, png, segment
from yoyak.build.build import build
from yoyak.containers.exif import HEADER
from yoyak.files.picture_files import asset_of, bytes_of
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport, BuildRequest
from yoyak.model.sources import Asset, Listed
from yoyak.pipeline.load import load_asset
from yoyak.pipeline.write import open_target

SITE = "title: t\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
PHOTO = jpeg(segment(0xE1, HEADER + exif(6, "Kim", "(c) Lee")))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">%s</svg>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    return tmp_path


def put(site: Path, name: str, data: bytes) -> Path:
    """Put a picture into content/, with an article that shows it."""
    place = site / "content" / name
    place.write_bytes(data)
    text = f"---\ntitle: {name}\ndate: 2026-01-02\n---\nA text.\n\n![x]({name})\n"
    place.with_suffix(".md").write_text(text, encoding="utf-8")
    return place


def built(site: Path, *, keep_going: bool = False) -> BuildReport:
    return build(BuildRequest(folder=site, keep_going=keep_going))


def pictures(site: Path) -> dict[str, bytes]:
    found = (site / "output" / "assets").iterdir()
    return {
        path.name: path.read_bytes() for path in found if path.suffix not in (".css", ".js") and "icon" not in path.name
    }


def read(place: Path) -> Asset:
    asset = asset_of(f"content/{place.name}", str(place), [])
    assert asset
    return asset


def test_the_position_of_a_photo_is_not_published(site: Path) -> None:
    put(site, "home.jpg", PHOTO)
    assert built(site).complete
    ((name, data),) = pictures(site).items()
    assert SECRET not in data
    assert hashlib.sha256(data).hexdigest().startswith(name.split(".")[1])


def test_a_photo_without_metadata_is_published_under_its_own_digest(site: Path) -> None:
    put(site, "plain.jpg", JPEG)
    built(site)
    assert pictures(site) == {f"plain.{hashlib.sha256(JPEG).hexdigest()[:10]}.jpg": JPEG}


def test_the_setting_of_a_site_decides_and_a_changed_one_is_seen(site: Path) -> None:
    put(site, "home.jpg", PHOTO)
    for setting, kept in (("keep", (SECRET, b"(c) Lee")), ("credit", (b"(c) Lee",)), ("remove", ())):
        (site / "site.yaml").write_text(f"{SITE}images:\n  metadata: {setting}\n", encoding="utf-8")
        built(site)
        (data,) = pictures(site).values()
        assert tuple(word for word in (SECRET, b"(c) Lee") if word in data) == kept


def test_a_picture_inside_of_a_drawing_has_no_position_either(site: Path) -> None:
    from base64 import b64encode

    inner = b'<image width="4" height="4" href="data:image/jpeg;base64,' + b64encode(PHOTO) + b'"/>'
    put(site, "map.svg", SVG % inner)
    built(site)
    (data,) = pictures(site).values()
    assert b64encode(SECRET)[4:12] not in data
    assert b"data:image/jpeg;base64,/9j/" in data


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b'<?xml version="1.0" encoding="ucs-4"?>' + SVG % b""),
        ("b.svg", b'<?xml version="1.0" encoding="rot13"?>' + SVG % b""),
        ("c.svg", SVG % (b"<g>" * 300 + b"</g>" * 300)),
        ("d.svg", SVG % (b"<g>" * 100_000)),
        ("e.svg", SVG % (b"<x/>" * 100_000)),
        ("f.svg", SVG % (b"<g/>" * 400_001)),
    ],
)
def test_one_drawing_that_cannot_be_read_costs_only_itself(site: Path, name: str, data: bytes) -> None:
    put(site, name, data)
    put(site, "good.jpg", JPEG)
    report = built(site, keep_going=True)
    assert [problem.path for problem in report.problems if problem.code == "unsafe-svg"] == [f"content/{name}"]
    assert (site / "output/articles/good/index.html").exists()


def test_a_failure_that_nobody_foresaw_costs_only_its_picture(site: Path) -> None:
    asset, (problem,) = load_asset(Listed(path="content/odd.jpg", location=f"{site}/content/odd\0.jpg"))
    assert asset is None
    assert (problem.code, speak(problem.message)) == ("unreadable-file", "This picture cannot be read: ValueError.")


def test_an_avif_whose_metadata_cannot_be_found_is_not_published(site: Path) -> None:
    put(site, "odd.avif", avif().replace(b"iloc", b"ilox"))
    (problem,) = built(site, keep_going=True).problems
    assert problem.code == "not-a-picture"
    assert "metadata" in speak(problem.message)


def test_a_picture_that_changed_after_it_was_read_is_not_published_under_its_name(site: Path) -> None:
    place = put(site, "p.png", png(chunk(b"tEXt", b"Comment\0x")))
    asset = read(place)
    assert hashlib.sha256(bytes_of(asset) or b"").hexdigest() == asset.digest
    place.write_bytes(png(chunk(b"tEXt", b"Comment\0y")))
    assert bytes_of(asset) is None


def test_a_picture_that_became_a_link_out_of_the_site_is_not_read(site: Path) -> None:
    place = put(site, "p.jpg", JPEG)
    asset = read(place)
    other = site / "private.jpg"
    other.write_bytes(JPEG)
    place.unlink()
    place.symlink_to(other)
    with pytest.raises(OSError, match="link"):
        bytes_of(asset)
    assert load_asset(Listed(path=asset.path, location=asset.location))[1][0].code in (
        "unreadable-file",
        "link-out-of-site",
    )


def test_a_picture_that_changed_stops_the_build_before_anything_is_published(site: Path) -> None:
    place = put(site, "p.jpg", JPEG)
    asset = read(place)
    place.write_bytes(PHOTO)
    target = open_target(site / "output", site, site / ".yoyak")
    with pytest.raises(YoyakError, match=r"^content/p\.jpg was changed while the site was built\. Build again\.$"):
        target.stage_asset(asset)
    place.unlink()
    with pytest.raises(YoyakError, match=r"^content/p\.jpg can no longer be read \(no such file .*\)\. Build again\.$"):
        target.stage_asset(asset)
    target.close()


@pytest.mark.slow
def test_a_large_picture_is_read_where_it_can_be_stopped(site: Path) -> None:
    put(site, "large.svg", SVG % (b"<text>" + b"<tspan/>" * 300_000 + b"</text>"))
    put(site, "photo.jpg", PHOTO + bytes(300_000))
    report = build(BuildRequest(folder=site, jobs=2))
    assert report.complete
    assert sorted(name.split(".")[0] for name in pictures(site)) == ["large", "photo"]
