"""Sites of Eleventy: the data of folders, permalinks, templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.origins.old_folders import PNG, moved, public, text_of

CONFIG = (
    'export default function (c) {\n  // input: "wrong"\n  c.addPassthroughCopy({ "static": "/" });\n}\n'
    'export const config = { dir: { input: "src" } };\n'
)
HEAD = "---\ntitle: {}\n---\n본문.\n"


def _site(folder: Path, files: dict[str, str | bytes]) -> Path:
    return moved(folder, {"eleventy.config.js": CONFIG, **files})[0]


@pytest.mark.parametrize(
    ("name", "head", "address"),
    [
        ("posts/2024-07-03-ferry.md", "", "/posts/2024-07-03-ferry/"),
        ("posts/2024-07-03-ferry.md", 'permalink: "/{{ page.fileSlug }}/"', "/ferry/"),
        ("posts/2024-07-03-ferry.md", "permalink: '{{ page.filePathStem }}.html'", "/posts/ferry.html"),
        ("posts/ferry.md", 'date: 2024-07-03\npermalink: "/{{ title | slugify }}/index.html"', "/night-ferry/"),
        ("posts/ferry.md", "date: 2024-07-03\npermalink: \"/{{ page.date | date: '%Y/%m' }}/x/\"", "/2024/07/x/"),
        ("posts/ferry/ferry.md", "date: 2024-07-03", "/posts/ferry/"),
        ("posts/ferry.md", 'date: 2024-07-03\npermalink: "/{{ title | shorten }}/"', ""),
    ],
)
def test_an_old_address_is_what_eleventy_makes(name: str, head: str, address: str, tmp_path: Path) -> None:
    site = _site(tmp_path, {f"src/{name}": f"---\ntitle: Night Ferry\n{head}\n---\n본문.\n"})
    article = text_of(site, "Night Ferry")
    assert (f'aliases: ["{address}"]' in article) if address else ("cannot be computed" in article)


def test_what_folders_say_of_their_files_holds_back(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "src/a/a.json": '{"permalink": false}',
            "src/a/2024-07-01-x.md": HEAD.format("하나").replace("본문", "남몰래"),
            "src/b/b.11tydata.json": '{"draft": true}',
            "src/b/deep/2024-07-01-x.md": HEAD.format("둘").replace("본문", "남몰래"),
            "src/c/c.11tydata.js": "module.exports = { draft: true, tags: ['섬'] };",
            "src/c/2024-07-01-x.md": HEAD.format("셋").replace("본문", "남몰래"),
            "src/d/d.11tydata.js": "export default { eleventyComputed: { permalink: (d) => d.off ? false : '/x/' } };",
            "src/d/2024-07-01-x.md": HEAD.format("넷").replace("본문", "남몰래"),
            "src/e/2024-07-01-x.md": HEAD.format("다섯").replace("본문", "보인다"),
            "src/_includes/x.md": "남몰래\n",
        },
    )
    shown = public(site)
    assert "보인다" in shown
    assert "남몰래" not in shown
    assert "tags: [섬]" in text_of(site, "셋")


def test_templates_with_only_text_are_read_and_others_are_named(tmp_path: Path) -> None:
    site, report = moved(
        tmp_path,
        {
            "eleventy.config.js": CONFIG,
            "src/plain.njk": "---\ntitle: 글\ndate: 2024-07-03\n---\n<p>문단.</p>\n",
            "src/index.njk": "{% for p in collections.posts %}{{ p.url }}{% endfor %}",
            "src/feed.11ty.js": "module.exports = class {}",
        },
    )
    assert "문단." in text_of(site, "글")
    assert sorted(one.what for one in report.left) == ["src/feed.11ty.js", "src/index.njk"]


def test_links_between_files_and_copied_pictures_are_found(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "src/posts/2024-07-03-a.md": HEAD.format("하나") + "[둘](./2024-07-04-b.md) ![등대](/img/pier.png)\n",
            "src/posts/2024-07-04-b.md": HEAD.format("둘") + "[하나](../2024-07-03-a/) [소개]({{ '/about/' | url }})\n",
            "src/about.md": HEAD.format("소개"),
            "static/img/pier.png": PNG,
        },
    )
    assert "[둘](/posts/2024-07-04-b/) ![등대](pier.png)" in text_of(site, "하나")
    assert "[하나](/posts/2024-07-03-a/) [소개](/about/)" in text_of(site, "둘")
    assert (site / "content/pages/about.md").is_file()
