"""The lines of messages, made when they are about to be seen and kept for a while.

message -> items -> sections -> blocks -> lines        (each kept: parsing is the slow step, wrapping the frequent one)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual.cache import LRUCache

from archiver.i18n import _
from archiver.records import AssetReference, Message, OutlineRow
from archiver.text import when
from archiver.tui import terminal
from archiver.tui.widgets.blocks import Block
from archiver.tui.widgets.choice import Choice, model_changes, shown_positions
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.headers import day_line, header_lines, model_line
from archiver.tui.widgets.items import Item, message_items
from archiver.tui.widgets.lines import BETWEEN, OUTSIDE, Line, block_lines, gap_line
from archiver.tui.widgets.markdown_blocks import plain_blocks
from archiver.tui.widgets.message_blocks import Slice, section_blocks, split
from archiver.tui.widgets.runs import Run, safe
from archiver.tui.widgets.transcript_source import TranscriptSource

MEASURE = 88
"""Cells of a line of text at most: longer lines are hard to follow back to the left."""

PictureSize: TypeAlias = Callable[[AssetReference, int], tuple[int, int]]
"""(picture, cells of a line) -> its columns and rows."""


class MessageLayout:
    """Lays out the messages of one path for one width and one choice."""

    def __init__(self, source: TranscriptSource, choice: Choice, width: int, picture_size: PictureSize) -> None:
        self.source = source
        self.choice = choice
        self.width = min(MEASURE, max(1, width))
        self.rows: Sequence[OutlineRow] = source.rows
        self.shown = shown_positions(self.rows, choice)
        self.opened: set[tuple[int, int]] = set()
        """(message, item) of everything unfolded."""
        self._picture_size = picture_size
        self._changes = model_changes(self.rows, self.shown)
        self._before = dict(zip(self.shown[1:], self.shown, strict=False))
        self._items: LRUCache[int, list[Item]] = LRUCache(400)
        self._sections: LRUCache[int, list[tuple[Slice, ...]]] = LRUCache(400)
        self._blocks: LRUCache[Key, list[Block]] = LRUCache(400)
        self._lines: LRUCache[Key, list[Line]] = LRUCache(400)

    def resize(self, width: int) -> None:
        """Lay everything out for another width."""
        self.width = min(MEASURE, max(1, width))
        self._lines.clear()

    def forget(self, message: int) -> None:
        """Lay a message out anew: something in it opened, closed or changed."""
        for cache in (self._blocks, self._lines):
            for key in [key for key in cache.keys() if key.message == message]:  # noqa: SIM118 (a Textual cache)
                cache.discard(key)

    def estimate(self, message: int) -> int:
        """About how many lines a message takes, without reading it."""
        row = self.rows[message]
        cells = row.characters * (2 if row.is_wide else 1)
        return 3 + row.newlines + cells // max(1, self.width)

    def items(self, message: int) -> list[Item]:
        """What a message shows."""
        items = self._items.get(message)
        if items is None:
            items = self._items[message] = [*message_items(self.source.message(message))]
        return items

    def sections(self, message: int) -> list[tuple[Slice, ...]]:
        """What a message shows, in sections."""
        sections = self._sections.get(message)
        if sections is None:
            sections = self._sections[message] = shown_sections(self.items(message), self.choice)
        return sections

    def heights(self, message: int) -> list[int]:
        """About how many lines each section of a message takes."""
        sections = self.sections(message)
        if len(sections) == 1:
            return [self.estimate(message)]
        items = self.items(message)
        return [sum(self._slice_height(items, message, piece) for piece in section) for section in sections]

    def _slice_height(self, items: Sequence[Item], message: int, piece: Slice) -> int:
        item = items[piece.item]
        if item.is_folding and (message, piece.item) not in self.opened:
            return 0 if piece.start else 2
        newlines = item.body.count("\n", piece.start, piece.end)
        wide = 2 if self.rows[message].is_wide else 1
        return 1 + newlines + (piece.end - piece.start) * wide // max(1, self.width)

    def blocks(self, key: Key) -> list[Block]:
        """What a section shows."""
        blocks = self._blocks.get(key)
        if blocks is None:
            message = key.message
            blocks = self._blocks[key] = section_blocks(
                self.items(message),
                self.sections(message)[key.section],
                lambda item: (message, item) in self.opened,
                self.source.is_found,
            )
        return blocks

    def lines(self, key: Key) -> list[Line]:
        """The lines of a section."""
        lines = self._lines.get(key)
        if lines is None:
            lines = self._lines[key] = self._lay_out(key)
        return lines

    def _lay_out(self, key: Key) -> list[Line]:
        lines = self._header(key.message) if key.section == 0 else []
        blocks = self.blocks(key)
        is_first = key.section == 0
        for number, block in enumerate(blocks):
            if block.gap and not (is_first and number == 0):
                lines.append(gap_line(blocks[number - 1] if number else None, block, self.width))
            if block.picture is not None:
                _columns, height = self._picture_size(block.picture, self.width)
                lines += [Line(block=number, picture=row) for row in range(height)]
            lines += block_lines(block, number, self.width)
        is_last = key.section == len(self.sections(key.message)) - 1
        if is_last:
            if key.section == 0 and not blocks:
                lines.append(Line((Run(_("Nothing is written in this message."), "dim"),)))
            lines.append(BETWEEN)
        return lines

    def _header(self, message: int) -> list[Line]:
        row = self.rows[message]
        before = self._before.get(message)
        lines: list[Line] = []
        if row.created is not None and (before is None or self._is_new_day(before, message)):
            lines += [Line(day_line(row.created, self.width), OUTSIDE), BETWEEN]
        if message in self._changes:
            lines += [Line(model_line(self.source.model_name(row.answered), self.width), OUTSIDE), BETWEEN]
        stored = self.source.message(message)
        header = header_lines(
            stored,
            self.source.branch(message),
            self._names(stored),
            self.width,
            is_favourite=self.source.is_favourite(message),
            own_name=self.source.own_name(stored.role),
        )
        lines += [Line(tuple(safe(line))) for line in header]
        note = self.source.note(message)
        if note:
            lines += [Line((Run(words, "note"),)) for words in self._note_lines(note)]
        return lines

    def _note_lines(self, note: str) -> list[str]:
        block = plain_blocks(_("Your note: {note}").format(note=note))[0]
        return [
            "".join(block.text[piece.start : piece.end] for piece in line.pieces if not isinstance(piece, Run))
            for line in block_lines(block, 0, self.width)
        ]

    def _is_new_day(self, before: int, message: int) -> bool:
        then, now = when.local(self.rows[before].created), when.local(self.rows[message].created)
        return now is not None and (then is None or then.date() != now.date())

    def _names(self, message: Message) -> dict[str, str]:
        return {
            slug: terminal.shown(self.source.model_name(slug)) for slug in (message.asked, message.answered) if slug
        }


def shown_sections(items: Sequence[Item], choice: Choice) -> list[tuple[Slice, ...]]:
    """The items in sections, without what the choice hides."""
    sections = [
        tuple(piece for piece in section if items[piece.item].kind not in choice.hidden) for section in split(items)
    ]
    return [section for section in sections if section] or [()]
