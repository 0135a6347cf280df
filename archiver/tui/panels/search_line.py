"""The line that searches. A file that is dropped into it is not something to search for."""

from __future__ import annotations

from textual import events

from archiver.tui.panels.line import Line


class SearchLine(Line):
    """Leaves the path of a file to the screen around it."""

    def on_key(self, event: events.Key) -> None:
        """The key that leads here from the list means here already, and no word begins with it."""
        if not self.value and event.character == "/":
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take words, and let paths go by."""
        from archiver.tui.finding import is_path

        if is_path(event.text):
            event.prevent_default()
