"""Names in the bylines of saved pages: people told from outlets, agencies, roles and labels, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from yoyak.model.types import Person, Record
from yoyak.readers.people import clean_people, merged
from yoyak.readers.saved_page.data import plain
from yoyak.readers.word_lists import alternatives, by_group, words

_BY = by_group("by-language")
_BY_ANYWHERE = re.compile(alternatives("by"), re.IGNORECASE)
_SPLIT = re.compile(r"\s*[;|•·/]\s*|\s+[-–—]\s+|\n")
_COMMA = re.compile(r"\s*[,،、]\s*")
_AND = re.compile(
    r"\s+(?:and|und|y|e|et|og|och|en|i|a|ja|ve|dan|và|și|és|és|και|и|і|та|و|and\s+in|with|mit|avec|con|com|&|\+)\s+",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}|\d{4}\b")
_FAMILY_FIRST = re.compile(
    r"(?P<family>[A-ZÀ-Þ][\w'’-]+), (?P<given>(?:[A-ZÀ-Þ]\.[\s-]?)+(?:(?:de|van|von|der|den)\s?)*"
    r"|[A-ZÀ-Þ][\w-]+ (?:de|van|von|der|den|del|da|di))"
)
"""``Brook, A.`` and ``Jong, Maria de``: one name, as libraries write it."""
_AND_FIRST = re.compile(r"^(?:and|und|et|og|och|&)\s+", re.IGNORECASE)
_MAIL = re.compile(r"[(<\[]?\s*(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*[)>\]]?")
_BRACKETS = re.compile(r"\s*[(\[（【][^)\]）】]*[)\]）】]")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|esq|dr|prof|mba|msc)\.?$", re.IGNORECASE)
_PARTICLES = words("name-particles")
_STAFF = re.compile(rf"\b(?:{alternatives('desks')})\b|(?:{alternatives('desks-east')})", re.IGNORECASE)
_ROLE = re.compile(rf"\b(?:{alternatives('roles')})\b", re.IGNORECASE)
_CJK_ROLE = re.compile(alternatives("roles-east"))
_HANGUL = re.compile("[가-힣]")
_CHINESE_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4})+")
_NOISE = re.compile(r"https?:|www\.|^@|^/|\d{2}|[<>{}=«»©®→›：]|^[A-Z]{2,5}$|^\W+$|^\w[\w-]*(?:\.[\w-]{2,})+$")
_FOR = re.compile(r"\s+(?:for|of|at|from|in|para|pour|für|voor|per|til|för)\s+(?:the\s+)?", re.IGNORECASE)


class Names(Record, kw_only=True):
    """What is needed to tell people from outlets, agencies and roles on one page."""

    outlets: frozenset[str]
    lang: str

    @classmethod
    def of(cls, outlets: Iterable[str], lang: str) -> Names:
        """Return what is needed on a page of these outlets in this language."""
        return cls(outlets=frozenset(map(_folded, outlets)), lang=lang)

    def told_apart(self, written: Iterable[str]) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
        """Return the people that texts name, and the organizations, each once and in order."""
        people: list[Person] = []
        bodies: list[Person] = []
        for text in written:
            for person in self._read(plain(text)):
                (bodies if self.is_body(person.name) else people).append(person)
        return _once(people), _once(bodies)

    def _read(self, text: str) -> Iterator[Person]:
        if _HANGUL.search(text):
            yield from (one for one in clean_people((text,), ()) if not _LABEL_ONLY.search(one.name))
            return
        if _folded(text) in self.outlets:
            yield Person(name=text)
            return
        mail = _MAIL.search(text)
        if family := _FAMILY_FIRST.fullmatch(text.strip()):
            yield Person(name=f"{family['given']} {family['family']}")
            return
        names = [name for part in self._parts(_MAIL.sub(" ", text)) for name in self._names(part)]
        address = mail["mail"] if mail and len(names) == 1 else None
        yield from (Person(name=name, email=address) for name in names)

    def _parts(self, text: str) -> list[str]:
        """Return the parts between bars; of ``Ada Brook | Millport | 08/01/2024`` the first only."""
        cells = text.split("|")
        if len(cells) > 2 and _DAY.search(cells[-1]):
            return _SPLIT.split(cells[0])
        return _SPLIT.split(text)

    def _names(self, part: str) -> Iterator[str]:
        rest = self._without_by(_BRACKETS.sub("", part).strip(" ,:–—-"))
        rest = _CJK_ROLE.sub(" ", rest).strip()
        if self.lang.startswith("zh") and _CHINESE_NAMES.fullmatch(rest):
            yield from rest.split()
            return
        for at, piece in enumerate(_AND_FIRST.sub("", part) for part in _COMMA.split(rest)):
            if at > 0 and self._begins_with_outlet(piece):
                continue
            for joined in self._joined(piece):
                name = _without_role(trimmed(self._without_outlet(joined)))
                is_body = self.is_body(name) and at == 0 and len(name) <= 50
                if is_body or (_is_name(name) and not (at > 0 and (_SUFFIX.match(name) or _ROLE.search(name)))):
                    yield name

    def _without_by(self, text: str) -> str:
        rest = _BY_ANYWHERE.sub("", text)
        by = _BY.get(self.lang.split("-")[0].lower(), "")
        return re.sub(rf"^(?:{by})\s*:?\s+(?=\S)", "", rest, flags=re.IGNORECASE) if by else rest

    def _joined(self, piece: str) -> Iterator[str]:
        """Yield the names that a word for “and” joins; ``Maria e Silva`` stays one where a side is a single word."""
        parts = _AND.split(piece)
        strong = re.search(r"\s(?:and|und|et|og|och|&|\+|with|mit|avec|и|و|ve|dan|và)\s", piece, re.IGNORECASE)
        whole = all(len(part.split()) >= 2 or self.is_body(part) for part in parts)
        yield from parts if strong or whole else (piece,)

    def _without_outlet(self, name: str) -> str:
        parts = _FOR.split(name)
        if len(parts) > 1 and (_folded(parts[-1]) in self.outlets or len(parts[0].split()) >= 2):
            return parts[0]
        words = name.split()[:_OUTLET]
        for start in range(2, len(words)):
            for end in range(len(words), start, -1):
                if (outlet := _folded(" ".join(words[start:end]))) in self.outlets or outlet in _AGENCIES:
                    return " ".join(words[:start])
        return name

    def _begins_with_outlet(self, name: str) -> bool:
        """Tell whether a text is a part of an outlet: ``Example Today Sports``."""
        words = name.split()[:_OUTLET]
        return any(_folded(" ".join(words[:end])) in self.outlets for end in range(1, len(words)))

    def is_body(self, name: str) -> bool:
        """Tell whether a name is that of an outlet, an agency or a desk."""
        folded = _folded(name)
        known = folded in self.outlets or folded in _AGENCIES or folded.removesuffix("agency") in _AGENCIES
        known = (
            known or _HAN_OUTLET.fullmatch(name) is not None or any(f"{folded}{end}" in self.outlets for end in _ENDS)
        )
        return known or (_STAFF.search(name) is not None and len(name.split()) <= 6)


_HAN_OUTLET = re.compile(rf"[一-鿿]{{2,10}}(?:{alternatives('outlet-endings')})")
_ENDS = tuple(words("outlet-pages"))
"""What an outlet calls its pages behind its own name: ``网易新闻``."""
_OUTLET = 12
"""Words of the name of an outlet; a name of a page may have a hundred thousand."""
_AGENCIES = frozenset(re.sub(r"[\s.-]+", "", name) for name in words("agencies"))


_BEFORE_ROLE = re.compile(rf"\s+(?:{alternatives('before-roles')})$", re.IGNORECASE)


def _without_role(name: str) -> str:
    """Return ``Jane Doe Senior Reporter`` without what she is; a role alone stays as it is."""
    found = _ROLE.search(name)
    head = name[: found.start()].rstrip() if found else ""
    while head and (shorter := _BEFORE_ROLE.sub("", head)) != head:
        head = shorter
    return head if len(head.split()) >= 2 else name


def is_full_name(name: str) -> bool:
    """Tell whether a name on a page is one for sure: of two words or more, but in scripts that write names as one."""
    words = name.split()
    foreign = any(letter.isalpha() and not letter.isascii() for letter in name)
    return not _BY_WORDS.search(name) and (foreign or 2 <= len(words) <= 5)


_BY_WORDS = re.compile(rf"\b(?:{alternatives('not-in-names')})\b", re.IGNORECASE)


_BEHIND_NAME = re.compile(rf"\s+(?:{alternatives('behind-names')})\s*[.:]?$", re.IGNORECASE)


def is_free_of_labels(text: str) -> bool:
    """Tell whether a text has no word of a button and no role."""
    return not _BY_WORDS.search(text) and not _ROLE.search(text)


def trimmed(name: str) -> str:
    """Return a name without what stands behind it, a day or a handle; the point of ``Jr.`` and of an initial stays."""
    bare = _BEHIND_NAME.sub("", name).strip(" .,:")
    last = bare.rpartition(" ")[2]
    return bare + "." if (len(last) == 1 or _SUFFIX.match(last)) and f"{bare}." in name else bare


def _is_name(text: str) -> bool:
    """Tell whether a text can be a person's name: few words, none of them a common one in lower case."""
    words = text.split()
    if not 2 <= len(text) <= 50 or len(words) > 6 or _NOISE.search(text) or _LABEL_ONLY.search(text):
        return False
    small = [word for word in words if word[0].islower() and word.casefold() not in _PARTICLES]
    if small and (len(small) < len(words) or len(words) > 3 or _ROLE.search(text)):
        return False
    return not (len(words) == 1 and text.isascii() and text.islower())


_LABEL_ONLY = re.compile(alternatives("labels"), re.IGNORECASE)


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    known: dict[str, Person] = {}
    for person in people:
        key = _folded(person.name)
        if key not in known or (person.email and not known[key].email):
            known[key] = person if key not in known else Person(name=known[key].name, email=person.email)
    return merged(known.values())


def _folded(name: str) -> str:
    return re.sub(r"[\s.-]+", "", name.casefold())
