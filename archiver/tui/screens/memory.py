"""What the models wrote down about the person, and what the person had told them: one page, by date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from archiver import overview
from archiver.i18n import N_, _
from archiver.records import Instructions, Memory
from archiver.text import when
from archiver.tui.panels.text_page import Passage
from archiver.tui.screens.page import PageScreen


class MemoryScreen(PageScreen):
    """Memories and custom instructions; ones that repeat are shown when they first appear."""

    PURPOSE: ClassVar[str] = N_(
        "Memories that a model noted down, and the custom instructions you had given, each on the day the archive "
        "first has them. {copy} copies the page; “Save as…” in the library writes it for other assistants."
    )

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("What it wrote down about you"), ""

    def passages(self) -> Sequence[Passage]:
        """By date, oldest first."""
        passages: list[Passage] = []
        seen: set[str] = set()
        day = ""
        for found in overview.remembered(self.session.opened):
            for part in found.message.parts:
                if not isinstance(part, Memory | Instructions) or part.text.strip() in seen:
                    continue
                seen.add(part.text.strip())
                if when.date(found.created) != day:
                    day = when.date(found.created)
                    passages.append(Passage(day, "heading", gap=bool(passages)))
                passages += _of(part, self.session.title(found.conversation_id, found.title))
        return passages or [
            Passage(_("No memories and no custom instructions are in your exports. Newer exports leave them out."))
        ]


def _of(part: Memory | Instructions, title: str) -> list[Passage]:
    if isinstance(part, Memory):
        return [Passage(part.text, label="·", gap=True), Passage(title, "dim", label=" ")]
    passages = []
    if part.about_user:
        passages.append(Passage(part.about_user, label=_("You had told it about yourself:"), gap=True))
    if part.about_model:
        passages.append(Passage(part.about_model, label=_("You had asked it to answer so:"), gap=True))
    return passages
