"""Where a link may lead, and how a path or address stands inside Markdown and HTML."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ALLOWED = frozenset({"http", "https", "mailto", "tel", "sandbox"})
"""``sandbox`` is how ChatGPT names files of its own workspace: it leads nowhere, and is left readable."""

_HOST = re.compile(r"(?i)(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)*\Z")
_MAIL = re.compile(r"mailto:[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z", re.ASCII)
_TELEPHONE = re.compile(r"tel:\+?[0-9().-]+\Z")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IN_PATHS = re.compile(r'[\x00-\x20\x7f<>()\[\]"\'`\\%#?&|*^~]')


def is_safe_url(url: str) -> bool:
    """Whether a link may lead there: the web, mail, a telephone, or a place in the same folder."""
    scheme = _SCHEME.match(_UNSEEN.sub("", url).lower())
    return scheme is None or scheme[1] in _ALLOWED


def reachable(url: str) -> str:
    """The address a page may link to, in the form every reader accepts; empty when it leads nowhere ordinary.

    Only whole addresses of the web, mail and telephones: a relative one would lead into the reader's own files, and a
    name and password in front of a host are there to mislead.
    """
    url = url.strip()
    if _MAIL.match(url) or _TELEPHONE.match(url):
        return url
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port is not None else ""
        host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not _HOST.match(host):
        return ""
    path = _in_address(parts.path, "/") if parts.path.startswith("/") else ""
    query = f"?{_in_address(parts.query, '/?')}" if parts.query else ""
    fragment = f"#{_in_address(parts.fragment, '/?')}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{path}{query}{fragment}"


def _in_address(text: str, more: str) -> str:
    """A stretch of an address with everything encoded that must be; what is encoded already stays."""
    return quote(_STRAY_PERCENT.sub("%25", text), safe=f"%:@!$&'()*+,;=~{more}", errors="replace")


def is_web_url(url: str) -> bool:
    """Whether this is an address in the web."""
    return url.startswith(("https://", "http://")) and len(url) > len("https://")


def path_target(path: str) -> str:
    """A relative path as the target of a link; other scripts stay readable."""
    return _IN_PATHS.sub(lambda match: f"%{ord(match[0]):02X}", path)


def url_target(url: str) -> str:
    """An address as the target of a Markdown link: what would end it early is percent-encoded, the rest stays."""
    return re.sub(r"[\x00-\x20\x7f<>()\[\]\\`|]", lambda match: f"%{ord(match[0]):02X}", url)
