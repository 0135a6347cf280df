"""Pointers to pictures, sounds and videos in the content."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.records import AssetReference, Part, Speech, Text, Unknown
from tests import builders
from tests.importers.understanding import parts

SOUND = builders.audio_pointer(builders.sound(), seconds=2.5)


def pointed(*items: Any) -> list[Part]:
    """The parts of a message that holds these."""
    return parts(builders.user(builders.multimodal(*items)))


def test_a_picture_keeps_its_size_and_the_words_it_was_made_from() -> None:
    """The prompt of a generated picture is searchable text."""
    file = builders.generated_picture()
    (found,) = pointed(builders.image_pointer(file, prompt="a heron at dusk"))
    assert found == AssetReference(file.pointer, "image", "", "", len(file.data), 4, 3, None, "a heron at dusk")


def test_a_sound_keeps_its_length() -> None:
    """From the two times in its metadata."""
    (found,) = pointed(SOUND)
    assert isinstance(found, AssetReference)
    assert (found.media, found.mime, found.seconds) == ("audio", "audio/wav", 2.5)


def test_a_voice_conversation_can_hold_sound_video_and_single_pictures() -> None:
    """Nested pointers, plain or with details."""
    value = {
        "content_type": "real_time_user_audio_video_asset_pointer",
        "frames_asset_pointers": ["sediment://file_0001", {"asset_pointer": "sediment://file_0002", "width": 9}, 4],
        "video_container_asset_pointer": "sediment://file_0003",
        "audio_asset_pointer": SOUND,
        "audio_start_timestamp": 6.8,
        "expiry_datetime": None,
    }
    found = pointed(value)
    assert [(part.media, part.pointer) for part in found if isinstance(part, AssetReference)] == [
        ("audio", SOUND["asset_pointer"]),
        ("video", "sediment://file_0003"),
        ("image", "sediment://file_0001"),
        ("image", "sediment://file_0002"),
    ]
    assert any(isinstance(part, Unknown) for part in found)


def test_a_video_and_a_sound_may_say_more() -> None:
    """The video's format, and words that a sound repeats."""
    video = {"content_type": "video_container_asset_pointer", "asset_pointer": "sediment://file_3", "format": "mp4"}
    value = {"content_type": "real_time_user_audio_video_asset_pointer", "video_container_asset_pointer": video}
    assert pointed(value) == [AssetReference("sediment://file_3", "video", mime="video/mp4")]
    told = {**SOUND, "metadata": {"transcription": "Hello there"}}
    speech, sound = pointed(told)
    assert speech == Speech("Hello there")
    assert isinstance(sound, AssetReference)
    assert pointed(builders.transcription("Hello there", "in"), told) == [Speech("Hello there", "in"), sound]


def test_files_that_an_answer_offers_are_named() -> None:
    """Only their path in the workspace is known, so that at least the gap report can name them."""
    words = "[a](sandbox:/mnt/data/my%20rivers.csv), [b](sandbox:/mnt/data/map of rivers.png), sandbox:/mnt/data/a.py"
    assert parts(builders.assistant(words)) == [
        Text(words),
        AssetReference("/mnt/data/my rivers.csv", "file", "my rivers.csv", "text/csv"),
        AssetReference("/mnt/data/map of rivers.png", "image", "map of rivers.png", "image/png"),
        AssetReference("/mnt/data/a.py", "file", "a.py", "text/x-python"),
    ]


def test_a_pointer_of_an_unknown_kind_is_still_an_asset() -> None:
    """So that the gap report can name it; what it says besides is kept raw."""
    asset, raw = pointed({"content_type": "video_asset_pointer", "asset_pointer": "sediment://file_1", "fps": 30})
    assert asset == AssetReference("sediment://file_1", "video")
    assert isinstance(raw, Unknown)


@pytest.mark.parametrize("key", ["asset_pointer", "size_bytes", "width", "metadata", "format", "audio_asset_pointer"])
@pytest.mark.parametrize("wrong", [None, True, -1, 1e308, "words", [1], {"start": "x", "dalle": 3}])
def test_wrong_types_do_no_harm(key: str, wrong: Any) -> None:
    """Every pointer gives at least one part."""
    conversed = {"content_type": "real_time_user_audio_video_asset_pointer", "audio_asset_pointer": SOUND}
    for item in (builders.image_pointer(builders.picture()), SOUND, conversed):
        assert pointed({**item, key: wrong}) or key == "audio_asset_pointer"
