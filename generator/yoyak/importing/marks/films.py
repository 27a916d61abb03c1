"""Films, posts and gists of other sites: the address of each."""

from __future__ import annotations

import re

from yoyak.importing.marks.made import page
from yoyak.importing.marks.mark import Maker, Mark, Replacement

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
