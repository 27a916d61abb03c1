"""What a build did, as a value and in the words of its closing lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from yoyak.messages.catalogue import counted_problems, printed, speak
from yoyak.model.build import BuildReport, Suggestion
from yoyak.model.message import Problem, Value, Words, errors, foreign_marks, joined, say
from yoyak.model.types import Held, Ribbon
from yoyak.text.columns import printable

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
    """Yield what a person wants to know after a build; dates are worded in the site's language."""
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
    yield from held_lines(report.held, report.language, report.clock)
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


def held_lines(everything: tuple[Held, ...], code: str, clock: datetime | None) -> Iterator[str]:
    """Yield a line for each edition and each reason: ``scheduled: 3 articles, the next on 7월 5일 (금) 09:00``."""
    yield from _edition_lines(everything, code, clock)
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
                _said("held.next", moment=_moment(following, code, clock), **values)
                if following
                else _said("held", **values)
            )
            yield from _waiting_lines([one for one in held if one.reason == reason and (one.by or one.waits_for)])


def reviewed_lines(held: tuple[Held, ...], code: str, clock: datetime | None) -> Iterator[str]:
    """Yield these lines for what review holds back only."""
    yield from held_lines(
        tuple(one for one in held if one.by or one.waits_for or one.reason in _BY_REVIEW), code, clock
    )


def _waiting_lines(held: Sequence[Held]) -> Iterator[str]:
    """Yield for whom articles wait, those that review holds back."""
    for one in held[:_MOST_HELD]:
        yield f"  {printable(_said('waits.one', path=one.path, why=_why(one)))}"
    if len(held) > _MOST_HELD:
        yield f"  {_said('waits.more', count=len(held) - _MOST_HELD)}"


def _why(held: Held) -> Words:
    from yoyak.review.state import why_review_holds  # here, because most builds hold nothing back

    return joined(*why_review_holds(held.reason, held.by, held.waits_for, held.said))


def _edition_lines(held: tuple[Held, ...], code: str, clock: datetime | None) -> Iterator[str]:
    """Yield a line for each edition that is held back, with why, until when, and how many articles wait with it."""
    with_it = Counter(one.edition for one in held if one.reason == "edition")
    for one in held:
        if one.edition and one.reason != "edition":
            moment = _moment(one.until, code, clock) if one.until else ""
            why = _why(one) if one.review else say(f"build.held-edition.{one.reason}", path=one.path, moment=moment)
            line = _said("build.held-edition", edition=one.edition, why=why)
            count = with_it[one.edition]
            yield printable(_said("build.held-edition.with", line=line, count=count) if count else line)


def _moment(moment: datetime, code: str, clock: datetime | None) -> str:
    """Return a day with its time and zone; the year only when it is another one."""
    from yoyak.templating.language import formatted, language  # here, because most builds hold nothing back

    pattern = "day" if clock and clock.year == moment.year else "full_date"
    return f"{formatted(language(code), pattern, moment)} {moment:%H:%M %Z}"


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
