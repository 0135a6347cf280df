"""Transcript: the reader's text, with its keys and clicks.

Nothing is ever opened or followed from here: links, pictures and other versions are told to the screen, which decides.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from archiver.records import AssetReference
from archiver.tui import clipboard, commands
from archiver.tui.widgets.blocks import Target
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.message_text import message_text
from archiver.tui.widgets.transcript_messages import (
    AssetActivated,
    BranchRequested,
    Copied,
    CursorMoved,
    LinkActivated,
    Located,
    NoCode,
    NothingThere,
    WentRound,
)
from archiver.tui.widgets.transcript_search import TranscriptSearch

_OPENED = ("link", "asset")


class Transcript(TranscriptSearch):
    """The messages of one path of a conversation, to read, search and copy from."""

    Located = Located
    CursorMoved = CursorMoved
    BranchRequested = BranchRequested
    LinkActivated = LinkActivated
    AssetActivated = AssetActivated
    Copied = Copied
    NoCode = NoCode
    WentRound = WentRound

    BINDINGS: ClassVar[list[BindingType]] = [
        commands.NextMessage.binding("message(1)"),
        commands.PreviousMessage.binding("message(-1)"),
        commands.NextQuestion.binding("question(1)"),
        commands.PreviousQuestion.binding("question(-1)"),
        commands.PreviousVersion.binding("branch(-1)"),
        commands.NextVersion.binding("branch(1)"),
        commands.NextMatch.binding("match(1)"),
        commands.PreviousMatch.binding("match(-1)"),
        commands.Fold.binding(),
        commands.CopyMessage.binding(),
        commands.CopyCode.binding(),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._copied_code: tuple[Key, int] | None = None

    def action_first(self) -> None:
        """Go to the first message."""
        super().action_first()
        if self.shown:
            self.move_cursor(self.shown[0])

    def action_last(self) -> None:
        """Go to the last message."""
        super().action_last()
        if self.shown:
            self.move_cursor(self.shown[-1])

    def action_message(self, step: int) -> None:
        """Go to the next message or the one before."""
        self._go_along(list(self.shown), step)

    def action_question(self, step: int) -> None:
        """Go to the next thing the person wrote, or the one before."""
        if self.path is not None:
            rows = self.path.rows
            self._go_along([position for position in self.shown if rows[position].role == "user"], step)

    def _go_along(self, positions: list[int], step: int) -> None:
        if step > 0:
            target = next((position for position in positions if position > self.position), None)
        else:
            target = next((position for position in reversed(positions) if position < self.position), None)
        if target is not None:
            self.goto_position(target)

    def action_match(self, step: int) -> None:
        """Go to the next match or the one before."""
        self.go_to_match(step)

    def action_branch(self, step: int) -> None:
        """Ask for another version of the current message."""
        if self.path is not None and self.position >= 0 and self.path.source.branch(self.position).of < 2:
            self.post_message(NothingThere(self, self.position, self.path.rows[self.position], "branch"))
        self._request_branch(self.position, step)

    def _request_branch(self, position: int, step: int) -> None:
        if self.path is None or position < 0:
            return
        branch = self.path.source.branch(position)
        if 1 <= branch.number + step <= branch.of:
            self.post_message(BranchRequested(self, position, self.path.rows[position], step))

    def action_fold(self) -> None:
        """Open everything folded in the current message, or close it when all is open."""
        if self.path is None or self.position < 0:
            return
        message = self.position
        folding = [number for number, item in enumerate(self.path.items(message)) if item.is_folding]
        is_open = not all((message, number) in self.path.opened for number in folding)
        for number in folding:
            self.set_open(message, number, is_open=is_open)
        if folding:
            self.let_go()
            self.show_again()
        else:
            self.post_message(NothingThere(self, message, self.path.rows[message], "fold"))

    def action_copy_message(self) -> None:
        """Copy the words of the current message."""
        if self.path is not None and self.position >= 0:
            text = message_text(self.path.source.message(self.position))
            self._copy(self.position, text, "message")

    def action_copy_code(self) -> None:
        """Copy a piece of code of the current message: the first in view; the next one when asked again."""
        if self.path is None or self.position < 0:
            return
        found = self._code_of(self.position)
        if not found:
            self.post_message(NoCode(self, self.position, self.path.rows[self.position]))
            return
        if self._copied_code in found:
            chosen = found[(found.index(self._copied_code) + 1) % len(found)]
        else:
            visible = self._blocks_in_view()
            chosen = next((slot for slot in found if slot in visible), found[0])
        self._copied_code = chosen
        self._copy_block(*chosen)

    def _blocks_in_view(self) -> set[tuple[Key, int]]:
        blocks = set()
        for place in self.in_view:
            key = self.flow.keys[place.entry]
            lines = self.path.lines(key) if self.path is not None else []
            if place.line < len(lines):
                blocks.add((key, lines[place.line].block))
        return blocks

    def _code_of(self, message: int) -> list[tuple[Key, int]]:
        if self.path is None:
            return []
        keys = [Key(message, section) for section in range(len(self.path.sections(message)))]
        return [
            (key, number) for key in keys for number, block in enumerate(self.path.blocks(key)) if block.kind == "code"
        ]

    def _copy_block(self, key: Key, number: int) -> None:
        if self.path is not None:
            all_code = self._code_of(key.message)
            block = (all_code.index((key, number)) + 1, len(all_code))
            self._copy(key.message, self.path.blocks(key)[number].source, "code", block)

    def _copy(self, position: int, text: str, what: str, block: tuple[int, int] = (1, 1)) -> None:
        if self.path is not None:
            taker = clipboard.copy(text, self.app.copy_to_clipboard)
            self.post_message(Copied(self, position, self.path.rows[position], what, taker, block=block))

    def on_click(self, event: events.Click) -> None:
        """Make the message under the pointer the current one; do what a link, a label or ‹ › there is for."""
        row = event.y
        if self.path is None or self.is_on_bar(event) or not 0 <= row < len(self.in_view):
            return
        self.move_cursor(self.flow.keys[self.in_view[row].entry].message)
        target = event.style.meta.get("target")
        if target is not None:
            event.stop()
            message, section, verb, value = target
            self._act(Key(message, section), verb, value)

    def _act(self, key: Key, verb: str, value: str | int) -> None:
        position = key.message
        if self.path is None or position >= len(self.path.rows):
            return
        match verb, value:
            case "link", str(href):
                self.post_message(LinkActivated(self, position, self.path.rows[position], href))
            case "asset", int(part):
                reference = self.path.source.message(position).parts[part]
                if isinstance(reference, AssetReference):
                    self.post_message(AssetActivated(self, position, self.path.rows[position], reference))
            case "fold", int(item):
                self.set_open(position, item, is_open=(position, item) not in self.path.opened)
                self.let_go()
                self.show_again()
            case "copy", int(block):
                self._copy_block(key, block)
            case "branch", int(step):
                self._request_branch(position, step)

    def targets(self) -> list[Target]:
        """The links and assets of the current message, for a menu of what can be opened."""
        if self.path is None or self.position < 0:
            return []
        found: dict[Target, None] = {}
        for section in range(len(self.path.sections(self.position))):
            for block in self.path.blocks(Key(self.position, section)):
                found |= {mark.target: None for mark in block.marks if mark.target and mark.target[0] in _OPENED}
        return list(found)
