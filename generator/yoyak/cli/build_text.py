"""What a build did, as a value and in the words of its closing lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from yoyak.messages.catalogue import counted_problems, printed, speak, spoken_language
from yoyak.model.build import BuildReport, Profile, Spent, Suggestion
from yoyak.model.message import Problem, Value, Words, errors, foreign_marks, joined, say
from yoyak.model.types import Held, Ribbon
from yoyak.text.columns import columns, padded, printable

REASONS: tuple[Ribbon, ...] = (
    "draft", "review", "changes-requested", "on-hold", "stale", "scheduled", "embargoed", "expired",
)  # fmt: skip
_BY_REVIEW = ("changes-requested", "on-hold", "stale")
_MOST_HELD = 5
"""How many articles that wait for somebody are printed of each reason."""
_FOREIGN = "foreign-key"
SAME_KIND = 5
"""How many warnings of one kind are printed whole."""
MOST_SUGGESTIONS = 20
"""How many suggestions of one kind are printed."""


def reason_lines(report: BuildReport) -> Iterator[str]:
    """Yield why each page was made again, in the order of their paths."""
    for path, sentence in sorted(report.reasons.items()):
        yield printable(f"{path}: {speak(sentence)}")
    for path in report.removed:
        yield printable(f"{path}: {_said('build.removed')}")
    same = report.rendered - len(report.reasons)
    if same > 0:
        yield _said("build.same", count=same)


def differing_lines(report: BuildReport) -> Iterator[str]:
    """Yield the files that a build from nothing would have made otherwise."""
    for path in report.differing:
        yield printable(f"{path}: {_said('build.differs')}")
    if report.differing:
        yield _said("build.differs.hint")


def closing_lines(report: BuildReport, *, verified: bool = False) -> Iterator[str]:
    """Yield what a person wants to know after a build."""
    if report.complete:
        yield _said(
            "build.summary",
            articles=say("count.articles", count=report.articles),
            pages=say("count.pages", count=report.pages),
            new=len(report.written),
            changed=len(report.changed),
            removed=len(report.removed),
            unchanged=report.unchanged,
        )
    if report.unlisted:
        yield _said("build.unlisted", count=report.unlisted)
    yield from held_lines(report.held, report.clock)
    if report.problems:
        left_out = len(report.left_out) if report.complete else 0
        found = f"{counted_problems(report.problems)}."
        yield f"{found} {_said('build.left-out', count=left_out)}" if left_out else found
    marks = foreign_marks(report.problems, (one.path for one in report.held))
    if marks:
        files = say("count.files", count=len({problem.path for problem in marks}))
        yield _said("build.marks", count=len(marks), files=files)
    if report.complete:
        if verified and not report.differing:
            yield _said("build.verified")
        yield _done(report)
    else:
        yield _said("build.nothing-written", output=report.output)
        yield from _next_steps(report.problems, marks)


def _done(report: BuildReport) -> str:
    seconds = f"{sum(report.seconds.values()):.2f}"
    if not report.bundle:
        return _said("build.done", seconds=seconds, output=report.output)
    sizes = {"size": -(-report.bundle_size // 1000), "pictures": -(-report.bundle_pictures // 1000)}
    return _said("build.bundled", seconds=seconds, file=report.bundle, **sizes)


def _next_steps(problems: tuple[Problem, ...], marks: Sequence[Problem]) -> Iterator[str]:
    wrong = len(errors(problems))
    if wrong:
        yield _said("build.fix-errors", count=wrong)
    elif marks:
        yield _said("build.look-at-marks")


def held_lines(everything: tuple[Held, ...], clock: datetime | None) -> Iterator[str]:
    """Yield a line for each edition and each reason: ``scheduled: 3 articles, the next on Fri 5 July 09:00``."""
    yield from _edition_lines(everything, clock)
    held = tuple(one for one in everything if not one.edition)
    counts = Counter(article.reason for article in held)
    for reason in REASONS:
        if reason in counts:
            following = min((a.until for a in held if a.reason == reason and a.until), default=None)
            values: dict[str, Value] = {
                "reason": say(f"held.{reason}"),
                "articles": say("count.articles", count=counts[reason]),
            }
            yield (
                _said("held.next", moment=_moment(following, clock), **values) if following else _said("held", **values)
            )
            yield from _waiting_lines([one for one in held if one.reason == reason and (one.by or one.waits_for)])


def reviewed_lines(held: tuple[Held, ...], clock: datetime | None) -> Iterator[str]:
    """Yield these lines for what review holds back only."""
    yield from held_lines(tuple(one for one in held if one.by or one.waits_for or one.reason in _BY_REVIEW), clock)


def _waiting_lines(held: Sequence[Held]) -> Iterator[str]:
    """Yield for whom articles wait, those that review holds back."""
    for one in held[:_MOST_HELD]:
        yield f"  {printable(_said('waits.one', path=one.path, why=_why(one)))}"
    if len(held) > _MOST_HELD:
        yield f"  {_said('waits.more', count=len(held) - _MOST_HELD)}"


def _why(held: Held) -> Words:
    from yoyak.review.state import why_review_holds  # here, because most builds hold nothing back

    return joined(*why_review_holds(held.reason, held.by, held.waits_for, held.said))


def _edition_lines(held: tuple[Held, ...], clock: datetime | None) -> Iterator[str]:
    """Yield a line for each edition that is held back, with why, until when, and how many articles wait with it."""
    with_it = Counter(one.edition for one in held if one.reason == "edition")
    for one in held:
        if one.edition and one.reason != "edition":
            moment = _moment(one.until, clock) if one.until else ""
            why = _why(one) if one.review else say(f"build.held-edition.{one.reason}", path=one.path, moment=moment)
            line = _said("build.held-edition", edition=one.edition, why=why)
            count = with_it[one.edition]
            yield printable(_said("build.held-edition.with", line=line, count=count) if count else line)


def _moment(moment: datetime, clock: datetime | None) -> str:
    """Return a day with its time and zone; the year only when it is another one."""
    from yoyak.templating.language import formatted, language  # here, because most builds hold nothing back

    pattern = "day" if clock and clock.year == moment.year else "full_date"
    return f"{formatted(language(spoken_language()), pattern, moment)} {moment:%H:%M %Z}"


def shown_problems(
    problems: tuple[Problem, ...], *, everything: bool = False, paint: Callable[[str, Problem], str] | None = None
) -> Iterator[str]:
    """Yield the problems as lines: of each kind of warning the first few and how many more there are, then all errors.

    The errors are last, where a terminal still shows them. Keys of other generators are counted like warnings: a folder
    of theirs is one job and not hundreds. `paint` may colour a line.
    """
    seen: Counter[str] = Counter()
    for problem in problems:
        if problem.severity == "warning" or problem.code == _FOREIGN:
            seen[problem.code] += 1
            if everything or seen[problem.code] <= SAME_KIND:
                yield from problem_lines(problem, paint)
    for code, number in sorted(seen.items()):
        if number > SAME_KIND and not everything:
            key = "more-of-a-kind.problems" if code == _FOREIGN else "more-of-a-kind.warnings"
            yield _said(key, count=number - SAME_KIND, code=code)
    yield from _foreign_folder(problems)
    for problem in errors(problems):
        if problem.code != _FOREIGN:
            yield from problem_lines(problem, paint)


def problem_lines(problem: Problem, paint: Callable[[str, Problem], str] | None = None) -> Iterator[str]:
    """Yield a problem as lines that are safe to print: what is wrong, and what to write as it is."""
    line = printable(printed(problem))
    yield paint(line, problem) if paint else line
    yield from map(printable, problem.write)


def _foreign_folder(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Yield what to do with a site of another generator."""
    paths = {problem.path for problem in problems if problem.code == _FOREIGN}
    if len(paths) >= SAME_KIND:
        yield _said("foreign-folder", count=len(paths))


def suggestion_lines(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the suggestions as lines, of each kind the first ones and how many more there are."""
    if not suggestions:
        return
    yield _said("suggestions")
    seen: Counter[str] = Counter()
    for suggestion in suggestions:
        seen[suggestion.kind] += 1
        if seen[suggestion.kind] <= MOST_SUGGESTIONS:
            place = f"{suggestion.path}:{suggestion.line}" if suggestion.line else suggestion.path
            yield printable(f"{place}: {speak(suggestion.message)}")
            yield printable(f"    {speak(suggestion.hint)}")
    more = sum(max(0, number - MOST_SUGGESTIONS) for number in seen.values())
    if more:
        yield _said("suggestions.more", count=more)
    yield ""


def _said(key: str, /, **values: Value) -> str:
    return speak(say(key, **values))


# --- A profile in lines for a person: columns of seconds, the most expensive first -------------------------------


_WIDEST = 64
"""Columns of a name; a longer one stands as it is, and its numbers behind it."""
_KINDS = {"saved_page", "markdown", "capture", "own files"}
_LABEL = 8
"""Columns of a row's label."""


def profile_lines(profile: Profile) -> Iterator[str]:
    """Yield where the time and the memory went."""
    yield ""
    stages = [Spent(name=name, seconds=seconds, items=0) for name, seconds in profile.stages.items()]
    yield from _table("stage", "", stages)
    yield from _table("reader", "unit-files", [_named(one) for one in profile.readers])
    yield from _table("template", "unit-pages", profile.templates)
    if profile.templates_by_jinja:
        names = ", ".join(map(printable, profile.templates_by_jinja))
        yield speak(say("template.by-jinja", count=len(profile.templates_by_jinja), names=names))
        yield ""
    yield from _table("slowest-files", "", profile.slowest_files)
    yield from _table("slowest-pages", "", profile.slowest_pages)
    yield from _rows(profile)


def _named(one: Spent) -> Spent:
    name = _said(f"profile.reader.{one.name.replace(' ', '-')}") if one.name in _KINDS else one.name
    return Spent(name=name, seconds=one.seconds, items=one.items)


def _table(title: str, unit: str, spent: Iterable[Spent]) -> Iterator[str]:
    """Yield a table with its title; nothing when it has no rows."""
    rows = [(printable(one.name), one) for one in spent]
    if not rows:
        return
    width = min(_WIDEST, max(columns(name) for name, _ in rows))
    head = f"{padded(_said(f'profile.{title}'), max(width, 14))}  {_right(_said('profile.seconds'), 7)}"
    yield head + (f"  {_right(_said(f'profile.{unit}'), 9)}" if unit else "")
    for name, one in rows:
        number = f"  {one.items:>9,}" if unit else ""
        yield f"{padded(name, max(width, 14))}  {one.seconds:7.3f}{number}"
    yield ""


def _rows(profile: Profile) -> Iterator[str]:
    if profile.files_read or profile.files_known:
        yield _row("files", read=profile.files_read, known=profile.files_known)
    yield _row("pages", made=profile.pages_made, kept=profile.pages_kept)
    if profile.views_made:
        yield _row("views", made=profile.views_made, kept=profile.views_remembered)
    if profile.store_seconds:
        yield _row("store", seconds=f"{profile.store_seconds:.3f}", size=_megabytes(profile.store_bytes))
    if profile.memory:
        size, worker = _megabytes(profile.memory), _megabytes(profile.memory_of_workers)
        text = _said("profile.memory.workers", size=size, worker=worker) if profile.memory_of_workers else ""
        yield padded(_said("profile.memory"), _LABEL) + (text or _said("profile.memory.row", size=size))


def _row(label: str, **values: Value) -> str:
    return padded(_said(f"profile.{label}"), _LABEL) + _said(f"profile.{label}.row", **values)


def _right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
