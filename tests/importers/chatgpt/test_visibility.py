"""What the provider's own screen leaves out, and why."""

from __future__ import annotations

import pytest

from tests import builders
from tests.importers.understanding import messages

PICTURE = builders.picture()
HIDDEN = {"is_visually_hidden_from_conversation": True}


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (builders.user("Hello"), ""),
        (builders.assistant("Hello"), ""),
        (builders.assistant("Hello", channel="final"), ""),
        (builders.assistant("Let me look.", channel="commentary"), "commentary"),
        (builders.assistant("Hmm", channel="analysis"), "commentary"),
        (builders.assistant(""), "empty"),
        (builders.assistant("Hello", weight=0.0), "weight"),
        (builders.assistant("Hello", weight=0), "weight"),
        (builders.assistant("Hello", metadata=HIDDEN), "flag"),
        (builders.assistant("Hello", metadata={"is_visually_hidden_from_conversation": False}), ""),
        (builders.user("Hello", metadata={"rebase_developer_message": True}), "flag"),
        (builders.user("Hello", metadata={"is_contextual_answers_system_message": True}), "flag"),
        (builders.Draft("developer", builders.text("Be kind.")), "system"),
        (builders.Draft("moderator", builders.text("Hello")), ""),
        (builders.custom_instructions("a", "b"), "context"),
        (builders.remembered("a"), "context"),
        (builders.thoughts(("a", "b"))[0], "thoughts"),
        (builders.thoughts(("a", "b"))[1], "thoughts"),
        (builders.call("web.run", "{}"), "tool"),
        (builders.tool("web", "Found."), "tool"),
        (builders.tool("web", "Found.", recipient="assistant"), "tool"),
        (builders.screen_of_computer(PICTURE), "tool"),
        (builders.code_run("1", "1")[1], "tool"),
        (builders.code_run("1", "1", pictures=[PICTURE])[1], ""),
        (builders.picture_made(PICTURE, "a heron")[1], ""),
        (builders.picture_made_by_gpt4o(PICTURE, "a heron")[2], "tool"),
        (builders.unknown("super_widget"), ""),
    ],
)
def test_the_reason_a_message_is_hidden(draft: builders.Draft, reason: str) -> None:
    """Each rule of the provider's screen, and the exceptions from it."""
    assert messages(draft.but(id="it"))[-1].hidden == reason


def test_instructions_of_the_person_are_context_even_in_a_system_message() -> None:
    """In 2023 they came as an empty text with metadata."""
    data = {"about_user_message": "I grow roses.", "about_model_message": ""}
    metadata = {**HIDDEN, "is_user_system_message": True, "user_context_message_data": data}
    value = builders.conversation("A talk", [builders.system("").but(metadata=metadata)])
    from archiver.importers.chatgpt.tree import understand

    message = understand(value, {}).conversation.messages[-1]
    assert message.hidden == "context"
    assert [part.kind for part in message.parts] == ["instructions"]


def test_pages_of_a_document_put_before_the_model_are_not_shown() -> None:
    """Their pointers name a page; pictures that a tool made do not."""
    page = builders.image_pointer(PICTURE) | {"asset_pointer": "sediment://abc#file_00ff#p_1.jpg"}
    assert messages(builders.tool("file_search", builders.multimodal(page)))[-1].hidden == "tool"
