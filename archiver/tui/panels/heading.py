"""The first line of a screen: where one is, and a short note at the right."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from archiver.tui.widgets import runs
from archiver.tui.widgets.runs import Run


class Heading(Widget):
    """A title, cut where it must be so that the note stays whole."""

    DEFAULT_CSS = """
    Heading { height: 1; padding: 0 2; margin: 0 0 1 0; text-wrap: nowrap; text-overflow: clip; }
    Heading > .heading--title { text-style: bold; color: $text-primary; }
    Heading > .heading--note { color: $text-muted; }
    Heading:ansi > .heading--note { text-style: dim; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"heading--title", "heading--note"}

    def __init__(self) -> None:
        super().__init__()
        self._title = self._note = ""

    def show(self, title: str, note: str = "") -> None:
        """Say something else; both may be stored text."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.refresh()

    def render(self) -> Content:
        """The line; the note disappears first when there is little room."""
        width = self.content_size.width
        title, note = runs.safe([Run(self._title, "title")]), runs.safe([Run(self._note, "note")])
        if width - runs.width_of(note) - 2 < min(12, runs.width_of(title)):
            note = []
        title = runs.fit(title, width - runs.width_of(note) - (2 if note else 0))
        gap = Run(" " * (width - runs.width_of(title) - runs.width_of(note)))
        line = [*runs.arrange(title), gap, *runs.arrange(note)]
        return Content.assemble(*(self._styled(run) for run in line))

    def _styled(self, run: Run) -> Content:
        if not run.style:
            return Content(run.text)
        return Content.styled(run.text, self.get_visual_style(f"heading--{run.style}", partial=True))
