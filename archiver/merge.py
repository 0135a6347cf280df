"""What several sources said of one conversation, as one: the union of all fields, the same in any order of imports.

Pure, and knows no provider: it joins JSON objects by rules that an importer gives. A field that any source has is kept.
Where sources disagree

    texts                    the fuller one counts: an older source may hold a reply that was still being written
    single words, numbers    the newest counts
    what is only recorded    the oldest counts, such as the model that answered: later it is only rewritten
    things of two kinds      the one with the fuller text counts as a whole: a mixture would have stood in no source

What lost is not gone: every source's own words stay in the store as observations. Which one is older tells the time of
the conversation's last change, then the time the source was made, then its size, since newer exports of the same talk
leave more out, and at last its content: there always is an order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from archiver.records import Disagreement, JoiningRules, Observation
from archiver.text.times import BadTime, seconds

# Deeper JSON is joined as a whole: no provider nests meaning this far, and recursion must have an end.
_DEEPEST = 40
_NO_RULES = JoiningRules()


def union(
    observations: Iterable[Observation], rules: JoiningRules = _NO_RULES
) -> tuple[dict[str, Any], tuple[Disagreement, ...]]:
    """Join observations of one conversation; also what they disagree about."""
    listed = list(observations)
    if len(listed) == 1:
        return listed[0].value, ()
    values = [observation.value for observation in sorted(listed, key=_age)]
    joining = _Joining(rules)
    joined: dict[str, Any] = {}
    for key in _keys(values):
        holders = [value for value in values if key in value]
        found = [value[key] for value in holders]
        if key in rules.newest:
            joined[key] = joining.newest(found, key)
        elif key in rules.choices:
            joined[key] = joining.choice(holders, key)
        else:
            joined[key] = joining.join(found, key, 1, is_text=key in rules.texts)
    return joined, tuple(joining.disagreements)


def newest(observations: Iterable[Observation]) -> Observation:
    """The observation that was made last, as far as it tells itself."""
    return max(observations, key=_age)


def time_of(value: dict[str, Any]) -> float | None:
    """When a conversation last changed, as one observation tells it."""
    for key in ("update_time", "create_time"):
        try:
            time = seconds(value.get(key))
        except BadTime:
            continue
        if time is not None:
            return time
    return None


def _age(observation: Observation) -> tuple[float, float, int, bytes]:
    # The order of keys counts as well: of values that differ in nothing else, one has to be kept.
    content = _dumped(observation.value, keys_in_order=False)
    return time_of(observation.value) or 0.0, observation.made, -len(content), content


class _Joining:
    """Joins values, given from the oldest to the newest, and notes where they disagree."""

    def __init__(self, rules: JoiningRules) -> None:
        self._rules = rules
        self.disagreements: list[Disagreement] = []

    def join(self, found: Sequence[Any], path: str, depth: int, *, is_text: bool) -> Any:
        told = [value for value in found if value is not None]
        present = _distinct(told)
        if not present:
            return None
        if len(present) == 1:
            return present[0]
        if depth < _DEEPEST and all(isinstance(value, dict) for value in present):
            return self._join_objects(told, path, depth, is_text=is_text)
        if not is_text and all(map(_is_single, present)):
            return self.newest(present, path)
        fullest = max(range(len(present)), key=lambda index: (_fullness(present[index]), index))
        self._note(path, present, fullest)
        return present[fullest]

    def newest(self, found: Sequence[Any], path: str) -> Any:
        """The newest value that says something."""
        present = _distinct([value for value in found if value is not None])
        if not present:
            return None
        kept = max(range(len(present)), key=lambda index: (present[index] != "", index))
        self._note(path, present, kept)
        return present[kept]

    def choice(self, holders: Sequence[dict[str, Any]], key: str) -> Any:
        """Of the last state of a conversation what its oldest observation says."""
        present = [value for value in holders if value[key] not in (None, "")]
        if not present:
            return None
        last = time_of(present[-1])
        kept = next(value[key] for value in present if time_of(value) == last)
        said = _distinct([value[key] for value in present])
        self._note(key, said, next(index for index, value in enumerate(said) if _canonical(value) == _canonical(kept)))
        return kept

    def _join_objects(self, found: list[dict[str, Any]], path: str, depth: int, *, is_text: bool) -> Any:
        alike = self._of_one_kind(found, is_text=is_text)
        if len(alike) < len(found):
            whole = self._join_alike(alike, path, depth, is_text=is_text)
            self._note(path, [*(value for value in _distinct(found) if not _is_in(value, alike)), whole], -1)
            return whole
        return self._join_alike(found, path, depth, is_text=is_text)

    def _of_one_kind(self, found: list[dict[str, Any]], *, is_text: bool) -> list[dict[str, Any]]:
        """The objects that describe the same kind of thing as the one that says most; of equal ones, the newest."""
        kinds = [self._rules.kind_of(value) for value in found]
        told = [index for index, kind in enumerate(kinds) if kind is not None]
        if len({_canonical(kinds[index]) for index in told}) < 2:
            return found
        best = max(told, key=lambda index: (self._amount(found[index], is_text=is_text), index))
        return [value for value, kind in zip(found, kinds, strict=True) if kind in (None, kinds[best])]

    def _amount(self, value: dict[str, Any], *, is_text: bool) -> int:
        """How much text an object holds."""
        return _fullness(value) if is_text else sum(_fullness(value.get(key)) for key in self._rules.texts)

    def _join_alike(self, found: list[dict[str, Any]], path: str, depth: int, *, is_text: bool) -> dict[str, Any]:
        recorded: dict[str, Any] = {}
        for group in self._rules.records:
            if any(key in value for value in found for key in group):
                recorded |= self._recorded(found, group, path)
        return {
            key: recorded[key]
            if key in recorded
            else self.join(
                [value[key] for value in found if key in value],
                f"{path}.{key}",
                depth + 1,
                is_text=is_text or key in self._rules.texts,
            )
            for key in _keys(found)
        }

    def _recorded(self, found: list[dict[str, Any]], group: tuple[str, ...], path: str) -> dict[str, Any]:
        """What the oldest object that records something under these keys says, and later ones that agree with it."""
        kept: dict[str, Any] = {}
        said: dict[str, list[Any]] = {}
        for value in found:
            own = {key: value[key] for key in group if isinstance(value.get(key), str) and value[key]}
            for key, word in own.items():
                said.setdefault(key, []).append(word)
            if all(kept.get(key, word) == word for key, word in own.items()):
                kept |= own
        for key, words in said.items():
            kept.setdefault(key, None)
            others = tuple(word for word in dict.fromkeys(words) if word != kept[key])
            if others:
                self.disagreements.append(Disagreement(f"{path}.{key}", kept[key], others))
        return kept

    def _note(self, path: str, present: list[Any], kept: int) -> None:
        kept %= len(present)
        others = (value for index, value in enumerate(present) if index != kept)
        different = tuple(value for value in others if not _is_within(value, present[kept], 0))
        if different:
            self.disagreements.append(Disagreement(path, present[kept], different))


def _keys(values: Sequence[dict[str, Any]]) -> list[str]:
    keys: dict[str, None] = {}
    for value in values:
        keys.update(dict.fromkeys(value))
    return sorted(keys)


def _distinct(values: Sequence[Any]) -> list[Any]:
    """Each different value once, at its last place. ``1`` and ``true`` are different, ``1`` and ``1.0`` are not."""
    kept: dict[bytes, Any] = {}
    for value in values:
        number = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        form = _canonical(number)
        kept.pop(form, None)
        kept[form] = value
    return list(kept.values())


def _is_in(value: Any, others: Sequence[Any]) -> bool:
    return any(value is other for other in others)


def _is_single(value: Any) -> bool:
    """Whether a value is a number, a switch or a single word such as an id, and no text."""
    if isinstance(value, str):
        return value.isascii() and len(value.split(None, 1)) < 2
    return isinstance(value, bool | int | float)


def _fullness(value: Any) -> int:
    """How much a value says. Numbers and booleans say the same amount, so that the newest decides."""
    match value:
        case str():
            return len(value)
        case list() | dict():
            return len(_canonical(value))
        case _:
            return 0


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
    return _dumped(value, keys_in_order=True)


def _dumped(value: Any, *, keys_in_order: bool) -> bytes:
    try:
        order = orjson.OPT_SORT_KEYS if keys_in_order else 0
        return orjson.dumps(value, default=str, option=order | orjson.OPT_NON_STR_KEYS)
    except TypeError:
        # orjson stops at 254 levels, the standard library later.
        return json.dumps(value, default=str, sort_keys=keys_in_order).encode()
