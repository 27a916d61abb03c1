"""Who wrote a saved page: the names in its data and bylines, without roles, outlets and agencies, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from yoyak.model.extraction import Evidence
from yoyak.model.types import Person, Record
from yoyak.readers.found import Candidate
from yoyak.readers.people import clean_people, merged
from yoyak.readers.saved_page.data import PageData, plain, texts
from yoyak.readers.saved_page.tree import Node, text_of_nodes

_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "byl",
    "byline",
    "search.byline",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
)
_PLACES = (
    '[rel="author"]', '[itemprop="author"]', '[class*="byline"]', '[class*="reporter"]', '[class*="journalist"]',
    '[class*="author"]', "#byline", "#author", '[class*="firma"]', '[class*="auteur"]', '[class*="autor"]',
)  # fmt: skip
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|autor[ei]|journalists?|journalistes?|reporters?|profiles?|people|staff|writers?|"
    r"contributors?|redakteure?|skribent(?:er)?|forfatter|penulis|yazar(?:lar)?|by)/[^/?#]+",
    re.IGNORECASE,
)
_LONGEST = 110


def author_candidates(data: PageData, outlets: Sequence[str], lang: str) -> Iterator[Candidate]:
    """Yield the authors that the page's data and its bylines name; organizations only where nobody else is named."""
    asked = Names.of(outlets, lang)
    places = [
        ("json-ld", "author", texts(data.article.get("author"), data), 0.95),
        *(("meta", f'meta[name="{name}"]', data.meta.get(name, ()), 0.85) for name in _METAS),
        ("json-ld", "creator", texts(data.article.get("creator"), data), 0.8),
        ("meta", 'meta[name="twitter:data1"]', _labelled(data), 0.7),
        *(("markup", selector, _on_page(_together(data.index.find(selector, limit=12))), 0.6) for selector in _PLACES),
        ("profile-link", "a[href]", _linked(data), 0.58),
    ]
    for rule, selector, written, confidence in places:
        people, bodies = asked.told_apart(written)
        if confidence < 0.8:
            people = tuple(person for person in people if _is_full(person.name))
        evidence = Evidence(rule=rule, selector=selector)
        if people:
            yield Candidate(value=people, confidence=confidence, evidence=evidence)
        elif bodies and confidence >= 0.8:
            as_body = Evidence(rule=f"{rule}-organization", selector=selector)
            yield Candidate(value=bodies, confidence=round(confidence - 0.45, 2), evidence=as_body)

    yield from _nicknamed(data, asked)


_NO_PLACE = re.compile(
    r"(?<![\w-])(?:comments?|comment-?(?:list|author|body|form|area|section|meta)|respond|repl(?:y|ies)|related(?:-\w+)?|"
    r"teasers?|most-?read|(?:\w*-)?sidebar\w*|\w*right-?rail|story-feature|blog(?:ger)?-metadata(?:-wrapper)?|trc_\w+|taboola)(?![\w-])",
    re.IGNORECASE,
)


def _together(nodes: Iterable[Node]) -> list[Node]:
    """Return the first place that signs, and those beside it; no labels of forms, and nobody who comments."""
    found: list[Node] = []
    for node in nodes:
        around = (node, *node.above())
        if any(one.name in ("label", "form", "input", "textarea") or _NO_PLACE.search(_marks(one)) for one in around):
            continue
        if not found or node.parent is found[0].parent or _is_alike(node, found[0]):
            found.append(node)
    return found[:6]


def _is_alike(node: Node, first: Node) -> bool:
    """Tell whether a place is made like the first and stands with it in a short list of those who sign."""
    same = (node.name, node.get("class"), node.get("itemprop"), node.get("rel"))
    if same != (first.name, first.get("class"), first.get("itemprop"), first.get("rel")):
        return False
    around = [above for above, _ in zip(first.above(), range(_LEVELS), strict=False)]
    shared = next((above for above in node.above() if any(above is one for one in around)), None)
    return shared is not None and len(text_of_nodes(shared.children)) <= _LIST


_LEVELS = 3
"""Levels between the elements of two who sign together, and the element around both."""
_LIST = 200
"""Characters of such an element."""


def _marks(node: Node) -> str:
    return f"{node.get('id')} {node.get('class')}" if node.name not in ("html", "body") else ""


_NICKNAME = re.compile(r"(?!\d+$)[^\W_][\w.-]{2,19}")


def _nicknamed(data: PageData, asked: Names) -> Iterator[Candidate]:
    """Yield a nickname where markup says that it is the author: the least sure of all."""
    for selector in _PLACES[:2]:
        for text in _on_page(_together(data.index.find(selector, limit=4))):
            known = asked.told_apart((text.capitalize(),))
            if _NICKNAME.fullmatch(text) and known[0] and not _BY_WORDS.search(text) and not _ROLE.search(text):
                evidence = Evidence(rule="nickname", selector=selector)
                yield Candidate(value=(Person(name=text),), confidence=0.52, evidence=evidence)
    shown = {plain(text_of_nodes(node.children)) for node in data.index.with_marks("author") if len(node.children) < 4}
    for text in (text for name in ("author", "article:author") for text in data.meta.get(name, ())):
        known = text in shown and _NICKNAME.fullmatch(text) and not asked.is_body(text) and not _BY_WORDS.search(text)
        if known and not asked.told_apart((text,))[0]:
            evidence = Evidence(rule="nickname", selector='meta[name="author"]')
            yield Candidate(value=(Person(name=text),), confidence=0.53, evidence=evidence)


def _on_page(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if _EDITED.match(plain(text_of_nodes(node.children))):
            continue
        named = [inner for inner in node.elements() if inner.get("itemprop") == "name"]
        for one in named or (node,):
            text = plain(text_of_nodes(one.children, between=" ") or one.get("content"))
            if 2 <= len(text) <= _LONGEST:
                yield text


_EDITED = re.compile(r"[【\[(（]?(?:责任编辑|責任編輯|责编|编辑|編輯|编审|校对)\s*[:：]")
"""Who edited did not write."""


def _labelled(data: PageData) -> list[str]:
    """Return what a card for social networks says behind a label such as “Written by”."""
    return [
        value
        for number in "12"
        for label, value in zip(
            data.meta.get(f"twitter:label{number}", ()), data.meta.get(f"twitter:data{number}", ()), strict=False
        )
        if _LABEL.search(label)
    ]


_LABEL = re.compile(
    r"\b(?:by|von|par|por|da|di|door|av|af|przez|de|author|autor|auteur|autore|kirjoittaja)\b|작성|글쓴이|作者|执笔|執筆|Автор|yazan",
    re.IGNORECASE,
)


def _linked(data: PageData) -> list[str]:
    """Return the names of the first links to authors' own pages that stand together."""
    found: list[Node] = []
    for node in data.index.by_name.get("a", ()):
        if _PROFILE.search(node.get("href")) and 4 <= len(text_of_nodes(node.children)) <= 50:
            if found and node.parent is not found[0].parent:
                break
            found.append(node)
    return [text_of_nodes(node.children) for node in found]


# --- names ----------------------------------------------------------------------------------------------

_BY = {
    "en": "by", "de": "von", "fr": "par|propos recueillis par", "es": "por", "pt": "por", "ca": "per",
    "it": "di|a cura di",
    "nl": "door", "da": "af", "nb": "av", "no": "av", "nn": "av", "sv": "av|text", "pl": "autor",
    "ro": "de", "id": "oleh",
    "ms": "oleh", "tr": "haber", "cs": "autor", "sk": "autor", "hu": "írta", "fi": "teksti", "lt": "autorius",
}  # fmt: skip
_BY_ANYWHERE = re.compile(
    r"^(?:(?:written|posted|reported|published|submitted|created|story|words|text|report)\s)?by:?\s+|"
    r"^(?:veröffentlicht|geschrieben|erstellt|verfasst)\s(?:von|durch)\s+|^(?:publié|écrit|rédigé|posté)\spar\s+|"
    r"^(?:publicado|escrito|postado)\spor\s+|^(?:scritto|pubblicato)\sda\s+|^geschreven\sdoor\s+|"
    r"^(?:authors?|autor(?:en|a|es)?|auteurs?|autore|texte?|tekst|redacción|автор|текст|作者|文|記者|记者)\s*[:：]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[;|•·/]\s*|\s+[-–—]\s+|\n")
_COMMA = re.compile(r"\s*[,،、]\s*")
_AND = re.compile(
    r"\s+(?:and|und|y|e|et|og|och|en|i|a|ja|ve|dan|và|și|és|és|και|и|і|та|و|and\s+in|with|mit|avec|con|com|&|\+)\s+",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}|\d{4}\b")
_FAMILY_FIRST = re.compile(
    r"(?P<family>[A-ZÀ-Þ][\w'’-]+), (?P<given>(?:[A-ZÀ-Þ]\.[\s-]?)+(?:(?:de|van|von|der|den)\s?)*|[A-ZÀ-Þ][\w-]+ (?:de|van|von|der|den|del|da|di))"
)
"""``Brook, A.`` and ``Jong, Maria de``: one name, as libraries write it."""
_AND_FIRST = re.compile(r"^(?:and|und|et|og|och|&)\s+", re.IGNORECASE)
_MAIL = re.compile(r"[(<\[]?\s*(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)\s*[)>\]]?")
_BRACKETS = re.compile(r"\s*[(\[（【][^)\]）】]*[)\]）】]")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|esq|dr|prof|mba|msc)\.?$", re.IGNORECASE)
_PARTICLES = frozenset(
    "de da do dos das del della di du des la le les el al bin ibn ben von van der den ter ten te zu zum af av y e i "
    "bint abu ul ur o' mac mc st san d' l' 't".split()
)
_BODIES = frozenset(
    """ap afp reuters dpa ansa efe lusa tt ntb ritzau apa sda ats upi xinhua yonhap kyodo jiji pti ani ians pap ctk čtk
    mti tass interfax anp belga aa dha iha anka keystone-sda bloomberg antara bernama vna ttxvn unb bss upa agi
    adnkronos lapresse
    agencies agenturen agentur agencias agencia agências agence press-association pa-media europa-press associated-press
    the-associated-press agence-france-presse thomson-reuters deutsche-presse-agentur anadolu-agency afp-news
    연합뉴스 뉴시스 뉴스1 신화통신 新华社 新華社 共同通信 共同通信社 時事通信 中央社 中新社 agerpres mediafax hina
    tanjug beta sid epd kna 네이버 네이버뉴스 네이트 네이트뉴스
    afp.com news-agencies""".split()
)
_STAFF = re.compile(
    r"\b(?:staff|newsroom|news\s?desk|web\s?desk|desk|team|bureau|editors?|editorial|reporters?|correspondents?|redaktion|redaktionen|"
    r"redaksjonen|redactie|redazione|redacci[oó]n|redacció|reda[cç][aã]o|r[ée]daction|redakcja|redakce|redakcia|redacția|redaksi|"
    r"toimitus|szerkesztőség|haber merkezi|редакция|редакція|tòa soạn|news service|newswire|agency|press|media|online|"
    r"admin(?:istrator)?|webmaster|unknown|undefined|null|none|guest|contributor|gmbh|inc|ltd|llc)\b|"
    r"(?:[가-힣](?:일보|신문|뉴스|방송|경제|통신|타임스|미디어|저널|투데이|데일리|매거진)$|편집국|편집부|뉴스팀|취재팀|온라인뉴스|디지털뉴스|뉴스룸|관리자|編集部|编辑部|編輯部|本报讯|本社|綜合報導|综合报道)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|columnist|journalist|producer|analyst|critic|photographer|redakteur(?:in)?|"
    r"korrespondent(?:in|ka)?|periodista|corresponsal|enviad[oa]|giornalista|inviat[oa]|jornalista|rep[oó]rter|journaliste|"
    r"envoy[ée]e?|correspondante?|redacteur|verslaggever|reporterka|dziennikar[zk]a?|muhabir|wartawan|novin[aá][rř]k?a?)\b",
    re.IGNORECASE,
)
_CJK_ROLE = re.compile(
    r"(?:本报|本報|本刊)?(?:特约|特約|见习|見習|实习)?(?:责任(?=编辑|編輯|\s)|責任(?=編輯|\s)|记者|記者|编辑|編輯|责编|通讯员|特派员|特派員|編集委員|論説委員|撰文|撰稿)[/／:：]?"
)
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
        """Return the parts between bars; only the first when a day stands at the end: ``Ada Brook | Millport | 08/01/2024``."""
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
        pieces = _COMMA.split(rest)
        for at, piece in enumerate(pieces):
            piece = _AND_FIRST.sub("", piece)
            if at > 0 and self._begins_with_outlet(piece):
                continue
            for joined in self._joined(piece):
                name = _without_role(_trimmed(self._without_outlet(joined)))
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
                if _folded(" ".join(words[start:end])) in self.outlets:
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


_HAN_OUTLET = re.compile("[一-鿿]{2,10}(?:网|網|报|報|社|台|号|號|新闻|新聞|时报|日报|在线|客户端|频道|編集部)")
_ENDS = ("新闻", "新聞", "网", "資訊", "资讯", "财经", "news", "online")
"""What an outlet calls its pages behind its own name: ``网易新闻``."""
_OUTLET = 12
"""Words of the name of an outlet; a name of a page may have a hundred thousand."""
_AGENCIES = frozenset(re.sub(r"[\s.-]+", "", name) for name in _BODIES)


_BEFORE_ROLE = re.compile(
    r"\s+(?:senior|chief|staff|deputy|associate|assistant|managing|executive|contributing|political|business|sports?|"
    r"foreign|data|science|health|technology|tech|news|features?|investigative|special|national|world|digital|general)$",
    re.IGNORECASE,
)


def _without_role(name: str) -> str:
    """Return ``Jane Doe Senior Reporter`` without what she is; a role alone stays as it is."""
    found = _ROLE.search(name)
    head = name[: found.start()].rstrip() if found else ""
    while head and (shorter := _BEFORE_ROLE.sub("", head)) != head:
        head = shorter
    return head if len(head.split()) >= 2 else name


def _is_full(name: str) -> bool:
    """Tell whether a name on a page is one for sure: of two words or more, but in scripts that write names as one."""
    words = name.split()
    foreign = any(letter.isalpha() and not letter.isascii() for letter in name)
    return not _BY_WORDS.search(name) and (foreign or 2 <= len(words) <= 5)


_BY_WORDS = re.compile(
    r"\b(?:by|sign|log|follow|about|contact|more|view|share|read|subscribe|comments?)\b", re.IGNORECASE
)


_BEHIND_NAME = re.compile(
    r"\s+(?:@\w+|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|wrote|writes|said|says|sagte?|schreibt|schrieb|a\s(?:écrit|dit)|dijo)\s*:?$",
    re.IGNORECASE,
)


def _trimmed(name: str) -> str:
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


_LABEL_ONLY = re.compile(
    r"\*|^(?:当前位置|首页|位置|来源|正文)|\bmin(?:ute)?s?\s(?:read|lese)|\blesezeit\b|^(?:e-?mail|your\sname|name|nom|nombre|nome|website|webseite)\b|"
    r"^(?:ceo|cto|cfo|coo|founder|president|chairman|director|geschäftsführer(?:in)?|for authors)$|"
    r"^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}$|"
    r"^(?:纠错|关注|未知|匿名|责任|我已授权|转载|投稿|佚名|댓글|구독|공유|익명)$",
    re.IGNORECASE,
)


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    known: dict[str, Person] = {}
    for person in people:
        key = _folded(person.name)
        if key not in known or (person.email and not known[key].email):
            known[key] = person if key not in known else Person(name=known[key].name, email=person.email)
    return merged(known.values())


def _folded(name: str) -> str:
    return re.sub(r"[\s.-]+", "", name.casefold())
