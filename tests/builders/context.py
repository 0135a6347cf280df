"""What the provider puts before a talk: custom instructions and remembered facts."""

from __future__ import annotations

from tests.builders.drafts import Draft

_HIDDEN = {"is_visually_hidden_from_conversation": True}


def custom_instructions(about_user: str, about_model: str) -> Draft:
    """What the person told the model about themselves and how to answer; the metadata has it without decoration."""
    content = {
        "content_type": "user_editable_context",
        "user_profile": "The user provided the following information about themselves. This user profile is shown to "
        f"you in all conversations they have.\nUser profile:\n```{about_user}```",
        "user_instructions": "The user provided the additional info about how they would like you to respond:\n"
        f"```{about_model}```",
    }
    data = {"about_user_message": about_user, "about_model_message": about_model}
    metadata = {**_HIDDEN, "user_context_message_data": data, "is_user_system_message": True}
    return Draft("user", content, timeless=True, metadata=metadata)


def remembered(*facts: str) -> Draft:
    """The list of memories as the model was shown it."""
    listed = "\n\n".join(f"{number}. [2024-05-01]. {fact}" for number, fact in enumerate(facts, start=1))
    content = {
        "content_type": "model_editable_context",
        "model_set_context": listed,
        "repository": None,
        "repo_summary": None,
        "structured_context": None,
    }
    return Draft("assistant", content, timeless=True, model=None, asked=None, metadata=_HIDDEN)
