"""The files of templates/assets: their names, the addresses by which they name each other, and what leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from sites import Built, article, build_site, built, problems
from work import calls_of
from yoyak.model.sources import HouseAsset
from yoyak.templating.looks import house_assets
from yoyak.text.asset_addresses import Address, css_addresses, js_addresses

Read = Callable[[str], Iterator[Address]]


def assets(files: Mapping[str, str]) -> dict[str, HouseAsset]:
    found, wrong = house_assets({name: text.encode() for name, text in files.items()}, files)
    assert wrong == ()
    return found


def named(found: Mapping[str, HouseAsset], name: str) -> str:
    """Return what stands behind ``assets/``."""
    return found[name].output.removeprefix("assets/")


def site(folder: Path, files: Mapping[str, str], base: str = "https://digest.example.org/") -> Built:
    settings = f"title: 시험\nbase_url: {base}\ntimezone: Asia/Seoul\n"
    return built(folder, {"content/a.md": article(), **files}, settings, plain=False)


def test_a_style_sheet_names_others_by_their_hashes() -> None:
    found = assets({"house.css": '@import "extra.css";a{b:image-set("a.png" 1x)}', "extra.css": "p{}", "a.png": "x"})
    text = found["house.css"].data.decode()
    assert text == f'@import "{named(found, "extra.css")}";a{{b:image-set("{named(found, "a.png")}" 1x)}}'


def test_what_is_named_decides_the_name_of_what_names_it() -> None:
    before = assets({"a.css": '@import "b.css";', "b.css": '@import "c.css";', "c.css": "p{}"})
    after = assets({"a.css": '@import "b.css";', "b.css": '@import "c.css";', "c.css": "q{}"})
    assert all(before[name].output != after[name].output for name in before)


def test_addresses_are_understood_from_the_folder_of_their_file() -> None:
    found = assets({"css/a.css": "a{b:url(../img/섬%20배.png)}", "img/섬 배.png": "x"})
    assert re.fullmatch(
        r'a\{b:url\("\.\./img/%EC%84%AC%20%EB%B0%B0\.\w{10}\.png"\)\}', found["css/a.css"].data.decode()
    )


def test_scripts_name_each_other_by_their_hashes() -> None:
    found = assets(
        {"a.js": 'import x from "./lib/b.mjs"; import("./c.js")', "lib/b.mjs": "export * from '../c.js'", "c.js": ""}
    )
    assert (
        found["a.js"].data.decode()
        == f'import x from "./{named(found, "lib/b.mjs")}"; import("./{named(found, "c.js")}")'
    )
    assert found["lib/b.mjs"].data.decode() == f'export * from "../{named(found, "c.js")}"'


@pytest.mark.parametrize("circle", [("a", "b"), ("a", "b", "c"), ("a",)])
def test_files_that_name_each_other_in_a_circle_are_named_together(circle: tuple[str, ...]) -> None:
    files = {f"{one}.js": f'import "./{circle[(at + 1) % len(circle)]}.js"' for at, one in enumerate(circle)}
    files["main.js"] = f'import "./{circle[0]}.js"'
    found = assets(files)
    for name in files:
        (address,) = re.findall(r'"\./(.*?)"', found[name].data.decode())
        assert address in {named(found, one) for one in files}
    changed = assets({**files, "a.js": files["a.js"] + ";1"})
    assert all(changed[name].output != found[name].output for name in files)


@pytest.mark.parametrize(
    "text",
    [
        "a{b:url(https://e.example/a.png)}",
        'a{b:url("data:image/png;base64,AA")}',
        "a{b:url(#clip)}",
        "a{b:url(//cdn.example/a.png)}",
        "a{b:url(/files/a.png)}",
        '@import "https://e.example/a.css";',
        "/* url(none.png) */ a{content:'url(none.png)'}",
    ],
)
def test_other_addresses_stay_as_they_are(text: str) -> None:
    assert assets({"a.css": text})["a.css"].data.decode() == text


def test_a_tail_stays_behind_the_name() -> None:
    found = assets({"a.css": "a{b:url(f.svg#icon) url('g.eot?#iefix')}", "f.svg": "x", "g.eot": "y"})
    assert found["a.css"].data.decode() == (
        f'a{{b:url("{named(found, "f.svg")}#icon") url("{named(found, "g.eot")}?#iefix")}}'
    )


def test_bare_names_of_modules_are_for_an_import_map() -> None:
    text = 'import "lodash"; import {x} from "https://e.example/x.js"; import "/x.js"'
    assert assets({"a.js": text})["a.js"].data.decode() == text


def test_an_address_that_leads_nowhere_is_an_error_with_its_place(tmp_path: Path) -> None:
    files = {
        "templates/assets/house.css": 'p{}\n  a{b:url("nope.png")}\n@import "extr.css";',
        "templates/assets/extra.css": "p{}",
        "templates/assets/a.js": 'import "./b.js";\n',
    }
    found = site(tmp_path, files)
    put = "Put it into templates/assets/, or take the address out."
    assert problems(found) == [
        f'templates/assets/a.js:1:8: There is no file "./b.js" next to this one. {put}',
        f'templates/assets/house.css:2:11: There is no file "nope.png" next to this one. {put}',
        'templates/assets/house.css:3:9: There is no file "extr.css" next to this one. Did you mean "extra.css"?',
    ]
    (tmp_path / "templates/assets/house.css").write_text("p{}")
    (tmp_path / "templates/assets/a.js").write_text("")
    assert problems(build_site(tmp_path)) == []


def test_a_file_that_is_not_utf_8_is_published_as_it_is() -> None:
    found, wrong = house_assets({"a.css": "a{b:url(섬.png)}".encode("cp949")}, ("a.css",))
    assert (found["a.css"].data, wrong) == ("a{b:url(섬.png)}".encode("cp949"), ())


# --- the filter `absolute` ----------------------------------------------------------------------


@pytest.mark.parametrize("base", ["https://e.example/", "https://e.example/digest/"])
def test_absolute_is_right_below_a_path(tmp_path: Path, base: str) -> None:
    text = (
        '{% extends "yoyak/not_found.html" %}{% block styles %}{{ super() }}'
        '<i a="{{ asset("card.png") | absolute }}" b="{{ chrome.home | absolute }}" '
        'c="{{ "https://x.example/" | absolute }}">{% endblock %}'
    )
    found = site(tmp_path, {"templates/not_found.html": text, "templates/assets/card.png": "x"}, base)
    (shown,) = re.findall(r'<i a="(.*?)" b="(.*?)" c="(.*?)">', found.text("404.html"))
    assert re.fullmatch(re.escape(base) + r"assets/card\.\w{10}\.png", shown[0])
    assert shown[1:] == (base, "https://x.example/")


def test_another_base_url_makes_pages_with_absolute_again(tmp_path: Path) -> None:
    text = '{% extends "yoyak/not_found.html" %}{% block styles %}{{ "/x" | absolute }}{% endblock %}'
    site(tmp_path, {"templates/not_found.html": text})
    found = site(tmp_path, {"templates/not_found.html": text}, "https://other.example/")
    assert "https://other.example/x" in found.text("404.html")


# --- blocks and messages ------------------------------------------------------------------------


def blocks(folder: Path, files: Mapping[str, str]) -> list[str]:
    return problems(site(folder, {f"templates/{name}": text for name, text in files.items()}))


def test_a_misspelt_block_is_an_error_with_its_line(tmp_path: Path) -> None:
    text = '{% extends "yoyak/article.html" %}\n\n{% block aftr %}x{% endblock %}\n'
    (problem,) = blocks(tmp_path, {"article.html": text})
    assert problem == (
        'templates/article.html:3: There is no block "aftr" in yoyak/article.html or what it extends, so this one is'
        ' never shown. Did you mean "after"?'
    )


def test_a_block_whose_place_was_replaced_is_an_error_too(tmp_path: Path) -> None:
    text = '{% extends "yoyak/page.html" %}\n{% block content %}x{% endblock %}\n'
    (problem,) = blocks(tmp_path, {"page.html": text})
    assert problem.startswith(
        'templates/page.html:2: The block "content" is never shown here: yoyak/page.html replaces the part that it'
        " belongs to."
    )


MINE = "{% block mine %}x{% endblock %}"


@pytest.mark.parametrize(
    "files",
    [
        {"article.html": '{% extends "yoyak/article.html" %}{% block after %}' + MINE + "{% endblock %}"},
        {
            "base.html": '{% extends "yoyak/base.html" %}{% block content %}' + MINE + "{% endblock %}",
            "error.html": '{% extends "base.html" %}' + MINE,
        },
        {"day.html": '{% extends ["base.html"][0] %}' + MINE},
        {"page.html": '{% extends "yoyak/page.html" %}{% block main %}{{ self.mine() }}{% endblock %}' + MINE},
        {"base.html": '{% extends "yoyak/base.html" %}{% block content %}{{ super() }}{% endblock %}'},
        {"partials/tags.html": MINE},
    ],
)
def test_a_block_that_some_page_shows_is_right(tmp_path: Path, files: Mapping[str, str]) -> None:
    assert blocks(tmp_path, files) == []


def test_of_blocks_inside_an_unknown_one_only_that_is_reported(tmp_path: Path) -> None:
    text = '{% extends "yoyak/day.html" %}{% block contnt %}{% block inner %}x{% endblock %}{% endblock %}'
    (problem,) = blocks(tmp_path, {"day.html": text})
    assert '"contnt"' in problem


@pytest.mark.parametrize(("name", "read"), [("style.css", css_addresses), ("site.js", js_addresses)])
def test_our_own_assets_name_no_file_and_cost_a_build_next_to_nothing(name: str, read: Read) -> None:
    """To read all their tokens would be a third of a small build."""
    text = (Path(__file__).parents[2] / "templates/assets" / name).read_text(encoding="utf-8")
    assert calls_of(lambda: list(read(text))) < 20
