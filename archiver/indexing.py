"""What of a conversation can be searched: stored messages as documents for the index.

The index knows neither store nor parts; this is the one place that decides which words of a message belong to which
section of the search language (``in:text``, ``in:code``, ``in:thoughts``, ``in:tool``, ``in:metadata``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archiver import records
from archiver.index import Changed, Document
from archiver.index.documents import AUDIO, BRANCH, CODE, FILE, IMAGE, IT, LINK, ME, OTHER, TOOL
from archiver.records import (
    AssetReference,
    Citation,
    Code,
    Message,
    Notice,
    Part,
    Progress,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
    words_of,
)
from archiver.store import IndexedConversation, IndexRow, Store
from archiver.text.fences import has_fence, pieces

if TYPE_CHECKING:
    from archiver.index import Update

_SPEAKERS = {"user": ME, "assistant": IT, "tool": TOOL}
_SECTIONS = {Unknown: "metadata", Reasoning: "thoughts", ToolCall: "tool", ToolResult: "tool", Notice: "tool"}
"""Sections that follow from the kind of a part alone."""
_MEDIA = {"image": IMAGE, "audio": AUDIO, "video": AUDIO}


class Follower:
    """Lets the index follow the library while an import fills it: another process indexes what was committed."""

    def __init__(self, store: Store, update: Update) -> None:
        self._store, self._update = store, update
        self._given = update.sequence

    def follow(self) -> None:
        """Give on what has been committed since the last time."""
        with self._store.reading() as reader:
            changes = reader.changes(self._given)
        if changes:
            self._given = changes[-1][0]
            self._update.add([conversation for _sequence, conversation in changes], self._given)
        self._update.look()

    def look(self) -> None:
        """Let words be found that have been indexed meanwhile."""
        self._update.look()

    def finish(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> None:
        """Index all that is left, in one more process if that is worth it. Raises ``Cancelled``."""
        self.follow()
        self._update.finish(lambda done, total: on_progress(Progress("indexing", done, total)), cancelled)


def read_documents(library: Path, put_away: frozenset[str], conversations: Sequence[int]) -> Iterator[Changed]:
    """The documents of conversations by key, in that order; runs in worker processes too.

    A conversation that is put away or no longer stored has no documents.
    """
    store = Store(library, read_only=True)
    try:
        with store.reading() as reader:
            for key in conversations:
                stored = reader.for_index(key)
                if stored is None or stored.id in put_away:
                    yield Changed(key, 0, ())
                else:
                    yield Changed(key, 0, tuple(_documents(key, stored)))
    finally:
        store.close()


def _documents(key: int, stored: IndexedConversation) -> Iterator[Document]:
    """One for each message, and one for what is said of the conversation as a whole."""
    versions = Counter(row.parent for row in stored.messages)
    for row in stored.messages:
        sections, flags = _words_and_flags(row)
        if versions[row.parent] > 1:
            flags |= BRANCH
        speaker = _SPEAKERS.get(row.role, OTHER)
        yield Document(row.key, key, int(row.created or 0), speaker, row.asked, row.answered, flags, sections)
    recorded = "\n".join(f"{name}: {fact}" for name, fact in stored.facts)
    about = tuple((section, words) for section, words in (("title", stored.title), ("metadata", recorded)) if words)
    if about:
        created = next((at for row in stored.messages if (at := int(row.created or 0))), 0)
        yield Document(0, key, created, OTHER, "", "", 0, about)


def _words_and_flags(row: IndexRow) -> tuple[tuple[tuple[str, str], ...], int]:
    """The words by section, and what ``has:`` can ask."""
    if row.message is not None:
        return sections_of(row.message), flags_of(row.message)
    section = _hidden_section(row.hidden) if row.hidden else "text"
    return tuple(_at_fences(section, row.text)), _text_flags(row.text, ())


def words_in(message: Message, section: str) -> str:
    """The words of one section; that of what was said includes its blocks of code, in their places."""
    cut = section == "code"
    return "\n\n".join(words for name, words in _sections(message, is_cut=cut) if name == section)


def sections_of(message: Message) -> tuple[tuple[str, str], ...]:
    """The words of a message in order, with their sections; what was said and its blocks of code take turns."""
    return tuple(_sections(message, is_cut=True))


def _sections(message: Message, *, is_cut: bool) -> Iterator[tuple[str, str]]:
    sections: dict[str, list[str]] = {}
    for part in message.parts:
        text = part.text if isinstance(part, Text) else words_of(part)
        if text:
            sections.setdefault(_section(part, message), []).append(text)
        if isinstance(part, Text) and (titles := _titles(part)):
            sections.setdefault("metadata", []).append(titles)
        if isinstance(part, Quote) and part.url:
            sections.setdefault("metadata", []).append(part.url)
    beside = (*message.notes, *(f"{name}: {words}" for name, words in message.details))
    if beside:
        sections.setdefault("metadata", []).extend(beside)
    for name, texts in sections.items():
        text = "\n\n".join(texts)
        yield from _at_fences(name, text) if is_cut else [(name, text)]


def _at_fences(section: str, text: str) -> Iterator[tuple[str, str]]:
    """What was said, cut where a block of code begins or ends."""
    if section == "text" and has_fence(text):
        yield from (("code" if is_code else section, piece) for is_code, piece in pieces(text))
    elif text:
        yield section, text


def flags_of(message: Message) -> int:
    """What ``has:`` can ask of a message, except for branches."""
    flags = 0
    for part in message.parts:
        match part:
            case Text(text=text, citations=citations):
                flags |= _text_flags(text, citations)
            case AssetReference(media=media):
                flags |= _MEDIA.get(media, FILE)
            case Code() | records.Document():
                flags |= CODE if isinstance(part, Code) else FILE
            case Speech():
                flags |= AUDIO
    return flags


def _text_flags(text: str, citations: tuple[Citation, ...]) -> int:
    flags = CODE if has_fence(text) else 0
    if citations or "http://" in text or "https://" in text:
        flags |= LINK
    return flags


def _titles(part: Text) -> str:
    """The titles of the sources that a text names by the name of their site alone."""
    return "\n".join(dict.fromkeys(each.title for each in part.citations if each.title not in part.text))


def _section(part: Part, message: Message) -> str:
    if section := _SECTIONS.get(type(part)):
        return section
    if message.hidden and not isinstance(part, AssetReference):
        return _hidden_section(message.hidden)
    return "code" if isinstance(part, Code) else "text"


def _hidden_section(hidden: str) -> str:
    return "thoughts" if hidden == "thoughts" else "tool"
