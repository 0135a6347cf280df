"""Items: what a message shows, one after the other, before any of it is parsed.

Every kind of part becomes one or more items, so that nothing the archive holds is left out of the reader: what it
does not understand is shown as the JSON it came as.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from archiver.i18n import _, ngettext
from archiver.records import (
    AssetReference,
    Citation,
    Code,
    Document,
    Instructions,
    Memory,
    Message,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)
from archiver.text.sanitize import one_line
from archiver.tui.widgets.blocks import Target

Form: TypeAlias = Literal["markdown", "typed", "plain", "code", "asset"]

_SHORT_THOUGHT = 120
"""Characters up to which thoughts are shown at once, such as "Thought for 12 seconds"."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a message shows."""

    form: Form
    """How the body is read."""
    body: str = ""
    label: str = ""
    """A line above the body, in the reader's words."""
    is_folding: bool = False
    """Whether the body is hidden until the label is opened."""
    style: str = ""
    """Component class of the body."""
    lead: str = ""
    """Stands before each line of the body."""
    language: str = ""
    citations: tuple[Citation, ...] = ()
    kind: Literal["thoughts", "tools", ""] = ""
    """What hides it, when the reader chose to see no thoughts or no tools."""
    target: Target | None = None
    """What a click on the label does, where it does not fold."""
    part: int = -1
    asset: AssetReference | None = None


def message_items(message: Message) -> list[Item]:
    """Everything a message shows, folded or not, hidden by a choice or not."""
    return [item for number, part in enumerate(message.parts) for item in _items(part, number, message.role)]


def _items(part: Part, number: int, role: str) -> Iterator[Item]:
    match part:
        case Text():
            yield Item("typed" if role == "user" else "markdown", part.text, citations=part.citations, part=number)
        case Speech():
            yield Item("typed" if role == "user" else "markdown", part.text, part=number)
        case Code():
            yield Item("code", part.text, language=part.language, part=number)
        case Reasoning():
            yield _thoughts(part, number)
        case ToolCall():
            label = _("Asked {tool}").format(tool=_tool(part.tool))
            yield Item("code", part.text, label, True, "dim", "  ", part.language, kind="tools", part=number)
        case ToolResult():
            label = _("Answer of {tool}").format(tool=_tool(part.tool))
            label += f" ({part.status})" if part.status else ""
            yield Item("plain", part.text, label, True, "dim", "  ", kind="tools", part=number)
        case Quote():
            target = ("link", part.url) if part.url else None
            label = part.title or part.url or _("From a source")
            yield Item("plain", part.text, label, style="quote", lead="▎ ", target=target, part=number)
        case AssetReference():
            yield Item("asset", part=number, asset=part)
        case Document():
            yield from _document(part, number)
        case Memory():
            yield Item("plain", part.text, _("Noted down about you"), lead="▎ ", part=number)
        case Instructions():
            if part.about_user:
                yield Item("plain", part.about_user, _("What you had told it about yourself"), lead="▎ ", part=number)
            if part.about_model:
                yield Item("plain", part.about_model, _("How you had asked it to answer"), lead="▎ ", part=number)
        case Notice():
            yield Item("plain", part.text, part.name or _("Notice"), style="dim", lead="▎ ", part=number)
        case Unknown():
            label = _("Not understood yet: {label}").format(label=part.label)
            yield Item("code", part.raw, label, True, "dim", "  ", "json", part=number)


def _thoughts(part: Reasoning, number: int) -> Item:
    if not part.title and len(part.text) <= _SHORT_THOUGHT and "\n" not in part.text:
        return Item("plain", part.text, style="thought", kind="thoughts", part=number)
    return Item("markdown", part.text, part.title or _("Thoughts"), True, "thought", "  ", kind="thoughts", part=number)


def _document(part: Document, number: int) -> Iterator[Item]:
    _kind, _slash, language = part.format.partition("/")
    form: Form = "code" if part.format.startswith("code") else "markdown"
    for version, text in enumerate(part.versions, 1):
        label = _("Earlier version {number} of {title}").format(number=version, title=part.title or _("the document"))
        yield Item(form, text, label, True, "dim", "  ", language, part=number)
    label = _("Document: {title}").format(title=part.title) if part.title else _("Document")
    if part.versions:
        count = len(part.versions)
        earlier = ngettext("{count} earlier version above", "{count} earlier versions above", count)
        label += f" ({earlier.format(count=count)})"
    yield Item(form, part.text, label, lead="▎ ", language=language, part=number)


def _tool(name: str) -> str:
    return one_line(name, 60) or _("a tool")
