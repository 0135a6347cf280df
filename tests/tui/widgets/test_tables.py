"""Tables fit the window, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from archiver.tui.widgets.lines import block_lines
from archiver.tui.widgets.markdown_blocks import markdown_blocks
from archiver.tui.widgets.runs import Run

RECIPE = """
| Zutat | Menge | Hinweis |
|---|--:|---|
| Karotten | 3 | klein geschnitten und kalt gestellt |
| 人参 | 2 本 | 皮をむく |
"""


def drawn(markdown: str, width: int) -> list[str]:
    """The lines of a table as text."""
    (block,) = markdown_blocks(markdown)
    return [
        "".join(piece.text if isinstance(piece, Run) else block.text[piece.start : piece.end] for piece in line.pieces)
        for line in block_lines(block, 0, width)
    ]


def test_columns_are_as_wide_as_their_words() -> None:
    """Han characters take two cells, numbers stand right."""
    assert [line.rstrip() for line in drawn(RECIPE, 80)] == [
        "Zutat     Menge  Hinweis",
        "────────  ─────  ───────────────────────────────────",
        "Karotten      3  klein geschnitten und kalt gestellt",
        "人参       2 本  皮をむく",
    ]


def test_a_wide_column_gives_way() -> None:
    """Its cells take several lines, and rows stand apart."""
    assert [line.rstrip() for line in drawn(RECIPE, 36)] == [
        "Zutat     Menge  Hinweis",
        "────────  ─────  ───────────────────",
        "Karotten      3  klein geschnitten",
        "                 und kalt gestellt",
        "",
        "人参       2 本  皮をむく",
    ]


def test_a_narrow_window_gets_records() -> None:
    """Heading and value, one below the other."""
    assert drawn("| a long heading | b | c |\n|-|-|-|\n| one | two | three |", 12) == [
        "a long",
        "heading",
        "  one",
        "b",
        "  two",
        "c",
        "  three",
    ]


@pytest.mark.parametrize("markdown", ["|a|\n|-|", "|a|b|\n|-|-|\n|1|\n|1|2|3|", "||\n|-|\n||"])
def test_odd_tables_are_drawn(markdown: str) -> None:
    """Without rows, with too few or too many cells, with nothing in them."""
    assert drawn(markdown, 40)


@given(st.lists(st.lists(st.text("ab 漢🙂", max_size=12), min_size=3, max_size=3), max_size=5), st.integers(10, 60))
def test_no_line_is_wider_than_the_window(rows: list[list[str]], width: int) -> None:
    """For any cells and any width."""
    markdown = "|x|y|z|\n|-|-|-|\n" + "\n".join("|" + "|".join(cells) + "|" for cells in rows)
    assert max(map(cell_len, drawn(markdown, width))) <= width
