"""What a reader of contents may know about the message around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from archiver.importers.chatgpt.findings import Findings


class Link(NamedTuple):
    """A source that a text names."""

    words: str
    """What to show for it, for example the name of the site."""
    title: str
    url: str
    """Empty for an uploaded file."""


FindLinks: TypeAlias = Callable[[Sequence[str], str], Sequence[Link]]
"""From ids such as ``turn0search1``, and the message that names them, to what was found under these ids."""


@dataclass(slots=True)
class Scene:
    """The message that a content belongs to."""

    message_id: str
    role: str
    author: str
    """The tool's name, where a tool speaks."""
    recipient: str
    """The tool that is spoken to; empty when everybody is."""
    metadata: Mapping[str, Any]
    findings: Findings
    find_links: FindLinks
    depth: int = 0
    """How many contents the one being read stands inside."""
    cited: set[tuple[Any, ...]] = field(default_factory=set)
    """References that a place in the text was found for."""
    details: list[tuple[str, str]] = field(default_factory=list)
    """Words inside markers that the readable text does not say, by the kind of the marker."""

    @property
    def is_call(self) -> bool:
        """Whether the model asks a tool to do something."""
        return bool(self.recipient) and self.role == "assistant"
