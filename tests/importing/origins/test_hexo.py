"""Sites of Hexo: addresses, drafts, pages, pictures, links."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.origins.old_folders import PNG, moved, public, text_of
from yoyak.importing.origins.hexo import slugized

CONFIG = (
    "url: https://old.example.org/blog\nroot: /blog/\ntimezone: Asia/Seoul\npermalink: {}\npost_asset_folder: true\n"
)
PACKAGE = '{"hexo": {"version": "7.0.0"}, "dependencies": {"hexo": "^7.0.0"}}'


def _site(folder: Path, files: dict[str, str | bytes], permalink: str = ":year/:month/:day/:title/") -> Path:
    return moved(folder, {"_config.yml": CONFIG.format(permalink), "package.json": PACKAGE, **files})[0]


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        (":year/:month/:day/:title/", "/2024/07/03/sub/ferry/"),
        (":year/:i_month/:i_day/:name.html", "/2024/7/3/ferry.html"),
        (":category/:name/", "/소식/배편/ferry/"),
        ("posts/:post_title/", "/posts/새-배가-온다/"),
        ("p/:hash/", "/p/039467ca9536/"),
        (":lang/:title/", ""),
    ],
)
def test_an_old_address_is_what_the_permalink_makes(permalink: str, address: str, tmp_path: Path) -> None:
    head = "title: 새 배가 온다\ndate: 2024-07-03 09:00:00\ncategories: [소식, 배편]\n"
    site = _site(tmp_path, {"source/_posts/sub/ferry.md": f"---\n{head}---\n본문이다.\n"}, permalink)
    article = text_of(site, "새 배가 온다")
    assert (f'aliases: ["{address}"' in article) if address else ("cannot be computed" in article)


def test_what_hexo_did_not_publish_is_held_back(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "source/_drafts/idea.md": "---\ntitle: 생각\n---\n남몰래 하나.\n",
            "source/_posts/off.md": "---\ntitle: 내린 글\ndate: 2024-07-03\npublished: false\n---\n남몰래 둘.\n",
            "source/_posts/hidden.md": "---\ntitle: 감춘 글\ndate: 2024-07-03\nhidden: true\n---\n남몰래 셋.\n",
            "source/_posts/on.md": "---\ntitle: 보이는 글\ndate: 2024-07-03\n---\n보인다.\n",
            "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n남몰래 넷.\n",
            "themes/x/README.md": "# 남몰래 다섯\n",
        },
    )
    shown = public(site)
    assert "보인다." in shown
    assert "남몰래" not in shown


def test_a_site_of_hexo_is_known_by_its_scaffolds_without_a_package(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "title: 섬\n",
        "source/_posts/on.md": "---\ntitle: 보이는 글\ndate: 2024-07-03\n---\n보인다.\n",
        "source/_drafts/idea.md": "---\ntitle: 생각\n---\n남몰래 하나.\n",
        "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n남몰래 둘.\n",
    }
    shown = public(moved(tmp_path, files)[0])
    assert "보인다." in shown
    assert "남몰래" not in shown


def test_pictures_are_found_in_a_posts_own_folder_and_from_the_root(tmp_path: Path) -> None:
    head = "---\ntitle: 그림\ndate: 2024-07-03\n---\n"
    text = '![배](pier.png)\n\n![등대](/blog/images/light.png)\n\n<img src="pier.png" alt="또">\n'
    site = _site(
        tmp_path,
        {
            "source/_posts/pier.md": head + text,
            "source/_posts/pier/pier.png": PNG,
            "source/images/light.png": PNG + b"1",
        },
    )
    article = text_of(site, "그림")
    assert "![배](pier.png)" in article
    assert "![등대](light.png)" in article
    assert len(list((site / "content").rglob("*.png"))) == 2


def test_pages_are_pages_and_links_lead_to_old_addresses(tmp_path: Path) -> None:
    head = "---\ntitle: {}\ndate: 2024-07-03\n---\n"
    site = _site(
        tmp_path,
        {
            "source/about/index.md": "---\ntitle: 소개\n---\n[배](/blog/2024/07/03/ferry/) [갈래](/blog/categories/a/)",
            "source/_posts/ferry.md": head.format("배") + "[소개](https://old.example.org/blog/about/)\n",
            "source/tags/index.md": "---\ntitle: tags\ntype: tags\n---\n",
        },
    )
    page = (site / "content/pages/about.md").read_text(encoding="utf-8")
    assert "[배](/2024/07/03/ferry/) 갈래" in page
    assert "# Link left out, since that page is not imported or is held back: /blog/categories/a/" in page
    assert "[소개](/about/)" in text_of(site, "배")
    assert [path.name for path in (site / "content/pages").iterdir()] == ["about.md"]


def test_heads_in_json_and_without_a_fence_are_read(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "source/_posts/a.md": '"title": "제이슨",\n"date": "2024-07-03 10:00:00"\n;;;\n본문.\n',
            "source/_posts/b.md": "title: 울타리 없이\ndate: 2024-07-04 10:00:00\nsticky: 5\n---\n본문.\n",
        },
    )
    assert "/2024/07/03/a/" in text_of(site, "제이슨")
    assert "\nweight: 5\n" in text_of(site, "울타리 없이")


def test_two_posts_of_one_name_get_names_of_their_own(tmp_path: Path) -> None:
    head = "---\ntitle: {}\ndate: {}\n---\n본문.\n"
    site = _site(
        tmp_path,
        {
            "source/_posts/a/ferry.md": head.format("하나", "2024-07-03"),
            "source/_posts/b/ferry.md": head.format("둘", "2024-06-03"),
        },
    )
    assert public(site).count("articles/ferry") > 1


def test_settings_have_comments_and_tabs(tmp_path: Path) -> None:
    text = "permalink: p/:name.html # dated\nignore:\n\t- a\n"
    post = "---\ntitle: 안녕\ndate: 2024-07-03\n---\n본문.\n"
    site, _ = moved(tmp_path, {"_config.yml": text, "package.json": PACKAGE, "source/_posts/a.md": post})
    assert '"/p/a.html"' in text_of(site, "안녕")


def test_a_link_to_what_is_held_back_is_words(tmp_path: Path) -> None:
    head = "---\ntitle: {}\ndate: 2024-07-03\n{}---\n"
    files: dict[str, str | bytes] = {
        "source/_posts/on.md": head.format("하나", "") + "[둘](/blog/2024/07/03/off/)\n",
        "source/_posts/off.md": head.format("둘", "published: false\n") + "본문.\n",
    }
    assert "\n둘\n" in text_of(_site(tmp_path, files), "하나")


def test_names_in_addresses_keep_their_scripts() -> None:
    assert slugized("Café: 새 배! がぎ") == "Cafe-새-배-がぎ"
