"""A conversation as plain text: the words, who said them and when. For printers, mail and every editor there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.exporters.moments import moment
from archiver.exporters.options import ExportOptions
from archiver.exporters.shown import Shown, View, speaker, title_of
from archiver.i18n import _
from archiver.records import (
    AssetReference,
    Conversation,
    Document,
    Part,
    Quote,
    Reasoning,
    ToolCall,
    ToolResult,
    Unknown,
)

_RULE = "-" * 40


def to_text(conversation: Conversation, options: ExportOptions) -> str:
    """The whole file."""
    return "".join(_pieces(conversation, options))


def _pieces(conversation: Conversation, options: ExportOptions) -> Iterator[str]:
    view = View(conversation, options)
    yield f"{title_of(conversation)}\n"
    yield from _messages(view.current(), options)
    if options.branches == "all":
        for versions in view.others():
            yield f"\n{_RULE}\n{_('A branch that was not taken:')}\n"
            yield from _messages(versions.messages, options)


def _messages(messages: Sequence[Shown], options: ExportOptions) -> Iterator[str]:
    for shown in messages:
        yield f"\n{heading(shown, options)}\n\n"
        yield "\n\n".join(part_text(part) for part in shown.parts) + "\n"


def heading(shown: Shown, options: ExportOptions) -> str:
    """Who speaks, with which model, and when."""
    message = shown.message
    words = [" ".join(speaker(message, options).split())]
    if message.role == "assistant":
        words.append(message.answered or _("model not recorded"))
    local = moment(message.created)
    words.append(f"{local.date} {local.clock} {local.offset}" if local else _("time not recorded"))
    if shown.branch.of > 1:
        words.append(_("version {number} of {of}").format(number=shown.branch.number, of=shown.branch.of))
    return " · ".join(words)


def part_text(part: Part) -> str:
    """The words of a part; what is no word is named in brackets."""
    match part:
        case AssetReference():
            return f"[{asset_words(part)}]"
        case Document():
            return f"[{part.title or part.id}]\n\n{part.text}"
        case Quote():
            return "\n".join(filter(None, (part.title, part.url, part.text)))
        case Reasoning():
            return f"[{part.title or _('Thoughts')}]\n{part.text}"
        case ToolCall() | ToolResult():
            return f"[{part.tool or _('Tool')}]\n{part.text}"
        case Unknown():
            return f"[{part.label}]\n{part.raw}"
        case _:
            return part.text


def asset_words(part: AssetReference) -> str:
    """What a picture, sound or file is called where it cannot stand itself."""
    return f"{_kind(part)}: {part.caption or part.name or part.pointer}"


def missing_words(part: AssetReference) -> str:
    """The same for one that no source holds."""
    words = _("{kind} not in the export: {name}")
    return words.format(kind=_kind(part), name=part.name or part.caption or part.pointer)


def _kind(part: AssetReference) -> str:
    return {"image": _("Picture"), "audio": _("Sound"), "video": _("Video")}.get(part.media, _("File"))
