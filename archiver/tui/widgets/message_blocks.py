"""Items -> blocks, a section at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from archiver.records import AssetReference, Citation
from archiver.text.sanitize import one_line
from archiver.tui import terminal
from archiver.tui.widgets.asset_captions import caption
from archiver.tui.widgets.blocks import Block, Mark
from archiver.tui.widgets.items import Item
from archiver.tui.widgets.markdown_blocks import code_block, markdown_blocks, plain_blocks, typed_blocks
from archiver.tui.widgets.sections import SECTION, sections

_PREVIEW, _SHORTEST_PREVIEW = 76, 16
"""Characters of a label and of how its body begins."""

_COLOURED_STYLES = ("", "dim")


class Slice(NamedTuple):
    """Part of an item: ``body[start:end]``."""

    item: int
    start: int
    end: int


def split(items: Sequence[Item]) -> list[tuple[Slice, ...]]:
    """The items dealt into sections: small ones together, a long one cut into several."""
    whole: list[tuple[Slice, ...]] = []
    current: list[Slice] = []
    size = 0
    for number, item in enumerate(items):
        for start, end in sections(item.body):
            if current and size + end - start > SECTION:
                whole.append(tuple(current))
                current, size = [], 0
            current.append(Slice(number, start, end))
            size += end - start
    whole.append(tuple(current))
    return whole


def section_blocks(
    items: Sequence[Item],
    section: Sequence[Slice],
    is_open: Callable[[int], bool],
    is_found: Callable[[AssetReference], bool],
) -> list[Block]:
    """The blocks of one section.

    Args:
        items: All items of the message.
        section: The slices to show.
        is_open: Whether a folding item (by its place in ``items``) is unfolded.
        is_found: Whether the archive has an asset.
    """
    blocks: list[Block] = []
    was_folded = False
    for number, start, end in section:
        item = items[number]
        opened = not item.is_folding or is_open(number)
        if start == 0 and item.label:
            label = _label(item, number, opened)
            blocks.append(replace(label, gap=False) if was_folded and item.is_folding else label)
        was_folded = not opened
        if opened:
            body = _body(item, start, end, is_found)
            if body and _follows_directly(item, start):
                body[0] = replace(body[0], gap=False)
            blocks += body
    return blocks


def _follows_directly(item: Item, start: int) -> bool:
    """Whether no empty line belongs before a slice: under a label with a bar, and where a paragraph was cut."""
    if start == 0:
        return bool(item.label and item.lead)
    before = item.body[max(0, start - 80) : start]
    return before.count("\n", len(before.rstrip())) < 2


def _label(item: Item, number: int, opened: bool) -> Block:
    label = terminal.shown(one_line(item.label, 200))
    if not item.is_folding:
        mark = Mark(0, len(label), "label-link", item.target) if item.target else Mark(0, len(label), "label")
        return Block("text", label, (mark,), first=item.lead, rest=item.lead, part=item.part)
    room = max(_SHORTEST_PREVIEW, _PREVIEW - len(label))
    preview = "" if opened else terminal.shown(one_line(item.body[: room * 8], room))
    words = f"{'▾' if opened else '▸'} {label}" + (f" · {preview}" if preview else "")
    return Block("text", words, (Mark(0, len(words), "label", ("fold", number)),), part=item.part)


def _body(item: Item, start: int, end: int, is_found: Callable[[AssetReference], bool]) -> list[Block]:
    if item.asset is not None:
        return [_asset(item.asset, item.part, is_found=is_found(item.asset))]
    text = item.body[start:end] if end - start < len(item.body) else item.body
    if not text.strip():
        return []
    return [_dressed(block, item) for block in _read(item, text, start)]


def _read(item: Item, text: str, start: int) -> list[Block]:
    match item.form:
        case "code":
            return [code_block(text.rstrip("\n"), item.language)]
        case "typed":
            return typed_blocks(text)
        case "markdown":
            return markdown_blocks(text, _moved(item, start, start + len(text)))
        case _:
            return plain_blocks(text)


def _moved(item: Item, start: int, end: int) -> list[Citation]:
    return [
        replace(citation, start=citation.start - start, end=citation.end - start)
        for citation in item.citations
        if start <= citation.start and citation.end <= end
    ]


def _dressed(block: Block, item: Item) -> Block:
    style = item.style if item.style and block.style in _COLOURED_STYLES else block.style
    return replace(block, style=style, first=item.lead + block.first, rest=item.lead + block.rest, part=item.part)


def _asset(reference: AssetReference, part: int, *, is_found: bool) -> Block:
    words = terminal.shown(caption(reference, is_found=is_found))
    mark = Mark(0, len(words), "label-link" if is_found else "missing", ("asset", part) if is_found else None)
    picture = reference if is_found and reference.media == "image" else None
    return Block("text", words, (mark,), part=part, picture=picture)
