"""The messages of a conversation as HTML articles, for the reading view with its version switcher.

Every shown message of every branch stands in the page, parents before children; those off the path are hidden until the
reader chooses them. ``data-parent`` is the number of the article a message follows, with hidden messages between them
left out, so the switcher needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.branches import current_path, parent_positions
from archiver.exporters.markup import escaped
from archiver.exporters.message_table import all_words
from archiver.exporters.moments import moment
from archiver.exporters.options import ExportOptions
from archiver.exporters.part_markup import AssetMarkup, part_html
from archiver.exporters.shown import parts_shown, speaker
from archiver.i18n import _
from archiver.records import Conversation, Message
from archiver.text import when


@dataclass(frozen=True, slots=True)
class Article:
    """One message of a page."""

    anchor: str
    speaker: str
    words: str
    """What is searched."""
    html: str


def articles(conversation: Conversation, options: ExportOptions, asset: AssetMarkup) -> list[Article]:
    """All messages that are shown on some branch."""
    parents = parent_positions(conversation)
    path = set(current_path(conversation))
    shown = {
        position: parts
        for position, message in enumerate(conversation.messages)
        if (parts := parts_shown(message, options))
    }
    numbers = {position: number for number, position in enumerate(shown)}
    above = [_above(position, parents, numbers) for position in shown]
    versions = _versions(above)
    found, day = [], ""
    for number, (position, parts) in enumerate(shown.items()):
        message = conversation.messages[position]
        local = moment(message.created)
        is_new_day = position not in path or local is None or local.date != day
        if position in path and local is not None:
            day = local.date
        name = speaker(message, options)
        head = _head(message, name, versions[number], is_new_day=is_new_day)
        body = "\n".join(part_html(part, asset, is_user=message.role == "user") for part in parts)
        kind = message.role if message.role in {"user", "assistant", "tool", "system"} else "other"
        hidden = "" if position in path else ' hidden=""'
        html = (
            f'<article id="m{number}" class="{kind}" data-parent="{above[number]}"{hidden}>'
            f'{head}<div class="body" dir="auto">{body}</div></article>\n'
        )
        found.append(Article(f"m{number}", name, all_words(parts), html))
    return found


def _above(position: int, parents: list[int], numbers: dict[int, int]) -> int:
    """Number of the nearest shown message above; -1 when there is none."""
    place = parents[position]
    while place >= 0 and place not in numbers:
        place = parents[place]
    return numbers[place] if place >= 0 else -1


def _versions(above: list[int]) -> list[tuple[int, int]]:
    """Which of how many versions each message is, as the page shows them."""
    siblings: dict[int, list[int]] = {}
    for number, parent in enumerate(above):
        siblings.setdefault(parent, []).append(number)
    return [(siblings[parent].index(number) + 1, len(siblings[parent])) for number, parent in enumerate(above)]


def _head(message: Message, name: str, version: tuple[int, int], *, is_new_day: bool) -> str:
    pieces = [f'<b dir="auto">{escaped(name)}</b>']
    if message.role == "assistant":
        answered = message.answered or _("model not recorded")
        if message.answered and message.asked and message.asked not in {message.answered, "auto"}:
            answered = _("{answered} (asked: {asked})").format(answered=message.answered, asked=message.asked)
        pieces.append(f'<span class="model">{escaped(answered)}</span>')
    local = moment(message.created)
    if local is not None:
        words = when.date_time(message.created) if is_new_day else local.clock
        pieces.append(f'<time datetime="{local.iso}" title="{local.iso}">{escaped(words)}</time>')
    if version[1] > 1:
        words = _("version {number} of {of}").format(number=version[0], of=version[1])
        pieces.append(f'<span class="version">{escaped(words)}</span>')
    return f"<header>{''.join(pieces)}</header>"
