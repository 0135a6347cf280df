"""The numbers of an import while it goes on, from which its report is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.importers import Understood
from archiver.records import AssetReference, Problem
from archiver.reports import SourceReport


@dataclass
class Tally:
    """The numbers of an import while it goes on."""

    sources: list[SourceReport] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    branches: int = 0
    content_types: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    unknown_keys: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    rated: set[tuple[str, str]] = field(default_factory=set)
    """Conversation and message of every rating that was read."""
    incomplete: dict[str, Problem] = field(default_factory=dict)
    """Conversations of which a source had only some pages; another source may bring the others."""
    odd: dict[str, list[Problem]] = field(default_factory=dict)
    """What is odd in conversations, as it was when each was last understood."""
    counted: set[str] = field(default_factory=set)
    """Conversations that the numbers tell of."""
    was_stopped: bool = False
    missing: set[str] | None = None
    """Pointers of the files that the archive lacked before anything was read; None as long as nothing was."""

    def count(self, understood: Understood, branches: int, times: int = 1) -> None:
        """Let the numbers tell of a conversation; ``times`` is -1 to take back what they told of it before."""
        conversation = understood.conversation
        self.counted.add(conversation.id)
        self.messages += times * len(conversation.messages)
        self.branches += times * branches
        for counter, counts in (
            (self.content_types, understood.content_types),
            (self.unknown_keys, understood.unknown_keys),
        ):
            for name, count in counts.items():
                counter[name] += times * count
        for message in conversation.messages:
            if message.role == "assistant" and not message.hidden:
                self.models[message.answered] += times
            for part in message.parts:
                if isinstance(part, AssetReference):
                    self.references.add(part.pointer)

    def all_problems(self) -> Iterator[Problem]:
        """Every problem, those of the sources first."""
        yield from self.problems
        for problems in self.odd.values():
            yield from problems
        yield from self.incomplete.values()
