"""What a message is made of: texts, code, results of tools, pictures, documents, and what nobody understands yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Citation:
    """A named source that a stretch of a text points to: ``text[start:end]`` is the words to underline."""

    start: int
    end: int
    title: str
    url: str
    """Empty when the source is an uploaded file."""


@dataclass(frozen=True, slots=True)
class Text:
    """What was written, as Markdown."""

    kind: ClassVar[str] = "text"
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """The written words of something spoken in a voice conversation."""

    kind: ClassVar[str] = "speech"
    text: str
    direction: str = ""
    """``in`` was spoken by the person, ``out`` by the model; empty when not recorded."""


@dataclass(frozen=True, slots=True)
class Code:
    """Program code that stands by itself (not a fence inside a text)."""

    kind: ClassVar[str] = "code"
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the model wrote while thinking, or the line that says how long it thought."""

    kind: ClassVar[str] = "reasoning"
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model asked a tool to do."""

    kind: ClassVar[str] = "tool_call"
    tool: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool answered, for example the output of a program."""

    kind: ClassVar[str] = "tool_result"
    tool: str
    text: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a web page or an uploaded document that was put before the model."""

    kind: ClassVar[str] = "quote"
    text: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AssetReference:
    """A message's pointer to a picture, sound, video or file."""

    kind: ClassVar[str] = "asset"
    pointer: str
    """As the provider wrote it; ``asset_id`` says which file it means."""
    media: str = "file"
    """``image``, ``audio``, ``video`` or ``file``."""
    name: str = ""
    """The file's own name where the source tells it."""
    mime: str = ""
    size: int | None = None
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    caption: str = ""
    """The prompt a generated picture was made from, where the source tells it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A canvas document or writing block: its latest text, and every earlier version that is known."""

    kind: ClassVar[str] = "document"
    id: str
    text: str
    title: str = ""
    format: str = ""
    """``document``, ``code/python`` …, as the provider names it."""
    versions: tuple[str, ...] = ()
    """Earlier texts, oldest first; the latest is ``text`` and is not repeated here."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Something the model noted down about the person."""

    kind: ClassVar[str] = "memory"
    text: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """What the person had told the model about themselves and how to answer."""

    kind: ClassVar[str] = "instructions"
    about_user: str
    about_model: str

    @property
    def text(self) -> str:
        """Both, one after the other."""
        return "\n\n".join(filter(None, (self.about_user, self.about_model)))


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of the provider's system, for example an error."""

    kind: ClassVar[str] = "notice"
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something this program does not understand yet, kept as the JSON it came as."""

    kind: ClassVar[str] = "unknown"
    label: str
    """What the provider calls it, for example a content type."""
    raw: str
    """JSON text."""

    @property
    def text(self) -> str:
        """The JSON text, so that it can be searched and shown like any other part."""
        return self.raw


Part: TypeAlias = (
    Text
    | Speech
    | Code
    | Reasoning
    | ToolCall
    | ToolResult
    | Quote
    | AssetReference
    | Document
    | Memory
    | Instructions
    | Notice
    | Unknown
)


PART_CLASSES: tuple[type[Part], ...] = (
    Text, Speech, Code, Reasoning, ToolCall, ToolResult, Quote, AssetReference, Document, Memory, Instructions, Notice,
    Unknown,
)  # fmt: skip


def words_of(part: Part) -> str:
    """All that a part says, with its title, for whoever searches; sources named in a text are not among it."""
    match part:
        case AssetReference(name=name, caption=caption):
            return "\n".join(filter(None, (name, caption)))
        case Document(title=title, text=text, versions=versions):
            return "\n\n".join(filter(None, (title, text, *versions)))
        case Quote(title=title, text=text) | Reasoning(title=title, text=text) | Notice(name=title, text=text):
            return "\n".join(filter(None, (title, text)))
        case _:
            return part.text
