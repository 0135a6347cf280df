"""Writing blocks: drafts in a box, and what the person made of them."""

from __future__ import annotations

import pytest

from archiver.records import Document, Text
from tests import builders
from tests.importers.understanding import messages, parts

BLOCK = ':::writing{variant="document" id="7"}\nDear Bob,\n\nbye\n:::'


def test_a_block_is_a_document_between_the_words_around_it() -> None:
    """The reader sees a draft, not its fence."""
    assert parts(builders.assistant(f"Here:\n\n{BLOCK}\n\nShall I go on?")) == [
        Text("Here:\n\n"),
        Document("7", "Dear Bob,\n\nbye", "", "document"),
        Text("\nShall I go on?"),
    ]


def test_an_edited_block_shows_what_the_person_made_of_it() -> None:
    """The edited text stands only in the metadata; the model's version is kept."""
    (_, block) = parts(builders.writing_block("Dear Bob", edited="Dear Robert", title="Letter", subject="News"))
    assert block == Document("38274", "Dear Robert", "Letter – News", "email", ("Dear Bob",))


def test_an_unedited_block_has_no_versions() -> None:
    """The metadata repeats its text."""
    (_, block) = parts(builders.writing_block("Dear Bob", subject="News"))
    assert block == Document("38274", "Dear Bob", "News", "email")


def test_edits_find_their_block_by_id_or_else_by_number() -> None:
    """Two blocks in one answer, the second one edited."""
    second = BLOCK.replace('"7"', '"8"').replace("Bob", "Eve")
    edits = {"1": {"id": "8", "content": "Dear Ann", "edited": True}}
    found = parts(builders.assistant(f"{BLOCK}\n{second}").noting(writing_blocks=edits))
    assert found == [
        Document("7", "Dear Bob,\n\nbye", "", "document"),
        Document("8", "Dear Ann", "", "document", ("Dear Eve,\n\nbye",)),
    ]
    unnamed = {"0": {"content": "Dear Ann", "edited": True}}
    found = parts(builders.assistant(BLOCK).noting(writing_blocks=unnamed))
    assert found == [Document("7", "Dear Ann", "", "document", ("Dear Bob,\n\nbye",))]


def test_an_edit_whose_block_is_not_in_the_text_is_added() -> None:
    """No written word depends on the text still holding its fence."""
    edits = {"0": {"id": "9", "content": "Dear Ann", "title": "Note", "variant": "email"}}
    found = parts(builders.assistant("All done.").noting(writing_blocks=edits))
    assert found == [Text("All done."), Document("9", "Dear Ann", "Note", "email")]
    code = {"0": {"id": "c", "content": "x = 2", "edited": True}}
    assert parts(builders.assistant("```\nx = 1\n```").noting(code_blocks=code))[-1] == Document(
        "c", "x = 2", "", "code"
    )


@pytest.mark.parametrize(
    "words",
    [
        ':::writing{variant="email" id="7"}\nnever closed',
        '```\n:::writing{variant="email" id="7"}\nan example\n:::\n```',
        "Use :::writing for a draft.",
        ":::note\nnot a draft\n:::",
    ],
)
def test_what_is_no_whole_block_stays_text(words: str) -> None:
    """Cut off, quoted or only spoken of."""
    assert parts(builders.assistant(words)) == [Text(words)]


def test_attributes_are_read_as_people_and_models_write_them() -> None:
    """Curly quotes, none at all, Windows line ends."""
    curly = ":::writing{variant=“standard” id=“47261” subject=“Hi” recipient=“ann@example.org”}\r\nwords\r\n:::\r\n"
    assert parts(builders.assistant(curly)) == [Document("47261", "words", "Hi – ann@example.org", "standard")]
    bare = ":::writing{variant=standard id=58213}\nwords\n:::"
    assert parts(builders.assistant(bare)) == [Document("58213", "words", "", "standard")]
    assert parts(builders.assistant(":::writing\n:::")) == [Document("0", "")]


def test_sources_around_a_block_keep_their_place() -> None:
    """Citations count from the beginning of their own part."""
    source = builders.Source("Danube", "https://example.org/danube")
    before, _, after = parts(builders.cited(f"It flows{{0}}.\n{BLOCK}\nIt ends{{0}}.", [source]))
    assert isinstance(before, Text)
    assert isinstance(after, Text)
    assert [before.text[c.start : c.end] for c in before.citations] == ["Danube"]
    assert [after.text[c.start : c.end] for c in after.citations] == ["Danube"]


def test_other_attributes_of_a_block_are_details() -> None:
    """Words that the model wrote there, such as the tone."""
    (message,) = messages(
        builders.assistant(':::writing{variant="email" id="1" tone="warm and short"}\nDear Anna,\n:::')
    )
    assert message.details == (("writing.tone", "warm and short"),)
