"""Opening what a message holds: asks first, opens only what is harmless, and offers to save the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from textual import work

from archiver.errors import ArchiverError
from archiver.exporters import names
from archiver.i18n import N_, _
from archiver.records import AssetReference, Message, Quote, Text
from archiver.reports import StoredAsset
from archiver.text.sanitize import one_line
from archiver.tui import amounts, opening
from archiver.tui.conversation_source import ConversationSource
from archiver.tui.panels.rows import Row
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.threads import hand_over

Item: TypeAlias = AssetReference | str
"""A picture, sound or file, or an address."""

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+[^\s<>()\[\]\"'`.,;:!?]")
_MOST = 40


class OpensItems(ConversationCommands):
    """A screen that shows messages with links and files."""

    @property
    def source(self) -> ConversationSource:
        """The conversation that is shown."""
        raise NotImplementedError

    def items_of(self, message: Message) -> list[Item]:
        """What a message holds that could be opened."""
        items: dict[Item, None] = {}
        for part in message.parts:
            if isinstance(part, AssetReference):
                items[part] = None
            elif isinstance(part, Quote):
                items[part.url] = None
            elif isinstance(part, Text):
                items |= {citation.url: None for citation in part.citations}
            items |= dict.fromkeys(_ADDRESS.findall(getattr(part, "text", "")))
        return [item for item in items if item][:_MOST]

    def offer_items(self, items: Sequence[Item]) -> None:
        """Ask which of them to open; with one only, ask about that."""
        if not items:
            self.say(_("This message holds no picture, file or link."))
        elif len(items) == 1:
            self._offer(items[0])
        else:
            rows = [Row(item, _name(item)) for item in items]
            self.choose(lambda: _("What should be opened?"), lambda: rows, self._offer)

    def _offer(self, item: Item) -> None:
        if isinstance(item, AssetReference):
            self.offer_asset(item, self.source.asset(item))
        else:
            self.offer_link(item)

    # Links

    def offer_link(self, address: str) -> None:
        """Show the whole address and ask."""
        shown = opening.shown_address(address)
        rows = []
        if shown and opening.opener():
            rows.append(Row("open", _("Open it in the browser")))
        rows += [Row("copy", _("Copy the address")), Row("", _("Back"))]
        question = shown or one_line(address, 2000)
        if not shown:
            question = _("This is not an address of the web and is not opened: {address}").format(address=question)
        self.choose(lambda: question, lambda: rows, lambda answer: self._follow(answer, shown, address))

    def _follow(self, answer: str, shown: str, address: str) -> None:
        if answer == "open" and not opening.open_with_desktop(shown):
            self.tell_if(_("No program for opening addresses was found. The address can be copied instead."))
        elif answer == "copy":
            self.copy_text(address)

    # Pictures, sounds, files

    def offer_asset(self, reference: AssetReference, asset: StoredAsset | None) -> None:
        """Say what it is and ask what to do with it."""
        name = _name(reference)
        if asset is None:
            words = N_("{name} is in none of your exports. An older export may hold it; {go_import} adds one.")
            self.tell_if(self.with_keys(words, name=name))
            return
        question = f"{name}  ·  {asset.mime}  ·  {amounts.size(asset.size)}"
        rows = []
        if opening.opener() and opening.may_open(asset.mime):
            rows.append(Row("open", _("Open it in another program")))
        folder = self.session.export_folder
        rows += [Row("save", _("Save a copy in {folder}").format(folder=folder)), Row("", _("Back"))]
        self.choose(lambda: question, lambda: rows, lambda answer: self._handle(answer, reference, asset))

    def _handle(self, answer: str, reference: AssetReference, asset: StoredAsset) -> None:
        if answer == "open":
            self._open_asset(asset)
        elif answer == "save":
            self.save_asset(reference, asset)

    @work(thread=True, group="open")
    def _open_asset(self, asset: StoredAsset) -> None:
        try:
            path = self.session.private_folder.copy(self.session.opened.read_asset(asset))
        except (ArchiverError, OSError) as error:
            hand_over(self.app, self.tell_if, str(error))
            return
        if path is None:
            words = _(
                "Files of this kind are not opened from here, because they could run something. Save a copy instead."
            )
            hand_over(self.app, self.tell_if, words)
        elif not opening.open_with_desktop(str(path)):
            hand_over(self.app, self.tell_if, _("No program for this was found. Save a copy instead."))

    @work(thread=True, group="open")
    def save_asset(self, reference: AssetReference, asset: StoredAsset) -> None:
        """Write a copy to the folder for exports."""
        name = names.safe_name(reference.name or asset.name, _("Picture"))[:100]
        try:
            data = self.session.opened.read_asset(asset)
            suffix = opening.extension(data)
            if suffix and not name.lower().endswith(suffix):
                name += suffix
            path = opening.save_copy(data, self.session.export_folder, name)
        except ArchiverError as error:
            hand_over(self.app, self.tell_if, str(error))
        else:
            words = _("Saved as {path}.").format(path=one_line(str(path), 400))
            hand_over(self.app, self.say, words)


def _name(item: Item) -> str:
    if not isinstance(item, AssetReference):
        return one_line(item, 500)
    kinds = {"image": _("Picture"), "audio": _("Sound"), "video": _("Video")}
    kind = kinds.get(item.media, _("File"))
    return one_line(f"{kind} {item.name}".strip() if item.name else kind, 200)
