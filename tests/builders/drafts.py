"""One message before it has a place in a conversation: who speaks, what it holds, which model it claims.

A test lists drafts (or plain tuples) and ``conversation`` gives each an id, a time and a parent. Where the provider has
a habit, the draft has it as its default; a test names only what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

Object: TypeAlias = dict[str, Any]
"""A JSON object as the provider writes it."""

Turn: TypeAlias = "Draft | tuple[str, str | Object] | tuple[str, str | Object, Mapping[str, Any]]"
"""``("user", "Hello")``, ``("assistant", "Hi", {"model": "o3"})`` or a draft; the options are fields of ``Draft``."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be placed; see the provider's message keys in ``conversations.message_of``."""

    role: str
    content: Any
    """Usually an object with a ``content_type``; a test of bad data may put anything here."""
    model: str | None = ""
    """Slug of the model that answered; empty takes the conversation's, None records none."""
    asked: str | None = ""
    """Slug that was picked (``default_model_slug``); empty takes the conversation's, None records none."""
    name: str | None = None
    """The tool's name, where a tool speaks."""
    recipient: str | None = "all"
    """The tool that is spoken to; ``all`` speaks to the person."""
    channel: str | None = None
    end_turn: bool | None = None
    weight: float = 1.0
    status: str = "finished_successfully"
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """Laid over what the provider writes for every message of this role."""
    seconds: float | None = None
    """Time of the message as Unix seconds; None lets the conversation's clock tick."""
    timeless: bool = False
    """Whether the time is null, as in system and context messages."""
    id: str = ""
    """A short name for ``after``, ``beside`` and ``current``, used as node id; empty makes a UUID."""
    after: str = ""
    """Id of the message to follow; empty follows the one listed before."""
    beside: str = ""
    """Id of a message to stand beside: an edited prompt or a regenerated answer."""

    def but(self, **fields: Any) -> Draft:
        """The same draft with other fields."""
        return replace(self, **fields)

    def noting(self, **metadata: Any) -> Draft:
        """The same draft with more metadata."""
        return replace(self, metadata={**self.metadata, **metadata})


def text(*parts: Any) -> Object:
    """The commonest content: ``{"content_type": "text", "parts": [...]}``."""
    return {"content_type": "text", "parts": list(parts)}


def user(words: str | Object, **fields: Any) -> Draft:
    """What the person wrote."""
    return Draft("user", _content(words), **fields)


def assistant(words: str | Object, **fields: Any) -> Draft:
    """What the model answered."""
    return Draft("assistant", _content(words), **{"end_turn": True, **fields})


def tool(name: str, words: str | Object, **fields: Any) -> Draft:
    """What a tool gave back."""
    return Draft("tool", _content(words), name=name, **fields)


def system(words: str | Object, **fields: Any) -> Draft:
    """What the provider put before the model, unseen by the person."""
    hidden = {"is_visually_hidden_from_conversation": True}
    return Draft(
        "system",
        _content(words),
        **{"end_turn": True, "weight": 0.0, "timeless": True, "metadata": hidden, **fields},
    )


def call(recipient: str, words: str | Object, *, language: str = "json", **fields: Any) -> Draft:
    """What the model asks a tool to do; plain words become a code content, as most calls are."""
    content = code(words, language) if isinstance(words, str) else words
    return Draft("assistant", content, **{"recipient": recipient, "end_turn": False, **fields})


def code(words: str, language: str = "unknown") -> Object:
    """A code content: mostly the body of a tool call."""
    return {"content_type": "code", "language": language, "response_format_name": None, "text": words}


def unknown(content_type: str, **keys: Any) -> Draft:
    """A kind of content nobody knows yet."""
    return assistant({"content_type": content_type, **keys})


def drafts_of(turns: Iterable[Turn]) -> list[Draft]:
    """Tuples made into drafts."""
    return [turn if isinstance(turn, Draft) else _from_tuple(turn) for turn in turns]


def _from_tuple(turn: tuple[Any, ...]) -> Draft:
    role, words, *options = turn
    fields = dict(options[0]) if options else {}
    match role:
        case "user":
            return user(words, **fields)
        case "assistant":
            return assistant(words, **fields)
        case "system":
            return system(words, **fields)
        case _:
            return Draft(role, _content(words), **fields)


def _content(words: str | Object) -> Object:
    return text(words) if isinstance(words, str) else words
