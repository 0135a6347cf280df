"""The beginning of the marked conversation beside the list, where there is room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal

from archiver.tui.screens.arranged_library import ArrangedLibrary
from archiver.tui.session import Session
from archiver.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from archiver.tui.panels.preview import Preview

_FROM_WIDTH = 100


class PreviewedLibrary(ArrangedLibrary):
    """A library with room for a preview."""

    DEFAULT_CSS = """
    PreviewedLibrary Preview { width: 2fr; display: none; }
    PreviewedLibrary.-with-preview Preview { display: block; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._may_have_preview = self._has_preview = False

    @property
    def found_with(self) -> str:
        """The query that found what is listed."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Narrow screens have no room for a preview."""
        self._place_preview()

    def _place_preview(self) -> None:
        has_room = self.size.width >= _FROM_WIDTH
        is_wanted = has_room and self.session.config.preview and self._may_have_preview
        self.set_class(is_wanted, "-with-preview")
        if is_wanted and not self._has_preview:
            self._has_preview = True
            self.call_later(self._add_preview)

    async def _add_preview(self) -> None:
        from archiver.tui.panels.preview import Preview

        await self.query_one(Horizontal).mount(Preview(self.session))
        self.show_preview()

    @property
    def previews(self) -> list[Preview]:
        """The preview, once it is there."""
        return list(self.query("Preview").results())  # type: ignore[arg-type]

    def allow_preview(self) -> None:
        """There may be a preview from now on: what draws it is imported."""
        self._may_have_preview = True
        self._place_preview()

    @on(VirtualList.Highlighted)
    def show_preview(self) -> None:
        """Show what the cursor is on, where there is room."""
        if self.has_class("-with-preview"):
            for preview in self.previews:
                preview.look_at(self.place(), self.found_with)

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.tell_if(self.session.change(preview=not self.session.config.preview))
        self.settings_changed()

    def settings_changed(self) -> None:
        """The preview may have come or gone."""
        self._place_preview()
        self.show_preview()
