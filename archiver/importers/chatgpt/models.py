"""Which model answered, and which was asked: only what a field of the message itself says (export format §5.2).

    answered   resolved_model_slug, else model_slug; on replies only
    asked      requested_model_slug, else default_model_slug: the picker's choice at that moment, ``auto`` included

The conversation's own ``default_model_slug`` is its last choice and says nothing about a reply. A user message records
what was asked, too; what its fields say of the answer, which is another message, is kept as a note. What a tool or the
system says was not answered by a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

_NO_REPLIES = ("tool", "system", "developer")


class Models(NamedTuple):
    """Slugs, each with the name of the field it stands in; empty when not recorded."""

    answered: str = ""
    answered_from: str = ""
    asked: str = ""
    asked_from: str = ""
    notes: tuple[str, ...] = ()


NOT_RECORDED = Models()


class _Known(dict[tuple[Any, ...], Models]):
    """The verdict on each combination of slugs: there are few, and every message of an import has one."""

    def __missing__(self, key: tuple[Any, ...]) -> Models:
        models = _models(*key)
        if len(self) < _REMEMBERED:
            self[key] = models
        return models


_REMEMBERED = 4096
_known = _Known()


def models_of(metadata: Mapping[str, Any], role: str) -> Models:
    """What the metadata of a message says about models."""
    get = metadata.get
    resolved, named = get("resolved_model_slug"), get("model_slug")
    requested, default = get("requested_model_slug"), get("default_model_slug")
    try:
        return _known[role, resolved, named, requested, default]
    except TypeError:
        return _models(role, *(slug if isinstance(slug, str) else "" for slug in (resolved, named, requested, default)))


def _models(role: str, resolved: Any, named: Any, requested: Any, default: Any) -> Models:
    answered, answered_from = _first(resolved_model_slug=resolved, model_slug=named)
    asked, asked_from = _first(requested_model_slug=requested, default_model_slug=default)
    if role == "user":
        told = (("resolved_model_slug", resolved), ("model_slug", named))
        notes = tuple(f"{field}: {slug}" for field, slug in told if isinstance(slug, str) and slug)
        return Models("", "", asked, asked_from, notes)
    if role in _NO_REPLIES:
        return NOT_RECORDED
    is_other = isinstance(named, str) and named not in ("", answered)
    return Models(answered, answered_from, asked, asked_from, (f"model_slug: {named}",) if is_other else ())


def _first(**fields: Any) -> tuple[str, str]:
    """The first field that holds a slug, and its name."""
    for name, slug in fields.items():
        if isinstance(slug, str) and slug:
            return slug, name
    return "", ""
