"""Which differences between sources of one conversation are more than what a form leaves out.

Since mid-2026 exports have no nodes of tools, and each message follows the nearest one that is left. So its ``parent``
is another one than in a full export, though both say the same: all of them stand above the message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archiver.importers.chatgpt.findings import Findings
from archiver.importers.chatgpt.order import tree_of
from archiver.importers.chatgpt.rules import ANSWERED, ASKED
from archiver.records import Disagreement

_BEGIN, _END = "mapping.", ".parent"
_METADATA = ".metadata"
_MODELS = (*ANSWERED, *ASKED)


def contradictions(whole: Mapping[str, Any], said: Mapping[str, Sequence[Any]]) -> set[str]:
    """Of the places where sources of a conversation say different things, those where they contradict each other.

    ``whole`` is what they say together, ``said`` all that they say of each place.
    """
    nodes = {place: place[len(_BEGIN) : -len(_END)] for place in said if _is_parent(place)}
    mapping = whole.get("mapping")
    if not nodes or not isinstance(mapping, dict):
        return set(said)
    tree = tree_of(mapping, Findings())
    links = {**tree.stand_ins, **tree.parents}
    agreed = {place for place, node in nodes.items() if _stand_above(node, said[place], links, mapping)}
    return set(said) - agreed


def other_models(disagreements: Sequence[Disagreement]) -> dict[str, tuple[str, ...]]:
    """By node id: notes about the models that other exports name for its message."""
    notes: dict[str, tuple[str, ...]] = {}
    for each in disagreements:
        place, _dot, key = each.path.rpartition(".")
        if key in _MODELS and place.startswith(_BEGIN) and place.endswith(_METADATA):
            node = place[len(_BEGIN) : -len(_METADATA)].removesuffix(".message")
            told = tuple(f"{key} in another export: {slug}" for slug in each.others)
            notes[node] = notes.get(node, ()) + told
    return notes


def _is_parent(place: str) -> bool:
    return place.startswith(_BEGIN) and place.endswith(_END) and len(place) > len(_BEGIN) + len(_END)


def _stand_above(
    node: str, parents: Sequence[Any], links: Mapping[str, str | None], mapping: Mapping[str, Any]
) -> bool:
    """Whether all ``parents`` lie on the way from a node to its root; nodes without a message do as well."""
    above = set()
    name: str | None = node
    while name is not None and name not in above:
        above.add(name)
        name = links.get(name)
    return all(parent in above or _has_no_message(parent, mapping) for parent in parents)


def _has_no_message(parent: Any, mapping: Mapping[str, Any]) -> bool:
    if not isinstance(parent, str):
        return False
    held = mapping.get(parent)
    return not (isinstance(held, dict) and held.get("message"))
