"""The reader: one conversation, drawn by the transcript, with everything that can be done with its messages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import on

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.records import Message, Summary
from archiver.text import when
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.conversation_source import ConversationSource
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.chooses_shown import ChoosesShown
from archiver.tui.screens.finds_words import FindsWords
from archiver.tui.screens.items import OpensItems
from archiver.tui.session import Session
from archiver.tui.widgets.choice import KINDS, Choice, that_shows
from archiver.tui.widgets.items import message_items
from archiver.tui.widgets.transcript_messages import (
    AssetActivated,
    BranchRequested,
    Copied,
    CursorMoved,
    LinkActivated,
    NoCode,
    NothingThere,
)

_MOST_ELSEWHERE = 1000
"""Hits that are looked through for those on other versions."""


class ReaderScreen(FindsWords, OpensItems, ChoosesShown):
    """A conversation to read."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (
        commands.MessageMenu, commands.Find, commands.NextMatch, commands.PreviousMatch, commands.NextMessage,
        commands.PreviousMessage, commands.NextQuestion, commands.PreviousQuestion, commands.PreviousVersion,
        commands.NextVersion, commands.Fold, commands.CopyMessage, commands.CopyCode, commands.OpenItem,
        commands.Favourite, commands.Note, commands.SaveMarkdown, commands.SaveAs, commands.Details, commands.RawJson,
        commands.HideThoughts, commands.HideTools, commands.HideSystem, commands.OnlyFrom, commands.PutAway,
        commands.Undo, *commands.PLACES_EVERYWHERE, commands.Back,
    )  # fmt: skip
    PURPOSE = N_(
        "One conversation. The line at the left marks the message that keys such as {copy_message}, {favourite} and "
        "{details} mean. Where a message was edited or a reply made again, {previous_version} and {next_version} show "
        "the other versions and what followed them."
    )

    def __init__(self, session: Session, place: Place, query: str = "") -> None:
        super().__init__(session)
        self._outline = session.opened.outline(place.conversation_id)
        self._place = place
        self.found_words = ""
        self.sought = query
        at = place.message_id
        if not at and not place.from_start:
            at = session.opened.annotations.position(place.conversation_id)
        self._source = ConversationSource(session, self._outline).with_message(at)
        self._at = at
        self.choice = self._choice_that_shows(at)

    def _choice_that_shows(self, message_id: str) -> Choice:
        """What the settings hide, except what the message to begin at or the words found in it would be hidden by."""
        choice = Choice(frozenset(kind for kind in KINDS if kind in self.session.config.hide))
        position = self._source.position_of(message_id)
        if position < 0:
            return choice
        find = self.session.opened.finder(self.sought) if self.sought else None
        items = message_items(self._source.message(position))
        return that_shows(choice, self._source.rows[position], items, find)

    # What is on the screen

    def heading(self) -> tuple[str, str]:
        """The title; beside it the match one is at, or how long the conversation is."""
        summary = self._outline.summary
        note = f"{_days(summary)} · {amounts.messages(summary.visible)}"
        only = self.only_words()
        return self._place.title, " · ".join(filter(None, [only, self.found_words])) or note

    def places_elsewhere(self) -> int:
        """Messages with the words on other versions than those that are shown."""
        try:
            found = self.session.opened.search(f"id:{self._place.conversation_id} {self.sought}", limit=_MOST_ELSEWHERE)
        except ArchiverError:
            return 0
        here = {row.id for row in self._source.rows}
        # Words joined by OR find other conversations, too.
        own = (hit for hit in found.hits if hit.conversation_id == self._place.conversation_id)
        return sum(1 for hit in own if hit.message_key and hit.message_id not in here)

    def footer(self) -> Sequence[type[Command]]:
        """What matters most where one is."""
        keys: list[type[Command]] = [commands.Scroll]
        if self.found_words:
            keys.append(commands.NextMatch)
        elif self._has_versions:
            keys.append(commands.Versions)
        return [*keys, commands.MessageMenu, commands.Back, commands.Help, commands.Menu][:5]

    @property
    def _has_versions(self) -> bool:
        position = self.transcript.position if self.is_mounted else -1
        return position >= 0 and self._source.has_versions(position)

    def on_mount(self) -> None:
        """Open the conversation where reading stopped, or at the place that was found."""
        super().on_mount()
        self.transcript.choose(self.choice)
        self.transcript.load(self._source, self._at or None)
        self.set_focus(self.transcript)
        if self.sought:
            self.find(self.sought)
            self.call_after_refresh(self.go_to_found)

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self.transcript.load(self._source, self._current_id)

    def library_changed(self) -> None:
        """Notes and marks may be others now."""
        self._source.read_annotations()
        if self.transcript.position >= 0:
            self.transcript.refresh_message(self.transcript.position)

    def place(self) -> Place:
        """The message with the bar at its left."""
        return self._place._replace(message_id=self._current_id or "")

    @property
    def _current_id(self) -> str | None:
        row = self.transcript.current_row
        return row.id if row else None

    def message(self) -> Message | None:
        """The message with the bar at its left."""
        position = self.transcript.position
        return self._source.message(position) if position >= 0 else None

    def action_back(self) -> None:
        """Leave the line for finding, then the search, then the conversation."""
        if not self.stop_finding():
            self.leaving()
            self.dismiss()

    def leaving(self) -> None:
        """Remember where reading stopped, unless the archive is on a medium that cannot be written."""
        position = self.transcript.position
        if position > 0:
            with suppress(ArchiverError):
                id_ = self._source.rows[position].id
                self.session.opened.annotations.set_position(self._place.conversation_id, id_)

    @on(CursorMoved)
    def _moved(self) -> None:
        self.show_frame()

    # Moving by messages and versions

    def action_next_message(self) -> None:
        """The next message."""
        self.transcript.action_message(1)

    def action_previous_message(self) -> None:
        """The message before."""
        self.transcript.action_message(-1)

    def action_next_question(self) -> None:
        """The next message of one's own."""
        self.transcript.action_question(1)

    def action_previous_question(self) -> None:
        """The message of one's own before."""
        self.transcript.action_question(-1)

    def action_next_version(self) -> None:
        """The next version."""
        self.transcript.action_branch(1)

    def action_previous_version(self) -> None:
        """The version before."""
        self.transcript.action_branch(-1)

    def action_fold(self) -> None:
        """Open or close what is folded."""
        self.transcript.action_fold()

    @on(BranchRequested)
    def _other_version(self, event: BranchRequested) -> None:
        source = self._source.with_version(event.position, event.step)
        if source is not self._source:
            self._source = source
            self.transcript.load(source, source.rows[event.position].id, keep_place=True)
            self.show_frame()

    # One message

    def action_message_menu(self) -> None:
        """Everything that can be done with the message."""
        message = self.message()
        if message is None:
            return
        offered: list[type[Command]] = [commands.NextMatch] if self.found_words else []
        items = self.items_of(message)
        has_files = any(not isinstance(item, str) for item in items)
        if has_files:
            # A picture is seen small here; Enter, twice, leads to all of it.
            offered.append(commands.OpenItem)
        offered.append(commands.CopyMessage)
        if any("```" in getattr(part, "text", "") or part.kind == "code" for part in message.parts):
            offered.append(commands.CopyCode)
        if items and not has_files:
            offered.append(commands.OpenItem)
        if any(item.is_folding for item in message_items(message)):
            offered.append(commands.Fold)
        if self._has_versions:
            offered += [commands.PreviousVersion, commands.NextVersion]
        offered += [commands.Favourite, commands.Note, commands.SaveMarkdown, commands.SaveAs, commands.Details]
        offered += [commands.RawJson, commands.OnlyFrom]
        keymap = self.keymap
        self.choose(
            lambda: _("This message"),
            lambda: [Row(each, _(each.menu_text), each.key_words(keymap)) for each in offered],
            lambda command: self.call_later(self.action_perform, command.name),
        )

    def action_copy_message(self) -> None:
        """Copy the message."""
        self.transcript.action_copy_message()

    def action_copy_code(self) -> None:
        """Copy the code."""
        self.transcript.action_copy_code()

    @on(Copied)
    def _copied(self, event: Copied) -> None:
        words = _("Block {number} of {total} copied.").format(number=event.number, total=event.of)
        self.say_copied(event.taker, words if event.of > 1 else _("Copied."))

    @on(NothingThere)
    def _nothing_there(self, event: NothingThere) -> None:
        if event.what == "fold":
            self.say(_("Nothing is folded in this message."))
        else:
            self.say(_("This message has only one version."))

    @on(NoCode)
    def _no_code(self) -> None:
        self.say(_("This message holds no code."))

    def action_note(self) -> None:
        """Write a note beside the message."""
        from archiver.tui.screens.note import NoteDialog

        place = self.place()

        def written(text: str | None) -> None:
            if text is not None:
                annotations = self.session.opened.annotations
                self.change(lambda: annotations.write_note(place.conversation_id, place.message_id, text.strip()))

        before = self._source.note(self.transcript.position) if self.transcript.position >= 0 else ""
        self.app.push_screen(NoteDialog(self.session, before), written)

    @property
    def source(self) -> ConversationSource:
        """The path that is shown."""
        return self._source

    def action_open_item(self) -> None:
        """Open what the message holds."""
        message = self.message()
        if message is not None:
            self.offer_items(self.items_of(message))

    @on(LinkActivated)
    def _link(self, event: LinkActivated) -> None:
        self.offer_link(event.href)

    @on(AssetActivated)
    def _asset(self, event: AssetActivated) -> None:
        self.offer_asset(event.reference, self._source.asset(event.reference))


def _days(summary: Summary) -> str:
    """When the conversation was begun, and when it was last written to, where that was another day."""
    first, last = when.date(summary.created), when.date(summary.updated)
    if summary.updated is None or first == last:
        return first
    return f"{first} – {last}" if summary.created is not None else last
