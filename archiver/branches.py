"""The tree of a conversation: which messages stand on one path, and which are versions of each other.

Works on parent positions, so that an outline without texts is enough: ``parents[i]`` is the position of the parent of
message ``i`` (always smaller than ``i``), or -1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from archiver.records import Branch, Conversation


def parent_positions(conversation: Conversation) -> list[int]:
    """The parents of a conversation's messages as positions."""
    position = {message.id: index for index, message in enumerate(conversation.messages)}
    return [position.get(message.parent, -1) if message.parent else -1 for message in conversation.messages]


def path_to(parents: Sequence[int], leaf: int) -> list[int]:
    """Positions from the first message to ``leaf``."""
    path = []
    while leaf >= 0:
        path.append(leaf)
        leaf = parents[leaf]
    path.reverse()
    return path


def further_branches(parents: Sequence[int]) -> int:
    """How many branches there are beyond the first: one for every message that nothing follows."""
    followed = len({parent for parent in parents if parent >= 0})
    return max(0, len(parents) - followed - 1)


class Tree:
    """Children and sibling numbers of every message."""

    def __init__(self, parents: Sequence[int]) -> None:
        self.parents = parents
        self.children: dict[int, list[int]] = defaultdict(list)
        for index, parent in enumerate(parents):
            self.children[parent].append(index)

    def branch(self, index: int) -> Branch:
        """Which of its siblings this message is."""
        siblings = self.children[self.parents[index]]
        return Branch(siblings.index(index) + 1, len(siblings))

    def sibling(self, index: int, step: int) -> int:
        """The position ``step`` versions further; the message itself at the ends."""
        siblings = self.children[self.parents[index]]
        place = siblings.index(index) + step
        return siblings[place] if 0 <= place < len(siblings) else index

    def newest_leaf(self, index: int) -> int:
        """The leaf reached by following the last child from ``index``."""
        while self.children.get(index):
            index = self.children[index][-1]
        return index

    def leaves(self) -> list[int]:
        """Every message that nothing follows: one a branch."""
        return [index for index in range(len(self.parents)) if not self.children.get(index)]


def current_path(conversation: Conversation) -> list[int]:
    """Positions of the branch that the provider shows; the newest branch when it names none."""
    parents = parent_positions(conversation)
    ids: Iterable[str] = (message.id for message in conversation.messages)
    position = next((index for index, id_ in enumerate(ids) if id_ == conversation.current), -1)
    if position < 0:
        position = Tree(parents).newest_leaf(-1)
    return path_to(parents, position)
