"""Every recorded fact of a message and its conversation, with the fields they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from archiver.i18n import N_, _
from archiver.records import Conversation, Message
from archiver.reports import ObservationInfo
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.panels.text_page import Passage, with_labels
from archiver.tui.place import Place
from archiver.tui.screens.page import PageScreen
from archiver.tui.session import Session


class DetailsScreen(PageScreen):
    """The facts of a place."""

    PURPOSE: ClassVar[str] = N_(
        "What the exports record, and nothing that is guessed. “Asked” is the model that was picked, “answered” "
        "the one that a field of the reply names."
    )

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session)
        self._place = place

    def heading(self) -> tuple[str, str]:
        """Whose details these are."""
        return _("Details"), self._place.title

    def passages(self) -> Sequence[Passage]:
        """Message, conversation, sources."""
        conversation = self.session.opened.conversation(self._place.conversation_id)
        message = next((each for each in conversation.messages if each.id == self._place.message_id), None)
        passages: list[Passage] = []
        if message is not None:
            passages += _section(_("This message"), self._of_message(message), gap=False)
        about = self._of_conversation(conversation)
        passages += _section(_("The conversation"), about, gap=bool(passages))
        for observation in self.session.opened.observations(conversation.id):
            passages += _section(_("As read from an export"), _of_observation(observation))
        return passages

    def _of_message(self, message: Message) -> Iterable[tuple[str, str]]:
        yield _("Id"), message.id
        yield _("Follows"), message.parent or _("nothing: it is a first message")
        yield _("From"), " · ".join(filter(None, (message.role, message.author)))
        yield _("Written"), _moment(message.created)
        if message.updated:
            yield _("Changed"), _moment(message.updated)
        if message.role == "assistant" or message.answered or message.asked:
            yield _("Model asked"), self._model(message.asked, message.asked_from)
            yield _("Model answered"), self._model(message.answered, message.answered_from)
        yield _("Hidden by the provider"), message.hidden
        yield _("State"), message.status
        yield _("Speaks to"), message.recipient
        yield _("Channel"), message.channel
        yield _("Your rating"), message.rating
        for note in message.notes:
            yield _("Also recorded"), note
        yield from message.details
        yield _("Holds"), ", ".join(part.kind for part in message.parts)

    def _model(self, slug: str, field: str) -> str:
        if not slug:
            return _("not recorded")
        name = self.session.model_name(slug)
        known = f"{name} ({slug})" if name != slug else slug
        # Translators: {field} is the name of a field in the export.
        return _("{model}, from {field}").format(model=known, field=field) if field else known

    def _of_conversation(self, conversation: Conversation) -> Iterable[tuple[str, str]]:
        yield _("Title"), conversation.title
        yield _("Id"), conversation.id
        yield _("From"), conversation.provider
        yield _("Begun"), _moment(conversation.created)
        yield _("Changed"), _moment(conversation.updated)
        yield _("Messages"), amounts.count(len(conversation.messages))
        yield _("Last model choice"), conversation.default_model
        yield _("Project or GPT"), conversation.project
        yield _("Archived at the provider"), _("yes") if conversation.is_archived else ""
        yield _("Starred at the provider"), _("yes") if conversation.is_starred else ""
        yield from conversation.facts


def _of_observation(observation: ObservationInfo) -> Iterable[tuple[str, str]]:
    yield _("File"), observation.source.name
    yield _("Read on"), _moment(observation.source.imported_at)
    yield _("Kept as"), observation.source.original
    yield _("SHA-256 of the file"), observation.source.sha256
    yield _("Inside it"), _("{member}, at byte {offset}").format(member=observation.member, offset=observation.offset)
    yield _("SHA-256 of this conversation"), observation.sha256


def _section(title: str, facts: Iterable[tuple[str, str]], *, gap: bool = True) -> list[Passage]:
    known = [(name, value) for name, value in facts if value]
    return [Passage(title, "heading", gap=gap), *with_labels(known)]


def _moment(seconds: float | None) -> str:
    if seconds is None:
        return _("not recorded")
    return f"{when.date_time(seconds)}  ({when.iso(seconds)})"
