"""The look-up of what an order of keys tells."""

from __future__ import annotations

from archiver.importers.chatgpt.extras import EXTRAS
from archiver.importers.chatgpt.keys import (
    METADATA,
    SWITCHES,
    WITH_CONTENT,
    WITH_DETAILS,
    WITH_MODELS,
    WITH_NOTES,
    WITH_VISIBILITY,
    Shapes,
)


def test_new_keys_are_told_with_the_name_of_their_object() -> None:
    """Known ones are not."""
    shapes = Shapes("message", frozenset(("id", "author")))
    assert shapes["id", "mood", "author", "weather"].unknown == ("message.mood", "message.weather")
    assert shapes["author", "id"].unknown == ()


def test_keys_that_need_a_closer_look_are_told_in_their_order() -> None:
    """So that pictures of a program come before attachments where the export has them so."""
    shapes = Shapes("metadata", METADATA)
    shape = shapes["model_slug", "attachments", "aggregate_result", "is_user_system_message", "model_adjustments"]
    assert shape.content == ("attachments", "aggregate_result")
    assert shape.visibility == ("is_user_system_message",)
    assert shape.notes == ("model_adjustments",)
    assert shape.is_rich
    assert shape.names_models
    assert not shapes["request_id", "timestamp_"].is_rich


def test_the_memory_of_key_orders_has_an_end() -> None:
    """Data made to fill it is judged again each time."""
    shapes = Shapes("metadata", frozenset())
    for number in range(10_000):
        assert shapes[(f"k{number}",)].unknown == (f"metadata.k{number}",)
    assert len(shapes) < 5_000


def test_every_special_key_is_a_known_one() -> None:
    """A key that is read is not reported as new, and each key with content has its reader."""
    assert METADATA >= WITH_CONTENT | WITH_VISIBILITY | WITH_NOTES | WITH_MODELS | WITH_DETAILS | SWITCHES
    assert set(EXTRAS) == WITH_CONTENT
