"""Exported Markdown: every word as it was written, nothing that acts, structure that readers agree on."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archiver.exporters import ExportOptions
from archiver.exporters.links import is_safe_url
from archiver.exporters.markdown import to_markdown
from archiver.exporters.markdown_blocks import Places
from archiver.records import AssetReference, Citation, Conversation, Document, Text
from tests.exporters.hostile import TEXTS, TITLES
from tests.exporters.talks import START, message, sample, talk

OPTIONS = ExportOptions()
OBSIDIAN = ExportOptions(style="obsidian")


def body(markdown: str) -> str:
    """What stands behind the front matter."""
    return markdown.split("\n---\n", 1)[1]


def tokens(markdown: str) -> list[Token]:
    """Everything a reader of GitHub's or Obsidian's dialect finds, with HTML switched on."""
    parser = MarkdownIt("js-default", {"html": True})
    flat: list[Token] = []
    for token in parser.parse(body(markdown)):
        flat += [token, *(token.children or ())]
    return flat


def headings(markdown: str) -> list[str]:
    """The second-level headings: one a message."""
    pairs = pairwise(tokens(markdown))
    return [after.content for token, after in pairs if token.type == "heading_open" and token.tag == "h2"]


WORDS = (
    "“curly” — ‘quotes’  two  blanks", "稳稳接住你。\n\n  第二行", "a\r\nb", "\ttab\u00a0nbsp\u200bzero", "tr\u0301ès",
    "trailing  \n", "\n\nleading",
)  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
def test_words_stay_byte_for_byte(text: str) -> None:
    """Quotation marks, dashes, blanks, line ends and every script."""
    assert f"\n\n{text}\n" in to_markdown(talk("a", text), OPTIONS)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_ordinary_words_stay_in_any_script(text: str) -> None:
    """Whatever a person can type, but for what would act."""
    if not re.search(r"[<\[\]!`~]", text):
        assert f"\n\n{text}\n" in to_markdown(talk("a", text), OPTIONS)


@pytest.mark.parametrize("options", [OPTIONS, OBSIDIAN], ids=["plain", "obsidian"])
def test_nothing_acts_and_every_message_keeps_its_place(options: ExportOptions) -> None:
    """All hostile texts in one conversation: a heading for each, no HTML, no picture, no bad link."""
    markdown = to_markdown(talk(*TEXTS, title=TITLES[45]), options)
    found = tokens(markdown)
    html = [token.content.strip() for token in found if token.type in {"html_block", "html_inline"}]
    assert [tag for tag in html if not re.fullmatch(r"</?(?:br|su[bp])\s*/?>", tag)] == []
    assert not any(token.type == "image" for token in found)
    assert all(is_safe_url(str(token.attrs["href"])) for token in found if token.type == "link_open")
    if options.style == "plain":
        ours = [
            heading for heading in headings(markdown) if re.search(r" · (2026-\d\d-\d\d )?\d\d:\d\d \+01:00", heading)
        ]
        assert len(ours) == len(TEXTS)


def test_the_date_is_said_when_the_day_changes() -> None:
    """Time and offset with every message, the model with every reply."""
    messages = (
        message("a", None, "user", "x", at=START),
        message("b", "a", "assistant", "y", at=START + 60, answered="gpt-4o"),
        replace(message("c", "b", "assistant", "z", at=START + 86400, answered="gpt-5"), asked="gpt-4o"),
        message("d", "c", "assistant", "w"),
    )
    assert headings(to_markdown(Conversation("chatgpt", "1", "t", messages, current="d"), OPTIONS)) == [
        "You · 2026-02-13 02:00 +01:00",
        "ChatGPT · gpt-4o · 02:01 +01:00",
        "ChatGPT · gpt-5 (asked: gpt-4o) · 2026-02-14 02:00 +01:00",
        "ChatGPT · model not recorded · time not recorded",
    ]


def test_versions_are_marked_and_listed() -> None:
    """The path taken in full; the others by their first words, or in full when asked."""
    current = to_markdown(sample(), OPTIONS)
    assert "version 2 of 2" in current
    assert "A river — “moving water”." not in current
    assert "First try." in current.split("## Other versions")[1]
    everything = to_markdown(sample(), replace(OPTIONS, branches="all"))
    assert "A river — “moving water”." in everything
    for text in ("First try.", "What is a *slow* river?", "What is a river?"):
        assert everything.count(text) == 1


def test_what_is_hidden_comes_back_with_its_option() -> None:
    """Thoughts, tools and system messages; folded, so that they do not stand in the way."""
    plain = to_markdown(sample(), OPTIONS)
    for options, words in (
        (ExportOptions(include_thoughts=True), "Slow means calm."),
        (ExportOptions(include_tools=True), 'print("slow")'),
        (ExportOptions(include_system=True), "You are a helpful assistant."),
    ):
        assert words not in plain
        assert words in to_markdown(sample(), options)
    assert "<details>" in to_markdown(sample(), replace(OPTIONS, include_thoughts=True))


def test_a_document_is_linked_and_its_words_stand_in_the_text() -> None:
    """A reader of the conversation misses nothing."""
    letter = Document("d", "Dear Jonas,", "A letter")
    one = replace(talk("x"), messages=(message("m", None, "assistant", letter),), current="m")
    text = to_markdown(one, OPTIONS, Places(documents={"d": "documents/A letter.md"}))
    assert "[A letter](documents/A%20letter.md)" in text
    assert "Dear Jonas," in text


def test_sources_become_links_or_footnotes() -> None:
    """The words stay; links to odd places do not come about."""
    cited = Text("See this source here.", (Citation(4, 15, "A page", "https://example.org/a(b)"),))
    one = replace(talk("x"), messages=(message("m", None, "assistant", cited),), current="m")
    assert "See [this source](https://example.org/a%28b%29) here." in to_markdown(one, OPTIONS)
    noted = to_markdown(one, replace(OPTIONS, citations="footnotes"))
    assert "See this source[^c1] here." in noted
    assert noted.endswith("\n[^c1]: [A page](https://example.org/a%28b%29)\n")
    bad = Text(
        "See this source here.",
        (Citation(4, 15, "A page", "javascript:alert(1)"), Citation(90, 99, "x", "https://a.b")),
    )
    one = replace(one, messages=(message("m", None, "assistant", bad),))
    assert "See this source here." in to_markdown(one, OPTIONS)


def test_every_footnote_has_its_own_number() -> None:
    """Also where one reply is in several pieces."""
    pieces = (Text("One.", (Citation(0, 3, "A", "https://a.b"),)), Text("Two.", (Citation(0, 3, "B", "https://c.d"),)))
    one = replace(talk("x"), messages=(message("m", None, "assistant", *pieces),), current="m")
    noted = to_markdown(one, replace(OPTIONS, citations="footnotes"))
    assert "One[^c1]." in noted
    assert "Two[^c2]." in noted
    assert noted.endswith("\n[^c1]: [A](https://a.b)\n[^c2]: [B](https://c.d)\n")


def test_words_with_brackets_are_named_behind() -> None:
    """A link around them would break; overlapping sources make one link."""
    cited = Text("a] b and more", (Citation(0, 4, "A", "https://a.b"), Citation(9, 13, "B", "https://c.d")))
    one = replace(talk("x"), messages=(message("m", None, "assistant", cited),), current="m")
    assert "a] b [A](https://a.b) and [more](https://c.d)" in to_markdown(one, OPTIONS)
    twice = Text("some words", (Citation(0, 10, "A", "https://a.b"), Citation(5, 10, "B", "https://c.d")))
    one = replace(one, messages=(message("m", None, "assistant", twice),))
    assert "some [words](https://c.d)" in to_markdown(one, OPTIONS)


def test_pictures_left_out_on_purpose_are_named() -> None:
    """They are not said to be missing."""
    one = replace(talk("x"), messages=(message("m", None, "user", AssetReference("f", "image", name="a.png")),))
    assert "*[Picture: a.png]*" in to_markdown(one, replace(OPTIONS, pictures=False))


def test_pictures_lie_beside_and_missing_ones_are_named() -> None:
    """With a caption that cannot break out of its brackets."""
    picture = AssetReference("file-1", "image", name="a].png", caption="a ](javascript:x) <b>")
    one = replace(talk("x"), messages=(message("m", None, "user", picture),), current="m")
    with_picture = to_markdown(one, OPTIONS, Places(assets={"file-1": "assets/a b (1).png"}))
    [image] = [token for token in tokens(with_picture) if token.type == "image"]
    assert image.attrs["src"] == "assets/a%20b%20%281%29.png"
    assert image.content.replace("\\", "") == picture.caption
    assert "Picture not in the export" in to_markdown(one, OPTIONS)


def test_formulas_change_only_when_asked() -> None:
    """Dollar signs for readers that need them; code and single brackets stay."""
    text = "Area \\( \\pi r^2 \\) and \\[ x = 1 \\]\n\n`\\( code \\)`\n\n```tex\n\\( fenced \\)\n```\n\\( open"
    assert text in to_markdown(talk("a", text), OPTIONS)
    changed = to_markdown(talk("a", text), replace(OPTIONS, latex="dollar"))
    assert "Area $\\pi r^2$ and $$ x = 1 $$" in changed
    assert "`\\( code \\)`" in changed
    assert "\\( fenced \\)" in changed
    assert "\\( open" in changed


def test_obsidian_callouts_hold_their_message() -> None:
    """Every line of a message stands in its callout, also behind a lone carriage return."""
    markdown = body(to_markdown(talk("one\n\ntwo\rthree\r\nfour"), OBSIDIAN))
    lines = [line for line in re.split(r"\r\n|\r|\n", markdown) if line and not line.startswith("# ")]
    assert lines == ["> [!user] You · 2026-02-13 02:00 +01:00", ">", "> one", ">", "> two", "> three", "> four"]


def test_the_same_conversation_gives_the_same_text() -> None:
    """Byte for byte."""
    assert to_markdown(sample(), OPTIONS) == to_markdown(sample(), OPTIONS)
