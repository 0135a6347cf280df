"""What the source says of the number of matches is the number of marks on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.index.query import parse
from archiver.records import Message, Text
from archiver.tui.widgets.count_in_source import count_in_source
from archiver.tui.widgets.items import message_items
from archiver.tui.widgets.message_blocks import section_blocks, split

SNIPPETS = st.sampled_from([
    "the", "soup", " ", " ", "\n", "\n\n", "**", "*", "_", "`", "```", "\n```soup\n", "~~", "~~~", "# ", "\n- ",
    "\n1. ", "\n2) soup", "> ", "|", "\n|-|-|\n", "[", "](https://soup.org)", "![", "\\", "&amp;", "<br>", "<the>",
    "$$", "\\(", "✂️", "家", "重要", "。", "की", "क्ष", "خُبز", "“", "”", "’s", "é", "2", "1,000", "\t", "\r\n",
    "\x1b[2J", "\u202e", "\xad", "    ", "\n---\n", "\n===\n", "[1]: soup", "😀", "👩‍👩‍👧",
])  # fmt: skip
QUERIES = [
    "the",
    "soup",
    "the*",
    '"the soup"',
    "家",
    "重要",
    "की",
    "خبز",
    "2",
    "é",
    "soup the",
    "😀",
    '"soup 2"',
    "1000",
]


def counts(text: str, query: str, role: str) -> tuple[int | None, list[int]]:
    """What the source says, and what is marked, of the sections with matches."""
    find = parse(query).spans
    items = message_items(Message("id", None, role, (Text(text),)))
    told: int | None = 0
    marked = []
    for section in split(items):
        found = [find(items[piece.item].body[piece.start : piece.end]) for piece in section]
        if any(found):
            in_source = count_in_source(items, section, found)
            told = None if in_source is None or told is None else told + in_source
            blocks = section_blocks(items, section, lambda _item: True, lambda _reference: True)
            marked.append(sum(len(find(block.text)) for block in blocks))
    return told, marked


@given(st.lists(SNIPPETS, max_size=25).map("".join), st.sampled_from(QUERIES), st.sampled_from(["user", "assistant"]))
def test_the_source_never_says_another_number_than_the_screen(text: str, query: str, role: str) -> None:
    """Where it might, it says nothing."""
    told, marked = counts(text, query, role)
    assert told is None or told == sum(marked)


@pytest.mark.parametrize(
    "text",
    [
        "The **soup**, the `soup`.",
        "# Soup\n\n- soup of the day\n- *cold* soup\n\n1. Take the soup.",
        "> soup\n\n```python\nsoup = 1\n```\n\nsoup — “soup”…",
        "# 昨日\n\n**soup** を食べた。",
    ],
)
def test_the_source_of_a_usual_reply_says_it_all(text: str) -> None:
    """So that a long conversation need not be parsed to count a common word."""
    told, marked = counts(text, "soup", "assistant")
    assert told == sum(marked) > 0


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("soup [a](https://soup.org)", "soup"),
        ("soup\n\n```soup\nx\n```", "soup"),
        ("soup so**up**", "soup"),
        ("the end\n\nsoup", '"end soup"'),
        ("2. two\n\n2", "2"),
    ],
)
def test_only_the_screen_says_how_often_what_is_hidden_or_joined_matches(text: str, query: str) -> None:
    """Addresses, names of languages, words put together, ends of paragraphs, numbers of lists."""
    told, _marked = counts(text, query, "assistant")
    assert told is None
