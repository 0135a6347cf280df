"""Words of the program's own that follow the chosen language."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static


class Paragraph(Static):
    """A text made by a function, so that it can be made again in another language."""

    def __init__(self, make: Callable[[], str | Content], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(_content(make()), id=id, classes=classes, markup=False)
        self._make = make

    def relabel(self) -> None:
        """Make the text again."""
        self.update(_content(self._make()))


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else Content(text)
