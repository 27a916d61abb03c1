"""The headers of a site in the languages of servers that a desk sets up itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from yoyak.pages.host_headers import SHORT, HeaderRule, as_headers_file

_Pairs = tuple[tuple[str, str], ...]


def snippet(server: str, rules: Sequence[HeaderRule], base_path: str, gone: Sequence[str] = ()) -> str:
    """Return rules for a server: ``nginx``, ``apache``, ``caddy``, or a host that reads _headers.

    The first rule is for every path. `base_path` is the path of the site, with slashes at both ends. `gone` are the
    addresses at which a page says that it was taken down; the server answers with 410 there.
    """
    make, answer = _SERVERS.get(server, (None, None))
    if not make or not answer:
        return as_headers_file(rules)
    paths = [path for path in map(unquote, gone) if re.fullmatch(r"[^\s\"'\\{}$#;]+", path)]
    return "".join(f"{line}\n" for line in (*make(rules, base_path), *answer(paths, base_path)))


def _nginx(rules: Sequence[HeaderRule], base_path: str) -> Iterator[str]:
    """Yield lines for a `server` block. A location that adds a header forgets those of the block: all are repeated."""
    every, *some = rules
    yield f"# Headers of the site at {base_path}: put these lines into its server block."
    yield "charset utf-8;"
    yield "charset_types text/css text/plain text/xml application/javascript application/json application/xml;"
    yield f"error_page 404 {_word(unquote(base_path) + '404.html')};"
    yield from _nginx_headers((*every.headers, ("Cache-Control", SHORT)))
    for rule in some:
        exact = "" if rule.path.endswith("*") else "= "
        yield f"location {exact}{_word(_path(rule, base_path))} {{"
        kind = dict(rule.headers).get("Content-Type")
        if kind:
            yield "    types { }"
            yield f"    default_type {kind};"
        own = tuple(pair for pair in rule.headers if pair[0] != "Content-Type")
        cached = own if "Cache-Control" in dict(own) else (*own, ("Cache-Control", SHORT))
        yield from (f"    {line}" for line in _nginx_headers((*every.headers, *cached)))
        yield "}"


def _nginx_headers(headers: _Pairs) -> Iterator[str]:
    for name, value in headers:
        always = "" if name == "Cache-Control" else " always"
        yield f"add_header {name} {_quoted(value)}{always};"


def _apache(rules: Sequence[HeaderRule], base_path: str) -> Iterator[str]:
    """Yield lines for a virtual host or a .htaccess file; a later `set` replaces an earlier one."""
    every, *some = rules
    yield f"# Headers of the site at {base_path}: for its virtual host, or for .htaccess. They need mod_headers."
    yield f"ErrorDocument 404 {base_path}404.html"
    yield "AddDefaultCharset utf-8"
    for name, value in every.headers:
        yield f"Header always set {name} {_quoted(value)}"
    yield f"Header set Cache-Control {_quoted(SHORT)}"
    for rule in some:
        end = "" if rule.path.endswith("*") else "$"
        yield f'<If "%{{REQUEST_URI}} =~ m#^{_as_pattern(_path(rule, base_path))}{end}#">'
        for name, value in rule.headers:
            yield f"    ForceType {value}" if name == "Content-Type" else f"    Header set {name} {_quoted(value)}"
        yield "</If>"


def _caddy(rules: Sequence[HeaderRule], base_path: str) -> Iterator[str]:
    """Yield lines for a site block."""
    every, *some = rules
    yield f"# Headers of the site at {base_path}: put these lines into its site block."
    yield "header {"
    yield from (f"    {name} {_quoted(value)}" for name, value in every.headers)
    yield f"    ?Cache-Control {_quoted(SHORT)}"
    yield "}"
    for rule in some:
        star = "*" if rule.path.endswith("*") else ""
        path = _word(_path(rule, base_path) + star)
        yield from (f"header {path} {name} {_quoted(value)}" for name, value in rule.headers)
    yield "handle_errors {"
    yield f"    rewrite * {_word(unquote(base_path) + '404.html')}"
    yield "    file_server"
    yield "}"


def _gone_nginx(paths: Sequence[str], base_path: str) -> Iterator[str]:
    for path in paths:
        yield f"location = {_word(path)} {{"
        yield f"    error_page 410 {_word(_file(path))};"
        yield "    return 410;"
        yield "}"


def _gone_apache(paths: Sequence[str], base_path: str) -> Iterator[str]:
    """Yield lines that need mod_alias. The page itself cannot be shown: its address is gone for the server, too."""
    if paths:
        yield f"ErrorDocument 410 {base_path}404.html"
    for path in paths:
        end = "(index\\.html)?" if path.endswith("/") else ""
        yield f'RedirectMatch gone "^{_as_pattern(path)}{end}$"'


def _gone_caddy(paths: Sequence[str], base_path: str) -> Iterator[str]:
    if paths:
        yield f"@gone path {' '.join(map(_word, paths))}"
        yield "handle @gone {"
        yield "    file_server {"
        yield "        status 410"
        yield "    }"
        yield "}"


def _file(path: str) -> str:
    return f"{path}index.html" if path.endswith("/") else path


def _path(rule: HeaderRule, base_path: str) -> str:
    """Return the path of a rule as servers compare it: without the percent signs of an address."""
    return unquote(base_path) + rule.path.removeprefix("/").removesuffix("*")


def _as_pattern(path: str) -> str:
    return re.sub(r"([.+*?()\[\]{}^$|#])", r"\\\1", path)


def _word(text: str) -> str:
    return text if re.fullmatch(r"[\w/.*-]+", text, re.ASCII) else _quoted(text)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_Headers = Callable[[Sequence[HeaderRule], str], Iterator[str]]
_Gone = Callable[[Sequence[str], str], Iterator[str]]
_SERVERS: Mapping[str, tuple[_Headers, _Gone]] = {
    "nginx": (_nginx, _gone_nginx),
    "apache": (_apache, _gone_apache),
    "caddy": (_caddy, _gone_caddy),
}
