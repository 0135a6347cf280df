"""ChatGPT's exports of every era, read one conversation at a time.

The modules beside this one know one thing each: where conversations lie (``layout``), how they are read
(``reading``), in what forms they come (``shapes``), what they mean (``tree``), which files came
with them (``files``) and how they were rated (``feedback``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from archiver.errors import NotAnExport
from archiver.i18n import _
from archiver.importers.base import Feedback, FileOrigin, FindFiles, OnBytes, RawConversation, Understood, no_files
from archiver.importers.chatgpt import tree
from archiver.importers.chatgpt.differences import contradictions
from archiver.importers.chatgpt.feedback import read_feedback
from archiver.importers.chatgpt.file_parts import holds_files, only_files
from archiver.importers.chatgpt.files import read_assets
from archiver.importers.chatgpt.layout import find_layout
from archiver.importers.chatgpt.library import read_library, read_names
from archiver.importers.chatgpt.names import is_beside, is_json, is_named_by_provider, is_sent
from archiver.importers.chatgpt.reading import read_layout
from archiver.importers.chatgpt.rules import RULES
from archiver.importers.chatgpt.saved_pages import gathered, lack_pages
from archiver.importers.chatgpt.shapes import derived_id, has_messages, missing_pages, normalised, page_id
from archiver.importers.json_text.twice import keys_twice
from archiver.importers.json_text.value import BrokenJson, is_shallow, loses_digits, read_beginning, read_json
from archiver.importers.sources.members import folder_of
from archiver.importers.sources.source import Source
from archiver.records import Asset, Disagreement, Observation, Problem


class ChatGPT:
    """The importer for ChatGPT."""

    name = "chatgpt"
    rules = RULES

    def accepts(self, source: Source) -> bool:
        """Whether there are ChatGPT conversations in ``source``, or files that belong to some."""
        return find_layout(source) is not None or holds_files(source)

    def read(
        self, source: Source, on_bytes: OnBytes, cancelled: Callable[[], bool]
    ) -> Iterator[RawConversation | Problem]:
        """Every conversation, one at a time; raises ``Cancelled`` when asked to stop."""
        layout = find_layout(source)
        if layout is None and holds_files(source):
            yield only_files(source)
            return
        if layout is None:
            raise NotAnExport(_("“{name}” holds no ChatGPT conversations.").format(name=source.name))
        yield from read_layout(source, layout, on_bytes, cancelled)

    def made(self, source: Source) -> float | None:
        """When the newest of its conversations was packed, or of its files where it has no conversations."""
        layout = find_layout(source)
        times = [source.members[name].modified for name in (layout.members if layout else source.members)]
        return max((time for time in times if time is not None), default=None)

    def parse(self, data: bytes, value: dict[str, Any] | None = None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """One conversation with its ``mapping``; ``value`` is ``data`` where it is parsed already."""
        problems: list[Problem] = []
        anything: Any = value
        if value is None or loses_digits(data) or not is_shallow(value):
            anything, problems = _read(data)
        conversation = normalised(anything)
        both, faults = keys_twice(data, conversation)
        if both and not problems:
            conversation = normalised(both)
        problems += map(_fault, faults)
        if not missing_pages(conversation):
            conversation.pop("page_info", None)
        return conversation, tuple(problems)

    def gather(self, observations: Sequence[Observation]) -> list[Observation]:
        """What several sources said of one conversation, with its pages joined to one value."""
        return gathered(observations)

    def lacks(self, observations: Sequence[Observation]) -> str:
        """A sentence when all that is ``gathered`` of a conversation says that there are more messages of it."""
        return _("Some of its messages are on pages that are not here.") if lack_pages(observations) else ""

    def contradictions(self, whole: dict[str, Any], said: Mapping[str, Sequence[Any]]) -> set[str]:
        """Where sources differ by more than what the slim form leaves out."""
        return contradictions(whole, said)

    def conversation_id(self, value: dict[str, Any]) -> str:
        """The conversation's id under either of its two keys."""
        return page_id(value) or derived_id(value)

    def is_empty(self, value: dict[str, Any]) -> bool:
        """Whether no node holds a message."""
        return not has_messages(value)

    def understand(
        self,
        value: dict[str, Any],
        feedback: Mapping[str, Feedback],
        find_files: FindFiles = no_files,
        disagreements: Sequence[Disagreement] = (),
    ) -> Understood:
        """The conversation in this program's words."""
        return tree.understand(value, feedback, find_files, disagreements)

    def assets(self, source: Source) -> Iterator[Asset | Problem]:
        """Pictures, sounds and files."""
        return read_assets(source)

    def feedback(self, source: Source) -> Iterator[Feedback | Problem]:
        """Thumbs up and down."""
        return read_feedback(source)

    def origins(self, source: Source) -> Iterator[FileOrigin]:
        """Which message each file of the export's lists came from, and what it is called."""
        listed = (item for item in chain(read_library(source), read_names(source)) if isinstance(item, FileOrigin))
        return (file for file in listed if file.name or file.conversation_id or file.message_id)

    def own_files(self, source: Source) -> set[str]:
        """Conversations, the JSON and pages beside them, files named by an id or in the export's own folders."""
        layout = find_layout(source)
        conversations = layout.members if layout else ()
        folders = {folder_of(name) for name in conversations}
        return set(conversations) | {
            name
            for name in source.members
            if "!" in name or is_named_by_provider(name) or (folder_of(name) in folders and is_beside(name))
        }

    def sidecars(self, source: Source) -> Iterator[str]:
        """The JSON members that hold no conversations."""
        layout = find_layout(source)
        conversations = set(layout.members) if layout else set()
        return (name for name in source.members if is_json(name) and not is_sent(name) and name not in conversations)


def _read(data: bytes) -> tuple[Any, list[Problem]]:
    """The JSON of a slice; of a broken one what stands before the break, if that tells which conversation it is."""
    try:
        value, faults = read_json(data)
    except BrokenJson as error:
        value = read_beginning(error)
        if not (isinstance(value, dict) and page_id(value) and has_messages(value)):
            raise
        what = _("{reason} The messages before that place are kept.").format(reason=error)
        return value, [Problem("", what, is_loss=True)]
    return value, [_fault(fault) for fault in faults]


def _fault(sentence: str) -> Problem:
    return Problem("", sentence)
