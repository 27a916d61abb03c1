from __future__ import annotations

from pictures import POINTER, SVG, brand, jpeg, png
from rows import each_row
from yoyak.text.file_kinds import ENDINGS, FAULTS, kind_of_file

PAGE = b"<!DOCTYPE html><html><head><title>404</title></head></html>"


@each_row(
    ("data", "ending", "kind"),
    [
        (png(), ".png", "png"),
        (png(), ".jpg", "png"),
        (jpeg(), ".png", "jpeg"),
        (b"GIF89a" + bytes(20), ".gif", "gif"),
        (brand("avif", "mif1"), ".avif", "avif"),
        (brand("mif1", "avif", "miaf"), ".avif", "avif"),
        (b"\x00\x00\x01\x00\x01\x00" + bytes(40), ".ico", "ico"),
        (SVG, ".svg", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- by hand -->\n<!DOCTYPE svg PUBLIC 'x' 'y'>" + SVG, ".svg", "svg"),
        (b"\xff\xfe" + SVG.decode().encode("utf-16-le"), ".svg", "svg"),
        (b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', ".svg", "svg"),
        (b"%PDF-1.7\n", ".pdf", "pdf"),
    ],
)
def test_what_browsers_show_is_known_by_its_first_bytes(data: bytes, ending: str, kind: str) -> None:
    assert kind_of_file(data, ending) == kind
    assert kind in ENDINGS


@each_row(
    ("data", "ending", "kind"),
    [
        (b"", ".png", "empty"),
        (b"\n \n", ".svg", "empty"),
        (POINTER, ".jpg", "lfs"),
        (POINTER.replace(b"\n", b"\r\n"), ".svg", "lfs"),
        (b"\xef\xbb\xbf" + POINTER, ".pdf", "lfs"),
        (b"../../.git/annex/objects/Xq/7z/SHA256E-s12--ab.jpg", ".jpg", "annex"),
        (PAGE, ".gif", "html"),
        (b"\n\n  <HTML lang=ko>", ".png", "html"),
        (PAGE, ".svg", "html"),
        (b"<!-- saved --><html>", ".png", "html"),
        ("섬으로 가는 배".encode(), ".png", "text"),
        (b'{"error": "expired"}', ".webp", "text"),
        (b"iVBORw0KGgoAAAANSUhEUg", ".png", "text"),
        (b"\x89PN", ".png", "cut"),
        (b"\xff", ".jpg", "cut"),
        (png()[:40], ".png", "cut"),
        (b"RIFF\x40\x00\x00\x00WEBPVP8 ", ".webp", "cut"),
        (b"RIFF", ".webp", "cut"),
        (brand("avif")[:30], ".avif", "cut"),
        (brand("heic", "mif1"), ".HEIC".lower(), "heic"),
        (brand("mif1", "heix"), ".jpg", "heic"),
        (b"II*\x00" + bytes(40), ".tif", "tiff"),
        (b"MM\x00*" + bytes(40), ".jpg", "tiff"),
        (b"II*\x00" + bytes(40), ".nef", "raw"),
        (brand("crx ", "isom"), ".cr3", "raw"),
        (b"8BPS\x00\x01", ".psd", "psd"),
        (b"\xff\x0a" + bytes(9), ".jxl", "jxl"),
        (b"%!PS-Adobe-3.0", ".eps", "eps"),
        (brand("isom", "mp42"), ".gif", "video"),
        (b"PK\x03\x04" + bytes(40), ".png", "packed"),
        (b"\x1f\x8b\x08" + bytes(40), ".svg", "packed"),
        (bytes(4000), ".jpg", "unknown"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x04CgBIP\x00 \x06IEND", ".png", "cgbi"),
    ],
)
def test_what_browsers_do_not_show_is_named(data: bytes, ending: str, kind: str) -> None:
    assert kind_of_file(data, ending) == kind
    assert kind in FAULTS


def test_many_comments_before_a_root_cost_no_more_than_to_read_them() -> None:
    assert kind_of_file(b"<!-- a --> " * 200_000 + SVG, ".svg") == "svg"
    assert kind_of_file(b"<!-- a -" * 200_000, ".svg") == "text"
