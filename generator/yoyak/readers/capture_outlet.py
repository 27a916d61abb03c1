"""Where a capture came from: the outlet by vote, the notice of who holds the rights, the address of the original."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from yoyak.readers.capture_fields import Finding
from yoyak.readers.capture_lines import CaptureLine
from yoyak.reading import Evidence, Field
from yoyak.text.tracking import without_tracking
from yoyak.text.urls import is_web_address

_HOLDER = re.compile(
    r"(?:Copyrights?|저작권자|[©ⓒ]|\(c\)|^[<\[]?\?)(?:[\s:©ⓒ]|\(c\))*(?:\d{4}(?:\s?[-–~]\s?\d{4})?,?\s*(?:by\s)?)?"
    r"(?P<holder>[^\s,.(<>|\[&][^,.(<>|\]&]{0,40}?)\s*(?=$|[,.(<>|\]&:]|\s(?:All\b|Inc|Ltd|무단|無断|뉴스\s?무단)|무단|無断)",
    re.IGNORECASE,
)


_MAIL_DOMAIN = re.compile(r"^.*@|\.$")
_HOST = re.compile(r"(?:www\.)?([\w-]{1,60}(?:\.[\w-]{2,60}){1,3})")
_DOMAIN = re.compile(r"\.(?:com|net|co\.kr|kr|org)\b", re.IGNORECASE)


def find_publisher(lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the outlet by vote: the holder of the rights (3), whom a dateline names (2), a name that recurs (1.5)."""
    votes: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for index, line in enumerate(lines):
        for name, points, rule in _votes(line):
            votes[name].append((points, index, rule))
    for name, index in list(_named_by_mail(lines, votes)):
        votes[name].append((1, index, "mail-domain"))
    if not votes:
        return None
    ranked = sorted(votes, key=lambda name: (-_points(votes[name]), votes[name][0][1], name))
    best = votes[ranked[0]]
    rules = {rule for _, _, rule in best}
    confidence = 0.6 if rules <= {"repeated-line", "outlet-name"} else 0.97 if len(rules) > 1 else 0.9
    evidence = tuple(Evidence(rule=rule, line=lines[index].n) for _, index, rule in best)
    names = tuple(index for _, index, rule in best if lines[index].look == "name")
    return Finding(
        field=Field(value=ranked[0], confidence=confidence, evidence=evidence, alternatives=tuple(ranked[1:4])),
        taken=names,
    )


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
        points = 1.0 if _DOMAIN.match(notice, holder.end("holder")) else 3.0
        yield holder["holder"].strip(), points, "rights-holder"
    if agency := line.parts.get("agency"):
        yield agency.removesuffix(" 뉴스"), 2, "dateline"
    if line.look == "name" and len(line.text.split()) <= 3:
        yield line.parts.get("outlet", line.text), 1.5, line.rule
    elif outlet := line.parts.get("outlet"):
        yield outlet, 1.5, "outlet-name"


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


def find_address(lines: Sequence[CaptureLine]) -> Finding | None:
    """Return the address of the original: on a line that says so, else alone at the start or the end of the file."""
    found = [index for index, line in enumerate(lines) if line.rule == "address"]
    told = [index for index in found if "said" in lines[index].parts]
    alone = [index for index in found if index in (0, len(lines) - 1)]
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
