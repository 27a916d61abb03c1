"""The quick environment gives what Jinja's own gives, or gives the page to it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from fuzzing import new_examples
from golden import SITES, golden_cases
from sites import article, build_site, built, tree, write_site
from yoyak.pipeline import render
from yoyak.templating.fast_jinja import PageEnvironment, everything

CHECKOUT = Path(__file__).parents[2]
EVIL = "<i>\"&'</i>"
VALUES = {
    "a": EVIL,
    "b": Markup("<b>&amp;</b>"),
    "n": 3,
    "none": None,
    "t": SimpleNamespace(x="ex & x", inner=SimpleNamespace(x=EVIL), many=("p", "<q>")),
    "d": {"x": "item", "items": "hidden by the method"},
    "s": ("one", "<two>", "three"),
}
P = {"p": "[{{ a }}|{{ t.x }}]"}


def test_trees_are_given_as_they_are_written_each_once() -> None:
    """What a page reads is found in them, so nothing may have been put into them yet."""
    environment, names = PageEnvironment(loader=DictLoader({"page": "{% include 'p' %}{{ b }}", **P})), []
    environment.parsed = lambda text, tree: names.append((text, [type(part).__name__ for part in everything(tree)]))
    environment.get_template("page")
    page, partial = names
    assert page == ("{% include 'p' %}{{ b }}", ["Include", "Output", "Const", "Name"])
    assert partial[0] == P["p"]


@pytest.mark.parametrize(
    "templates",
    [
        {"page": "{{ a }}{{ b }}{{ n }}{{ none }}{{ 1.5 }}{{ true }}{{ s }}{{ '<' }}{{ a ~ b }}{{ b ~ a }}"},
        {"page": "{{ t.x }}{{ t.inner.x }}{{ 'x'.upper() }}{{ s[1] }}{{ s[:2] }}{{ (n).real }}"},
        {"page": "{{ d.x }}{{ d.items() | list }}{{ t.nothing is defined }}{{ nothing is defined }}"},
        {"page": "{{ say(a) }}{{ say(x=b) }}{{ say() }}{{ say(*s[:1]) }}{{ say(**{'x': n}) }}{{ say('<') }}"},
        {"page": "{% macro say(x) %}<{{ x }}>{% endmacro %}{{ say(a) }}{{ say(b) }}{{ say(x=a) ~ b }}"},
        {"page": "{% macro m(x, y=x.z, z=y) %}{{ x.z }}{% endmacro %}{{ m(a) }}"},
        {"page": "{{ nothing.__class__.__name__ }}{{ a.__class__.__name__ }}"},
        {"page": "{% macro m(x) %}<{{ x }}{{ varargs }}>{% endmacro %}{{ m(a) }}{{ m(b, 1) }}{{ m(t.x) | upper }}"},
        {"page": "{% macro m(x) %}<{{ x }}{{ caller(a) }}>{% endmacro %}{% call(y) m(b) %}{{ y }}{{ a }}{% endcall %}"},
        {"page": "{% set x %}<{{ a }}>{% endset %}{{ x }}{% filter upper %}{{ a }}{% include 'p' %}{% endfilter %}",
         **P},
        {"page": "{% autoescape false %}{{ a }}{% include 'p' %}{% endautoescape %}{{ a }}", **P},
        {"page": "{% autoescape n == 3 %}{{ a }}{% include 'p' %}{% endautoescape %}{{ a }}", **P},
        # A partial sees what stands around it.
        {"page": "{% include 'p' %}{% with a = 'w' %}{% include 'p' %}{% endwith %}", **P},
        {"page": "{% for a in s %}{% include 'p' %}{% else %}{% include 'p' %}{% endfor %}{% include 'p' %}", **P},
        {"page": "{% for a in s if a != 'one' %}{% for t in (t,) %}{% include 'p' %}{% endfor %}{% endfor %}", **P},
        {"page": "{% if n %}{% include 'p' %}{% elif a %}{% include 'q' %}{% else %}{% include 'r' %}{% endif %}", **P},
        {"page": "{% macro m(a) %}{% include 'p' %}{% endmacro %}{{ m('in') }}{{ m(b) }}", **P},
        {"page": "{% include 'p' without context %}{% include ['q', 'p'] %}{% include 'q' ignore missing %}",
         "p": "{{ n is defined }}"},
        {"page": "{% set name = 'p' %}{% include name %}{% include name ~ '' %}", **P},
        # What a partial sets stays in it, and what is set around it is seen from then on.
        {"page": "{{ a }}{% include 'p' %}{{ a }}{{ z is defined }}", "p": "{% set a = 'own' %}{% set z = 1 %}{{ a }}"},
        {"page": "{% include 'p' %}{% include 'p' %}",
         "p": "{{ a }}{% set a = 'own' %}{{ a }}{% include 'q' %}", "q": "{{ a }}"},
        {"page": "{% include 'p' %}{% set a = 'late' %}{% include 'p' %}", **P},
        {"page": "{% if none %}{% set a = 'never' %}{% endif %}{% include 'p' %}", **P},
        {"page": "{{ a }}{% include 'p' %}", "p": "{% for x in s %}{{ a is defined }}{% endfor %}{% set a = 1 %}"},
        {"page": "{% set a, n = 1, 2 %}{% include 'p' %}", "p": "{{ a }}{{ n }}"},
        {"page": "{% for x in s %}{% set a = x %}{% include 'p' %}{% endfor %}{% include 'p' %}", **P},
        {"page": "{% include 'p' %}",
         "p": "{% if none %}{% set a = 1 %}{% endif %}{{ a }}{% for x in s %}{% set a = x %}{% endfor %}{{ a }}"},
        {"page": "{% from 'm' import a %}{% import 'm' as t %}{% include 'p' %}",
         "m": "{% set a = 'm' %}{% set x = 'y' %}", **P},
        {"page": "{% set ns = namespace(x=1) %}{% include 'p' %}{{ ns.x }}", "p": "{% set ns.x = 2 %}{{ ns.x }}"},
        # Names that mean what their template makes of them.
        {"page": "{% for x in s %}{% include 'p' %}{{ loop.index }}{% endfor %}", "p": "{{ loop is defined }}"},
        {"page": "{% for x in s %}{% include 'p' %}{% endfor %}", "p": "{{ loop is defined }}"},
        {"page": "{% for x in s %}{% include 'p' %}{% endfor %}", "p": "{% for y in s %}{{ loop.index }}{% endfor %}"},
        {"page": "{% for x in s recursive %}{{ x }}{% include 'p' %}{{ loop(()) }}{% endfor %}", **P},
        {"page": "{% include 'p' %}{% block z %}outer{% endblock %}",
         "p": "{% block z %}inner {{ a }}{% endblock %}{{ self.z() }}"},
        {"page": "{% include 'p' %}", "p": "{% macro m() %}{{ a }}{% endmacro %}{{ m() }}"},
        # Templates that extend another.
        {"page": "{% extends 'base' %}{% block z %}{{ super() }}{% include 'p' %}{% endblock %}",
         "base": "<{% block z %}{{ a }}{% endblock %}>", **P},
        {"page": "{% extends 'base' %}{% block z %}{% block y required %}{% endblock %}{% endblock %}",
         "base": "{% block z %}{% endblock %}"},
        {"page": "{% extends 'middle' %}{% block y %}{{ super() }}{{ self.z() }}{% endblock %}",
         "middle": "{% extends 'base' %}{% block z %}({% block y %}y{% endblock %}){% endblock %}",
         "base": "<{% block z %}{% endblock %}>"},
        {"page": "{% extends 'base' %}{% include 'p' %}{% block z %}{% endblock %}{{ a }}",
         "base": "<{% block z %}{% endblock %}>", **P},
        {"page": "{% extends 'base' %}{% set a = 'set' %}{% block z %}{% include 'p' %}{% endblock %}",
         "base": "{% include 'p' %}{% block z %}{% endblock %}", **P},
        {"page": "{% if n %}{% extends 'base' %}{% endif %}{{ a }}{% include 'p' %}", "base": "base", **P},
        {"page": "{% if none %}{% extends 'base' %}{% endif %}{{ a }}{% include 'p' %}", "base": "base", **P},
        {"page": "{% include 'p' %}",
         "p": "{% extends 'base' %}{% block z %}{{ a }}{% endblock %}", "base": "<{% block z %}{% endblock %}>"},
        {"page": "{% for x in s %}{% block z scoped %}{{ x }}{% include 'p' %}{% endblock %}{% endfor %}",
         "p": "{{ x }}"},
        # Mistakes, reached or not.
        {"page": "{% include 'nope' %}"},
        {"page": "{% if none %}{% include 'nope' %}{% endif %}fine"},
        {"page": "{% if none %}{% include 'p' %}{% endif %}fine", "p": "{% if %}"},
        {"page": "{% if none %}{% include 'p' %}{% endif %}fine", "p": "{{ a | shout }}"},
        {"page": "{% include 'p' %}", "p": "{{ nothing }}"},
        {"page": "{% include 'p' %}", "p": "{{ t.nothing }}"},
        {"page": "{{ n }}{% if n %}{% include 'page' %}{% endif %}"},
        {"page": "{% if n %}{{ n }}{% with n = n - 1 %}{% include 'page' %}{% endwith %}{% endif %}"},
        {"page": "{% include 'p' %}",
         "p": "{% if n %}{% with n = none %}{% include 'q' %}{% endwith %}{% endif %}",
         "q": "{{ a }}{% include 'p' %}"},
    ],
)  # fmt: skip
def test_a_template_gives_what_it_gives_in_an_environment_of_jinjas_own(templates: Mapping[str, str]) -> None:
    quick, plain = (_text(kind, templates) for kind in (PageEnvironment, Environment))
    assert quick in (plain, None)


NAMES = st.sampled_from(["a", "b", "n", "x", "y"])
SHOWN = NAMES.map("{{{{ {0} if {0} is defined else '-' }}}}".format)
LEAVES = st.one_of(
    SHOWN,
    st.builds("{{% set {} = {!r} %}}".format, NAMES, st.sampled_from(["<s>", "u"])),
    st.builds("{{% set {0} %}}<{1}>{{% endset %}}".format, NAMES, SHOWN),
    st.sampled_from(["p", "q", "r"]).map("{{% include '{}' %}}".format),
)
PIECES = st.recursive(
    st.lists(LEAVES, min_size=1, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.builds("{{% if {} is defined %}}{}{{% else %}}{}{{% endif %}}".format, NAMES, inner, inner),
        st.builds("{{% for {} in s %}}{}{{% else %}}{}{{% endfor %}}".format, NAMES, inner, inner),
        st.builds("{{% with {} = {} %}}{}{{% endwith %}}".format, NAMES, st.sampled_from(["a", "n", "'w'"]), inner),
        st.builds("{{% macro {0}() %}}{2}{{% endmacro %}}{1}".format, st.just("m"), inner, inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=8,
)


@pytest.mark.slow
@new_examples(300)
@given(page=PIECES, p=PIECES, q=PIECES, r=st.lists(LEAVES.filter(lambda leaf: "include" not in leaf)).map("".join))
def test_partials_mean_what_they_mean_to_jinja(page: str, p: str, q: str, r: str) -> None:
    """`q` may include `p`, and the other way round: such a circle has no end."""
    templates = {"page": page, "p": p.replace("'p'", "'q'"), "q": q.replace("'q'", "'r'").replace("'p'", "'r'"), "r": r}
    assert _text(PageEnvironment, templates) == _text(Environment, templates)


def test_an_included_partial_costs_no_context_of_its_own() -> None:
    templates = {
        "page": "{% for a in s %}{% include 'p' %}{% endfor %}",
        "p": "{% set z = 1 %}{% include 'q' %}",
        "q": P["p"],
    }
    code = _environment(PageEnvironment, templates).compile(templates["page"], raw=True)
    assert "get_template" not in code
    assert "new_context" not in code


@pytest.mark.slow
@pytest.mark.parametrize("case", ["the sample site", *golden_cases()])
def test_the_original_templates_give_what_they_give_in_an_environment_of_jinjas_own(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CHECKOUT if case == "the sample site" else SITES / case
    for name in ("site.yaml", "content"):
        place = source / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, tmp_path / name)
    with monkeypatch.context() as only_quick:
        only_quick.setattr(render, "Environment", None)
        quick = tree(build_site(tmp_path, output=tmp_path / "quick").output)
    monkeypatch.setattr(render, "PageEnvironment", Environment)
    assert quick == tree(build_site(tmp_path, output=tmp_path / "plain").output)


def test_a_template_that_only_jinja_can_do_is_left_to_it(tmp_path: Path) -> None:
    """The quick environment asks for attributes only; JSON-LD is made of dicts."""
    template = "{{ page.json_ld[0].headline }}{{ article.nothing is defined }}{% include 'partials/own.html' %}"
    files = {"templates/article.html": template, "templates/partials/own.html": "{{ page.json_ld[0].url }}"}
    found = built(tmp_path, {"content/a.md": article(title="<제목>"), **files})
    assert found.text("articles/a") == "&lt;제목&gt;Falsehttps://digest.example.org/articles/a/"


def test_a_mistake_in_a_partial_inside_a_partial_is_told_with_its_name_and_line(tmp_path: Path) -> None:
    files = {
        "content/a.md": article(),
        "templates/article.html": "\n{% include 'partials/outer.html' %}",
        "templates/partials/outer.html": "\n\n{% include 'partials/inner.html' %}",
        "templates/partials/inner.html": "\n\n\n{{ article.nothing }}",
    }
    with pytest.raises(
        render.YoyakError, match=r"^templates/partials/inner\.html:4: .* \(for the page /articles/a/\)\.$"
    ):
        build_site(write_site(tmp_path, files))


def _environment(kind: type[Environment], templates: Mapping[str, str]) -> Environment:
    environment = kind(loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined)
    environment.globals["say"] = lambda x="<nothing>": x
    return environment


def _text(kind: type[Environment], templates: Mapping[str, str], values: Mapping[str, Any] = VALUES) -> str | None:
    """Return what a page shows, or None when it fails."""
    try:
        return _environment(kind, templates).get_template("page").render(values)
    except Exception:  # noqa: BLE001 - any failure is one
        return None
