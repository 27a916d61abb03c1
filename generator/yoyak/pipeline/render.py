"""render: a `Page` becomes bytes through its template. Pure: templates and bodies come as values.

This is the only place where a string becomes `Markup`; what becomes it came through the one door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urljoin

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup
from msgspec import json, structs

from yoyak.messages.errors import YoyakError
from yoyak.model.addresses import Loads
from yoyak.model.message import Message, Words, say
from yoyak.model.sources import Looks
from yoyak.model.types import Bodies, Composition, Output
from yoyak.model.views import Card, Chrome, Entry
from yoyak.settings.config import SiteConfig, loads_of
from yoyak.templating.fast_jinja import PageEnvironment
from yoyak.templating.language import language, template_filters, template_functions
from yoyak.text.sanitize import with_absolute_addresses
from yoyak.text.urls import quote_path

E = TypeVar("E", bound=Environment)

MOST_CARDS, MOST_CONTENTS = 2_000, 100
"""What a process remembers of cards, which stand on about a dozen pages each, and of contents, which stand in three."""


def trim(remembered: dict[Any, Any], most: int) -> None:
    """Let go of the older half of what is remembered, when it is `most` already."""
    if len(remembered) >= most:
        for key in list(islice(remembered, most // 2)):
            del remembered[key]


def quick_templates(looks: Looks, bodies: Bodies, config: SiteConfig) -> PageEnvironment:
    """Return the templates of a build, each compiled when it is asked for; their chrome may follow later."""
    return _environment(PageEnvironment, None, looks, bodies, config)


def renderer(
    chrome: Chrome,
    looks: Looks,
    bodies: Bodies,
    config: SiteConfig,
    by_jinja: set[str],
    quick: PageEnvironment | None = None,
) -> Callable[[Composition], Output]:
    """Return the function that renders the pages of one build. It remembers what pages share: each article's card.

    `by_jinja` gets the templates that the quick environment cannot render, so that Jinja's own does it. `quick` are
    templates of these looks and this config, if some are compiled already.
    """
    quick = quick or quick_templates(looks, bodies, config)
    quick.globals["chrome"] = chrome
    plain = cache(lambda: _environment(Environment, chrome, looks, bodies, config))

    def render(page: Composition) -> Output:
        """Return the bytes of a page.

        Raises:
            YoyakError: a template is wrong; the message names it, its line and the page.
        """
        values = structs.asdict(page.context)
        values["page"] = page.head
        name, digest = page.html
        if name:
            values[name] = Markup(bodies.get(digest, ""))
        if page.template not in by_jinja:
            try:
                text = quick.get_template(page.template).render(values)
                return Output(path=page.output, data=text.encode("utf-8"))
            except Exception:  # noqa: BLE001 - whatever it is, Jinja's own environment does it, or says where it stands
                by_jinja.add(page.template)
        return Output(path=page.output, data=_plainly(plain(), page, values).encode("utf-8"))

    return render


def _plainly(environment: Environment, page: Composition, values: Mapping[str, object]) -> str:
    """Return the text of a page as Jinja itself makes it, or tell what is wrong with its template."""
    try:
        return environment.get_template(page.template).render(values)
    except TemplateError as error:
        raise YoyakError(_template_message(error, page)) from error
    except YoyakError as error:
        place = _place(error, page)
        raise YoyakError(say("template.failed.sentence", place=place, why=error.words, url=page.url)) from error
    except RecursionError as error:
        raise YoyakError(_failed(f"templates/{page.template}", say("template.endless"), page)) from error
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        raise YoyakError(_failed(_place(error, page), f"{type(error).__name__}: {error}", page)) from error


def _environment(kind: type[E], chrome: Chrome | None, looks: Looks, bodies: Bodies, config: SiteConfig) -> E:
    originals = _loader(looks.originals, "yoyak")
    environment = kind(
        loader=ChoiceLoader([_loader(looks.overrides, "templates"), originals, PrefixLoader({"yoyak": originals})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    words = language(config.language)
    environment.filters.update(template_filters(words))
    environment.filters["json_script"] = _as_script_json
    environment.filters["json"] = _as_json
    environment.filters["absolute"] = partial(urljoin, config.base_url)
    environment.globals.update(template_functions(words))
    environment.globals.update(
        chrome=chrome,
        card=_cards(environment),
        shared=_shared(environment),
        content_of=_contents(bodies, loads_of(config)),
        asset=_assets(looks, config),
    )
    return environment


def _loader(templates: Mapping[str, str], folder: str) -> FunctionLoader:
    """Return the loader of some templates; each knows a name of its own, by which an error finds it."""
    return FunctionLoader(lambda name: (templates[name], f"{folder}/{name}", None) if name in templates else None)


def _cards(environment: Environment) -> Callable[..., Markup]:
    """Return ``card(card, level=3)``. List pages decide a large build, so each card is rendered once."""
    rendered: dict[tuple[str, int], tuple[Card, Markup]] = {}
    template = cache(environment.get_template)

    def card(card: Card, level: int = 3) -> Markup:
        key = (card.path, level)
        found = rendered.get(key)
        # A preview renders the same article again after it changed.
        if found is None or (found[0] is not card and found[0] != card):
            trim(rendered, MOST_CARDS)
            found = rendered[key] = card, Markup(template("partials/card.html").render(card=card, level=level))
        return found[1]

    return card


def _shared(environment: Environment) -> Callable[..., Markup]:
    """Return ``shared(name, …)``: a partial that sees only what is given to it, rendered once for all pages."""
    rendered: dict[tuple[object, ...], Markup] = {}

    def shared(name: str, **values: object) -> Markup:
        key = (name, *values.items())
        if key not in rendered:
            rendered[key] = Markup(environment.get_template(name).render(values))
        return rendered[key]

    return shared


def _contents(bodies: Bodies, loads: Loads) -> Callable[[Entry], Markup]:
    """Return ``content_of(entry)``: a body for a feed, with absolute addresses."""
    rendered: dict[tuple[str, str], Markup] = {}

    def content_of(entry: Entry) -> Markup:
        key = (entry.content, entry.absolute_url)
        if not entry.content:
            return Markup()
        if key not in rendered:
            trim(rendered, MOST_CONTENTS)
            rendered[key] = Markup(with_absolute_addresses(bodies[entry.content], entry.absolute_url, loads))
        return rendered[key]

    return content_of


def _assets(looks: Looks, config: SiteConfig) -> Callable[[str], str]:
    def asset(name: str) -> str:
        """Return the url of a file of templates/assets."""
        if name not in looks.assets:
            raise YoyakError(say("template.no-asset", name=name))
        return config.base_path + quote_path(looks.assets[name].output)

    return asset


def _as_json(value: Any) -> Markup:
    return Markup(json.format(_ENCODER.encode(value), indent=1).decode())


def _as_script_json(value: Any) -> Markup:
    """Return JSON that can stand inside <script>: nothing in it can end the element or open another."""
    data = _ENCODER.encode(value)
    for sign, written in _IN_A_SCRIPT:
        data = data.replace(sign, written)
    return Markup(data.decode())


def _plain_text(value: object) -> str:
    return str.__str__(value) if isinstance(value, str) else repr(value)


_ENCODER = json.Encoder(enc_hook=_plain_text)
_IN_A_SCRIPT = ((b"&", b"\\u0026"), (b"<", b"\\u003c"), (b">", b"\\u003e"), (b"'", b"\\u0027"))


def _template_message(error: TemplateError, page: Composition) -> Message:
    place = f"{error.filename}:{error.lineno}" if isinstance(error, TemplateSyntaxError) else _place(error, page)
    if isinstance(error, TemplateNotFound):
        return _failed(place, say("template.none", name=str(error.name)), page)
    return _failed(place, error.message or type(error).__name__, page)


def _failed(place: str, why: Words, page: Composition) -> Message:
    return say("template.failed", place=place, why=why, url=page.url)


def _place(error: BaseException, page: Composition) -> str:
    """Return ``templates/article.html:12``: the innermost template line that an error passed through."""
    place, trace = page.template, error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(("templates/", "yoyak/")):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
