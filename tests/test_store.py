"""What is saved comes back the same, in any thread, and damage does not go unnoticed."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import ArchiveDamaged, ArchiveTooNew, Cancelled
from archiver.records import (
    UNDATED,
    AssetReference,
    Citation,
    Code,
    Conversation,
    Document,
    Instructions,
    Memory,
    Message,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)
from archiver.store import Store, part_from_json, part_to_json

PARTS: tuple[Part, ...] = (
    Text("plain"),
    Text("with a source (Atlas)", (Citation(15, 20, "Atlas", "https://example.org/"),)),
    Speech("spoken", "in"),
    Code("print(1)", "python"),
    Reasoning("thinking", "Weighing"),
    ToolCall("python", "print(1)"),
    ToolResult("python", "1", "success"),
    Quote("a passage", "A page", "https://example.org/"),
    AssetReference("file-AbC", "image", "cat.png", "image/png", 10, 20, 30, None, "a cat"),
    Document("doc", "now", "Letter", "document", ("before",)),
    Memory("Likes soup"),
    Instructions("I am short", "Be brief"),
    Notice("went wrong", "tool_error"),
    Unknown("hologram", '{"content_type":"hologram"}'),
)


def talk(*texts: str, id_: str = "c1", title: str = "Soup") -> Conversation:
    """A conversation of plain messages on one path."""
    messages = tuple(
        Message(f"m{number}", f"m{number - 1}" if number else None, "user", (Text(text),), created=1000.0 + number)
        for number, text in enumerate(texts)
    )
    return Conversation("chatgpt", id_, title, messages, created=1000.0, updated=2000.0, current=f"m{len(texts) - 1}")


def save(store: Store, conversation: Conversation) -> bool:
    """Save one conversation; whether anything changed."""
    with store.transaction() as writer:
        return writer.save(conversation).has_changed


def load(store: Store, id_: str) -> Conversation | None:
    """A conversation as stored."""
    with store.reading() as reader:
        return reader.conversation(id_)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty library."""
    return Store(tmp_path / "library.sqlite")


def test_a_conversation_of_every_kind_of_part_comes_back_the_same(store: Store) -> None:
    """Nothing is lost between saving and loading."""
    root = Message("a", None, "user", PARTS, created=1.5, asked="gpt-4o", asked_from="requested_model_slug")
    reply = Message(
        "b", "a", "assistant", (Text(""),), author="x", created=None, updated=3.0, answered="gpt-4o",
        answered_from="model_slug", hidden="flag", status="in_progress", recipient="python", channel="final",
        rating="thumbs_up", notes=("auto:smaller_model:reached_message_cap",),
    )  # fmt: skip
    conversation = Conversation(
        "chatgpt", "c1", "Title\n[/b]", (root, reply), 1.0, 2.0, "b", "gpt-5", "g-p-1", True, True, (("voice", "cove"),)
    )
    save(store, conversation)
    assert load(store, "c1") == conversation


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.kind)
def test_parts_survive_json(part: Part) -> None:
    """The form that ``show --json`` prints and the library keeps."""
    assert part_from_json(part_to_json(part)) == part


def test_saving_the_same_again_changes_nothing(store: Store) -> None:
    """A second import of the same conversation is no change, so the index stays still."""
    assert save(store, talk("hello")) is True
    assert save(store, talk("hello")) is False
    with store.reading() as reader:
        assert reader.count_changes(0) == 1


def test_a_changed_conversation_takes_the_place_of_the_old(store: Store) -> None:
    """No message of the old state stays behind."""
    save(store, talk("one", "two", "three"))
    save(store, talk("one", "2"))
    with store.reading() as reader:
        outline = reader.outline("c1")
        assert outline is not None
        assert [row.id for row in outline.rows] == ["m0", "m1"]
        assert [message.parts for message in reader.messages([row.key for row in outline.rows])] == [
            (Text("one"),),
            (Text("2"),),
        ]


def test_other_threads_read_while_a_transaction_is_open(store: Store) -> None:
    """Reading is possible during an import, and sees only what is committed."""
    save(store, talk("before"))
    seen: list[int] = []

    def count() -> None:
        with store.reading() as reader:
            seen.append(len(reader.summaries()))

    with store.transaction() as writer:
        writer.save(talk("during", id_="c2"))
        thread = threading.Thread(target=count)
        thread.start()
        thread.join()
    count()
    assert seen == [1, 2]


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """Wholly or not at all."""

    def fail() -> None:
        with store.transaction() as writer:
            writer.save(talk("never"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert load(store, "c1") is None


def test_the_check_finds_a_changed_letter(store: Store) -> None:
    """SQLite itself would not notice."""
    save(store, talk("kept", "safe"))
    with store.reading() as reader:
        assert list(reader.check()) == [("c1", True)]
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE message SET text = 'sage' WHERE text = 'safe'")
    connection.commit()
    connection.close()
    with store.reading() as reader:
        assert list(reader.check()) == [("c1", False)]


def test_a_file_that_is_no_library_is_one_sentence(tmp_path: Path) -> None:
    """A photo renamed to library.sqlite."""
    (tmp_path / "library.sqlite").write_bytes(b"\x89PNG not a database" * 100)
    with pytest.raises(ArchiveDamaged, match="makes it again from the originals"):
        Store(tmp_path / "library.sqlite")


def test_a_library_of_a_newer_program_is_refused_and_untouched(tmp_path: Path) -> None:
    """An older program must never harm a newer archive."""
    path = tmp_path / "library.sqlite"
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveTooNew):
        Store(path)
    assert path.read_bytes() == before


def test_observations_keep_each_different_slice_once(store: Store) -> None:
    """Two exports often say the same."""
    with store.transaction() as writer:
        key = writer.save(talk("x")).key
        first = writer.add_source("aa", "a.zip", "originals/data/a.zip", 1, "chatgpt", 0.0)
        second = writer.add_source("bb", "b.zip", "originals/data/b.zip", 1, "chatgpt", 0.0)
        writer.observe(key, first, "conversations.json", 1, b"1" * 32, b'{"a":1}')
        writer.observe(key, second, "conversations.json", 7, b"1" * 32, None)
        assert writer.observed(key) == [(b'{"a":1}', UNDATED)]
        writer.note_made(first, 20.0)
        assert writer.last_made() == UNDATED
        writer.note_made(second, 10.0)
        assert (writer.observed(key), writer.last_made()) == ([(b'{"a":1}', 10.0)], 20.0)
        assert writer.slices_made(key) == {b"1" * 32: 10.0}
    with store.reading() as reader:
        assert [(found.source, found.position) for found in reader.observations("c1")] == [(first, 1), (second, 7)]
        assert reader.slice(b"1" * 32) == b'{"a":1}'


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=5))
def test_any_text_comes_back_code_point_by_code_point(texts: list[str]) -> None:
    """NUL, bidi marks, private use: kept exactly."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "library.sqlite")
        save(store, talk(*texts))
        loaded = load(store, "c1")
        store.close()
    assert loaded == talk(*texts)


def test_closing_waits_for_a_thread_that_is_reading(store: Store) -> None:
    """Leaving while something loads: closing a connection under its reader would crash the program."""
    save(store, talk("here"))
    inside, may_end, found = threading.Event(), threading.Event(), []

    def read_slowly() -> None:
        with store.reading() as reader:
            inside.set()
            may_end.wait()
            found.append(len(reader.summaries()))

    reading = threading.Thread(target=read_slowly)
    reading.start()
    inside.wait()
    closing = threading.Thread(target=store.close)
    closing.start()
    may_end.set()
    reading.join()
    closing.join()
    assert found == [1]
    with pytest.raises(Cancelled), store.reading():
        pass


def test_the_latest_conversations_are_the_first_of_all_without_those_put_away(store: Store) -> None:
    """What the first screen shows is where the whole list begins, so that nothing jumps when the rest comes."""
    for number in range(9):
        moment = None if number == 4 else float(number % 4)
        talked = replace(talk("words", id_=f"c{number}"), created=moment, updated=None if number % 2 else moment)
        save(store, talked)
    with store.reading() as reader:
        listed = [summary for summary in reader.summaries() if summary.id != "c7"]
        assert reader.latest(5, {"c7"}) == (listed[:5], 8)
        assert reader.latest(50, {"c7"}) == (listed, 8)
