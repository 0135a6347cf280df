"""Which model answered and which was asked: from named fields, never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.importers.chatgpt.models import Models, models_of
from tests import builders
from tests.importers.understanding import messages


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({}, Models()),
        ({"model_slug": "gpt-4o"}, Models("gpt-4o", "model_slug")),
        (
            {"model_slug": "gpt-4o", "resolved_model_slug": "gpt-5-chat-safety", "default_model_slug": "gpt-4o"},
            Models("gpt-5-chat-safety", "resolved_model_slug", "gpt-4o", "default_model_slug", ("model_slug: gpt-4o",)),
        ),
        (
            {
                "model_slug": "o3",
                "resolved_model_slug": "o3",
                "requested_model_slug": "o3",
                "default_model_slug": "auto",
            },
            Models("o3", "resolved_model_slug", "o3", "requested_model_slug"),
        ),
        ({"default_model_slug": "auto"}, Models("", "", "auto", "default_model_slug")),
        ({"model_slug": "", "default_model_slug": None}, Models()),
        ({"model_slug": ["gpt-4o"], "default_model_slug": 4}, Models()),
        ({"model_slug": "brand-new.model"}, Models("brand-new.model", "model_slug")),
    ],
)
def test_a_reply_names_its_model_and_the_field_it_stands_in(metadata: dict[str, Any], expected: Models) -> None:
    """What the server resolved counts more than what it wrote first, and both stay visible."""
    assert models_of(metadata, "assistant") == expected


def test_only_replies_are_answered_by_a_model() -> None:
    """A tool's message names the model that called it, which did not write it; a prompt says what was asked."""
    fields = {"model_slug": "gpt-4o", "requested_model_slug": "gpt-4-5"}
    assert models_of(fields, "tool") == models_of(fields, "system") == Models()
    asked = Models("", "", "gpt-4-5", "requested_model_slug", ("model_slug: gpt-4o",))
    assert models_of(fields, "user") == asked


def test_the_conversation_is_no_evidence_for_a_reply() -> None:
    """Its default is the last choice, and may be rewritten years later."""
    reply = messages(("user", "Hello"), ("assistant", "Hi", {"model": None, "asked": None}), model="gpt-5")[-1]
    assert (reply.answered, reply.asked) == ("", "")


def test_a_cap_downgrade_is_a_note() -> None:
    """The provider's own words for it."""
    cap = "auto:smaller_model:reached_message_cap"
    reply = messages(builders.assistant("Hi").noting(model_adjustments=[cap]))[-1]
    assert reply.notes == (cap,)
