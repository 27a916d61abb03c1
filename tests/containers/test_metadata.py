"""Metadata of pictures: they are gone wherever programs put them, and all that is seen stays."""

from __future__ import annotations

import re
from zlib import compress

import pytest

from containers.makers import (
    DC,
    GIF,
    JPEG,
    LOOP,
    PIXELS,
    PNG,
    SECRET,
    WEBP,
    XMP,
    avif,
    box,
    chunk,
    exif,
    full,
    gif,
    jpeg,
    packed_text,
    png,
    riff,
    rows,
    segment,
    webp,
)
from rows import each_row
from yoyak.containers.avif import avif_without_metadata
from yoyak.containers.exif import HEADER, exif_in, exif_with
from yoyak.containers.metadata import published

ICC = segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(100))
ADOBE = segment(0xEE, b"Adobe\0d\0\0\0\0\1")
PHOTOSHOP = b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x40"
HIDDEN = {
    "exif": ("jpeg", jpeg(segment(0xE1, HEADER + exif()))),
    "xmp": ("jpeg", jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP))),
    "longer xmp": ("jpeg", jpeg(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET))),
    "iptc": ("jpeg", jpeg(segment(0xED, PHOTOSHOP + b"\x1c\2\x5a\0\x11" + SECRET))),
    "comment": ("jpeg", jpeg(segment(0xFE, SECRET))),
    "a maker's": ("jpeg", jpeg(segment(0xE5, SECRET), segment(0xEB, SECRET), segment(0xEF, SECRET))),
    "other pictures inside": ("jpeg", jpeg(segment(0xE2, b"MPF\0" + SECRET))),
    "no profile": ("jpeg", jpeg(segment(0xE2, b"ICC_profile\0" + SECRET))),
    "a small copy": ("jpeg", b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\6" + SECRET + b"\0") + JPEG[20:]),
    "jfxx": ("jpeg", jpeg(segment(0xE0, b"JFXX\0\x10" + SECRET))),
    "a second picture": ("jpeg", jpeg(tail=jpeg(segment(0xE1, HEADER + exif())))),
    "the film of a motion photo": ("jpeg", jpeg(tail=box(b"ftyp", b"mp42") + box(b"moov", SECRET))),
    "bytes between segments": ("jpeg", jpeg(SECRET)),
    "behind the first scan": ("jpeg", JPEG[:-2] + segment(0xE1, HEADER + exif()) + JPEG[-2:]),
    "a reserved segment": ("jpeg", jpeg(segment(0xF5, SECRET), segment(0x40, SECRET))),
    "a longer Adobe segment": ("jpeg", jpeg(segment(0xEE, b"Adobe\0d\0\0\0\0\1" + SECRET))),
    "png exif": ("png", png(chunk(b"eXIf", exif()))),
    "png text": ("png", png(chunk(b"tEXt", b"Comment\0" + SECRET))),
    "png unicode text": ("png", png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP))),
    "png private": ("png", png(chunk(b"gpSx", SECRET), chunk(b"iDOT", SECRET))),
    "png behind its end": ("png", png(tail=SECRET)),
    "png late": ("png", png(before_end=chunk(b"tEXt", b"Location\0" + SECRET))),
    "png time": ("png", png(chunk(b"tIME", SECRET))),
    "png without chunk": ("png", png(before_end=b"\0\0\0\5\1\2\3\4" + SECRET)),
    "png long palette": ("png", png(chunk(b"gAMA", SECRET * 3))),
    "webp exif": ("webp", webp(riff(b"EXIF", exif()), flags=8)),
    "webp exif with header": ("webp", webp(riff(b"EXIF", HEADER + exif()), flags=8)),
    "webp xmp": ("webp", webp(riff(b"XMP ", XMP), flags=4)),
    "webp simple": ("webp", webp(riff(b"EXIF", exif()), extended=False)),
    "webp private": ("webp", webp(riff(b"GPS ", SECRET))),
    "webp behind": ("webp", webp(tail=SECRET)),
    "webp in a frame": ("webp", webp(riff(b"ANMF", bytes(16) + WEBP[12:] + riff(b"XMP ", XMP)), flags=2)),
    "gif comment": ("gif", gif(b"!\xfe" + rows(SECRET))),
    "gif xmp": ("gif", gif(b"!\xff\x0bXMP DataXMP" + XMP + b"\1" + bytes(range(255, -1, -1)) + b"\0")),
    "gif program": ("gif", gif(b"!\xff\x0bMY PROG 1.0" + rows(SECRET))),
    "gif text": ("gif", gif(b"!\x01" + rows(bytes(12))[:-1] + rows(SECRET))),
    "gif loop": ("gif", gif(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0" + rows(SECRET))),
    "gif behind": ("gif", gif(tail=SECRET)),
    "avif exif": ("avif", avif((b"Exif", bytes(4) + exif()))),
    "avif xmp": ("avif", avif((b"mime", XMP), (b"Exif", bytes(4) + exif()))),
    "avif inside meta": ("avif", avif((b"Exif", bytes(4) + exif()), in_idat=True)),
    "avif other item": ("avif", avif((b"uri ", SECRET), (b"prvt", SECRET))),
    "avif box": ("avif", avif(tail=box(b"uuid", bytes(16) + SECRET) + box(b"free", SECRET) + box(b"mpvd", SECRET))),
    "avif gap": ("avif", avif(gap=SECRET)),
    "avif film": (
        "avif",
        box(b"ftyp", b"avis\0\0\0\0avis")
        + box(b"moov", full(b"mvhd", bytes(96)) + box(b"udta", SECRET) + box(b"trak", full(b"meta", SECRET)))
        + box(b"mdat", bytes(90)),
    ),
}


@each_row("where", HIDDEN)
def test_a_position_is_taken_out_wherever_it_is(where: str) -> None:
    kind, data = HIDDEN[where]
    assert SECRET in data
    new = published(data, kind)
    assert new is not None
    assert SECRET not in new
    assert published(new, kind) == new


@each_row("where", HIDDEN)
def test_what_the_picture_is_coded_with_stays(where: str) -> None:
    kind, data = HIDDEN[where]
    new = published(data, kind)
    assert new is not None
    coded = {
        "jpeg": JPEG[20:-2],
        "png": PNG[33 : PNG.index(b"IEND") - 4],
        "webp": WEBP[12:],
        "gif": GIF[19:-1],
        "avif": PIXELS,
    }
    assert coded[kind] in new or where == "avif film"


@each_row("where", HIDDEN)
def test_a_site_may_keep_all_metadata(where: str) -> None:
    kind, data = HIDDEN[where]
    assert published(data, kind, "keep") is data


def test_the_exif_of_an_avif_can_still_be_read_as_empty() -> None:
    """Some programs refuse a picture whose Exif data do not begin as such data do."""
    new = avif_without_metadata(avif((b"Exif", bytes(4) + exif())), credit=False)
    assert new is not None
    assert exif() not in new
    assert b"MM\0*\0\0\0\x08" + bytes(6) in new


@each_row(
    ("kind", "data"),
    [
        ("jpeg", JPEG),
        ("jpeg", jpeg(ICC, ADOBE)),
        ("jpeg", JPEG[:-2]),
        ("jpeg", JPEG[:-8]),
        ("jpeg", jpeg(segment(0xE1, HEADER + exif_with(6, None)))),
        ("png", PNG),
        (
            "png",
            png(chunk(b"pHYs", bytes(9)), chunk(b"sRGB", b"\0"), chunk(b"gAMA", bytes(4)), chunk(b"cHRM", bytes(32))),
        ),
        (
            "png",
            png(
                chunk(b"iCCP", b"icc\0\0" + compress(bytes(50))),
                chunk(b"acTL", bytes(8)),
                chunk(b"fcTL", bytes(26)),
                chunk(b"fdAT", bytes(40)),
            ),
        ),
        ("png", png(chunk(b"cICP", bytes(4)), chunk(b"eXIf", exif_with(8, None)))),
        ("webp", WEBP),
        ("webp", webp(flags=0x10)),
        (
            "webp",
            webp(riff(b"ICCP", bytes(51)), riff(b"ANIM", bytes(6)), riff(b"ANMF", bytes(16) + WEBP[12:]), flags=0x22),
        ),
        ("gif", GIF),
        ("gif", gif(LOOP)),
        ("gif", gif(LOOP, GIF[19:-1])),
        ("gif", GIF[:-1] + b";"),
        ("avif", avif()),
        ("avif", avif(in_idat=True)),
        ("avif", avif((b"grid", PIXELS))),
        ("bmp", b"BM" + bytes(60)),
        ("ico", b"\0\0\1\0" + bytes(60)),
        ("pdf", b"%PDF-1.7" + SECRET),
    ],
)
def test_a_picture_without_metadata_stays_as_it_is(kind: str, data: bytes) -> None:
    assert published(data, kind) is data
    assert published(data, kind, "credit") == data


@each_row("order", ["<", ">"])
@each_row("turned", range(2, 9))
def test_a_turned_picture_stays_turned(turned: int, order: str) -> None:
    data = exif(turned, order=order)
    for kind, picture in (
        ("jpeg", jpeg(segment(0xE1, HEADER + data))),
        ("png", png(chunk(b"eXIf", data))),
        ("webp", webp(riff(b"EXIF", data), flags=8)),
    ):
        new = published(picture, kind)
        assert new is not None
        at = re.search(rb"Exif\0\0|eXIf|EXIF....", new, re.DOTALL)
        assert at
        assert exif_in(new[at.end() :]).orientation == turned
        assert SECRET not in new
    assert new
    assert new[20] == 8  # the flag of the last one


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("jpeg", jpeg(segment(0xE1, HEADER + exif(6, "Kim & Lee", "(c) Harbour")))),
        ("jpeg", jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP.replace(b"%s", DC)))),
        (
            "jpeg",
            jpeg(
                segment(
                    0xED, PHOTOSHOP + b"\x1c\2\x50\0\x09Kim & Lee\x1c\2\x74\0\x0b(c) Harbour\x1c\2\x5a\0\x11" + SECRET
                )
            ),
        ),
        (
            "png",
            png(
                chunk(b"tEXt", b"Author\0Kim & Lee"),
                packed_text(b"Copyright", b"(c) Harbour"),
                chunk(b"tEXt", b"Comment\0" + SECRET),
            ),
        ),
        ("png", png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + compress(XMP.replace(b"%s", DC))))),
        ("webp", webp(riff(b"XMP ", XMP.replace(b"%s", DC)), flags=4)),
        ("avif", avif((b"Exif", bytes(4) + exif(1, "Kim & Lee", "(c) Harbour")))),
    ],
)
def test_credit_and_copyright_stay_on_request(kind: str, data: bytes) -> None:
    new = published(data, kind, "credit")
    assert new is not None
    assert b"Kim & Lee\0" in new
    assert b"(c) Harbour\0" in new
    assert SECRET not in new
    assert published(new, kind, "credit") == new
    without = published(data, kind)
    assert without is not None
    assert b"Harbour" not in without


def test_a_picture_stands_in_its_own_metadata_only_as_far_as_it_is_asked() -> None:
    line = b'photoshop:Credit="Yonhap"'
    new = published(jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x " + line + b"/>")), "jpeg", "credit")
    assert new is not None
    assert b"Yonhap\0" in new


@each_row(
    ("kind", "data"),
    [
        ("png", PNG[:-20]),
        ("png", png().replace(b"IDAT", b"IDAT?")),
        ("png", png()[:40] + b"?" + png()[41:]),
        ("gif", b"GIF89a" + bytes(4) + b"\x84\0\0" + gif(b"!\xfe" + rows(SECRET))[13:]),
        ("avif", avif()[:150]),
        ("avif", avif() + SECRET),
        ("avif", box(b"ftyp", b"avif") + box(b"mdat", SECRET)),
        ("avif", avif().replace(b"iloc", b"ilox")),
        ("avif", avif().replace(b"\1\0\0\0\x44\0", b"\3\0\0\0\x44\0")),
        ("avif", avif((b"av01", HEADER + exif()))),
        ("bmp", b"BM" + bytes(60) + HEADER + exif()),
        ("ico", b"\0\0\1\0" + png(chunk(b"eXIf", exif()))),
    ],
)
def test_what_is_not_understood_is_held_back(kind: str, data: bytes) -> None:
    assert published(data, kind) is None
