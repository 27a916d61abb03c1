"""Films, sounds and frames of other pages: what each is called, and the page on which a person sees it."""

from __future__ import annotations

import re

_KINDS = {
    "ko": {"video": "영상", "audio": "소리", "form": "양식", "": "다른 곳의 내용"},
    "en": {"video": "Video", "audio": "Sound", "form": "Form", "": "Embedded page"},
}
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


def named_kind(tag: str, address: str, language: str) -> str:
    """Return what a film, a sound, a form or a frame without a title is called, by its element and its address."""
    kinds = _KINDS["ko" if language.startswith("ko") else "en"]
    name, where = tag.removeprefix("amp-"), address.lower()
    if name in ("video", "youtube") or (name != "audio" and _FILMS.search(where)):
        return kinds["video"]
    return kinds["audio"] if name == "audio" or _SOUNDS.search(where) else kinds.get(name, kinds[""])


def page_of_player(address: str) -> str:
    """Return the page on which a person sees what a frame shows: a player's own address is for frames."""
    written = f"https:{address}" if address.startswith("//") else address
    _, _, rest = written.partition("//")
    for pattern, page in _PAGES:
        if match := pattern.match(rest):
            return "https://" + page.format(match[1])
    return written
