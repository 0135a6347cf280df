"""Tables fit the window, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from archiver.tui import terminal
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.line_painter import LinePainter
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


def painted(markdown: str, width: int) -> list[str]:
    """The lines of a table as they are written to the terminal."""
    (block,) = markdown_blocks(markdown)
    painter = LinePainter(lambda *_names: Style())
    lines = block_lines(block, 0, width)
    return [painter.strip(line, block, block.marks, Key(0, 0), width).text for line in lines]


ARABIC = "| اسم | قيمة |\n|---|--:|\n| ألف | 1 |\n| سلام باب | Python 3 |"


def test_columns_read_from_right_to_left_begin_at_the_right() -> None:
    """Each cell is put in order by itself and stands under its rule, also where letters join into one."""
    assert painted(ARABIC, 24) == [
        "          ﺔﻤﻴﻗ       ﻢﺳﺍ",
        "      ────────  ────────",
        "             1       ﻒﻟﺃ",
        "      Python 3   ﺏﺎﺑ ﻡﻼﺳ",
    ]


def test_arabic_cells_of_another_table_stay_in_their_columns() -> None:
    """Two of them beside each other do not change places."""
    assert painted("| Word | Name |\n|---|---|\n| سلام | باب |\n| x | y |", 14) == [
        "Word  Name    ",
        "────  ────    ",
        "ﻡﻼﺳ   ﺏﺎﺑ     ",
        "x     y       ",
    ]


@pytest.mark.parametrize("mode", ["terminal", "guarded"])
def test_a_terminal_that_orders_arabic_is_kept_from_moving_cells(mode: terminal.BidiMode) -> None:
    """Marks stand around each of them."""
    before = terminal.current()
    terminal.choose_bidi(mode)
    try:
        row = painted(ARABIC, 24)[3]
    finally:
        terminal.use(before)
    assert row == "      Python 3  \u200e\u200fسلام باب\u200f\u200e"


@pytest.mark.parametrize("markdown", ["|a|\n|-|", "|a|b|\n|-|-|\n|1|\n|1|2|3|", "||\n|-|\n||"])
def test_odd_tables_are_drawn(markdown: str) -> None:
    """Without rows, with too few or too many cells, with nothing in them."""
    assert drawn(markdown, 40)


@given(st.lists(st.lists(st.text("ab 漢🙂", max_size=12), min_size=3, max_size=3), max_size=5), st.integers(10, 60))
def test_no_line_is_wider_than_the_window(rows: list[list[str]], width: int) -> None:
    """For any cells and any width."""
    markdown = "|x|y|z|\n|-|-|-|\n" + "\n".join("|" + "|".join(cells) + "|" for cells in rows)
    assert max(map(cell_len, drawn(markdown, width))) <= width
