"""Films, posts and gists of other sites: the address of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yoyak.importing.marks.mark import Maker, Mark, Replacement, box, folded, is_box, page, picture

_NAME = re.compile(r"[\w-]{6,20}")


def youtube(mark: Mark) -> Replacement | None:
    name = mark.given("id", "video_id", "videoid", "youtubeid", "url", "src", at=0)
    start = mark.given("start")
    behind = f"&t={start}s" if start.isdigit() else ""
    return _film(name, _NAME, "https://www.youtube.com/watch?v={}" + behind, mark.given("title"))


def vimeo(mark: Mark) -> Replacement | None:
    return _film(mark.given("id", "url", at=0), re.compile(r"\d+"), "https://vimeo.com/{}", mark.given("title"))


def instagram(mark: Mark) -> Replacement | None:
    return _film(mark.given("id", at=0), re.compile(r"[\w-]+"), "https://www.instagram.com/p/{}/")


def tweet(mark: Mark) -> Replacement | None:
    form = f"https://x.com/{user}/status/{{}}" if (user := mark.given("user")) else "https://x.com/i/status/{}"
    return _film(mark.given("id", at=0), re.compile(r"\d+"), form)


def bilibili(mark: Mark) -> Replacement | None:
    return _film(mark.given("id", at=0), re.compile(r"[AaBb][Vv]\w+"), "https://www.bilibili.com/video/{}")


def gist(mark: Mark) -> Replacement | None:
    words = [word for word in mark.words if word]
    owner = len(words) > 1 and not re.fullmatch(r"[0-9a-f]{5,40}", words[0]) and "/" not in words[0]
    name, rest = ("/".join(words[:2]), words[2:]) if owner else (words[0] if words else "", words[1:])
    file = re.sub(r"[^\w]+", "-", rest[0].lower()) if rest else ""
    behind = f"#file-{file}" if file else ""
    return _film(name, re.compile(r"[\w-]+(?:/\w+)?"), "https://gist.github.com/{}" + behind)


def frame(mark: Mark) -> Replacement | None:
    """Return what a frame, a film or a sound is made of by its address."""
    source = mark.given("src", "url", "mp4", "mp3", at=0)
    if re.match(r"https?://\S+$", source):
        return page(source, mark.given("title"))
    if not re.match(r"[\w./-]+\.(?:mp4|webm|mov|m4v|mp3|m4a|ogg|wav)$", source):
        return None
    return page(source, mark.given("title", "caption") or source.rpartition("/")[2])


def _film(name: str, form: re.Pattern[str], where: str, title: str = "") -> Replacement | None:
    if re.match(r"https?://\S+$", name):
        return page(name, title)
    return page(where.format(name), title) if form.fullmatch(name) else None


FILMS: dict[str, Maker] = {
    "youtube": youtube, "youtubeplayer": youtube, "yt": youtube, "vimeo": vimeo, "instagram": instagram,
    "tweet": tweet, "twitter": tweet, "x": tweet, "gist": gist, "video": frame, "audio": frame, "iframe": frame,
    "bilibili": bilibili,
}  # fmt: skip


# --- Components and lines of MDX ---------------------------------------------------------------------------------

_VALUE = re.compile(r"=\s*\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}$]*)`)\s*\}")
_UNKNOWN = re.compile(r"([\w:-]+)\s*=\s*\{[^{}]*\}")


def plain(rest: str) -> str:
    """Return attributes with their texts in quotes, and without those that are computed."""
    return _UNKNOWN.sub("", _VALUE.sub(lambda found: f'="{found[1] or found[2] or found[3] or ""}"', rest))


def _image(mark: Mark) -> Replacement | None:
    return picture(mark.given("src"), mark.given("alt"), mark.given("caption", "title"))


def _box(mark: Mark) -> Replacement | None:
    if mark.inner is None:
        return None
    kind = mark.given("type", "variant", "kind", "intent")
    kind = kind if is_box(kind) else mark.name if is_box(mark.name) else "note"
    return box(kind, mark.given("title"), mark.inside(mark.inner))


def _details(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else folded(mark.given("title", "summary"), mark.inside(mark.inner))


MDX: Mapping[str, Maker] = {
    "image": _image, "img": _image, "picture": _image, "figure": _image, "youtube": FILMS["youtube"],
    "youtubeembed": FILMS["youtube"], "vimeo": FILMS["vimeo"], "tweet": FILMS["tweet"], "gist": FILMS["gist"],
    **dict.fromkeys("aside callout note tip warning caution danger info admonition alert".split(), _box),
    "details": _details, "accordion": _details, "collapsible": _details,
}  # fmt: skip
