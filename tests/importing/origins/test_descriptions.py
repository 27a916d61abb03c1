"""What origins call a description becomes `summary`, whatever its key is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importing.desk import new_site, run_import, written
from importing.origins.old_folders import moved, text_of
from importing.origins.test_custom_moments import META, WORDPRESS

SITES = {
    "hugo": ({"hugo.toml": "baseURL = 'https://o.example/'\n"}, "content/posts/a.md"),
    "hexo": (
        {"_config.yml": "url: https://o.example\n", "package.json": '{"dependencies": {"hexo": "^7.0.0"}}'},
        "source/_posts/a.md",
    ),
    "jekyll": ({"_config.yml": "url: https://o.example\n", "Gemfile": "gem 'jekyll'\n"}, "_posts/2024-07-01-a.md"),
    "pelican": ({"pelicanconf.py": "SITEURL = 'https://o.example'\nPATH = 'content'\n"}, "content/a.md"),
    "eleventy": ({"eleventy.config.js": "module.exports = {};\n"}, "posts/a.md"),
    "astro": (
        {
            "astro.config.mjs": 'export default defineConfig({site:"https://o.example"});',
            "src/pages/blog/[...slug].astro": '---\nconst posts = await getCollection("blog");\n---\n',
        },
        "src/content/blog/a.md",
    ),
}


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("key", ["description", "excerpt", "summary"])
def test_a_description_of_an_old_site_is_the_summary(name: str, key: str, tmp_path: Path) -> None:
    files, path = SITES[name]
    site, _ = moved(tmp_path, {**files, path: f"---\ntitle: 글\ndate: 2024-07-01\n{key}: 짧은 말\n---\n본문.\n"})
    assert "\nsummary: 짧은 말\n" in text_of(site, "글")


@pytest.mark.parametrize("key", ["_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"])
def test_a_description_of_a_plugin_of_wordpress_is_the_summary(key: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "w.xml", WORDPRESS.format(META.format(key, "짧은 말"))))
    assert "\nsummary: 짧은 말\n" in text_of(site, "글")


@pytest.mark.parametrize("key", ["custom_excerpt", "meta_description"])
def test_a_description_of_ghost_is_the_summary(key: str, tmp_path: Path) -> None:
    post = {"id": "1", "title": "글", "slug": "a", "html": "<p>본문.</p>", "status": "published", key: "짧은 말"}
    site = new_site(tmp_path / "site")
    data = json.dumps({"db": [{"meta": {"version": "5.0"}, "data": {"posts": [post]}}]})
    run_import(site, written(tmp_path, "ghost.json", data))
    assert "\nsummary: 짧은 말\n" in text_of(site, "글")
