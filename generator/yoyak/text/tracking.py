"""Parameters of an address that only count who came from where: an address without them names the same page."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

_COUNTING = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content)|piwik_\w+|matomo_\w+|hsa_\w+|at_(?:medium|campaign|custom\d|link\w*)"
    r"|fb_(?:action_\w+|ref|source)|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh"
    r"|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_id|vero_conv|oly_(?:anon|enc)_id|ck_subscriber_id|sc_cid|s_cid"
    r"|cmpid|ocid|wt\.mc_id|wickedid|rb_clickid|_openstat|ref_src|ref_url|_ga|_gl|spm|scm|guccounter|guce_referrer(?:_sig)?"
    r"|fromrss|trackingcode|ns_(?:campaign|mchannel|source|linkname|fee)|n_(?:media|query|rank|ad_group|ad|keyword\w*|campaign\w*)"
    r"|xtor|nat_?ref|__twitter_impression|partner_?ref",
    re.IGNORECASE,
)
"""All that is left out, and only what never names a page: ``id``, ``no``, ``page``, ``ref`` and ``source`` may."""
_READER = re.compile(
    r"_kx|_ke|_bhlid|_bta_c|elq\w*|dm_[it]|bsft_\w+|trk_?(?:contact|msg|sid|module)|s[cs]_(?:eid|uid|lid|email_id)|sailthru\w*|mi_u"
    r"|utm_email|rcpt|(?:ck_|cio_|ml_|iterable_|braze_)?(?:subscri(?:ber|ption)|contact|recipient|member|reader|user|e?mail)"
    r"_?-?(?:id|key|hash|uid|guid|token|address)|subscriber|recipient|e?mail",
    re.IGNORECASE,
)
"""What the links of a mail know its reader by."""
_FROM_FEED = re.compile(r"(?:source|src|from|ref|via|cmp|rss)=(?:rss|feed|atom)[\w.-]*", re.IGNORECASE)
_IN_FRAGMENT = re.compile(r"(?:utm_\w+|xtor|mtm_\w+)=.*|rss|feed|atom", re.IGNORECASE)


def without_reader(address: str) -> str:
    """Return an address of a mail without the parameters that count clicks or say whose they are."""
    return without_tracking(address, _READER)


def without_tracking(address: str, also: re.Pattern[str] | None = None) -> str:
    """Return an address without the parameters that only count clicks; the others stay as they are written.

    >>> without_tracking("https://isle.example/2201?fromRss=true&id=42&utm_source=rss")
    'https://isle.example/2201?id=42'
    """
    if "?" not in address and "#" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    known = [_COUNTING, *([also] if also else [])]
    kept = [
        part
        for part in parts.query.split("&")
        if not (any(one.fullmatch(_name(part)) for one in known) or _FROM_FEED.fullmatch(part))
    ]
    fragment = "" if _IN_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
    if len(kept) == parts.query.count("&") + 1 and fragment == parts.fragment:
        return address
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))


def page_key(address: str) -> str:
    """Return by what two spellings of a page's address are one: the scheme, ``www.`` and a last slash say nothing."""
    return re.sub(r"^https?://(?:www\.)?", "", without_tracking(address), flags=re.IGNORECASE).rstrip("/")


def _name(parameter: str) -> str:
    return unquote(parameter.partition("=")[0]).removeprefix("amp;").strip()
