"""Which pages are stale, and why: a table of facts. This changed, so these pages are stale, for these reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from rows import each_row
from yoyak.incremental.staleness import Fault, Parts, Reason, Reasons, stale, words_of
from yoyak.messages.catalogue import LANGUAGES, speak
from yoyak.model.types import Show

A, B, C, NOTE = "content/a.md", "content/b.md", "content/c.md", "content/editions/2024-W27.md"


def page(kind: str, *shows: Show, **others: bytes) -> Parts:
    shown = {show: b"%s of %s" % (show[0].encode(), show[1].encode()) for show in shows}
    parts = Parts(kind=kind, template=f"{kind}.html", frame=b"", templates=kind.encode(), recipe=b"", shown=shown)
    return structs.replace(parts, **others)


SITE = {
    "a": page("article", ("own", A), ("link", B)),
    "b": page("article", ("own", B), ("link", A), ("teaser", C)),
    "edition": structs.replace(page("edition", ("card", A), ("card", B)), sources={NOTE: b"note"}),
    "feed": page("feed", ("content", B), ("content", A)),
    "about": page("page"),
}


class Row(NamedTuple):
    what: str
    """What changed."""
    now: Mapping[str, Parts]
    """The pages that are others now."""
    stale: Mapping[str, Reasons]
    faults: Mapping[str, Fault] = {}
    templates: Sequence[str] = ()
    """The names of those that changed."""


def other(output: str, **parts: object) -> dict[str, Parts]:
    return {output: structs.replace(SITE[output], **parts)}


def edited(path: str, *views: str) -> dict[str, Parts]:
    """Return the pages that show an article in one of some views, of which that is another now."""
    found = {}
    for output, parts in SITE.items():
        shown = {show: b"other" if show in [(one, path) for one in views] else old for show, old in parts.shown.items()}
        if shown != parts.shown:
            found[output] = structs.replace(parts, shown=shown)
    return found


def restyled(kind: str) -> dict[str, Parts]:
    return {
        output: structs.replace(parts, templates=b"other") for output, parts in SITE.items() if parts.template == kind
    }


def changed(*shows: Show) -> Reason:
    return Reason(what="changed", shows=shows)


SHORTER = {("card", A): SITE["edition"].shown["card", A]}
LONGER = {**SITE["edition"].shown, ("card", C): b"card"}
TURNED = dict(reversed(SITE["edition"].shown.items()))
EVERY_PAGE = {output: structs.replace(parts, frame=b"other") for output, parts in SITE.items()}
MISSING, EDITED = Reason(what="missing"), Reason(what="edited")

TABLE = (
    Row("nothing", {}, {}),
    Row(
        "the body of a.md",
        edited(A, "own", "content"),
        {"a": (changed(("own", A)),), "feed": (changed(("content", A)),)},
    ),
    Row(
        "the summary of b.md",
        edited(B, "own", "card", "content"),
        {
            "b": (changed(("own", B)),),
            "edition": (changed(("card", B)),),
            "feed": (changed(("content", B)),),
        },
    ),
    Row(
        "the headline of a.md",
        edited(A, "own", "card", "content", "link"),
        {
            "a": (changed(("own", A)),),
            "b": (changed(("link", A)),),
            "edition": (changed(("card", A)),),
            "feed": (changed(("content", A)),),
        },
    ),
    Row("the headline of c.md, which waits", edited(C, "teaser"), {"b": (changed(("teaser", C)),)}),
    Row(
        "c.md came into an edition",
        other("edition", shown=LONGER, recipe=b"other"),
        {"edition": (Reason(what="added", names=(C,)),)},
    ),
    Row(
        "b.md left an edition",
        other("edition", shown=SHORTER, recipe=b"other"),
        {"edition": (Reason(what="removed", names=(B,)),)},
    ),
    Row(
        "a.md and b.md left, c.md came",
        other("edition", shown={("card", C): b"card"}, recipe=b"other"),
        {"edition": (Reason(what="added", names=(C,)), Reason(what="removed", names=(A, B)))},
    ),
    Row(
        "the order of an edition", other("edition", shown=TURNED, recipe=b"other"), {"edition": (Reason(what="order"),)}
    ),
    Row(
        "an article is shown as a card instead of whole",
        other("a", shown={("card", A): b"", ("link", B): SITE["a"].shown["link", B]}),
        {"a": (Reason(what="order"),)},
    ),
    Row("the title of an edition", other("edition", recipe=b"other"), {"edition": (Reason(what="besides"),)}),
    Row(
        "the note of an edition, not read yet",
        other("edition", sources={NOTE: b"?"}),
        {"edition": (Reason(what="source", names=(NOTE,)),)},
    ),
    Row("a setting that every page reads", EVERY_PAGE, {output: (Reason(what="setting"),) for output in SITE}),
    Row(
        "the template of articles",
        restyled("article.html"),
        {output: (Reason(what="templates", names=("article.html", "card.html")),) for output in ("a", "b")},
        templates=("article.html", "card.html"),
    ),
    Row(
        "the menu, which articles show",
        restyled("article.html"),
        {output: (Reason(what="templates"),) for output in ("a", "b")},
    ),
    Row("a page came", {"c": page("article", ("own", C))}, {"c": (Reason(what="new"),)}),
    Row(
        "a page has the address of an old address",
        other("about", kind="redirect", templates=b"other"),
        {"about": (Reason(what="kind"),)},
    ),
    Row("a file of the output is gone", {}, {"feed": (MISSING,)}, faults={"feed": "missing"}),
    Row("a file of the output was changed", {}, {"about": (EDITED,)}, faults={"about": "edited"}),
    Row(
        "a file is gone, and its article changed",
        edited(A, "own"),
        {"a": (MISSING, changed(("own", A)))},
        faults={"a": "missing"},
    ),
    Row(
        "everything at once",
        other("a", frame=b"other", templates=b"other", shown={("own", A): b"other", ("link", C): b""}, recipe=b"other"),
        {
            "a": (
                Reason(what="setting"),
                Reason(what="templates", names=("article.html",)),
                changed(("own", A)),
                Reason(what="added", names=(C,)),
                Reason(what="removed", names=(B,)),
            )
        },
        templates=("article.html",),
    ),
)


def asked(
    now: Mapping[str, Parts],
    before: Mapping[str, Parts],
    faults: Mapping[str, Fault] | None = None,
    templates: Sequence[str] = (),
) -> dict[str, Reasons]:
    """Return what is stale; what a page is made of is its own fingerprint here."""
    return stale(
        now,
        before,
        fault_of=lambda output: (faults or {}).get(output, ""),
        parts_of=lambda outputs: {output: (before[output], now[output]) for output in outputs},
        changed_templates=lambda _: templates,
    )


@each_row("row", TABLE, ids=lambda row: row.what)
def test_what_changed_makes_these_pages_stale_for_these_reasons(row: Row) -> None:
    assert asked({**SITE, **row.now}, SITE, row.faults, row.templates) == row.stale


def test_a_page_that_the_site_has_no_more_is_not_stale() -> None:
    assert asked({output: SITE[output] for output in SITE if output != "feed"}, SITE) == {}


def test_without_an_earlier_build_every_page_is_new() -> None:
    assert asked(SITE, {}) == {output: (Reason(what="new"),) for output in SITE}


def test_a_page_of_which_only_the_fingerprint_is_known_is_made_as_if_it_were_new() -> None:
    found = stale(
        {"a": b"now"}, {"a": b"then"}, fault_of=lambda _: "", parts_of=lambda _: {}, changed_templates=lambda _: ()
    )
    assert found == {"a": (Reason(what="new"),)}


def test_a_page_with_another_address_is_stale_though_all_its_parts_are_the_same() -> None:
    found = stale(
        {"a": b"now"},
        {"a": b"then"},
        fault_of=lambda _: "",
        parts_of=lambda _: {"a": (SITE["a"], SITE["a"])},
        changed_templates=lambda _: (),
    )
    assert found == {"a": (Reason(what="besides"),)}


def test_parts_are_only_asked_of_pages_that_differ() -> None:
    asked_of: list[str] = []

    def parts_of(outputs: Sequence[str]) -> Mapping[str, tuple[Parts, Parts]]:
        asked_of.extend(outputs)
        return {output: (SITE[output], SITE[output]) for output in outputs}

    now = {output: output == "a" for output in SITE}
    stale(now, dict.fromkeys(SITE, False), fault_of=lambda _: "", parts_of=parts_of, changed_templates=lambda _: ())
    assert asked_of == ["a"]


BYTES = st.sampled_from([b"1", b"2"])
SHOWS = st.sampled_from([("own", A), ("card", A), ("card", B), ("link", C)])
PARTS = st.builds(
    Parts,
    kind=st.sampled_from(["article", "page"]),
    template=st.just("x.html"),
    frame=BYTES,
    templates=BYTES,
    recipe=BYTES,
    shown=st.dictionaries(SHOWS, BYTES),
    sources=st.dictionaries(st.sampled_from([NOTE]), BYTES, min_size=1),
)


@given(then=PARTS, now=PARTS)
def test_a_page_is_stale_exactly_when_it_is_made_of_something_else(then: Parts, now: Parts) -> None:
    """Of the order of what it shows, too: dictionaries are equal in any."""
    differs = then != now or list(then.shown) != list(now.shown)
    found = stale(
        {"a": (now, list(now.shown))},
        {"a": (then, list(then.shown))},
        fault_of=lambda _: "",
        parts_of=lambda outputs: dict.fromkeys(outputs, (then, now)),
        changed_templates=lambda _: (),
    )
    assert bool(found) == differs
    assert all(reason.what for reason in found.get("a", ()))


# --- in words --------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_every_kind_of_reason() -> None:
    kinds = {reason.what for row in TABLE for reasons in row.stale.values() for reason in reasons}
    assert kinds == set(get_args(get_type_hints(Reason)["what"]))


@each_row("language", LANGUAGES)
@each_row("row", TABLE, ids=lambda row: row.what)
def test_every_reason_is_told_in_sentences(row: Row, language: str) -> None:
    for reasons in row.stale.values():
        text = speak(words_of(reasons), language)
        assert text.endswith(".")
        assert "\n" not in text


def test_a_lost_file_is_told_when_nothing_else_is_the_reason() -> None:
    assert speak(words_of((MISSING,))) == "Its file in the output was missing or had been changed."
    assert speak(words_of((EDITED, changed(("own", A))))) == "It shows content/a.md whole, and that changed."


def test_of_many_articles_the_first_three_are_named() -> None:
    shows: tuple[Show, ...] = tuple(("card", f"{number}.md") for number in range(5))
    assert speak(words_of((Reason(what="changed", shows=shows),))).endswith(
        "It shows 2.md in a list, and that changed. So did 2 others."
    )
