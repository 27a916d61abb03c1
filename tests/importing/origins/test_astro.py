"""Sites of Astro: collections and the routes that show them, pages, MDX."""

from __future__ import annotations

from pathlib import Path

from importing.origins.old_folders import PNG, moved, public, text_of

CONFIG = "export default defineConfig({ site: 'https://old.example.org', base: '/log' });\n"
ROUTE = "---\nconst posts = await getCollection('blog');\n---\n<main><Content /></main>\n"
HEAD = "---\ntitle: {}\npubDate: 'Jul 08 2022'\n{}---\n"


def _site(folder: Path, files: dict[str, str | bytes]) -> Path:
    return moved(folder, {"astro.config.mjs": CONFIG, "src/pages/blog/[...slug].astro": ROUTE, **files})[0]


def test_entries_have_the_addresses_of_the_route_that_shows_them(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "src/content/blog/2022/Big Name.md": HEAD.format("하나", "") + "[둘](/log/blog/own/two/)\n",
            "src/content/blog/two.mdx": HEAD.format("둘", "slug: own/two\nupdatedDate: 'Aug 01 2022'\n") + "본문.\n",
            "src/content/blog/folder/index.md": HEAD.format("셋", "") + "본문.\n",
        },
    )
    first = text_of(site, "하나")
    assert 'aliases: ["/blog/2022/big-name/"]' in first
    assert "\ndate: 2022-07-08\n" in first
    assert "[둘](/blog/own/two/)" in first
    assert 'aliases: ["/blog/own/two/"]' in text_of(site, "둘")
    assert "\nupdated: 2022-08-01\n" in text_of(site, "둘")
    assert 'aliases: ["/blog/folder/"]' in text_of(site, "셋")


def test_collections_may_be_anywhere(tmp_path: Path) -> None:
    config = (
        "const news = defineCollection({ loader: glob({ pattern: '**/*.md', base: './data/news' }) });\n"
        "export const collections = { 'daily': news };\n"
    )
    site = _site(
        tmp_path,
        {
            "src/content.config.ts": config,
            "src/pages/n/[id].astro": ROUTE.replace("blog", "daily"),
            "data/news/a.md": "---\ntitle: 소식\ndate: 2024-07-03\n---\n본문.\n",
        },
    )
    assert 'aliases: ["/n/a/"]' in text_of(site, "소식")


def test_what_astro_did_not_publish_is_held_back(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "src/content/blog/on.md": HEAD.format("보이는 글", "") + "보인다.\n",
            "src/content/blog/draft.md": HEAD.format("초안", "draft: true\n") + "남몰래 하나.\n",
            "src/content/blog/_note.md": HEAD.format("쪽지", "") + "남몰래 둘.\n",
            "src/content/ideas/a.md": HEAD.format("생각", "") + "남몰래 셋.\n",
            "src/pages/_x.md": HEAD.format("밑줄", "") + "남몰래 넷.\n",
            ".env": "TOKEN=남몰래 다섯\n",
        },
    )
    shown = public(site)
    assert "보인다." in shown
    assert "남몰래" not in shown


def test_pictures_are_found_beside_the_text_in_assets_and_in_public(tmp_path: Path) -> None:
    text = "![등대](/pier.png)\n\n![곁](../../assets/near.png)\n\n![짧게](@/assets/short.png)\n"
    site = _site(
        tmp_path,
        {
            "src/content/blog/a.md": HEAD.format("그림", "heroImage: '../../assets/hero.png'\n") + text,
            "public/pier.png": PNG,
            "src/assets/near.png": PNG + b"1",
            "src/assets/short.png": PNG + b"2",
            "src/assets/hero.png": PNG + b"3",
        },
    )
    article = text_of(site, "그림")
    assert "![등대](pier.png)\n\n![곁](near.png)\n\n![짧게](short.png)" in article
    assert "  src: hero.png" in article


def test_components_of_mdx_that_nobody_knows_stay_visible(tmp_path: Path) -> None:
    text = (
        'import Chart from "../../Chart.astro";\n\n앞 문단.\n\n<Chart data={{ a: 1 }} />\n\n'
        "<Note>속말.</Note>\n\n`<Kept />`\n"
    )
    article = text_of(_site(tmp_path, {"src/content/blog/a.mdx": HEAD.format("부품", "") + text}), "부품")
    assert "import Chart" not in article
    assert "\n\\<Chart data={{ a: 1 }} />\n\n> [!NOTE]\n> 속말.\n\n`<Kept />`" in article


def test_markdown_of_src_pages_is_a_page_or_an_article(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {
            "src/pages/about.md": "---\nlayout: ../layouts/P.astro\ntitle: 소개\n---\n본문.\n",
            "src/pages/dated.md": HEAD.format("날짜 쪽", "") + "본문.\n",
        },
    )
    assert (site / "content/pages/about.md").is_file()
    assert 'aliases: ["/dated/"]' in text_of(site, "날짜 쪽")
