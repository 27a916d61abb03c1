"""Where a capture came from: the outlet by vote, the notice of who holds the rights, the address of the original."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from yoyak.model.sources import Evidence, Field
from yoyak.readers.capture.fields import Finding
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import OF_A_GALLERY
from yoyak.readers.people import is_no_person
from yoyak.readers.word_lists import alternatives
from yoyak.text.tracking import without_tracking
from yoyak.text.urls import is_web_address

_HOLDER = re.compile(
    r"(?:Copyrights?|저작권자|[©ⓒ]|\(c\)|^[<\[]?\?)(?:[\s:©ⓒ?]|\(c\)|Copyrights?\b)*(?:\d{4}(?:\s?[-–~]\s?\d{4})?,?\s*(?:by\s)?)?"
    r"(?P<holder>(?!무단|재배포|[-–\d]+(?:$|[\s.,]))[^\s,.(<>|\[&][^,.(<>|\]&]{0,40}?)\s*(?=$|[,.(<>|\]&:]|\s(?:All\b|Inc|Ltd|무단|無断|뉴스\s?무단)|무단|無断)",
    re.IGNORECASE,
)


_MAIL_DOMAIN = re.compile(r"^.*@|\.$")
_HOST = re.compile(r"(?:www\.)?([\w-]{1,60}(?:\.[\w-]{2,60}){1,3})")
_DOMAIN = re.compile(r"\.(?:com|net|co\.kr|kr|org)\b", re.IGNORECASE)


_MASTHEAD = 16
"""Lines at the top of a page among which its name stands."""
_LABELLED = re.compile(
    r"(?:来源|來源|出处|稿源|출처|제호|제공\s?매체|Source|Quelle|Fuente|Fonte|提供元|配信元?)\s?[:：]\s?"
    r"(?P<name>[^\s|：:，,　/()（）][^|：:，,　/()（）\t]{1,19}?)"
    r"(?=$|[|，,　\t()（）]|\s(?=[一-鿿가-힣A-Z\d]))"
)
_COMPANY = re.compile(alternatives("companies"))
_OUTLET = re.compile(rf"(?:{alternatives('outlet-endings')})$", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]")


def find_publisher(lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the outlet by vote: whom the page names as its source or as holder of its rights, whom a dateline names.

    A name that only recurs may be a button: it counts when the page says it at its top, or as a holder as well.
    """
    votes: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for index, line in enumerate(lines):
        for name, points, rule in _votes(line):
            votes[name].append((points, index, rule))
    for name, index in list(_named_by_mail(lines, votes)):
        votes[name].append((1, index, "mail-domain"))
    for name, index, points in list(_named_at_the_top(lines, votes)):
        votes[name].append((points, index, "masthead"))
    votes = defaultdict(list, {name: found for name, found in votes.items() if not _only_recurs(found)})
    if not votes:
        return None
    ranked = sorted(votes, key=lambda name: (-_points(votes[name]), votes[name][0][1], name))
    best = votes[ranked[0]]
    rules = {rule for _, _, rule in best}
    confidence = _confidence(ranked[0], rules, len({name for name in votes if _holds(votes[name])}))
    evidence = tuple(Evidence(rule=rule, line=lines[index].n) for _, index, rule in best)
    names = tuple(index for _, index, rule in best if lines[index].look == "name")
    return Finding(
        field=Field(value=ranked[0], confidence=confidence, evidence=evidence, alternatives=tuple(ranked[1:4])),
        taken=names,
    )


def _only_recurs(found: Sequence[tuple[float, int, str]]) -> bool:
    return {rule for _, _, rule in found} == {"repeated-line"}


def _holds(found: Sequence[tuple[float, int, str]]) -> bool:
    return any(rule == "rights-holder" for _, _, rule in found)


def _confidence(name: str, rules: set[str], holders: int) -> float:
    """Return how sure a name is: two ways to say it agree, or one that is seldom of another outlet."""
    if len(rules - {"repeated-line", "outlet-name", "masthead"}) + (len(rules) > 1) > 1:
        return 0.97
    if "masthead" in rules:
        return 0.75
    if rules <= {"repeated-line", "outlet-name", "rights-holder"}:
        return 0.9 if "rights-holder" in rules and _OUTLET.search(name) and holders == 1 else 0.45
    return 0.9


def _named_at_the_top(
    lines: Sequence[CaptureLine], votes: Mapping[str, Sequence[tuple[float, int, str]]]
) -> Iterator[tuple[str, int, float]]:
    """Yield the names in the masthead that the holder of the rights speaks for: it is one, or shares a word with it.

    ``Elbe Nachrichten`` stands above a page of the ``Elbe Verlag GmbH``; a holder in Latin letters says nothing of a
    name in others, such as ``潮見新聞デジタル``, which must then look like that of an outlet.
    """
    holders = [name for name in votes if _holds(votes[name])]
    words = {word for name in holders for word in name.casefold().split() if len(word) > 3} - _COMMON
    latin = all(map(_LATIN.search, holders))
    for index, line in enumerate(lines[:_MASTHEAD]):
        text = _EDITION.sub("", line.text)
        if line.look not in ("short", "name") or len(text) > _LONGEST or not _NAMED.fullmatch(text):
            continue
        foreign = latin and not _LATIN.search(text) and _says_its_name(text, lines, holders)
        if foreign or any(_is_longer(text, name) or _is_longer(name, text) for name in holders):
            yield text, index, _FULL
        elif text in holders or words & set(text.casefold().split()):
            yield text, index, 2


def _is_longer(name: str, other: str) -> bool:
    """Tell whether a name is another one with a word: ``월간 흙과불``, ``岸壁新報社``."""
    return other in name and 0 < len(name) - len(other) <= _MORE // 2 and len(other) > 2


def _says_its_name(text: str, lines: Sequence[CaptureLine], holders: Sequence[str]) -> bool:
    """Tell whether a page says a name at its top and in phrases below, or a blog says it in its first lines, twice."""
    if holders and _OUTLET.search(text):
        return True
    if not holders:
        first = text in (line.text for line in lines[:_FIRST]) and not is_no_person(text)
        return first and sum(line.text.startswith(text) for line in lines) > 1
    phrases = (line for line in lines if len(line.text) > len(text) + _MORE and ">" not in line.text)
    if any(_HEADED.match(line.text, len(text)) for line in lines if line.text.lstrip("□○■ ").startswith(text)):
        return True
    return len(text) > 2 and sum(text in line.text for line in phrases) > (text != lines[0].text)


_HEADED = re.compile(r".{0,3}\((?:[가-힣]{1,8}(?:장|수|표|관|감)) [가-힣]{2,4}\)")
"""Behind the name of an office in its release: ``(청장 표은재)``."""


_MORE, _FIRST = 6, 3
_FULL = 4.5
"""Points of a name at the top that says more than the holder of the rights, or says it in the page's own letters."""
_COMMON = frozenset("news post press media times home daily group verlag company online".split())
_EDITION = re.compile(r"\s?(?:デジタル|オンライン|電子版|닷컴|온라인|디지털|Online|Digital)$")
_LONGEST = 32
_NAMED = re.compile(r"[^\d|>]{2,}")


def _named_by_mail(lines: Sequence[CaptureLine], names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the names that the domain of a byline's address speaks for.

    A notice gives the outlet's domain beside its name, ``가온일보(www.gaon.example)``; else the domain is the name.
    """
    places = {_MAIL_DOMAIN.sub("", mail).casefold(): i for i, line in enumerate(lines) for mail in _mails(line)}
    words = {domain.split(".")[0]: i for domain, i in places.items()}
    for line in lines if places else ():
        holder = _HOLDER.search(line.text) if line.look == "rights" else None
        domain = next((host for host in _HOST.findall(line.text.casefold()) if host in places), "") if holder else ""
        if holder and domain:
            yield holder["holder"].strip(), places[domain]
    for name in names if places else ():
        word = re.sub(r"\W|^the\s", "", name.casefold())
        if len(word) > 3 and word in words:
            yield name, words[word]


def _mails(line: CaptureLine) -> list[str]:
    return re.findall(r"[\w.+-]{1,64}@[\w.-]{4,100}", line.text[:1000]) if line.look in ("byline", "date") else []


def _points(votes: Sequence[tuple[float, int, str]]) -> float:
    """Return the sum of a name's best vote by each rule, so that no rule wins by repeating itself."""
    best: dict[str, float] = {}
    for points, _, rule in votes:
        best[rule] = max(points, best.get(rule, 0))
    return sum(best.values())


def _votes(line: CaptureLine) -> Iterator[tuple[str, float, str]]:
    notice = line.parts.get("notice", line.text if line.look == "rights" else "")
    if notice and (holder := _HOLDER.search(notice)):
        # Who is only named by a domain may have a name elsewhere.
        name = holder["holder"].strip()
        published = not (
            _DOMAIN.match(notice, holder.end("holder")) or _COMPANY.search(name) or (name.isupper() and " " in name)
        )
        yield _YEAR_BEHIND.sub("", name), 3.0 if published else 1.0, "rights-holder"
    if line.look != "body" and len(line.text) < _SHORT and (said := _LABELLED.search(line.text)):
        yield said["name"].strip(), 3.5, "source-named"
    if agency := line.parts.get("agency"):
        yield agency.removesuffix(" 뉴스"), 2, "dateline"
    if line.look == "name" and line.rule not in ("other-stories", OF_A_GALLERY) and len(line.text.split()) <= 3:
        yield line.parts.get("outlet", line.text), 1.5, line.rule
    elif outlet := line.parts.get("outlet"):
        yield outlet, 1.5, "outlet-name"


_SHORT = 120
_YEAR_BEHIND = re.compile(r"\s+(?:19|20)\d\d$")


def find_rights(lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the notice of who holds the rights and what is forbidden; a bracket may hold two lines of it."""
    notices = [index for index, line in enumerate(lines) if line.look == "rights" or "notice" in line.parts]
    if not notices:
        return None
    best = next((index for index in notices if lines[index].rule == "copying-forbidden"), notices[0])
    above = best - 1 if best - 1 in notices and lines[best - 1].text[0] in "<[(" else best
    evidence = (Evidence(rule=lines[best].rule, line=lines[above].n),)
    notice = " ".join(lines[index].parts.get("notice", lines[index].text) for index in range(above, best + 1))
    return Finding(field=Field(value=notice, confidence=0.95, evidence=evidence), taken=tuple(notices))


def find_address(lines: Sequence[CaptureLine], head: range) -> Finding | None:
    """Return the address of the original: on a line that says so, below the headline, or first or last."""
    found = [index for index, line in enumerate(lines) if line.rule == "address"]
    told = [index for index in found if "said" in lines[index].parts]
    alone = [index for index in found if index in (0, len(lines) - 1) or index in head]
    best = (told or alone)[:1]
    if not best or len({lines[index].parts["url"] for index in told or alone}) > 1:
        return None
    line = lines[best[0]]
    if not is_web_address(line.parts["url"]):
        return None
    field = Field(
        value=without_tracking(line.parts["url"]),
        confidence=0.8 if told else 0.6,
        evidence=(Evidence(rule=line.rule, line=line.n),),
    )
    return Finding(field=field, taken=tuple(best))
