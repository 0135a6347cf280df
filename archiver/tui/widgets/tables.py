"""Tables in a terminal: columns as wide as there is room for, or one record after the other where there is none.

There is no box around them: a border to the right of other people's words moves wherever a terminal and this program
disagree about the width of a character. The lines are made from the first column on; where a table is read from right
to left, the painter turns their columns round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from archiver.tui import bidi
from archiver.tui.widgets.blocks import Alignment, Block, Cell
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.wrap import Range, wrap

_GAP = "  "
_NARROW, _WORD = 6, 14

Pieces = tuple[Run | Range, ...]


def table_lines(block: Block, width: int) -> Iterator[Pieces]:
    """The lines of a table block at ``width`` cells."""
    rows = block.table.rows
    columns = max(map(len, rows), default=0)
    wanted = [
        max(cell_len(block.text[row[column].start : row[column].end]) if column < len(row) else 0 for row in rows)
        for column in range(columns)
    ]
    room = width - len(_GAP) * (columns - 1)
    widths = _shared(wanted, room)
    if any(given < least for given, least in zip(widths, _least_widths(block, columns), strict=True)):
        yield from _records(block, width)
    else:
        yield from _columns(block, [max(1, given) for given in widths])


def _least_widths(block: Block, columns: int) -> list[int]:
    """How narrow each column may become: ordinary words stay whole, Han characters and long words may be broken."""
    least = [0] * columns
    for row in block.table.rows:
        for column, cell in enumerate(row):
            for word in block.text[cell.start : cell.end].split():
                size = cell_len(word)
                least[column] = max(least[column], min(size, _NARROW if size > len(word) else _WORD))
    return least


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """``room`` cells dealt out so that narrow columns keep their width and wide ones share what is left."""
    if sum(wanted) <= room:
        return list(wanted)
    widths = [0] * len(wanted)
    left = room
    for place, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[column] = min(wanted[column], max(0, left) // (len(wanted) - place))
        left -= widths[column]
    return widths


def _columns(block: Block, widths: Sequence[int]) -> Iterator[Pieces]:
    alignments = _alignments(block, len(widths))
    drawn = [list(_row(block, row, widths, alignments)) for row in block.table.rows]
    is_spaced = any(len(lines) > 1 for lines in drawn[1:])
    for index, lines in enumerate(drawn):
        yield from lines
        if index == 0:
            yield (Run(_GAP.join("─" * width for width in widths), "dim"),)
        elif is_spaced and index < len(drawn) - 1:
            yield ()


def _row(block: Block, row: Sequence[Cell], widths: Sequence[int], alignments: Sequence[Alignment]) -> Iterator[Pieces]:
    wrapped = [
        [Range(cell.start + start, cell.start + end) for start, end in wrap(block.text[cell.start : cell.end], width)]
        for cell, width in zip(row, widths, strict=False)
    ]
    for parts in zip_longest(*wrapped):
        pieces: list[Run | Range] = []
        for column, (part, width) in enumerate(zip(parts, widths, strict=False)):
            if column:
                pieces.append(Run(_GAP))
            pieces += _aligned(block, part or Range(0, 0), width, alignments[column])
        yield tuple(pieces)


def _aligned(block: Block, part: Range, width: int, alignment: Alignment) -> Iterator[Run | Range]:
    space = max(0, width - cell_len(block.text[part.start : part.end]))
    before = {"left": 0, "center": space // 2, "right": space}[alignment]
    if before:
        yield Run(" " * before)
    if part.end > part.start:
        yield part
    if space > before:
        yield Run(" " * (space - before))


def _alignments(block: Block, columns: int) -> list[Alignment]:
    """Of each column; ``left`` is the side on which it begins, which is the right one once columns are turned round."""
    beyond: list[Alignment] = ["left"] * columns
    given = [*block.table.alignments, *beyond][:columns]
    if bidi.is_right_to_left(block.text):
        return ["center" if alignment == "center" else "left" for alignment in given]
    return given


def _records(block: Block, width: int) -> Iterator[Pieces]:
    """Each row as lines of ``heading: value``, for windows too narrow for columns."""
    heading, *rows = block.table.rows
    for index, row in enumerate(rows or [()]):
        if index:
            yield ()
        for name, cell in zip_longest(heading, row, fillvalue=Cell(0, 0)):
            if name.end > name.start:
                yield from _indented(block, name, width, "")
            yield from _indented(block, cell, width, _GAP)


def _indented(block: Block, cell: Cell, width: int, indent: str) -> Iterator[Pieces]:
    if cell.end > cell.start:
        for start, end in wrap(block.text[cell.start : cell.end], max(2, width - len(indent))):
            yield (Run(indent), Range(cell.start + start, cell.start + end))
