"""Boxes inside an article that are no part of it: invitations to subscribe, placeholders of content of elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from yoyak.readers.saved_page.pieces import Piece

_LARGEST = 600
"""Characters of a box."""
_SMALLEST = 40
_MOST = 6
"""Pieces of a box."""
_INVITES = re.compile(
    r"news\s?letter|\bsubscri(?:be|ption)|unsubscribe|sign up|\b(?:in|mail)box\b|abonn(?:ieren|iere|ez|és|ement)|"
    r"suscr[ií]b|inscreva|iscriviti|nieuwsbrief|뉴스레터|구독|メルマガ|ニュースレター|購読|订阅|訂閱|訂閲|電子報",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"free of charge|for free|\bfree\b|every (?:morning|day|week)|daily|weekly|e-?mail|kostenlos|jeden (?:Morgen|Tag)|"
    r"gratuit|gratis|무료|매일|매주|이메일|메일함|신청|無料|毎日|毎週|登録|メール|免费|免費|每天|每日|每周|郵件|邮件|click|클릭",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(?:need|require|give|with|without) your (?:consent|permission)|external content|third[- ]party content|"
    r"externe[nrs]? Inhalt|(?:Ihre|deine) (?:Zustimmung|Einwilligung)|contenu externe|votre (?:consentement|accord)|"
    r"contenido externo|su consentimiento|외부 (?:콘텐츠|컨텐츠|콘텐트)|콘텐츠를 보려면|쿠키(?:를|에) (?:허용|동의)|"
    r"外部(?:サイトの)?コンテンツ|同意(?:が必要|して表示)|第三方内容|需要(?:您|你)的同意",
    re.IGNORECASE,
)


def boxes(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of pieces in small elements of their own that invite to subscribe or ask for consent."""
    groups: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.furniture is None:
            groups[id(piece.home)].append(piece)
    return frozenset(id(piece) for group in groups.values() if _is_box(group) for piece in group)


def _is_box(group: Sequence[Piece]) -> bool:
    worded = [piece for piece in group if piece.text and piece.links < 0.9]
    size = sum(piece.size for piece in worded)
    if len(group) > _MOST or not _SMALLEST <= size <= _LARGEST:
        return False
    text = " ".join(piece.text for piece in worded)
    if _CONSENT.search(text):
        return True
    return len(_INVITES.findall(text)) > 1 or (_INVITES.search(text) is not None and _ACTS.search(text) is not None)
