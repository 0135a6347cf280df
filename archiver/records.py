"""The words of the program as frozen records: conversations, messages, their parts, assets, problems.

Importers build these, the store keeps them, everything else reads them. Times are Unix seconds (UTC) as floats; offsets
into text count code points. Text is kept exactly as the provider wrote it, except that citation markers, which are not
text, are resolved into readable words; what the source said byte for byte stays available as the raw JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

Json: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None


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


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one conversation; ids are unique inside the conversation only (export format §3.1)."""

    id: str
    parent: str | None
    """The message this one follows; None for a first message."""
    role: str
    """``user``, ``assistant``, ``tool``, ``system``, or whatever else the source says."""
    parts: tuple[Part, ...]
    author: str = ""
    """The tool's name, where the author has one."""
    created: float | None = None
    updated: float | None = None
    answered: str = ""
    """Slug of the model that wrote this reply; empty when not recorded. Never guessed."""
    answered_from: str = ""
    """Name of the field that ``answered`` was read from."""
    asked: str = ""
    """Slug of the model that was picked for this reply; empty when not recorded."""
    asked_from: str = ""
    hidden: str = ""
    """Why the provider's own screen leaves this message out (``system``, ``tool``, ``thoughts``, ``context``, ``flag``
    ``empty`` …); empty when it shows it."""
    status: str = ""
    """Anything but a normal end, for example ``in_progress`` for a reply that was cut off."""
    recipient: str = ""
    """The tool this message speaks to; empty when it speaks to everybody."""
    channel: str = ""
    rating: str = ""
    """``thumbs_up`` or ``thumbs_down`` where the person rated the reply."""
    notes: tuple[str, ...] = ()
    """Facts worth showing in the details, such as ``auto:smaller_model:reached_message_cap`` or an A/B label."""

    @property
    def is_hidden(self) -> bool:
        """Whether the provider's own screen leaves this message out."""
        return bool(self.hidden)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation with every message of every branch, parents before children, siblings by time then id."""

    provider: str
    id: str
    title: str
    """As the source has it; empty when it has none."""
    messages: tuple[Message, ...]
    created: float | None = None
    updated: float | None = None
    current: str | None = None
    """Id of the last message of the branch that the provider shows."""
    default_model: str = ""
    """The conversation's last model choice; no evidence for any single reply (export format §5.2)."""
    project: str = ""
    """Id of the custom GPT or project, where there is one."""
    is_archived: bool = False
    is_starred: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """Other plain facts of the source, sorted by name, such as ``("voice", "cove")``."""


class Branch(NamedTuple):
    """Where a message stands among its siblings: number ``number`` (from 1) ``of`` so many."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Asset:
    """Bytes that came with a source."""

    pointer: str
    """The id that messages use, as ``asset_id`` gives it, for example ``file-AbC`` or ``file_00ff``."""
    member: str
    """Path inside the source."""
    name: str
    """The name to show and to save under; never used as a path."""
    mime: str
    """From the first bytes where they are known, else from the name."""
    size: int


def asset_id(pointer: str) -> str:
    """The id of the file that a pointer means: without scheme, and without hash and page around it (§7)."""
    name = pointer.rpartition("://")[2]
    return next((piece for piece in name.split("#") if piece.startswith(("file-", "file_"))), name)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in the data that was kept, skipped or shown as it is."""

    where: str
    """Place in the source, for example ``conversations-003.json, conversation 17``."""
    what: str
    """One plain sentence."""
    conversation_id: str = ""
    is_loss: bool = False
    """Whether words or files that the source names could not be read from it."""
    slice: str = ""
    """SHA-256 of the raw bytes, where no conversation could be made of them; ``archiver show`` prints them by it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is; handed to one ``on_progress`` function."""

    stage: Literal["keeping", "reading", "indexing", "checking", "writing"]
    done: int
    total: int
    """In the unit of the stage: bytes for keeping, reading, checking; conversations for the others; 0: unknown."""
    note: str = ""
    """For people: the latest title or file name."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a list of conversations."""

    key: int
    """The store's number for the conversation; stable until the next rebuild."""
    id: str
    provider: str
    title: str
    created: float | None
    updated: float | None
    messages: int
    """All messages, also hidden ones and other branches."""
    visible: int
    """Messages that the provider's own screen shows on the current branch."""
    models: tuple[str, ...]
    """Slugs that answered, most replies first."""
    project: str = ""
    images: int = 0
    characters: int = 0
    is_archived: bool = False
    is_put_away: bool = False
    is_favourite: bool = False


class OutlineRow(NamedTuple):
    """What the reader needs of a message before showing it."""

    key: int
    id: str
    parent: int
    """Position of the parent in the outline; -1 for a first message."""
    role: str
    created: float | None
    answered: str
    hidden: str
    characters: int
    newlines: int
    is_wide: bool
    """Whether most of the text takes two cells a character."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A conversation without its texts: opens at once however long it is."""

    summary: Summary
    rows: tuple[OutlineRow, ...]
    """Parents before children, as in ``Conversation.messages``."""
    current: int
    """Position of the last message of the branch that the provider shows; -1 when there is none."""


class Span(NamedTuple):
    """A highlighted slice of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One message (or title) that a search found."""

    conversation_key: int
    conversation_id: str
    message_key: int
    """0 when only the title matched."""
    message_id: str
    title: str
    role: str
    model: str
    created: float | None
    snippet: str
    spans: tuple[Span, ...]
    """Matched words inside ``snippet``."""
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found."""

    hits: tuple[Hit, ...]
    total: int
    """All messages that match, also those beyond ``hits``."""
    conversations: int
    """How many conversations the matches lie in."""
    counts: dict[int, int] = field(default_factory=dict)
    """Matches per conversation key, for the conversations of ``hits``."""
    suggestion: str = ""
    """A spelling the archive does have, when nothing was found."""
    waiting: int = 0
    """Conversations that the index has not reached yet; 0 when the answer is complete."""
    explanation: str = ""
    """How the query was understood, in words."""
    hidden: int = 0
    """Matches in what the provider's own screen hides (tools, thoughts, system), when nothing else was found."""
