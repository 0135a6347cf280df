"""Files that only the export's own list ties to their messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from archiver.importers import FileOrigin, importer_for, open_source
from archiver.importers.chatgpt.tree import understand
from archiver.records import AssetReference, Conversation, Message
from tests import builders
from tests.builders import START

PLAN = FileOrigin("file_00aa", "talk", "it", "plan.pdf", "application/pdf", 12)
HERON = FileOrigin("file_00bb", "talk", "gone", "heron.png", "image/png", 99, START + 95)


def talk(*files: FileOrigin, says: str = "Here you are.", **metadata: object) -> list[Message]:
    """Question, answer, question, answer; the first answer is ``it``."""
    turns: list[builders.Turn] = [
        builders.user("Make me a plan.", id="ask"),
        builders.assistant(says, id="it").noting(**metadata),
        builders.user("And a heron.", id="again"),
        builders.assistant("There it is.", id="last"),
    ]

    def find(_conversation: str, _messages: Collection[str]) -> Sequence[FileOrigin]:
        return files

    found: Conversation = understand(builders.conversation("A talk", turns, id="talk"), {}, find).conversation
    return [message for message in found.messages if message.role != "system"]


def pointers(message: Message) -> list[str]:
    """The files that a message shows."""
    return [part.pointer for part in message.parts if isinstance(part, AssetReference)]


def test_a_file_stands_with_the_message_that_the_list_names() -> None:
    """With everything the list says of it."""
    assert talk(PLAN)[1].parts[1:] == (AssetReference("file_00aa", "file", "plan.pdf", "application/pdf", 12),)
    assert talk(PLAN)[1].details == ()


def test_a_link_into_the_workspace_gets_the_file_of_its_name() -> None:
    """It names no id; the list does."""
    message = talk(PLAN, says="[Plan](sandbox:/mnt/data/plan.pdf)")[1]
    assert message.parts[1:] == (AssetReference("file_00aa", "file", "plan.pdf", "application/pdf", 12),)


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_files_of_one_name_the_message_gets_its_own(order: int) -> None:
    """A file that was written twice: by the message that the list names, else the last one before the answer."""
    older = FileOrigin("file_01", "talk", "gone", "plan.pdf", created=START)
    newer = FileOrigin("file_02", "talk", "lost", "plan.pdf", created=START + 10)
    later = FileOrigin("file_03", "talk", "far", "plan.pdf", created=START + 500)
    says = "[Plan](sandbox:/mnt/data/plan.pdf)"
    assert pointers(talk(*(older, newer, later)[::order], says=says)[1])[0] == "file_02"
    own = FileOrigin("file_04", "talk", "it", "plan.pdf", created=START)
    assert pointers(talk(*(own, newer)[::order], says=says)[1])[0] == "file_04"


def test_a_file_of_a_message_that_is_left_out_stands_with_the_nearest_reply() -> None:
    """And the details of that reply say so."""
    messages = talk(HERON)
    assert [pointers(message) for message in messages] == [[], [], [], ["file_00bb"]]
    assert messages[3].details == (("library_files.json", "heron.png · gone"),)


def test_a_file_that_is_shown_already_is_not_shown_twice() -> None:
    """By its own id or by the list's."""
    attachment = {"id": "file_00aa", "name": "plan.pdf"}
    assert [pointers(message) for message in talk(PLAN, attachments=[attachment])] == [[], ["file_00aa"], [], []]
    kept = {"id": "file_0f", "name": "plan.pdf", "library_file_id": "libfile_7"}
    listed = FileOrigin("file_00aa", "talk", "it", "plan.pdf", alias="libfile_7")
    assert pointers(talk(listed, attachments=[kept])[1]) == ["file_0f"]


def test_the_list_is_read_from_the_source(tmp_path: Path) -> None:
    """Entries that name no message and no conversation tie nothing, they only tell names."""
    plan = builders.FileInExport("file_00aa", "plan.pdf", b"%PDF", "", "application/pdf", False, "it", "talk")
    path = builders.write_zip(tmp_path / "e.zip", [builders.conversation()], "slim", files=[plan, builders.picture()])
    with open_source(path) as source:
        listed = list(importer_for(source).origins(source))
    (origin,) = (each for each in listed if each.message_id)
    assert {each.name for each in listed if not each.message_id} == {"plan.pdf", builders.picture().name}
    assert (origin.pointer, origin.conversation_id, origin.message_id) == ("file_00aa", "talk", "it")
    assert (origin.name, origin.size, origin.created) == ("plan.pdf", 4, 1_782_892_800.0)


@pytest.mark.parametrize("line", [None, 7, [], {}, {"file_id": 5}, {"id": {"id": None}}, {"file_id": "", "id": "x"}])
def test_odd_lines_of_the_list_do_no_harm(tmp_path: Path, line: object) -> None:
    """They are stepped over."""
    members = {
        "conversations.json": builders.json_bytes([builders.conversation()]),
        "library_files.json": builders.json_bytes([line]),
    }
    with open_source(builders.write_members(tmp_path / "e.zip", members)) as source:
        assert list(importer_for(source).origins(source)) == []
