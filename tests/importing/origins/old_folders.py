"""Old sites for tests: folders written from a few values, imported into a new site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from importing.desk import ORIGINALS, new_site, run_import, written
from sites import build_site
from yoyak.importing.run import ImportReport
from yoyak.messages.catalogue import paragraph

PNG = (ORIGINALS / "pier-lights_files" / "pier.png").read_bytes()


def moved(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Path, ImportReport]:
    """Write an old site, import it and return the new site with what the import said."""
    for name, text in files.items():
        written(folder / "old", name, text)
    site = new_site(folder / "site")
    report = run_import(site, folder / "old")
    assert [paragraph(problem) for problem in report.problems if problem.severity == "error"] == []
    return site, report


def text_of(site: Path, title: str) -> str:
    """Return the article or page with this title."""
    texts = [path.read_text(encoding="utf-8") for path in (site / "content").rglob("*.md")]
    (found,) = [text for text in texts if f"\ntitle: {title}\n" in text]
    return found


def public(site: Path) -> str:
    """Return all that a build of the site publishes, as text."""
    built = build_site(site)
    assert built.report.written is not None
    files = [path for path in built.output.rglob("*") if path.suffix in (".html", ".xml", ".json", ".txt")]
    return "\n".join(f"{path.relative_to(built.output)}\n{path.read_text(encoding='utf-8')}" for path in sorted(files))


PROGRAMS = {
    "hugo": {"hugo.toml": "title = 'T'\n", "content/posts/a.md": "---\ntitle: 섬\ndate: 2024-07-01\n---\n\n글이다.\n"},
    "jekyll": {"_config.yml": "title: T\n", "_posts/2024-07-01-a.md": "---\ntitle: 섬\n---\n\n글이다.\n"},
    "hexo": {
        "_config.yml": "title: T\npermalink: :year/:title/\nsource_dir: source\n",
        "package.json": '{"dependencies": {"hexo": "7.0.0"}}',
        "source/_posts/a.md": "---\ntitle: 섬\ndate: 2024-07-01\n---\n\n글이다.\n",
    },
    "pelican": {"pelicanconf.py": "PATH = 'content'\n", "content/a.md": "Title: 섬\nDate: 2024-07-01\n\n글이다.\n"},
    "eleventy": {"eleventy.config.js": "", "posts/a.md": "---\ntitle: 섬\ndate: 2024-07-01\n---\n\n글이다.\n"},
    "astro": {
        "astro.config.mjs": "export default {}",
        "src/content/blog/a.md": "---\ntitle: 섬\npubDate: 2024-07-01\n---\n\n글이다.\n",
    },
}
"""The smallest site of each program, with one post."""
