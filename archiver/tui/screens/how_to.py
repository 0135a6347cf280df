"""How to get an export from ChatGPT, in steps."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.i18n import N_, _
from archiver.tui.panels.text_page import Passage
from archiver.tui.screens.page import PageScreen

_STEPS = (
    N_("Open ChatGPT in a browser and sign in."),
    N_("Choose your name or picture, then Settings, then Data controls."),
    N_("Beside “Export data” choose Export, and confirm."),
    N_(
        "Wait for the mail from OpenAI. It can take a few minutes, and up to several days for a large history. "
        "It may come as a text message when you signed up with a telephone number."
    ),
    N_("Choose the link in the mail within 24 hours. It is valid for that long only; after that, ask again."),
    N_(
        "Save the zip. It does not need to be unpacked. Browsers put it into Downloads, where this program looks first."
    ),
    N_("Come back here and choose it."),
)

_NOTES = (
    N_("Keep older zips too: they often hold pictures and details that newer ones leave out. This program joins them."),
    N_(
        "Accounts of a company or school often have no export. OpenAI’s privacy portal (privacy.openai.com) takes "
        "requests for personal accounts as well, and its zip can be read here."
    ),
    N_("Conversations that you removed at ChatGPT are only in exports that were asked for before that."),
)


class HowToScreen(PageScreen):
    """Steps and notes."""

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("How to get your export"), ""

    def passages(self) -> Sequence[Passage]:
        """The steps, numbered, and what is good to know."""
        steps = [Passage(_(step), label=f"{number}.", gap=True) for number, step in enumerate(_STEPS, 1)]
        notes = [Passage(_(note), label="·", gap=number == 0) for number, note in enumerate(_NOTES)]
        return [*steps, Passage(_("Good to know"), "heading", gap=True), *notes]
