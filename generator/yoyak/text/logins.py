"""What in a page's address is only for the one who read it there: a name, a password, the key of a session."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

_LOGIN = re.compile(
    r"(?:(?:access|id|refresh|auth|login|user|csrf|xsrf|sso|bearer|oauth|session|security)[_.-]?token|oauth_\w+|jwt|bearer"
    r"|jsessionid|phpsessid|asp\.?net_?sessionid|aspsessionid\w*|cfid|cftoken|(?:user)?sess(?:ion)?[_-]?(?:id|key)|sessid"
    r"|password|passwd|passwort|pwd|passcode|(?:api|secret|access)[_-]?key|client_secret|x-amz-[\w-]+|x-goog-[\w-]+|samlresponse"
    r"|unlocked_article_code|gift[_-]?(?:code|token|key))",
    re.IGNORECASE,
)
"""Names of parameters that hold such a key, and never name a page: ``sid``, ``key`` and ``token`` may."""
_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sessionid)=[^/?#;]*", re.IGNORECASE)
_OPAQUE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[\w.~%+/=-]{24,}")
_MAYBE = frozenset(("token", "sid", "auth", "sig", "signature", "s", "ticket", "key", "code"))
"""Names that mean such a key only when their value is long and says nothing."""


def without_login(address: str) -> str:
    """Return a page's address without what lets in the one who reads it.

    >>> without_login("https://mina:s3cret@isle.example/view;jsessionid=0A1B?id=3&access_token=eyJh#top")
    'https://isle.example/view?id=3#top'
    >>> without_login("https://isle.example/view?sid=100&code=a7")
    'https://isle.example/view?sid=100&code=a7'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.rpartition("@")[2]
    path = _IN_PATH.sub("", parts.path)
    query, fragment = _kept(parts.query), _kept(parts.fragment)
    if (host, path, query, fragment) == (parts.netloc, parts.path, parts.query, parts.fragment):
        return address
    return urlunsplit((parts.scheme, host, path, query, fragment))


def _kept(query: str) -> str:
    return "&".join(part for part in query.split("&") if not _lets_in(part))


def _lets_in(parameter: str) -> bool:
    name, equals, value = parameter.partition("=")
    name = unquote(name).removeprefix("amp;").strip().lower()
    if not equals:
        return False
    return bool(_LOGIN.fullmatch(name)) or (name in _MAYBE and bool(_OPAQUE.fullmatch(unquote(value))))
