"""Where a link may lead, and how a path or address stands inside Markdown and HTML."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ALLOWED = frozenset({"http", "https", "mailto", "tel", "sandbox"})
"""``sandbox`` is how ChatGPT names files of its own workspace: it leads nowhere, and is left readable."""

_IN_PATHS = re.compile(r'[\x00-\x20\x7f<>()\[\]"\'`\\%#?&|*^~]')


def is_safe_url(url: str) -> bool:
    """Whether a link may lead there: the web, mail, a telephone, or a place in the same folder."""
    scheme = _SCHEME.match(_UNSEEN.sub("", url).lower())
    return scheme is None or scheme[1] in _ALLOWED


def is_reachable(url: str) -> bool:
    """Whether a page may link there: only whole addresses; a relative one would lead into the reader's own files."""
    scheme = _SCHEME.match(_UNSEEN.sub("", url).lower())
    return scheme is not None and scheme[1] in {"http", "https", "mailto", "tel"} and not url.startswith("-")


def is_web_url(url: str) -> bool:
    """Whether this is an address in the web."""
    return url.startswith(("https://", "http://")) and len(url) > len("https://")


def path_target(path: str) -> str:
    """A relative path as the target of a link; other scripts stay readable."""
    return _IN_PATHS.sub(lambda match: f"%{ord(match[0]):02X}", path)


def url_target(url: str) -> str:
    """An address as the target of a Markdown link: what would end it early is percent-encoded, the rest stays."""
    return re.sub(r"[\x00-\x20\x7f<>()\[\]\\`|*_~]", lambda match: f"%{ord(match[0]):02X}", url)
