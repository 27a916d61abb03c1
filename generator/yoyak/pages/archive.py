"""The archive: all years, a year, a month, a day, with a calendar to look at."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from yoyak.model.types import Day, Page, Record, Show
from yoyak.model.views import Card, Cell, Crumb, DayGroup, DayPart, Frame, Link, Month, Recipe, YearLink, each, in_days
from yoyak.pages.metadata import crumb, head, home, item_list, words_of
from yoyak.pages.page_type import (
    Composed,
    PageType,
    Shown,
    World,
    cards,
    day_groups,
    day_parts,
    days_of,
    neighbours,
    paths_of,
)
from yoyak.templating.language import formatted, message, year_name
from yoyak.text.urls import output_path, page_url

MONTHS = 12
LEVELS = 4


class ArchiveRecipe(Recipe, kw_only=True):
    years: tuple[YearLink, ...]
    months: tuple[Month, ...]


class YearRecipe(Recipe, kw_only=True):
    year: YearLink
    months: tuple[Month, ...]
    previous: YearLink | None
    next: YearLink | None


class YearContext(Record, kw_only=True):
    year: int
    count: int
    months: tuple[Month, ...]
    previous: YearLink | None
    next: YearLink | None


class MonthRecipe(Recipe, kw_only=True):
    month: Month
    days: tuple[DayPart, ...]
    previous: Link | None
    next: Link | None

    def shows(self) -> Iterator[Show]:
        return in_days(self.days)


class MonthContext(Record, kw_only=True):
    month: Month
    days: tuple[DayGroup, ...]
    previous: Link | None
    next: Link | None


class DayRecipe(Recipe, kw_only=True):
    day: date
    cards: tuple[str, ...]
    previous: date | None
    previous_url: str
    next: date | None
    next_url: str

    def shows(self) -> Iterator[Show]:
        return each("card", self.cards)


class DayContext(Record, kw_only=True):
    day: date
    cards: tuple[Card, ...]
    previous: date | None
    previous_url: str
    next: date | None
    next_url: str


def archive_pages(world: World) -> Iterator[Page]:
    """Yield /archive/ and the pages of its years, months and days."""
    months = _months(world)
    years = _years(world)
    yield _archive_page(world, years, months)
    yield from _year_pages(world, years, months)
    yield from _month_pages(world, months)
    yield from _day_pages(world)


def _years(world: World) -> tuple[YearLink, ...]:
    """Return the years that have articles, newest first."""
    return tuple(
        YearLink(
            year=year,
            url=page_url(world.config.base_path, "archive", f"{year:04}"),
            count=sum(len(day.articles) for day in days),
        )
        for year, days in groupby(world.site.days, key=lambda day: day.day.year)
    )


def _months(world: World) -> tuple[Month, ...]:
    """Return the months that have articles, newest first."""
    most = max([LEVELS, *(len(day.articles) for day in world.site.days)])
    grouped = groupby(world.site.days, key=lambda day: day.day.replace(day=1))
    return tuple(_month(world, start, {day.day: day for day in days}, most) for start, days in grouped)


def _month(world: World, start: date, days: dict[date, Day], most: int) -> Month:
    count = sum(len(day.articles) for day in days.values())
    weeks = tuple(
        tuple(_cell(world, date(start.year, start.month, number), days, most) if number else None for number in week)
        for week in Calendar().monthdayscalendar(start.year, start.month)
    )
    return Month(
        start=start,
        url=page_url(world.config.base_path, "archive", *day_parts(start)[:2]) if count else "",
        count=count,
        weeks=weeks,
    )


def _cell(world: World, day: date, days: dict[date, Day], most: int) -> Cell:
    count = len(days[day].articles) if day in days else 0
    level = -(-LEVELS * count // most) if count else 0
    return Cell(day=day, count=count, level=level, url=world.day_urls.get(day, ""))


def _archive_page(world: World, years: tuple[YearLink, ...], months: tuple[Month, ...]) -> Page:
    return ARCHIVE.page(
        url=page_url(world.config.base_path, "archive"),
        output=output_path("archive"),
        recipe=ArchiveRecipe(years=years, months=months[:MONTHS]),
    )


def compose_archive(recipe: ArchiveRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of /archive/."""
    words = words_of(frame)
    about = head(
        frame,
        page,
        message(words, "title.archive"),
        description=message(words, "description.archive", site=frame.title),
        section="archive",
        crumbs=(home(frame),),
    )
    return about, recipe


def _year_pages(world: World, years: tuple[YearLink, ...], months: tuple[Month, ...]) -> Iterator[Page]:
    found = {month.start: month for month in months}
    for place, year in enumerate(years):
        older, newer = neighbours(years, place)
        starts = [date(year.year, number, 1) for number in range(1, 13)]
        shown = tuple(found.get(start) or _month(world, start, {}, 1) for start in starts)
        yield YEAR.page(
            url=year.url,
            output=output_path("archive", f"{year.year:04}"),
            recipe=YearRecipe(year=year, months=shown, previous=older, next=newer),
        )


def compose_year(recipe: YearRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a year's page."""
    words, year = words_of(frame), recipe.year
    title = year_name(words, year.year)
    about = head(
        frame,
        page,
        title,
        description=message(words, "description.year", title=title, count=year.count),
        section="archive",
        crumbs=(home(frame), _archive(frame)),
    )
    context = YearContext(
        year=year.year, count=year.count, months=recipe.months, previous=recipe.previous, next=recipe.next
    )
    return about, context


def _archive(frame: Frame) -> Crumb:
    return crumb(frame, "title.archive", "archive")


def _year_crumb(frame: Frame, day: date) -> Crumb:
    return Crumb(title=year_name(words_of(frame), day.year), url=page_url(frame.base_path, "archive", f"{day.year:04}"))


def _month_pages(world: World, months: tuple[Month, ...]) -> Iterator[Page]:
    days = {start: tuple(found) for start, found in groupby(world.site.days, key=lambda day: day.day.replace(day=1))}
    links = [Link(title=formatted(world.language, "month_name", month.start), url=month.url) for month in months]
    for place, month in enumerate(months):
        older, newer = neighbours(links, place)
        groups = day_groups(world, (article for day in days[month.start] for article in day.articles))
        yield MONTH.page(
            url=month.url,
            output=output_path("archive", *day_parts(month.start)[:2]),
            recipe=MonthRecipe(month=month, days=groups, previous=older, next=newer),
        )


def compose_month(recipe: MonthRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a month's page."""
    words, month = words_of(frame), recipe.month
    title = formatted(words, "month_name", month.start)
    days = days_of(shown, recipe.days)
    about = head(
        frame,
        page,
        title,
        description=message(words, "description.month", title=title, count=month.count),
        section="archive",
        crumbs=(home(frame), _archive(frame), _year_crumb(frame, month.start)),
        json_ld=(item_list(frame, title, (card for group in days for card in group.cards)),),
    )
    return about, MonthContext(month=month, days=days, previous=recipe.previous, next=recipe.next)


def _day_pages(world: World) -> Iterator[Page]:
    days = world.site.days
    for place, day in enumerate(days):
        older, newer = neighbours(days, place)
        recipe = DayRecipe(
            day=day.day,
            cards=paths_of(day.articles),
            previous=older.day if older else None,
            previous_url=world.day_urls[older.day] if older else "",
            next=newer.day if newer else None,
            next_url=world.day_urls[newer.day] if newer else "",
        )
        yield DAY.page(
            url=world.day_urls[day.day],
            output=output_path("archive", *day_parts(day.day)),
            recipe=recipe,
        )


def compose_day(recipe: DayRecipe, page: Page, frame: Frame, shown: Shown) -> Composed:
    """Return the head and the context of a day's page."""
    words, found = words_of(frame), cards(shown, recipe.cards)
    title = formatted(words, "full_date", recipe.day)
    month = Crumb(
        title=formatted(words, "month_name", recipe.day),
        url=page_url(frame.base_path, "archive", *day_parts(recipe.day)[:2]),
    )
    about = head(
        frame,
        page,
        title,
        description=message(words, "description.day", title=title, count=len(found)),
        section="archive",
        crumbs=(home(frame), _archive(frame), _year_crumb(frame, recipe.day), month),
        json_ld=(item_list(frame, title, found),),
    )
    context = DayContext(
        day=recipe.day,
        cards=found,
        previous=recipe.previous,
        previous_url=recipe.previous_url,
        next=recipe.next,
        next_url=recipe.next_url,
    )
    return about, context


ARCHIVE = PageType(
    kind="archive",
    recipe=ArchiveRecipe,
    compose=compose_archive,
    plan=archive_pages,
)
YEAR = PageType(
    kind="year",
    recipe=YearRecipe,
    context=YearContext,
    compose=compose_year,
    settings=("timezone",),
)
MONTH = PageType(
    kind="month",
    recipe=MonthRecipe,
    context=MonthContext,
    compose=compose_month,
    settings=("timezone",),
)
DAY = PageType(
    kind="day",
    recipe=DayRecipe,
    context=DayContext,
    compose=compose_day,
    settings=("timezone",),
)
