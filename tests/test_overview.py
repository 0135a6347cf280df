"""Views across the archive: what one statement counts is what is there, and nothing that is put away."""

from __future__ import annotations

from pathlib import Path

from archiver import overview
from archiver.records import Instructions, Memory
from tests import builders
from tests.archives import archive_of


def test_the_last_reply_of_each_model_is_found(tmp_path: Path) -> None:
    """By the time of the reply, not of the conversation; hidden messages do not count."""
    early = builders.conversation("Early", [("user", "a"), ("assistant", "b", {"model": "gpt-4", "seconds": 2e9})])
    late = builders.conversation("Late", [("user", "a"), ("assistant", "b", {"model": "gpt-4"})], created=1_800_000_000)
    with archive_of(tmp_path, [early, late]) as archive:
        found, replies = overview.last_replies(archive)["gpt-4"]
        assert (found.title, found.created, replies) == ("Early", 2e9, 2)
        archive.put_away(early["id"])
        found, replies = overview.last_replies(archive)["gpt-4"]
        assert (found.title, replies) == ("Late", 1)


def test_activity_counts_what_is_seen(tmp_path: Path) -> None:
    """Messages of both sides by hour; system and tool messages are left out."""
    talk = builders.conversation("Talk", [("user", "abc"), ("assistant", "abcdef"), ("user", "x")])
    with archive_of(tmp_path, [talk]) as archive:
        found = overview.activity(archive)
        assert sum(each.messages for each in found if each.is_mine) == 2
        assert sum(each.characters for each in found if not each.is_mine) == 6
        assert overview.replies(archive) == {"gpt-4o": 1}
        archive.put_away(talk["id"])
        assert overview.activity(archive) == []
        assert overview.replies(archive) == {}


def test_ratings_and_memories_are_found_among_everything(tmp_path: Path) -> None:
    """Also when a message only talks about such words."""
    talk = builders.conversation(
        "Talk",
        [
            ("user", 'write "rating": and "kind":"memory"'),
            ("assistant", "b", {"id": "good"}),
            *builders.memory("Likes rain."),
        ],
        instructions=builders.custom_instructions("I live by the sea.", "Be brief."),
    )
    sidecars = {"message_feedback.json": [builders.feedback(talk, "good")]}
    with archive_of(tmp_path, [talk], sidecars=sidecars) as archive:
        assert [found.message.id for found in overview.rated(archive)] == ["good"]
        parts = [part for found in overview.remembered(archive) for part in found.message.parts]
        assert any("I live by the sea." in part.text for part in parts if isinstance(part, Instructions))
        assert any(isinstance(part, Memory) for part in parts)
