"""What the tools of a conversation found, by the ids that answers cite: ``turn0search1`` -> a page.

Gathered only when an answer cites something that its own metadata does not explain. The same id can stand for different
pages on different branches, so the finding nearest above the answer counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from archiver.importers.chatgpt.fields import mapping
from archiver.importers.chatgpt.order import Tree
from archiver.importers.chatgpt.references import id_of, link_of
from archiver.importers.chatgpt.scene import Link

_FAR = 2000
"""Messages looked at above an answer; further up no tool's finding is meant."""
_STEPS = 2_000_000
"""Messages looked at for all answers of a conversation: an end for data that is made to have none."""


class Links:
    """Findings of one conversation."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._found: dict[str, dict[str, Link]] | None = None
        self._steps = _STEPS

    def find(self, ids: Sequence[str], message_id: str) -> list[Link]:
        """The pages behind ``ids`` as the message ``message_id`` names them."""
        if self._found is None:
            self._found = self._gather()
        links = [self._nearest(self._found[name], message_id) for name in ids if name in self._found]
        return [link for link in links if link is not None]

    def _nearest(self, holders: dict[str, Link], message_id: str) -> Link | None:
        name: str | None = message_id
        for _step in range(min(_FAR, self._steps)):
            self._steps -= 1
            if name is None:
                return None
            if name in holders:
                return holders[name]
            name = self._tree.parents.get(name)
        return None

    def _gather(self) -> dict[str, dict[str, Link]]:
        found: dict[str, dict[str, Link]] = {}
        for name, message in self._tree.messages.items():
            for id_, link in _findings(message):
                found.setdefault(id_, {}).setdefault(name, link)
        return found


def _findings(message: dict[str, Any]) -> Iterator[tuple[str, Link]]:
    metadata = mapping(message.get("metadata"))
    groups = metadata.get("search_result_groups")
    for group in groups if isinstance(groups, list) else ():
        entries = mapping(group).get("entries")
        for entry in entries if isinstance(entries, list) else ():
            page = mapping(entry)
            id_, link = id_of(mapping(page.get("ref_id"))), link_of(page)
            if id_ and link:
                yield id_, link
    content = mapping(message.get("content"))
    ref, page_link = content.get("ref_id"), link_of(content)
    if isinstance(ref, str) and page_link:
        yield ref, page_link
