"""A conversation as lines: what is missing and which model stood in is said where it happened."""

from __future__ import annotations

from archiver.cli.transcript import transcript
from archiver.records import AssetReference, Conversation, Message, Part, Text


def lines_of(*messages: Message, missing: frozenset[str] = frozenset()) -> list[str]:
    """The lines below title and date."""
    conversation = Conversation("chatgpt", "id", "Soup", messages, current=messages[-1].id)
    return list(transcript(conversation, missing, everything=False))[2:]


def reply(*parts: Part, asked: str = "", answered: str = "", notes: tuple[str, ...] = ()) -> Message:
    """What a model answered."""
    return Message("m", None, "assistant", parts, created=1.7e9, asked=asked, answered=answered, notes=notes)


def test_a_missing_picture_is_named_where_it_stood() -> None:
    """One that is there is only named."""
    pictures = [AssetReference("file-a", "image", "leeks.png"), AssetReference("file-b", "image")]
    shown = lines_of(reply(*pictures), missing=frozenset({"file-a"}))
    assert shown[-2:] == ["[image: leeks.png, not in any export]", "[image: file-b]"]


def test_another_model_than_the_one_asked_is_named() -> None:
    """Also when only one of them is recorded."""
    heads = [
        lines_of(reply(Text("Yes."), asked=asked, answered=answered))[1].split(" · ", 2)[2]
        for asked, answered in (("gpt-4o", "gpt-5"), ("gpt-4o", "gpt-4o"), ("gpt-4o", ""), ("", ""))
    ]
    assert heads == [
        "gpt-5 (asked: gpt-4o)",
        "gpt-4o",
        "model not recorded (asked: gpt-4o)",
        "model not recorded",
    ]


def test_a_smaller_model_after_the_limit_is_said() -> None:
    """In words, with what the provider calls it; other notes are for those who ask for everything."""
    notes = ("auto:smaller_model:reached_message_cap", "voice_mode_message", "evaluation_name: sunny: day")
    (head,) = lines_of(reply(Text("Yes."), answered="gpt-5-mini", notes=notes))[1:2]
    assert head.endswith(" · gpt-5-mini · a smaller model stood in (auto:smaller_model:reached_message_cap)")
