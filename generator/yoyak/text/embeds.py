"""Films, sounds and frames of other pages: what each is called, and the page on which a person sees it."""

from __future__ import annotations

import re
from typing import Literal

_FILMS = re.compile(
    r"youtu|vimeo|dailymotion|tv\.naver|kakao|twitch|tiktok|bilibili|video|player|\.(?:mp4|webm|m3u8|mov)\b"
)
_SOUNDS = re.compile(r"soundcloud|spotify|podcast|podbbang|audio|anchor\.fm|\.(?:mp3|m4a|ogg|wav|aac)\b")
_PAGES = (
    (
        re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/([\w-]{6,20})"),
        "www.youtube.com/watch?v={}",
    ),
    (re.compile(r"youtu\.be/([\w-]{6,20})"), "www.youtube.com/watch?v={}"),
    (re.compile(r"player\.vimeo\.com/video/(\d+)"), "vimeo.com/{}"),
    (re.compile(r"www\.dailymotion\.com/embed/video/(\w+)"), "www.dailymotion.com/video/{}"),
    (re.compile(r"tv\.naver\.com/embed/(\d+)"), "tv.naver.com/v/{}"),
)


def kind_of_embed(tag: str, address: str) -> Literal["video", "audio", "form", "page"]:
    """Return what a film, a sound, a form or a frame is, by its element and its address."""
    name, where = tag.removeprefix("amp-"), address.lower()
    if name in ("video", "youtube") or (name != "audio" and _FILMS.search(where)):
        return "video"
    if name == "audio" or _SOUNDS.search(where):
        return "audio"
    return "form" if name == "form" else "page"


def page_of_player(address: str) -> str:
    """Return the page on which a person sees what a frame shows: a player's own address is for frames."""
    written = f"https:{address}" if address.startswith("//") else address
    _, _, rest = written.partition("//")
    for pattern, page in _PAGES:
        if match := pattern.match(rest):
            return "https://" + page.format(match[1])
    return written
