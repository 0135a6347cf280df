"""Who speaks: the role and, where a tool speaks, its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from archiver.importers.chatgpt.fields import mapping, text
from archiver.importers.chatgpt.findings import Findings
from archiver.importers.chatgpt.keys import AUTHOR_SHAPES
from archiver.importers.chatgpt.raw_json import to_json, type_name
from archiver.records import Unknown

_ROLES = frozenset(("user", "assistant", "tool", "system", "developer"))
NO_ROLE = "unknown"


class Author(NamedTuple):
    """Who wrote a message."""

    role: str
    tool: str = ""
    leftover: tuple[Unknown, ...] = ()
    """What the author object holds besides."""
    details: Mapping[str, Any] = {}
    """Its metadata, for example who really spoke."""


_USER: dict[str, Any] = {"role": "user", "name": None, "metadata": {}}
_MODEL: dict[str, Any] = {"role": "assistant", "name": None, "metadata": {}}
_THE_USER = Author("user")
_THE_MODEL = Author("assistant")


def author_of(message: dict[str, Any], findings: Findings) -> Author:
    """The author of a message; in the oldest exports the message itself has the role."""
    author = message.get("author")
    if author == _USER:
        return _THE_USER
    if author == _MODEL:
        return _THE_MODEL
    if type(author) is dict:
        return _from_object(author, findings)
    role = message.get("role") or author
    leftover = (Unknown("author", to_json(author)),) if author is not None and author is not role else ()
    return Author(*_role(role, findings), leftover) if isinstance(role, str) else _odd(role, findings)


def _from_object(author: dict[str, Any], findings: Findings) -> Author:
    unknown = AUTHOR_SHAPES[tuple(author)].unknown
    findings.unknown(unknown)
    role = author.get("role")
    if not isinstance(role, str):
        return _odd(author, findings)
    name = author.get("name")
    details = author.get("metadata")
    if not name and role != "user" and type(details) is dict:
        name = details.get("real_author")
    leftover = (Unknown("author", to_json(author)),) if unknown or not isinstance(name, str | None) else ()
    return Author(_role(role, findings)[0], text(name), leftover, mapping(details))


def _role(role: str, findings: Findings) -> tuple[str, str]:
    if role not in _ROLES:
        findings.unknown((f"role.{role}",))
    return role or NO_ROLE, ""


def _odd(author: Any, findings: Findings) -> Author:
    """No role, or none that is a word."""
    findings.unknown((f"role.{type_name(author)}",))
    return Author(NO_ROLE, "", () if author is None else (Unknown("author", to_json(author)),))
