"""What is measured of a generator: a site built cold, again without a change, and after edits; and how fast it starts.

Every measure has a name that ends in its unit: "cold s", "cold CPU s", "cold MB". After an edit the output must hold
the edit everywhere, else the generator has `Failed` and not been fast.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .corpus import Article, write_corpus
from .generators import PEERS, Generator
from .measure import Cost, Failed, run

PAGES = {".html", ".json", ".xml"}


class Site(NamedTuple):
    """A generator's own copy of the corpus, and the article that is edited in it."""

    generator: Generator
    folder: Path
    article: Article

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def source(self) -> Path:
        return self.folder / "content" / "articles" / f"{self.article.slug}.md"

    def build(self) -> Cost:
        """Build the site once."""
        return run(self.generator.build, self.folder, self.generator.environment())

    def replace(self, old: str, new: str) -> None:
        """Save the article with a part of its text changed."""
        text = self.source.read_text(encoding="utf-8")
        assert old in text
        self.source.write_text(text.replace(old, new), encoding="utf-8")

    def pages_with(self, text: str) -> list[Path]:
        """Return the built pages and feeds that show a text."""
        pages = (path for path in self.output.rglob("*") if path.suffix in PAGES and path.is_file())
        return [path for path in pages if text in path.read_text(encoding="utf-8")]


def make_site(generator: Generator, articles: Sequence[Article], folder: Path) -> Site:
    """Write a generator's site of these articles. The one in their middle is edited."""
    shutil.copytree(PEERS / generator.name, folder)
    write_corpus(articles, generator.name, folder)
    return Site(generator, folder, articles[len(articles) // 2])


def measure_builds(site: Site, turn: int) -> dict[str, float]:
    """Return what the four builds of one round took, and how many pages the site has."""
    clean(site)
    cold = site.build()
    pages = sum(1 for _ in site.output.rglob("*.html"))
    costs = {
        "cold": cold,
        "no-op": site.build(),
        "body edit": _edit_body(site, turn),
        "title edit": _edit_title(site, turn),
    }
    measures = {f"{scenario} {unit}": value for scenario, cost in costs.items() for unit, value in _units(cost)}
    return measures | {"pages": float(pages)}


def measure_start(site: Site) -> dict[str, float]:
    """Return how long it takes to say the version and, of yoyak, to build the sample site."""
    generator, environment = site.generator, site.generator.environment()
    measures = {"--version s": run(generator.version, site.folder, environment).seconds}
    if generator.name == "yoyak":
        with tempfile.TemporaryDirectory() as folder:
            sample = Path(folder) / "sample"
            run((*generator.version[:-1], "new", str(sample), "--quiet"), site.folder, environment)
            measures["sample site s"] = run(generator.build, sample, environment).seconds
    return measures


def clean(site: Site) -> None:
    """Take away what builds have left, and every edit."""
    for name in ("output", *site.generator.caches):
        left = site.folder / name
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)
    write_corpus([site.article], site.generator.name, site.folder)


def edited_sentence(turn: int) -> str:
    """Return a sentence that stands nowhere in the corpus."""
    return f"고친 문장 {turn}번째가 실렸다."


def edited_title(article: Article, turn: int) -> str:
    """Return a headline that stands nowhere in the corpus."""
    return article.title.replace(", ", f", {turn}번 고쳐 ")


def _edit_body(site: Site, turn: int) -> Cost:
    sentence = edited_sentence(turn)
    site.replace(site.article.body, f"{site.article.body}\n{sentence}\n")
    cost = site.build()
    page = site.output / "articles" / site.article.slug / "index.html"
    if page not in site.pages_with(sentence):
        raise Failed(f"{site.generator.name} did not show an edited body")
    return cost


def _edit_title(site: Site, turn: int) -> Cost:
    """Change the headline; every page and feed that showed the old one must show the new one instead."""
    old, new = site.article.title, edited_title(site.article, turn)
    showing = site.pages_with(old)
    site.replace(old, new)
    cost = site.build()
    texts = [path.read_text(encoding="utf-8") for path in showing]
    if not texts or any(old in text or new not in text for text in texts):
        raise Failed(f"{site.generator.name} did not show an edited title everywhere")
    return cost


def _units(cost: Cost) -> Iterator[tuple[str, float]]:
    yield "s", cost.seconds
    yield "CPU s", cost.cpu
    if cost.megabytes:
        yield "MB", cost.megabytes
