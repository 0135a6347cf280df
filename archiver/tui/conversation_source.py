"""A conversation of the archive as the transcript wants it: one path, messages fetched when they come into view."""

from __future__ import annotations

from collections.abc import Sequence

from archiver import branches
from archiver.errors import ArchiverError
from archiver.records import AssetReference, Branch, Message, Outline, OutlineRow
from archiver.reports import StoredAsset
from archiver.tui.session import Session

_BATCH = 12
"""Messages fetched together: about what a screen shows."""
_KEPT = 600
_LARGEST_PICTURE = 40_000_000


class ConversationSource:
    """A path through a conversation, with what the person added to it."""

    def __init__(self, session: Session, outline: Outline, leaf: int = -1) -> None:
        self._session = session
        self._archive = session.opened
        self.outline = outline
        self._tree = branches.Tree([row.parent for row in outline.rows])
        if leaf < 0:
            leaf = outline.current if outline.current >= 0 else self._tree.newest_leaf(-1)
        self.path = branches.path_to(self._tree.parents, leaf)
        self.rows: Sequence[OutlineRow] = [outline.rows[index] for index in self.path]
        self._messages: dict[int, Message] = {}
        self._assets: dict[str, StoredAsset | None] = {}
        self.read_annotations()

    def read_annotations(self) -> None:
        """Look again at what the person added."""
        annotations, id_ = self._archive.annotations, self.outline.summary.id
        self._notes = {note.message_id: note.text for note in annotations.notes() if note.conversation_id == id_}
        self._favourites = {mark.message_id for mark in annotations.favourites() if mark.conversation_id == id_}

    # What the transcript asks for

    def message(self, position: int) -> Message:
        """The whole message of a row; its neighbours are fetched with it."""
        key = self.rows[position].key
        if key not in self._messages:
            self._fetch(position)
            row = self.rows[position]
            return self._messages.get(row.key) or Message(row.id, None, row.role, (), hidden=row.hidden)
        return self._messages[key]

    def branch(self, position: int) -> Branch:
        """Which of its versions the message is."""
        return self._tree.branch(self.path[position])

    def model_name(self, slug: str) -> str:
        """The name people know a model by."""
        return self._session.model_name(slug)

    def own_name(self, role: str) -> str:
        """What the person calls a speaker; empty for the usual word."""
        return self._session.config.names.get({"user": "me", "assistant": "it"}.get(role, ""), "")

    def is_found(self, reference: AssetReference) -> bool:
        """Whether the bytes of an asset are in the archive."""
        return self.asset(reference) is not None

    def picture(self, reference: AssetReference) -> bytes | None:
        """The bytes of a picture that is in the archive and not beyond reason."""
        asset = self.asset(reference)
        if asset is None or asset.size > _LARGEST_PICTURE:
            return None
        try:
            return self._archive.read_asset(asset)
        except ArchiverError:
            return None

    def note(self, position: int) -> str:
        """What the person wrote beside the message."""
        return self._notes.get(self.rows[position].id, "")

    def is_favourite(self, position: int) -> bool:
        """Whether the person marked the message."""
        return self.rows[position].id in self._favourites

    # What the reader asks for

    def asset(self, reference: AssetReference) -> StoredAsset | None:
        """Where the bytes of a reference lie; None when they are in no source."""
        if reference.pointer not in self._assets:
            self._assets[reference.pointer] = self._archive.find_assets([reference]).get(reference.pointer)
        return self._assets[reference.pointer]

    def position_of(self, message_id: str) -> int:
        """Where a message stands on this path; -1 when it is on another."""
        return next((position for position, row in enumerate(self.rows) if row.id == message_id), -1)

    def with_message(self, message_id: str) -> ConversationSource:
        """The path that holds a message: this one where it does, else the one to the newest leaf beyond it."""
        if self.position_of(message_id) >= 0:
            return self
        rows = self.outline.rows
        index = next((index for index, row in enumerate(rows) if row.id == message_id), -1)
        if index < 0:
            return self
        return self._along(self._tree.newest_leaf(index))

    def with_version(self, position: int, step: int) -> ConversationSource:
        """The path through another version of a message; this one when there is none further."""
        index = self.path[position]
        sibling = self._tree.sibling(index, step)
        return self if sibling == index else self._along(self._tree.newest_leaf(sibling))

    def has_versions(self, position: int) -> bool:
        """Whether the message was edited or regenerated."""
        return self.branch(position).of > 1

    def models(self) -> list[str]:
        """The models that answered on this path, most replies first."""
        counts: dict[str, int] = {}
        for row in self.rows:
            if row.answered and row.role == "assistant":
                counts[row.answered] = counts.get(row.answered, 0) + 1
        return sorted(counts, key=lambda slug: -counts[slug])

    def _along(self, leaf: int) -> ConversationSource:
        other = ConversationSource(self._session, self.outline, leaf)
        other._messages, other._assets = self._messages, self._assets
        return other

    def _fetch(self, position: int) -> None:
        if len(self._messages) > _KEPT:
            self._messages.clear()
        first = max(0, position - _BATCH // 2)
        keys = [row.key for row in self.rows[first : first + _BATCH] if row.key not in self._messages]
        messages = self._archive.messages(keys)
        if len(messages) < len(keys):
            self._renew()
            return
        self._messages.update(zip(keys, messages, strict=True))
        references = [part for message in messages for part in message.parts if isinstance(part, AssetReference)]
        unknown = [reference for reference in references if reference.pointer not in self._assets]
        if unknown:
            found = self._archive.find_assets(unknown)
            self._assets |= {reference.pointer: found.get(reference.pointer) for reference in unknown}

    def _renew(self) -> None:
        """An import gave the messages other keys while they were being read: go on with the new ones."""
        by_id = {message.id: message for message in self._archive.conversation(self.outline.summary.id).messages}
        self._messages = {row.key: by_id[row.id] for row in self.outline.rows if row.id in by_id}
