"""What a build did, as a value and in the words of its closing lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from yoyak.messages.problems import printed
from yoyak.model.problems import Problem, errors, foreign_marks
from yoyak.model.report import BuildReport, Suggestion
from yoyak.model.types import Held, Ribbon
from yoyak.text.columns import printable
from yoyak.text.counting import counted, counted_problems

_REASONS: dict[Ribbon, str] = {
    "draft": "drafts",
    "review": "in review",
    "scheduled": "scheduled",
    "embargoed": "under embargo",
    "expired": "expired",
}
_FOREIGN = "foreign-key"
SAME_KIND = 5
"""How many warnings of one kind are printed whole."""
MOST_SUGGESTIONS = 20
"""How many suggestions of one kind are printed."""


def reason_lines(report: BuildReport) -> Iterator[str]:
    """Yield why each page was made again, in the order of their paths."""
    for path, sentence in sorted(report.reasons.items()):
        yield printable(f"{path}: {sentence}")
    for path in report.removed:
        yield printable(f"{path}: It is removed, since nothing makes it any more.")
    same = report.rendered - len(report.reasons)
    if same > 0:
        yield f"{counted(same, 'page')} made again and came out the same."


def differing_lines(report: BuildReport) -> Iterator[str]:
    """Yield the files that a build from nothing would have made otherwise."""
    for path in report.differing:
        yield printable(f"{path}: a build from nothing makes this file otherwise.")
    if report.differing:
        yield "The store is wrong: build with --clean, and report this as a fault of yoyak."


def closing_lines(report: BuildReport, *, verified: bool = False) -> Iterator[str]:
    """Yield what a person wants to know after a build; dates are worded in the site's language."""
    if report.complete:
        made = f"{len(report.written)} new, {len(report.changed)} changed"
        kept = f"{len(report.removed)} removed, {report.unchanged} unchanged"
        yield f"{counted(report.articles, 'article')}, {counted(report.pages, 'page')}: {made}, {kept}."
    if report.unlisted:
        yield f"unlisted: {counted(report.unlisted, 'article')}, each with a page and in no list"
    yield from held_lines(report.held, report.language, report.clock)
    if report.problems:
        yield f"{counted_problems(report.problems)}." + (
            f" Left out: {counted(len(report.left_out), 'file')}." if report.left_out and report.complete else ""
        )
    marks = foreign_marks(report.problems, (one.path for one in report.held))
    if marks:
        files = counted(len({problem.path for problem in marks}), "file")
        yield f"{counted(len(marks), 'mark')} of other programs in {files}: readers would see them as they are typed."
    seconds = sum(report.seconds.values())
    if report.complete:
        if verified and not report.differing:
            yield "Built again from nothing: every byte is the same."
        yield f"Done in {seconds:.2f} s. Look at {report.output}"
    else:
        yield f"Nothing was written: {report.output} is as it was."
        yield from _next_steps(report.problems, marks)


def _next_steps(problems: tuple[Problem, ...], marks: Sequence[Problem]) -> Iterator[str]:
    wrong = len(errors(problems))
    if wrong:
        what = "the error" if wrong == 1 else f"the {counted(wrong, 'error')}"
        yield f"Fix {what} above, or publish the rest with --keep-going."
    elif marks:
        yield "Look at the marks above and replace them, or publish them as they are with --allow-foreign-marks."


def held_lines(held: tuple[Held, ...], code: str, clock: datetime | None) -> Iterator[str]:
    """Yield a line for each reason: ``scheduled: 3 articles, the next on 7월 5일 (금) 09:00 KST``."""
    counts = Counter(article.reason for article in held)
    for reason, words in _REASONS.items():
        if reason in counts:
            following = min((a.until for a in held if a.reason == reason and a.until), default=None)
            yield f"{words}: {counted(counts[reason], 'article')}" + (
                f", the next on {_moment(following, code, clock)}" if following else ""
            )


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
            more = counted(number - SAME_KIND, "more problem" if code == _FOREIGN else "more warning")
            yield f"… and {more} of the same kind [{code}]. yoyak check shows all."
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
        yield (
            f"{counted(len(paths), 'file')} with front matter of another generator. Move them out of content/ and run "
            "yoyak import on their folder: it writes them in yoyak's keys."
        )


def suggestion_lines(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the suggestions as lines, of each kind the first ones and how many more there are."""
    if not suggestions:
        return
    yield "Suggestions, to take or to leave; nothing is changed:"
    seen: Counter[str] = Counter()
    for suggestion in suggestions:
        seen[suggestion.kind] += 1
        if seen[suggestion.kind] <= MOST_SUGGESTIONS:
            place = f"{suggestion.path}:{suggestion.line}" if suggestion.line else suggestion.path
            yield printable(f"{place}: {suggestion.message}")
            yield printable(f"    {suggestion.hint}")
    more = sum(max(0, number - MOST_SUGGESTIONS) for number in seen.values())
    if more:
        yield f"… and {counted(more, 'more suggestion')}. yoyak check --json has all."
    yield ""
