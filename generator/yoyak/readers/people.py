"""Names of authors as pages write them: several in one text, with roles, counts and the outlet's name between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import structs

from yoyak.model.types import Person
from yoyak.readers.word_lists import alternatives, by_group, groups, words

_BETWEEN_KOREAN = re.compile(r"[\s·,ㆍ/&]+")
_BETWEEN = re.compile(r"\s*(?:,\s*(?:and\s)?|\sand\s|\s&\s|;|\s/\s|[·ㆍ|、])\s*", re.IGNORECASE)
_HANGUL = re.compile("[가-힣]")
_ROLES = re.compile(
    rf"(?:(?<=\s)|(?<=[가-힣]{{2}})|^)(?:(?:{alternatives('byline-ranks', 'people')})\s?)?"
    rf"(?:{alternatives('byline-roles', 'people')})$"
)
_HAN_NAMES = re.compile(r"(?=.*[一-鿿]{3})[一-鿿]{2,4}(?:[\s、][一-鿿]{2,4})+")
"""Chinese names side by side; a Japanese name has a space within it, and seldom three signs on one side."""
_GLUED_ROLE = re.compile(
    r"(?<=기자)(?=[가-힣]{2,4}\s?(?:기자|특파원|인턴))|(?<=특파원)(?=[가-힣]{2,4}\s?(?:기자|특파원))"
)
"""``김하늘 기자이보늬 기자``: two elements of a page side by side."""
_PICTURES = re.compile(r"(?<=[가-힣])[\s|/·,]*사진\s?[=:·]?\s?[가-힣]{2,4}(?:\s?(?:기자|작가))?$")
"""``김하늘 기자 | 사진 이보늬 기자``: who took the pictures did not write."""
_AND_ELSEWHERE = re.compile(r"\s(?:und|et|y|e|en)\s(?=[A-ZÀ-Þ]\S*\s[A-ZÀ-Þ])")
"""``und`` between two full names; ``Ortega y Gasset`` is one."""
_DESK = re.compile(rf"[가-힣A-Za-z]{{1,10}}(?:{alternatives('desk-endings', 'people')})")
_COUNT = re.compile(r"\s*외(?:\s*\d+\s*[명인])?$|\s+(?:and|&)\s+\d+\s+others?$", re.IGNORECASE)
_BY = re.compile(r"^(?:written\s|posted\s|story\s)?by:?\s+|^글\s*[=:·]?\s+", re.IGNORECASE)
_MAIL = re.compile(r"[(<\[]?\s*(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*[)>\]]?")
_KOREAN_NAMES = re.compile(r"[가-힣]{2,4}(?:\s[가-힣]{2,4})+")
_OFFICE = re.compile(rf"\b(?:{alternatives('office-endings', 'people')})$", re.IGNORECASE)
_IN_PLACE = re.compile(r"\s+in\s+[A-Z][\w .]+$")
_NOT_NAMES = words("not-names", "people")


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a byline without roles: ``이하늘·정초록`` or ``Jane Doe and Sam Lee``."""
    if _HANGUL.search(text):
        parts = _BETWEEN_KOREAN.split(text)
    elif _HAN_NAMES.fullmatch(text.strip()):
        parts = re.split(r"[\s、]", text.strip())
    else:
        parts = [_IN_PLACE.sub("", part) for part in _BETWEEN.split(text)]
    return tuple(part for part in (part.strip() for part in parts) if _is_name(part))


def signed(names: str, mail: str | None) -> tuple[Person, ...]:
    """Return the people of a byline, who may have roles and desks: ``이하늘 사회부 기자, 정초록 기자``.

    An address is that of the only one; of several people each has one, or nobody.
    """
    mails = [match["mail"] for match in _MAIL.finditer(names)] + ([mail] if mail else [])
    found = tuple(dict.fromkeys(split_names(_without_roles(_MAIL.sub(" ", names)))))
    if len(mails) != len(found):
        return tuple(Person(name=name) for name in found)
    return tuple(Person(name=name, email=address) for name, address in zip(found, mails, strict=True))


def _without_roles(names: str) -> str:
    """Return Korean names without ``기자`` behind them and the desk before it; other names as they are."""
    if not _HANGUL.search(names):
        return _AND_ELSEWHERE.sub(", ", names)
    names = _PICTURES.sub("", _GLUED_ROLE.sub(" ", names)) or names
    parts = [_ROLES.sub("", part) for part in re.split(r"[\s·,ㆍ/&|()\[\]<>=:]+", names)]
    desks = {part for part in parts if _DESK.fullmatch(part)}
    people = [part for part in parts if part and part not in desks]
    return " ".join(people or parts)


def clean_people(written: Iterable[str], outlets: Iterable[str] = ()) -> tuple[Person, ...]:
    """Return the people whom a page's data names: ``한빛일보;신현주 기자`` is 신현주 when 한빛일보 is the outlet."""
    ours = {outlet.casefold().strip() for outlet in outlets if outlet}
    found: list[Person] = []
    for text in written:
        mail = _MAIL.search(text)
        for part in re.split(r"[;|]", _MAIL.sub("", text)):
            names = _names_of(part)
            address = mail["mail"] if mail and len(names) == 1 else None
            found += [Person(name=name, email=address) for name in names if name.casefold() not in ours]
    return merged(found)


def merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return each person once, in order of appearance, with the first address that is known."""
    order: dict[str, Person] = {}
    for person in people:
        if once := _AGAIN.fullmatch(person.name):
            person = structs.replace(person, name=once[1])  # noqa: PLW2901
        known = order.get(person.name)
        if known is None or (known.email is None and person.email):
            order[person.name] = person
    return tuple(order.values())


_AGAIN = re.compile(r"(\S+\s.{2,40}?)(?:\s?\1|\s@\w{2,30})")
"""A name that stands twice in its line, or before its handle."""


def _names_of(text: str) -> list[str]:
    rest = _COUNT.sub("", _BY.sub("", " ".join(text.split()))).strip()
    parts = _BETWEEN.split(rest)
    names = [_COUNT.sub("", _ROLES.sub("", _COUNT.sub("", part.strip())).strip()).strip(" ()[]=·,") for part in parts]
    apart = [part for name in names for part in (name.split() if _KOREAN_NAMES.fullmatch(name) else [name])]
    return [name for name in apart if _is_name(name)]


def is_no_person(text: str) -> bool:
    """Tell whether words are a label or a desk and no name: ``Filed Under``, ``분享到``."""
    folded = text.casefold()
    if folded in _NOT_NAMES or _HAN_OUTLET.fullmatch(text) or _BUTTON.fullmatch(text) or _BUREAU.fullmatch(text):
        return True
    said = folded.split()
    if _DESK.fullmatch(text) and (len(text) > 3 or text[:-1] in _NOT_NAMES):
        return True
    return any(word in _NO_NAME or word.endswith(("'s", "’s")) for word in said) or said[0] in _DIRECTIONS


_BUTTON = re.compile(f"[가-힣 ]{{0,10}}(?:{alternatives('button-endings', 'people')})")
_AUTHORITY = by_group("authority-endings", "people")
_BUREAU = re.compile(f"[가-힣]{{2,}}(?:{_AUTHORITY['two-before']})|[가-힣]{{3,}}(?:{_AUTHORITY['three-before']})")
_DIRECTIONS = words("no-first-word-of-a-name", "people")
_HAN_OUTLET = re.compile(f"[一-鿿]{{1,8}}[网網报報社台号號]|.*(?:{alternatives('of-an-outlet', 'people')})")
_NO_NAME = words("no-part-of-a-name", "people")


def _is_name(text: str) -> bool:
    known = text.casefold() in _NOT_NAMES or _OFFICE.search(text) or text.startswith(("http", "@", "/"))
    return bool(text) and not known


def desks_in(text: str, outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the desks and agencies with which a line signs that says nothing else, but perhaps an outlet's name.

    >>> desks_in("By Staff"), desks_in("dpa/Redaktion"), desks_in("Ada Brook, AFP")
    (('Staff',), ('dpa', 'Redaktion'), ())
    """
    bare = _BEFORE_DESK.sub("", text).strip(" .:|·()[]")
    if len(bare) > _LONGEST_DESK:
        return ()
    parts = [bare] if _DESK_SIGNS.fullmatch(bare) else [part.strip() for part in _BETWEEN_DESKS.split(bare)]
    ours = {_SIGNS_AND_SPACES.sub("", outlet.casefold()) for outlet in outlets}
    found = [part for part in parts if _DESK_SIGNS.fullmatch(part) or _is_agency(part)]
    others = [part for part in parts if part not in found and _SIGNS_AND_SPACES.sub("", part.casefold()) not in ours]
    return () if others else tuple(found)


def _is_agency(name: str) -> bool:
    known = words("agencies") - {*groups("agencies", "words")["portals"]}
    return (len(name) > 2 or name == "AP") and name.casefold().replace(" ", "-") in known


_BEFORE = by_group("before-desks", "people")
_BEFORE_DESK = re.compile(
    rf"^\W{{0,2}}(?:(?:{_BEFORE['latin']}):?\s+(?:(?:{_BEFORE['articles']})\s+)?|(?:{_BEFORE['ko']}|{_BEFORE['zh-ja']})\s?[:：=|/／]?\s?)",
    re.IGNORECASE,
)
_DESK_SIGNS = re.compile(alternatives("desk-bylines", "people"), re.IGNORECASE)
_BETWEEN_DESKS = re.compile(r"\s*[/|,、·]\s*|\s(?:and|und|et|y|e|with|mit|avec|con|com)\s", re.IGNORECASE)
_SIGNS_AND_SPACES = re.compile(r"[\s.-]+")
_LONGEST_DESK = 60
