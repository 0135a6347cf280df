"""VirtualList: a list of any length whose rows are drawn when they come into view.

Rows are ids. The cursor stays on its id while rows come and go around it, as they do during an import, and what the
person looks at does not move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from archiver.tui import bidi, commands
from archiver.tui.widgets import runs
from archiver.tui.widgets.line_view import LineView
from archiver.tui.widgets.row_geometry import HEADING, RowGeometry
from archiver.tui.widgets.runs import Run

ItemId: TypeAlias = int | str


class RowLine(NamedTuple):
    """One line of a row."""

    left: Sequence[Run]
    """Cut with an ellipsis where there is no room; aligned to the right when it begins in a right-to-left script."""
    right: Sequence[Run] = ()
    """Stays whole at the right edge: only for text whose width is certain, such as dates and numbers."""


DrawRow: TypeAlias = Callable[[ItemId, int], Sequence[RowLine]]
"""(item, cells) -> the lines of its row."""

_NOT_DIM = Style(dim=False)


class VirtualList(LineView):
    """A list with a cursor, drawn line by line."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    VirtualList > .list--dim { color: $text-muted; }
    VirtualList:ansi > .list--dim { text-style: dim; }
    VirtualList > .list--strong { text-style: bold; }
    VirtualList > .list--accent { color: $text-accent; }
    VirtualList > .list--match { color: $text-warning; text-style: bold underline; }
    VirtualList > .list--heading { color: $text-muted; text-style: bold; }
    VirtualList > .list--cursor { background: $block-cursor-blurred-background; }
    VirtualList:focus > .list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--dim", "list--strong", "list--accent", "list--match", "list--heading", "list--cursor",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        commands.Choose.binding("select"),
        commands.PreviousMonth.binding("group(-1)"),
        commands.NextMonth.binding("group(1)"),
    ]

    class Highlighted(Message):
        """The cursor came to an item."""

        def __init__(self, virtual_list: VirtualList, item: ItemId, position: int) -> None:
            super().__init__()
            self.virtual_list = virtual_list
            self.item = item
            self.position = position

        @property
        def control(self) -> VirtualList:
            """The list, for ``@on`` with a selector."""
            return self.virtual_list

    class Selected(Highlighted):
        """An item was chosen with Enter or a second click."""

    def __init__(
        self, draw: DrawRow, *, height: int = 1, empty: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        """
        Args:
            draw: Makes the lines of a row when it is about to be seen.
            height: Lines of every row.
            empty: A sentence shown when there are no rows.
        """
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._height = height
        self._empty = empty
        self._items: Sequence[ItemId] = ()
        self._groups: Sequence[tuple[int, str]] = ()
        self._geometry = RowGeometry(0, height)
        self._drawn: LRUCache[tuple[ItemId, bool, bool], list[Strip]] = LRUCache(512)
        self.cursor = 0
        """Position of the current item."""

    @property
    def items(self) -> Sequence[ItemId]:
        """The ids of all rows."""
        return self._items

    @property
    def current(self) -> ItemId | None:
        """The item under the cursor; None when the list is empty."""
        return self._items[self.cursor] if self._items else None

    @property
    def marks_cursor(self) -> bool:
        """Whether the row under the cursor is marked, as it is unless Enter means something else now."""
        return True

    def show(
        self, items: Sequence[ItemId], groups: Sequence[tuple[int, str]] = (), *, from_start: bool = False
    ) -> None:
        """Show these rows, with the cursor on the same item as before where it is still there.

        Args:
            items: Their ids, in order.
            groups: (position of the first row, heading) for rows under a heading.
            from_start: Put the cursor on the first row, as for a new search.
        """
        before, old_position, old_top = self.current, self.cursor, self.top
        row_on_screen = self._geometry.line_of(old_position) - old_top
        was_in_view = from_start or 0 <= row_on_screen < max(1, self.size.height)
        self._items, self._groups = items, groups
        self._geometry = RowGeometry(len(items), self._height, [start for start, _heading in groups])
        self._drawn.clear()
        if from_start:
            self.cursor, top = 0, 0
        else:
            self.cursor = self._position_of(before, old_position)
            line = self._geometry.line_of(self.cursor)
            stays_at_start = old_top == 0 and (not self.size.height or line + self._height <= self.size.height)
            top = 0 if stays_at_start else line - row_on_screen
        self.show_from(top)
        if was_in_view:
            self._keep_cursor_in_view()
        if self.current is not None and self.current != before:
            self.post_message(self.Highlighted(self, self.current, self.cursor))

    def redraw(self) -> None:
        """Draw the rows again because what they say changed."""
        self.forget_drawn()
        self.refresh()

    def set_empty(self, sentence: str) -> None:
        """Show another sentence when there are no rows."""
        self._empty = sentence
        self.refresh()

    def move_to(self, position: int) -> None:
        """Put the cursor on a row and bring it into view."""
        if not self._items:
            return
        old, self.cursor = self.cursor, max(0, min(len(self._items) - 1, position))
        self._keep_cursor_in_view()
        self.refresh()
        if old != self.cursor:
            self.post_message(self.Highlighted(self, self._items[self.cursor], self.cursor))

    def move_to_item(self, item: ItemId) -> bool:
        """Put the cursor on an item; False when it is not in the list."""
        position = self._position_of(item, -1)
        if position >= 0:
            self.move_to(position)
        return position >= 0

    def _position_of(self, item: ItemId | None, otherwise: int) -> int:
        if item is not None:
            try:
                return self._items.index(item)
            except ValueError:
                pass
        return max(-1 if otherwise < 0 else 0, min(otherwise, len(self._items) - 1))

    @property
    def total_lines(self) -> int:
        """Rows times their height, and the headings."""
        return self._geometry.total_lines

    def _keep_cursor_in_view(self) -> None:
        line, height = self._geometry.line_of(self.cursor), self.size.height
        if not height:
            # The list is not on the screen yet; on_resize comes when it is.
            return
        group = self._geometry.group_of(self.cursor)
        is_first_of_group = group >= 0 and self._geometry.group_starts[group] == self.cursor
        first = line - HEADING if is_first_of_group else line
        top = self.top
        if line + self._height > top + height:
            top = line + self._height - height
        if first < top:
            top = min(first, line) if height >= self._height + HEADING else line
        if top != self.top:
            self.show_from(top)

    def draw_line(self, line: int, width: int) -> Strip:
        """The heading or the line of a row that stands here."""
        if not self._items:
            return self._empty_line(line, width)
        if line >= self.total_lines:
            return Strip.blank(width, self.rich_style)
        position, inner = self._geometry.place_at(line)
        if inner < 0:
            heading = self._groups[self._geometry.group_of(position)][1] if inner == -1 else ""
            return self._strip(RowLine([Run(heading, "heading")]), width, (), "  ")
        is_current = position == self.cursor and self.marks_cursor
        key = (self._items[position], is_current, self.has_focus)
        strips = self._drawn.get(key)
        if strips is None or strips[0].cell_length != width:
            strips = self._drawn[key] = self._draw_row(self._items[position], width, is_current=is_current)
        return strips[inner]

    def _draw_row(self, item: ItemId, width: int, *, is_current: bool) -> list[Strip]:
        lines = [*self._draw(item, max(0, width - 3))][: self._height]
        lines += [RowLine([])] * (self._height - len(lines))
        base = ("list--cursor",) if is_current else ()
        return [self._strip(line, width, base, "▌ " if is_current else "  ") for line in lines]

    def _strip(self, line: RowLine, width: int, base: tuple[str, ...], lead: str) -> Strip:
        """A line of a row; on the cursor's colour nothing is muted, because that could not be read."""
        room = max(0, width - len(lead) - 1)
        right = runs.fit(runs.safe(line.right), room)
        left_room = max(0, room - runs.width_of(right) - 2) if right else room
        left = runs.fit(runs.safe(line.left), left_room)
        is_rtl = bidi.is_right_to_left("".join(run.text for run in left))
        left = runs.arrange(left, right_to_left=is_rtl)
        gap = [Run(" " * (left_room - runs.width_of(left)))]
        words = [*gap, *left] if is_rtl else [*left, *gap]
        words += [Run("  "), *right] if right else []
        plain = self.style_of(*base)
        segments = [Segment(text, self._style(base, style) if style else plain) for text, style in words]
        return Strip([Segment(lead, plain), *segments]).adjust_cell_length(width, plain)

    def _style(self, base: tuple[str, ...], style: str) -> Style:
        """The cursor's colours count more than those of words; only the type of the words stays."""
        if not (base and self.has_focus):
            return self.style_of(*base, f"list--{style}")
        return self.style_of(f"list--{style}", *base) + _NOT_DIM

    def _empty_line(self, line: int, width: int) -> Strip:
        lines = self._empty_lines(width)
        number = line - (1 if len(lines) < self.size.height else 0)
        if 0 <= number < len(lines):
            return self._strip(RowLine([Run(lines[number], "dim")]), width, (), "  ")
        return Strip.blank(width, self.rich_style)

    def _empty_lines(self, width: int) -> list[str]:
        # Its patterns take 5 ms, and the list on the first screen is hardly ever empty.
        from archiver.tui.widgets.wrap import wrap

        return [self._empty[start:end] for start, end in wrap(self._empty, width - 3)]

    def empty_height(self, width: int) -> int:
        """The lines that the sentence for no rows takes, with one above it."""
        return 1 + len(self._empty_lines(width))

    def forget_drawn(self) -> None:
        """Drop the drawn rows."""
        self._drawn.clear()

    def on_resize(self) -> None:
        """Keep the cursor in view in the new size."""
        self.show_from(self.top)
        self._keep_cursor_in_view()

    def action_move(self, step: int) -> None:
        """Go some rows up or down."""
        self.move_to(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        self.move_to(self.cursor + step * max(1, self.size.height // self._height - 1))

    def action_half_page(self, step: int) -> None:
        """Go half a screen up or down."""
        self.move_to(self.cursor + step * max(1, self.size.height // self._height // 2))

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(len(self._items) - 1)

    def action_group(self, step: int) -> None:
        """Go to the first row of the group before or after."""
        starts, here = self._geometry.group_starts, self._geometry.group_of(self.cursor)
        if step < 0 <= here and self.cursor > starts[here]:
            step = 0
        if starts:
            self.move_to(starts[max(0, min(len(starts) - 1, here + step))])

    def action_select(self) -> None:
        """Choose the current item."""
        if self.current is not None:
            self.post_message(self.Selected(self, self.current, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the pointer; choose it when the cursor is there already."""
        position = self.position_at(event)
        if position == self.cursor:
            self.action_select()
        elif position >= 0:
            self.move_to(position)

    def position_at(self, event: events.MouseEvent) -> int:
        """The row under the pointer; -1 beside the rows."""
        line = self.top + event.y
        if self.is_on_bar(event) or line >= self.total_lines or not self._items:
            return -1
        position, inner = self._geometry.place_at(line)
        return position if inner >= 0 else -1
