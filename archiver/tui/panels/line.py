"""A line to type into. Nothing blinks, and a click into it marks nothing."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input


class Line(Input):
    """An input whose hint follows the chosen language."""

    def __init__(self, hint: Callable[[], str] = str, text: str = "") -> None:
        super().__init__(text, placeholder=hint(), select_on_focus=False)
        self.cursor_blink = False
        self._hint = hint

    def relabel(self) -> None:
        """Say the hint again."""
        self.placeholder = self._hint()
