"""FlowView: a LineView over a Flow, where lines get their exact place only when they come near the screen.

When a height turns out different from its estimate, what the reader sees must not jump: the first line shown moves
along with the text it belongs to. After a jump the place jumped to stays where it is, until somebody scrolls: pictures
above it come, or turn out to be broken, when it is already on the screen.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.strip import Strip

from archiver.tui.widgets.flow import Flow, Key, Place
from archiver.tui.widgets.line_view import LineView

_PASSES = 12
"""Laying out moves things, which brings others into view; it comes to rest after two or three passes."""


class FlowView(LineView):
    """Shows a flow of sections; a subclass lays them out and draws their lines."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.flow = Flow()
        self.in_view: list[Place] = []
        """What stands in each row of the screen."""
        self.first_line: tuple[Key, int] | None = None
        """The first line shown, by its section, which stays right whatever happens to the lines above."""
        self._jump: Callable[[], None] | None = None
        """Shows the place jumped to; None once somebody scrolled."""

    def lay_out(self, entry: int) -> bool:
        """Make the height of an entry of the flow exact; False when the flow has other entries now instead."""
        raise NotImplementedError

    def draw_place(self, place: Place, width: int) -> Strip:
        """One line of a section."""
        raise NotImplementedError

    @property
    def total_lines(self) -> int:
        """As far as known."""
        return self.flow.total

    def draw_line(self, line: int, width: int) -> Strip:
        """The line of a section that stands in a row of the screen."""
        row = line - self.top
        if not 0 <= row < len(self.in_view):
            return Strip.blank(width, self.rich_style)
        return self.draw_place(self.in_view[row], width)

    def show_from(self, top: int) -> None:
        """Show the lines from ``top`` on, or as near to it as the exact heights have it."""
        self.let_go()
        settled = self._settled(top, is_going_up=top < self.top)
        self.in_view = self.flow.rows(settled, self.size.height)
        if self.in_view:
            self.first_line = (self.flow.keys[self.in_view[0].entry], self.in_view[0].line)
        super().show_from(settled)

    def jump(self, show: Callable[[], None]) -> None:
        """Show a place, and show it there again whenever heights have changed, until somebody scrolls."""
        show()
        self._jump = show

    def let_go(self) -> None:
        """From now on the first line stays where it is, not the place jumped to."""
        self._jump = None

    def show_again(self) -> None:
        """Show the place jumped to, or the same line at the top, after heights have changed, there or elsewhere."""
        if self._jump is not None and len(self.flow):
            self.jump(self._jump)
        elif self.first_line is not None and len(self.flow):
            key, line = self.first_line
            entry = self.make_exact(key, 0)
            self.show_place(key, min(line, max(0, self.flow.height(entry) - 1)), 0)
        else:
            self.show_from(self.top)

    def _settled(self, top: int, *, is_going_up: bool) -> int:
        """Lay out what is visible from ``top``; returns where that is now."""
        height = max(1, self.size.height)
        for _pass in range(_PASSES):
            top = max(0, min(top, self.flow.total - height))
            entry = self.flow.at(top).entry
            y = self.flow.start(entry)
            has_moved = False
            while entry < len(self.flow) and y < top + height:
                if not self.flow.is_exact(entry):
                    before = self.flow.total
                    is_there = self.lay_out(entry)
                    difference = self.flow.total - before
                    has_moved = has_moved or bool(difference) or not is_there
                    if difference and y < top:
                        end = y + self.flow.height(entry) - 1
                        top = top + difference if is_going_up or not is_there else min(top, max(y, end))
                    if not is_there:
                        break
                y += self.flow.height(entry)
                entry += 1
            if not has_moved:
                break
        return max(0, min(top, self.flow.total - height))

    def make_exact(self, key: Key, lines_above: int) -> int:
        """Lay out a section, and as many before it as fill ``lines_above``; returns its entry in the flow."""
        while True:
            entry = self.flow.index(key)
            inexact = self._inexact(entry, lines_above)
            if inexact < 0:
                return entry
            self.lay_out(inexact)

    def _inexact(self, entry: int, lines_above: int) -> int:
        """The nearest entry at or above ``entry`` whose height is an estimate; -1 for none within ``lines_above``."""
        needed = lines_above + self.flow.height(entry)
        while entry >= 0 and needed > 0:
            if not self.flow.is_exact(entry):
                return entry
            needed -= self.flow.height(entry)
            entry -= 1
        return -1

    def show_place(self, key: Key, line: int, above: int) -> None:
        """Show a line of a section with ``above`` lines over it, as far as there are lines enough below it."""
        top = 0
        for _pass in range(_PASSES):
            self.make_exact(key, max(0, above - line))
            settled = self._settled(self._top_for(key, line, above), is_going_up=False)
            top = self._top_for(key, line, above)
            if settled == max(0, min(top, self.flow.total - max(1, self.size.height))):
                break
        self.top = 0
        self.show_from(top)

    def _top_for(self, key: Key, line: int, above: int) -> int:
        return self.flow.start(self.flow.index(key)) + line - above

    def show_end(self) -> None:
        """Show the last lines."""
        while len(self.flow) and not self.flow.is_exact(len(self.flow) - 1):
            self.lay_out(len(self.flow) - 1)
        if len(self.flow):
            self.make_exact(self.flow.keys[-1], self.size.height)
            self.show_from(self.flow.total)

    def action_move(self, step: int) -> None:
        """Scroll some lines."""
        self.show_from(self.top + step)

    def action_page(self, step: int) -> None:
        """Scroll a screen, two lines of which stay for the eye to hold on to."""
        self.show_from(self.top + step * max(1, self.size.height - 2))

    def action_half_page(self, step: int) -> None:
        """Scroll half a screen."""
        self.show_from(self.top + step * max(1, self.size.height // 2))

    def action_first(self) -> None:
        """Go to the beginning."""
        self.show_from(0)

    def action_last(self) -> None:
        """Go to the end."""
        self.jump(self.show_end)
