"""What the exports say, as they say it: the JSON of a message or of a conversation, one export after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from archiver.i18n import N_, _
from archiver.text import when
from archiver.tui.panels.text_page import Passage
from archiver.tui.place import Place
from archiver.tui.raw_json import pretty
from archiver.tui.screens.page import PageScreen
from archiver.tui.session import Session


class RawScreen(PageScreen):
    """The raw JSON of a place."""

    PURPOSE: ClassVar[str] = N_(
        "The text of the export itself, only set in lines. Where several exports hold this conversation, the newest "
        "comes first. “archiver show ID --raw” prints it whole."
    )

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session)
        self._place = place

    def heading(self) -> tuple[str, str]:
        """Whose JSON this is."""
        return _("Raw JSON"), self._place.title

    def passages(self) -> Sequence[Passage]:
        """A heading and a text for each export."""
        passages: list[Passage] = []
        if self._place.slice:
            text, _was_cut = pretty(self.session.opened.slice(self._place.slice), "")
            return [Passage(text, "code")]
        for observation in reversed(self.session.opened.observations(self._place.conversation_id)):
            text, was_cut = pretty(observation.read(), self._place.message_id)
            source = observation.source
            passages.append(Passage(f"{source.name}  ·  {observation.member}", "heading", gap=bool(passages)))
            passages.append(Passage(_("read on {date}").format(date=when.date(source.imported_at)), "dim"))
            passages.append(Passage(text, "code", gap=True))
            if was_cut:
                passages.append(Passage(_("It is longer than this; “archiver show ID --raw” prints it whole."), "dim"))
        return passages or [Passage(_("No export that is here holds this conversation."))]
