"""Every kind of part is shown, and says what it is."""

import pytest

from archiver.records import (
    PART_CLASSES,
    AssetReference,
    Code,
    Document,
    Instructions,
    Memory,
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
from archiver.tui.widgets.items import message_items
from archiver.tui.widgets.message_blocks import section_blocks, split

from .paths import answered, said

PARTS: list[tuple[Part, list[str]]] = [
    (Text("words"), ["words"]),
    (Speech("spoken words", "out"), ["spoken words"]),
    (Code("x = 1", "python"), ["x = 1"]),
    (Reasoning("Thought for 12 seconds"), ["Thought for 12 seconds"]),
    (Reasoning("step one", "Planning"), ["▾ Planning", "step one"]),
    (ToolCall("python", "1+1", "python"), ["▾ Asked python", "1+1"]),
    (ToolResult("python", "2", "success"), ["▾ Answer of python (success)", "2"]),
    (Quote("passage", "A page", "https://a.b"), ["A page", "passage"]),
    (AssetReference("file-1", "image", "soup.png", width=4, height=3), ["Picture · soup.png · 4 × 3"]),
    (AssetReference("file-2", "audio", seconds=72.4), ["Sound not in the export · file-2 · 1:12"]),
    (AssetReference("file-3", "image", caption="a soup"), ["Picture not in the export · file-3 · “a soup”"]),
    (AssetReference("file-4", "hologram"), ["File not in the export · file-4"]),
    (
        Document("d", "# Now", "Plan", "document", ("first", "second")),
        ["▾ Earlier version 1 of Plan", "first", "▾ Earlier version 2 of Plan", "second",
         "Document: Plan (2 earlier versions above)", "Now"],
    ),
    (Document("d", "x = 1", "", "code/python"), ["Document", "x = 1"]),
    (Memory("likes soup"), ["Noted down about you", "likes soup"]),
    (Instructions("a cook", "be brief"),
     ["What you had told it about yourself", "a cook", "How you had asked it to answer", "be brief"]),
    (Notice("network", "error"), ["error", "network"]),
    (Unknown("new_thing", '{"a": 1}'), ["▾ Not understood yet: new_thing", '{"a": 1}']),
]  # fmt: skip


def texts(part: Part, *, is_open: bool) -> list[str]:
    """The shown texts of a message with one part."""
    items = message_items(said(parts=[part], role="assistant"))
    blocks = [
        block
        for section in split(items)
        for block in section_blocks(items, section, lambda _item: is_open, lambda asset: asset.pointer == "file-1")
    ]
    return [block.text for block in blocks]


@pytest.mark.parametrize(("part", "shown"), PARTS, ids=lambda value: getattr(value, "kind", ""))
def test_a_part_is_shown(part: Part, shown: list[str]) -> None:
    """With everything it holds, unfolded."""
    assert texts(part, is_open=True) == shown


def test_every_kind_is_tried_here() -> None:
    """So that a new kind is not forgotten."""
    assert {type(part) for part, _shown in PARTS} == set(PART_CLASSES)


def test_what_is_folded_shows_how_it_begins() -> None:
    """Thoughts, tools, earlier versions and what is not understood."""
    assert texts(Reasoning("step one\nstep two", ""), is_open=False) == ["▸ Thoughts · step one step two"]
    assert texts(Unknown("new_thing", '{"a": 1}'), is_open=False) == ['▸ Not understood yet: new_thing · {"a": 1}']


def test_a_long_part_is_split_and_whole() -> None:
    """Each section shows its own stretch of the text."""
    text = "\n\n".join(f"paragraph {number} " + "word " * 50 for number in range(300))
    items = message_items(said(text))
    sections = split(items)
    shown = "".join(
        block.text for section in sections for block in section_blocks(items, section, lambda _: True, lambda _: True)
    )
    assert len(sections) > 5
    assert shown.split() == text.split()


def test_paragraphs_stay_apart_where_sections_meet() -> None:
    """And what was cut in the middle does not come apart."""
    for text, apart in (("paragraph of words\n\n" * 1000, True), ("line of words\n" * 4000, False)):
        items = message_items(answered(text))
        second = section_blocks(items, split(items)[1], lambda _: True, lambda _: True)
        assert second[0].gap == apart
