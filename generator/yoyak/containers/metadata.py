"""What is published of a picture: all that is seen, and nothing of what its file says besides.

Position, camera, owner, dates, comments and small copies of the picture are left out; how it is turned, its colour
profile and its animation stay. No picture is decoded.
"""

from __future__ import annotations

from yoyak.containers import Metadata


def published(data: bytes, kind: str, metadata: Metadata = "remove") -> bytes | None:
    """Return the bytes of a raster picture that are published, or None when its metadata cannot be found.

    `kind` is a key of `yoyak.text.file_kinds.ENDINGS`. A picture without metadata is given back as it is.
    """
    if metadata == "keep":
        return data
    new = _without(data, kind, credit=metadata == "credit")
    return data if new == data else new


def _without(data: bytes, kind: str, *, credit: bool) -> bytes | None:
    """Return a picture without its metadata. Most sites have pictures of a few formats: others are not imported."""
    match kind:
        case "jpeg":
            from yoyak.containers.jpeg import jpeg_without_metadata

            return jpeg_without_metadata(data, credit=credit)
        case "png":
            from yoyak.containers.png import png_without_metadata

            return png_without_metadata(data, credit=credit)
        case "gif":
            from yoyak.containers.gif import gif_without_metadata

            return gif_without_metadata(data)
        case "webp":
            from yoyak.containers.webp import webp_without_metadata

            return webp_without_metadata(data, credit=credit)
        case "avif":
            from yoyak.containers.avif import avif_without_metadata

            return avif_without_metadata(data, credit=credit)
        case "bmp" | "ico":
            from yoyak.containers.signs import sign_in

            return data if sign_in(data) < 0 else None
    return data
