"""The archive: all years, a year, a month, a day, with a calendar to look at."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from yoyak.contexts import ArchiveContext, DayContext, MonthContext, YearContext
from yoyak.language import formatted, message, year_name
from yoyak.model import Day, Page
from yoyak.pages.metadata import crumb, head, home, item_list
from yoyak.pages.paging import neighbours
from yoyak.pages.world import World, cards_of, day_groups, day_parts
from yoyak.text.urls import output_path, page_url
from yoyak.views import Cell, Crumb, Link, Month, YearLink

MONTHS = 12
LEVELS = 4


def archive_pages(world: World) -> Iterator[Page]:
    """Yield /archive/ and the pages of its years, months and days."""
    months = _months(world)
    years = _years(world)
    yield _archive_page(world, years, months)
    yield from _year_pages(world, years, months)
    yield from _month_pages(world, months)
    yield from _day_pages(world)


def _archive(world: World) -> Crumb:
    return crumb(world, "title.archive", "archive")


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
    most = max((len(day.articles) for day in world.site.days), default=1)
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
    url = page_url(world.config.base_path, "archive")
    description = message(world.language, "description.archive", site=world.config.title)
    about = head(
        world,
        "archive",
        url,
        message(world.language, "title.archive"),
        description=description,
        section="archive",
        crumbs=(home(world),),
    )
    return Page(
        kind="archive",
        url=url,
        output=output_path("archive"),
        template="archive.html",
        head=about,
        context=ArchiveContext(years=years, months=months[:MONTHS]),
    )


def _year_pages(world: World, years: tuple[YearLink, ...], months: tuple[Month, ...]) -> Iterator[Page]:
    found = {month.start: month for month in months}
    for place, year in enumerate(years):
        title = year_name(world.language, year.year)
        older, newer = neighbours(years, place)
        starts = [date(year.year, number, 1) for number in range(1, 13)]
        about = head(
            world,
            "year",
            year.url,
            title,
            description=message(world.language, "description.year", title=title, count=year.count),
            section="archive",
            crumbs=(home(world), _archive(world)),
        )
        context = YearContext(
            year=year.year,
            count=year.count,
            months=tuple(found.get(start) or _month(world, start, {}, 1) for start in starts),
            previous=older,
            next=newer,
        )
        yield Page(
            kind="year",
            url=year.url,
            output=output_path("archive", f"{year.year:04}"),
            template="year.html",
            head=about,
            context=context,
        )


def _year_crumb(world: World, day: date) -> Crumb:
    return Crumb(
        title=year_name(world.language, day.year), url=page_url(world.config.base_path, "archive", f"{day.year:04}")
    )


def _month_pages(world: World, months: tuple[Month, ...]) -> Iterator[Page]:
    days = {start: tuple(found) for start, found in groupby(world.site.days, key=lambda day: day.day.replace(day=1))}
    links = [Link(title=formatted(world.language, "month_name", month.start), url=month.url) for month in months]
    for place, month in enumerate(months):
        title = links[place].title
        older, newer = neighbours(links, place)
        groups = day_groups(world, (article for day in days[month.start] for article in day.articles))
        about = head(
            world,
            "month",
            month.url,
            title,
            description=message(world.language, "description.month", title=title, count=month.count),
            section="archive",
            crumbs=(home(world), _archive(world), _year_crumb(world, month.start)),
            json_ld=(item_list(world, title, (card for group in groups for card in group.cards)),),
        )
        context = MonthContext(
            month=month,
            days=groups,
            previous=older,
            next=newer,
        )
        yield Page(
            kind="month",
            url=month.url,
            output=output_path("archive", *day_parts(month.start)[:2]),
            template="month.html",
            head=about,
            context=context,
        )


def _day_pages(world: World) -> Iterator[Page]:
    days = world.site.days
    for place, day in enumerate(days):
        url, title = world.day_urls[day.day], formatted(world.language, "full_date", day.day)
        cards = cards_of(world, day.articles)
        older, newer = neighbours(days, place)
        month = Crumb(
            title=formatted(world.language, "month_name", day.day),
            url=page_url(world.config.base_path, "archive", *day_parts(day.day)[:2]),
        )
        about = head(
            world,
            "day",
            url,
            title,
            description=message(world.language, "description.day", title=title, count=len(cards)),
            section="archive",
            crumbs=(home(world), _archive(world), _year_crumb(world, day.day), month),
            json_ld=(item_list(world, title, cards),),
        )
        context = DayContext(
            day=day.day,
            cards=cards,
            previous=older.day if older else None,
            previous_url=world.day_urls[older.day] if older else "",
            next=newer.day if newer else None,
            next_url=world.day_urls[newer.day] if newer else "",
        )
        yield Page(
            kind="day",
            url=url,
            output=output_path("archive", *day_parts(day.day)),
            template="day.html",
            head=about,
            context=context,
        )
