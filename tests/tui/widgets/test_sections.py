"""What is long is cut into sections, without a character more or less."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.tui.widgets.sections import LONGEST, SECTION, sections

PARAGRAPHS = st.lists(st.sampled_from(["word " * 300, "\n\n", "\n", "```\n", "x" * 9000, "- item\n"]), max_size=40)


@given(PARAGRAPHS.map("".join))
def test_the_sections_are_the_text(text: str) -> None:
    """In order, without gaps, none beyond the limit."""
    parts = sections(text)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= 2 * LONGEST for start, end in parts)


def test_a_short_text_is_one_section() -> None:
    """As nearly every message is."""
    assert sections("a\n\nb") == [(0, 4)]
    assert sections("") == [(0, 0)]


def test_a_text_is_cut_between_paragraphs() -> None:
    """So that Markdown can be read section by section."""
    text = ("paragraph " * 100 + "\n\n") * 30
    assert len(sections(text)) > 2
    assert all(text[start:end].startswith("paragraph") for start, end in sections(text))


def test_fenced_code_is_not_cut_while_it_fits() -> None:
    """An empty line in a program is no end of a paragraph."""
    code = "```python\n" + "x = 1\n\ny = 2\n" * 300 + "```\n"
    text = "before\n\n" * 900 + code + "\nafter\n\n" * 900
    holding = [text[start:end] for start, end in sections(text) if "x = 1" in text[start:end]]
    assert len(holding) == 1
    assert code in holding[0]


def test_a_word_of_megabytes_is_cut_evenly() -> None:
    """There is no better place."""
    parts = sections("x" * 5_000_000)
    assert max(end - start for start, end in parts) <= LONGEST
    assert len(parts) < 5_000_000 / SECTION
