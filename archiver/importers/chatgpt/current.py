"""The last message of the branch that the provider shows.

``current_node`` says it. Where it is missing or points nowhere, the newest leaf is the likeliest end of the talk, but
the loser of an A/B pair never is: ``paragen_variant_choice`` names the answer that was chosen.
"""

from __future__ import annotations

from typing import Any

from archiver.importers.chatgpt.order import Tree
from archiver.records import Message


def current_message(wanted: Any, messages: list[Message], tree: Tree) -> str | None:
    """The id of the current message; None only where there is no message."""
    if isinstance(wanted, str):
        if wanted in tree.messages:
            return wanted
        above = tree.stand_ins.get(wanted)
        if above is not None:
            return above
        own = next((name for name in tree.order if tree.messages[name].get("id") == wanted), None)
        if own is not None:
            return own
    return _newest_leaf(messages, tree) if messages else None


def _newest_leaf(messages: list[Message], tree: Tree) -> str:
    followed = {message.parent for message in messages}
    avoided = _losers(messages, tree)
    depths: dict[str, int] = {}
    best: tuple[bool, bool, float, int, str] | None = None
    for message in messages:
        depths[message.id] = depths.get(message.parent or "", 0) + 1
        if message.parent in avoided:
            avoided.add(message.id)
        if message.id not in followed:
            rank = (
                message.id not in avoided,
                bool(message.parts),
                message.created or 0.0,
                depths[message.id],
                message.id,
            )
            best = rank if best is None else max(best, rank)
    return best[-1] if best else messages[-1].id


def _losers(messages: list[Message], tree: Tree) -> set[str]:
    """Answers of A/B pairs that were not chosen. The message before the pair names the chosen one."""
    chosen: dict[str, str] = {}
    for message in messages:
        metadata = tree.messages[message.id].get("metadata")
        choice = metadata.get("paragen_variant_choice") if type(metadata) is dict else None
        if isinstance(choice, str) and choice in tree.messages:
            chosen[message.id] = choice
    parents_of_chosen = {tree.parents[choice]: choice for choice in chosen.values()}
    return {
        message.id
        for message in messages
        if message.parent in parents_of_chosen and message.id != parents_of_chosen[message.parent]
    }
