"""One message or one exchange as one page: the words, the day, the model. To print, to frame, to send."""

from __future__ import annotations

from archiver import model_table
from archiver.exporters.html_page import file_policy, page, resource
from archiver.exporters.inert import plain
from archiver.exporters.markdown import block_of
from archiver.exporters.markdown_blocks import Places
from archiver.exporters.markup import escaped
from archiver.exporters.options import ExportOptions
from archiver.exporters.part_markup import AssetMarkup, part_html
from archiver.exporters.plain_text import part_text
from archiver.exporters.shown import Shown, View, speaker
from archiver.i18n import _
from archiver.records import Conversation
from archiver.text import when


def chosen(conversation: Conversation, options: ExportOptions) -> list[Shown]:
    """The messages of the page: those asked for, in their order, or the last exchange."""
    view = View(conversation, options)
    path = view.current()
    if options.messages:
        everything = [*path, *(shown for versions in view.others() for shown in versions.messages)]
        return [shown for shown in everything if shown.message.id in options.messages]
    last = next((index for index in range(len(path) - 1, -1, -1) if path[index].message.role == "assistant"), None)
    if last is None:
        return path[-1:]
    first = next((index for index in range(last, -1, -1) if path[index].message.role == "user"), last)
    return path[first : last + 1]


def to_letter_html(messages: list[Shown], options: ExportOptions, asset: AssetMarkup) -> str:
    """As a page that prints well and loads nothing."""
    blocks = []
    for shown in messages:
        kind = "question" if shown.message.role == "user" and len(messages) > 1 else "words"
        parts = "\n".join(part_html(part, asset, is_user=shown.message.role == "user") for part in shown.parts)
        blocks.append(f'<div class="{kind}" dir="auto">{parts}</div>\n')
    style = resource("letter.css")
    body = f'<main>\n{"".join(blocks)}<p class="end">{escaped(signature(messages, options))}</p>\n</main>\n'
    return page(when.date(messages[-1].message.created), file_policy("", style), f"<style>{style}</style>\n", body)


def to_letter_markdown(messages: list[Shown], options: ExportOptions, places: Places) -> str:
    """As Markdown: a question as a quote, the reply as it is."""
    blocks = []
    for shown in messages:
        is_question = shown.message.role == "user" and len(messages) > 1
        blocks.append(block_of(shown, options, places, quoted=is_question))
    return "\n\n".join([*blocks, f"*{plain(signature(messages, options))}*"]) + "\n"


def to_letter_text(messages: list[Shown], options: ExportOptions) -> str:
    """As plain text."""
    blocks = ["\n\n".join(part_text(part) for part in shown.parts) for shown in messages]
    return "\n\n".join([*blocks, f"— {signature(messages, options)}"]) + "\n"


def signature(messages: list[Shown], options: ExportOptions) -> str:
    """Who wrote the last words, and when."""
    message = messages[-1].message
    if message.role == "user":
        name = speaker(message, options)
    else:
        model = model_table.load().name(message.answered) if message.answered else _("model not recorded")
        name = f"{options.model_name}, {model}" if options.model_name else model
    return f"{name} · {when.date_time(message.created)}"
