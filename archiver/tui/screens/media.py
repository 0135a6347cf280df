"""Pictures, sounds and files of the whole archive, by month; the ones that are missing stand among them by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.reports import AssetEntry, StoredAsset
from archiver.text import when
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.panels.picture_pane import PicturePane
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.place import Place
from archiver.tui.screens.gaps import MEDIA
from archiver.tui.screens.items import OpensItems
from archiver.tui.screens.listing import ListScreen
from archiver.tui.session import Session
from archiver.tui.widgets import pictures
from archiver.tui.widgets.asset_captions import measures
from archiver.tui.widgets.runs import Run

_PICTURE_FROM_WIDTH = 90
_LARGEST_PICTURE = 40_000_000


class MediaScreen(OpensItems, ListScreen):
    """The newest first; Enter opens or saves, t goes to the conversation."""

    DEFAULT_CSS = """
    MediaScreen > Horizontal { height: 1fr; }
    MediaScreen RowList { width: 3fr; }
    MediaScreen.-with-picture PicturePane { display: block; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (
        commands.GoConversation, commands.SaveCopy, commands.Filter, commands.NextMonth, commands.PreviousMonth,
        commands.Details, commands.RawJson, commands.GoGaps, commands.Back,
    )  # fmt: skip
    FOOTER: ClassVar[Sequence[type[Command]]] = (
        commands.Move, commands.Open, commands.GoConversation, commands.Back, commands.Menu,
    )  # fmt: skip
    PURPOSE: ClassVar[str] = N_(
        "Every picture, sound and file that a message names. What your exports do not hold is listed too, because its "
        "place in the conversation is all that is left of it."
    )
    NOTHING: ClassVar[str] = N_("No picture, sound or file is named anywhere. Older exports often hold more of them.")

    ROW_HEIGHT: ClassVar[int] = 2

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._entries: list[AssetEntry] = []
        self._only = ""

    def heading(self) -> tuple[str, str]:
        """What is shown."""
        missing = sum(entry.asset is None for entry in self._entries)
        note = _("{n} here, {missing} missing").format(
            n=amounts.count(len(self._entries) - missing), missing=amounts.count(missing)
        )
        return _("Pictures and files"), note if self._is_loaded else ""

    def compose_body(self) -> ComposeResult:
        """The list, and the picture under the cursor."""
        with Horizontal():
            yield from super().compose_body()
            yield PicturePane()

    def on_mount(self) -> None:
        """Make room for the picture where there is some."""
        super().on_mount()
        self.on_resize()

    def on_resize(self) -> None:
        """A narrow screen has no room for pictures."""
        has_room = self.size.width >= _PICTURE_FROM_WIDTH
        self.set_class(has_room and pictures.can_show(), "-with-picture")

    def rows(self) -> Sequence[Row]:
        """Everything, or one kind of it."""
        self._entries = list(reversed(self.session.opened.asset_list()))
        shown = [entry for entry in self._entries if self._fits(entry)]
        return [_row(entry, self._title(entry)) for entry in shown]

    def _fits(self, entry: AssetEntry) -> bool:
        if self._only == "missing":
            return entry.asset is None
        return self._only in ("", entry.reference.media)

    def place(self) -> Place | None:
        """Where the message is that names it."""
        entry = self._entry
        return Place(entry.conversation_id, self._title(entry), entry.message_id) if entry else None

    def _title(self, entry: AssetEntry) -> str:
        return self.session.title(entry.conversation_id, entry.title)

    @property
    def _entry(self) -> AssetEntry | None:
        row = self.query_one(RowList).current_row
        return row.value if row and isinstance(row.value, AssetEntry) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the list and the first picture."""
        super().show_rows(rows)
        self._look()

    @on(RowList.Highlighted)
    def _look(self) -> None:
        entry = self._entry
        pane = self.query_one(PicturePane)
        if entry is None or entry.asset is None or entry.reference.media != "image":
            pane.look_at(None)
            return
        asset = entry.asset
        pane.look_at(lambda: self._bytes(asset))

    def _bytes(self, asset: StoredAsset) -> bytes | None:
        if asset.size > _LARGEST_PICTURE:
            return None
        try:
            return self.session.opened.read_asset(asset)
        except ArchiverError:
            return None

    def chosen(self, row: Row) -> None:
        """Open or save."""
        self.offer_asset(row.value.reference, row.value.asset)

    def action_save_copy(self) -> None:
        """Write a copy of it."""
        entry = self._entry
        if entry is not None and entry.asset is not None:
            self.save_asset(entry.reference, entry.asset)
        elif entry is not None:
            self.offer_asset(entry.reference, None)

    def action_filter(self) -> None:
        """Ask which kind to show."""
        rows = [Row("", _("Everything")), *(Row(kind, _(word)) for kind, word in MEDIA.items())]
        rows.append(Row("missing", _("What is missing")))
        self.choose(lambda: _("Show only…"), lambda: rows, self._show_only, at=self._only)

    def _show_only(self, kind: str) -> None:
        self._only = kind
        self.load()

    def action_next_month(self) -> None:
        """The next heading."""
        self.query_one(RowList).action_group(1)

    def action_previous_month(self) -> None:
        """The heading before."""
        self.query_one(RowList).action_group(-1)


def _row(entry: AssetEntry, title: str) -> Row:
    reference = entry.reference
    second = [Run(title, "dim")]
    word = _(MEDIA.get(reference.media, MEDIA["file"]))
    runs = [Run(f"{word}  ", "dim"), Run(reference.name or " · ".join(measures(reference)))]
    if entry.asset is None:
        second = [Run(_("not in the export") + "  ", "accent"), Run(title, "dim")]
    elif entry.asset.size:
        runs.append(Run(f"  {amounts.size(entry.asset.size)}", "dim"))
    date = when.date(entry.created) if when.local(entry.created) else ""
    return Row(entry, runs, date, second, when.month(entry.created))
