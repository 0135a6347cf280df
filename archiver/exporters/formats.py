"""Which formats there are and how each is written: one file a conversation, or one file for all of them.

The functions that make the text are pure and live in a module each; here they meet the folder. Each is imported when it
is asked for: an export needs one of them, and together they take a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TypeAlias

from archiver.exporters.encoded import encoded
from archiver.exporters.work import Work
from archiver.records import Conversation

Writer: TypeAlias = Callable[[Work], None]


def write_markdown(work: Work) -> None:
    """One Markdown file a conversation, what it names beside it, and index pages."""
    from archiver.exporters.index_pages import write_index_pages
    from archiver.exporters.markdown import to_markdown

    for conversation in work.conversations():
        path = work.place(conversation, ".md")
        text = to_markdown(conversation, work.options, work.places(conversation, path))
        work.write_conversation(conversation, path, encoded(text))
    if work.options.index:
        write_index_pages(work.folder)


def write_text(work: Work) -> None:
    """One text file a conversation."""
    from archiver.exporters.plain_text import to_text

    for conversation in work.conversations():
        path = work.place(conversation, ".txt")
        work.write_conversation(conversation, path, encoded(to_text(conversation, work.options)))


def write_sillytavern(work: Work) -> None:
    """One chat file a conversation."""
    from archiver.exporters.sillytavern import to_sillytavern

    for conversation in work.conversations():
        data = to_sillytavern(conversation, work.options)
        if data:
            work.write_conversation(conversation, work.place(conversation, ".jsonl"), data)
        else:
            work.leave_out()


def write_jsonl(work: Work) -> None:
    """All messages in one file, and what its fields mean beside it."""
    from archiver.exporters import jsonl

    _write_notes(work, "messages.fields", jsonl.notes())
    _write_stream(work, "messages", ".jsonl", _chunks(work, jsonl.lines))


def write_csv(work: Work) -> None:
    """All messages in one table, and what its columns mean beside it."""
    from archiver.exporters import csv_table

    def chunks() -> Iterator[bytes]:
        yield csv_table.header()
        for conversation in work.all_conversations():
            yield csv_table.lines(conversation)

    _write_notes(work, "messages.columns", csv_table.notes())
    _write_stream(work, "messages", ".csv", chunks())


def write_training(work: Work) -> None:
    """All records in one file."""
    from archiver.exporters import training

    options = work.options
    _write_stream(work, options.format, ".jsonl", _chunks(work, partial(training.lines, options=options)))


def write_memory(work: Work) -> None:
    """One text from everything that was noted down."""
    from archiver.exporters.memory import Notebook

    notebook = Notebook()
    for conversation in work.all_conversations():
        if not notebook.add(conversation):
            work.leave_out()
    text = notebook.to_text()
    if text:
        path = work.folder.place("memory:", "", "memory", ".txt", "memory")
        work.folder.write("memory:", path, encoded(text))


def _chunks(work: Work, lines: Callable[[Conversation], Iterable[bytes]]) -> Iterator[bytes]:
    for conversation in work.all_conversations():
        found = b"".join(lines(conversation))
        if found:
            yield found
        else:
            work.leave_out()


def _write_stream(work: Work, stem: str, extension: str, chunks: Iterator[bytes]) -> None:
    """One file for everything; none when there is nothing."""
    first = next(chunks, None)
    if first is not None:
        key = f"{work.options.format}:"
        path = work.folder.place(key, "", stem, extension, work.options.format)
        work.folder.write_stream(key, path, chain((first,), chunks))


def _write_notes(work: Work, stem: str, text: str) -> None:
    key = f"{work.options.format}:notes"
    work.folder.write(key, work.folder.place(key, "", stem, ".txt", "notes"), encoded(text))


def write_html(work: Work) -> None:
    """A folder of pages."""
    from archiver.exporters.html_folder import write_html

    write_html(work)


def write_html_file(work: Work) -> None:
    """One page that holds everything."""
    from archiver.exporters.html_file import write_html_file

    write_html_file(work)


def write_epub(work: Work) -> None:
    """One book of all conversations."""
    from archiver.exporters.epub import write_epub

    write_epub(work)


def write_letter(work: Work) -> None:
    """One page a conversation: the messages asked for, or the last exchange."""
    from archiver.exporters.html_file import held_asset
    from archiver.exporters.letter import chosen, to_letter_html, to_letter_markdown, to_letter_text

    extension = {"html": ".html", "markdown": ".md", "text": ".txt"}[work.options.letter]
    for conversation in work.conversations():
        messages = chosen(conversation, work.options)
        if not messages:
            work.leave_out()
            continue
        key = ":".join(("letter", work.options.letter, conversation.id, *(shown.message.id for shown in messages)))
        path = work.place(conversation, extension, key=key)
        match work.options.letter:
            case "html":
                text = to_letter_html(messages, work.options, held_asset(work, conversation))
            case "markdown":
                places = work.places(conversation, path, with_documents=False)
                text = to_letter_markdown(messages, work.options, places)
            case _:
                text = to_letter_text(messages, work.options)
        work.folder.write(key, path, encoded(text))


WRITERS: dict[str, Writer] = {
    "markdown": write_markdown,
    "text": write_text,
    "sillytavern": write_sillytavern,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "sharegpt": write_training,
    "openai": write_training,
    "memory": write_memory,
    "html": write_html,
    "html-file": write_html_file,
    "epub": write_epub,
    "letter": write_letter,
}
