"""What several sources said of one conversation, as one: the union of all fields, the same in any order of imports.

Pure, and knows no provider: it joins JSON objects. A field that any source has is kept. Where sources disagree, the
fuller value wins (a newer export may leave things out, an older one may hold a reply that was still being written), and
for the fields an importer names, the newest. What lost is not gone: every source's own words stay in the store as
observations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

# Deeper JSON is joined as a whole: no provider nests meaning this far, and recursion must have an end.
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where sources say different things."""

    path: str
    """Keys from the conversation down, joined by dots."""
    kept: Any
    others: tuple[Any, ...]


def union(
    values: Iterable[dict[str, Any]], newest_wins: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], tuple[Disagreement, ...]]:
    """Join observations of one conversation; also what they disagree about.

    ``newest_wins`` names the top-level keys where the observation with the latest ``update_time`` decides.
    """
    ordered = list(values)
    if len(ordered) == 1:
        return ordered[0], ()
    ordered.sort(key=_age)
    disagreements: list[Disagreement] = []
    joined: dict[str, Any] = {}
    for key in _keys(ordered):
        found = [value[key] for value in ordered if key in value]
        if key in newest_wins:
            joined[key] = _newest(found, key, disagreements)
        else:
            joined[key] = _join(found, key, disagreements, 1)
    return joined, tuple(disagreements)


def newest(values: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The observation that was made last, as far as it tells itself."""
    return max(values, key=_age)


def time_of(value: dict[str, Any]) -> float | None:
    """When a conversation last changed, as one observation tells it."""
    time = value.get("update_time") or value.get("create_time")
    return float(time) if isinstance(time, (int, float)) and not isinstance(time, bool) else None


def _age(value: dict[str, Any]) -> tuple[float, bytes]:
    """Order by the time the source saw it, then by content so that the order of imports never matters."""
    return time_of(value) or 0.0, _canonical(value)


def _keys(values: Sequence[dict[str, Any]]) -> list[str]:
    keys: dict[str, None] = {}
    for value in values:
        keys.update(dict.fromkeys(value))
    return sorted(keys)


def _join(found: list[Any], path: str, disagreements: list[Disagreement], depth: int) -> Any:
    present = _distinct([value for value in found if value is not None])
    if not present:
        return None
    if len(present) == 1:
        return present[0]
    if depth < _DEEPEST and all(isinstance(value, dict) for value in present) and _are_alike(present):
        return {
            key: _join([value[key] for value in present if key in value], f"{path}.{key}", disagreements, depth + 1)
            for key in _keys(present)
        }
    fullest = max(range(len(present)), key=lambda index: (_fullness(present[index]), index))
    _note(path, present, fullest, disagreements)
    return present[fullest]


def _newest(found: list[Any], path: str, disagreements: list[Disagreement]) -> Any:
    present = _distinct([value for value in found if value is not None])
    if not present:
        return None
    if len(present) > 1:
        _note(path, present, len(present) - 1, disagreements)
    return present[-1]


def _distinct(values: list[Any]) -> list[Any]:
    """Each different value once, at its last place. ``1`` and ``true`` are different, ``1`` and ``1.0`` are not."""
    kept: dict[bytes, Any] = {}
    for value in values:
        number = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        form = _canonical(number)
        kept.pop(form, None)
        kept[form] = value
    return list(kept.values())


def _are_alike(values: list[dict[str, Any]]) -> bool:
    """Whether objects describe the same kind of thing; two content types must not be mixed into one content."""
    return len({_canonical(value.get("content_type")) for value in values if "content_type" in value}) < 2


def _fullness(value: Any) -> int:
    """How much a value says. Numbers and booleans say the same amount, so that the newest decides."""
    match value:
        case str():
            return len(value)
        case list() | dict():
            return len(_canonical(value))
        case _:
            return 0


def _note(path: str, present: list[Any], kept: int, disagreements: list[Disagreement]) -> None:
    others = (value for index, value in enumerate(present) if index != kept)
    different = tuple(value for value in others if not _is_within(value, present[kept], 0))
    if different:
        disagreements.append(Disagreement(path, present[kept], different))


def _is_within(less: Any, more: Any, depth: int) -> bool:
    """Whether a value only leaves out what another one has: it does not contradict it."""
    if depth > _DEEPEST:
        return False
    if isinstance(less, dict) and isinstance(more, dict):
        return all(key in more and _is_within(value, more[key], depth + 1) for key, value in less.items())
    if isinstance(less, list) and isinstance(more, list) and len(less) == len(more):
        return all(_is_within(one, other, depth + 1) for one, other in zip(less, more, strict=True))
    return less is None or _canonical(less) == _canonical(more)


def _canonical(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    except TypeError:
        # orjson stops at 254 levels, the standard library later.
        return json.dumps(value, default=str, sort_keys=True).encode()
