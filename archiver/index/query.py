"""A query as it was understood: what to find, how to say so, and where it stands in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from archiver.index import highlight, snippets
from archiver.index.documents import OTHER, SECTIONS, TOOL, VISIBLE
from archiver.index.explain import explain
from archiver.index.grammar import read
from archiver.index.nodes import Condition, Either, Every, From, Node, Titled, Without, Words, leaves
from archiver.records import Span
from archiver.text.patterns import Pattern

SNIPPET_WIDTH = 160


@dataclass(frozen=True)
class Query:
    """What a person typed, and what it means."""

    typed: str
    node: Node | None
    sections: tuple[str, ...] = VISIBLE
    """Where words are looked for."""
    is_section_asked: bool = False
    """Whether the query says so itself (``in:``)."""
    unclear: tuple[str, ...] = ()
    """What made no sense and was left out."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for (yet)."""
        return self.node is None and not self.is_section_asked

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """What to mark in messages."""
        words = (leaf for leaf in self._leaves if isinstance(leaf, Words))
        return tuple(pattern for each in words for pattern in each.patterns)

    @cached_property
    def _title_patterns(self) -> tuple[Pattern, ...]:
        words = (leaf.words for leaf in self._leaves if isinstance(leaf, Titled))
        return self.patterns + tuple(pattern for each in words for pattern in each.patterns)

    @property
    def _leaves(self) -> Iterator[Words | Condition]:
        return iter(()) if self.node is None else leaves(self.node, negated=False)

    @cached_property
    def _known(self) -> highlight.Known:
        return highlight.Known()

    def explain(self) -> str:
        """How the query was understood, in words."""
        return explain(self.node, self.sections, self.unclear, is_section_asked=self.is_section_asked)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where the words stand in the original text of a message."""
        return highlight.spans(text, self.patterns, self._known)

    def holds(self, text: str) -> bool:
        """Whether a text has the words that a message must have together; what is asked of it beside words may hold."""
        return self.node is None or self._holds(self.node, text)

    @property
    def has_several_words(self) -> bool:
        """Whether a text may have some of the words without being what is looked for."""
        return self.node is not None and sum(isinstance(leaf, Words) for leaf in leaves(self.node)) > 1

    def _holds(self, node: Node, text: str) -> bool:
        match node:
            case Words(patterns=patterns):
                return bool(highlight.spans(text, patterns, self._known))
            case Every(nodes):
                return all(self._holds(each, text) for each in nodes)
            case Either(nodes):
                return any(self._holds(each, text) for each in nodes)
            case Without(Words() as words):
                return not self._holds(words, text)
            case _:
                return True

    def snippet(
        self, text: str, width: int = SNIPPET_WIDTH, *, is_markdown: bool = False
    ) -> tuple[str, tuple[Span, ...]]:
        """A piece of an original text around the first match, and where the matches stand in the piece.

        Of Markdown, only the words are shown.
        """
        return snippets.snippet(text, self.patterns, self._known, width, is_markdown=is_markdown)

    def title_snippet(self, title: str, width: int = SNIPPET_WIDTH) -> tuple[str, tuple[Span, ...]]:
        """The same of a title, where the words that stand behind ``title:`` are marked, too."""
        return snippets.snippet(title, self._title_patterns, self._known, width)


def parse(typed: str, timezone: tzinfo | None = None, now: datetime | None = None) -> Query:
    """What ``typed`` means; never raises. Dates are local time, in ``timezone`` if one is given."""
    reading = read(typed, now or datetime.now(timezone), timezone)
    if not reading.sections and any(map(_is_hidden, _together(reading.node))):
        # Whoever asks for what a tool said looks for what is hidden.
        reading.sections.update(SECTIONS)
    asked = reading.sections or (set(VISIBLE) if reading.hidden else set())
    sections = tuple(section for section in SECTIONS if section in (asked or VISIBLE) and section not in reading.hidden)
    unclear = reading.unclear if sections else [*reading.unclear, "-in:"]
    return Query(typed, reading.node, sections or VISIBLE, bool(asked), tuple(unclear))


def _together(node: Node | None) -> tuple[Node, ...]:
    """What must hold of every hit."""
    return node.nodes if isinstance(node, Every) else (node,) if node else ()


def _is_hidden(node: Node) -> bool:
    """Whether messages are asked for that the provider's own screen hides."""
    return isinstance(node, From) and node.speaker in {TOOL, OTHER}
