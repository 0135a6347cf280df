"""One conversation as Markdown that opens well everywhere and holds every word as it was written.

    Conversation -> View (path, branches, what is hidden) -> front matter + messages -> str

Pure: files, names and copies are made elsewhere. The words themselves pass through ``markdown_blocks``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from archiver.exporters.front_matter import Bare, Value, front_matter, tag
from archiver.exporters.inert import plain, quote
from archiver.exporters.markdown_blocks import Blocks, Places
from archiver.exporters.moments import iso, moment
from archiver.exporters.options import ExportOptions
from archiver.exporters.shown import Shown, Versions, View, models, speaker, title_of, written
from archiver.i18n import _
from archiver.records import Conversation, Message, Speech

_MENTION = 80
"""Characters of a version that is only named."""


def to_markdown(conversation: Conversation, options: ExportOptions, places: Places | None = None) -> str:
    """The whole file: front matter, title, the messages of the path, and the other branches as asked."""
    return "".join(_Writer(conversation, options, places or Places()).pieces())


def block_of(shown: Shown, options: ExportOptions, places: Places, *, quoted: bool = False) -> str:
    """The words of one message, without a heading; ``quoted`` as a quote."""
    blocks = Blocks(options, places, quoted=quoted)
    words = "\n\n".join(block for part in shown.parts if (block := blocks.of(part, shown.message)))
    return quote(words) if quoted else words


def _head(conversation: Conversation, places: Places) -> str:
    """The front matter."""
    title = title_of(conversation)
    counts = models(conversation)
    values: dict[str, Value] = {
        "title": title,
        "aliases": (title,),
        "conversation_id": conversation.id,
        "created": Bare(iso(conversation.created)),
        "updated": Bare(iso(conversation.updated)),
        "models": counts,
        "message_count": sum(1 for message in conversation.messages if not message.hidden),
        "provider": conversation.provider,
        "project": conversation.project,
        "default_model": conversation.default_model,
        "archived": conversation.is_archived or "",
        "source": tuple(name for name, _digest in places.sources),
        "source_sha256": tuple(digest for _name, digest in places.sources),
        "tags": tuple(dict.fromkeys((tag(conversation.provider), *(tag(f"model/{slug}") for slug in counts)))),
    }
    return front_matter(values)


class _Writer:
    """Writes one conversation; remembers the day, so that the date is said once a day."""

    def __init__(self, conversation: Conversation, options: ExportOptions, places: Places) -> None:
        self._conversation = conversation
        self._options = options
        self._places = places
        self._blocks = Blocks(options, places)
        self._day = ""

    def pieces(self) -> Iterator[str]:
        """The file, piece by piece."""
        yield _head(self._conversation, self._places)
        yield f"\n# {plain(title_of(self._conversation))}\n"
        view = View(self._conversation, self._options)
        for shown in view.current():
            yield self._message(shown)
        yield from self._versions(view.others())
        # Footnotes inside a quote are not found by every reader, so they all stand at the end.
        if self._blocks.footnotes:
            yield "\n" + "\n".join(self._blocks.footnotes) + "\n"

    def _versions(self, others: list[Versions]) -> Iterator[str]:
        """The branches that were not taken: named by their first words, or in full."""
        if not others:
            return
        yield f"\n## {_('Other versions')}\n"
        if self._options.branches == "current":
            yield "\n"
            yield from (self._mention(versions.fork) for versions in others)
            return
        for versions in others:
            self._day = ""
            yield f"\n---\n\n*{_('A branch that was not taken:')}*\n"
            for shown in versions.messages:
                yield self._message(shown)

    def _mention(self, fork: Shown) -> str:
        words = " ".join(written(fork.message).split())
        words = words if len(words) <= _MENTION else words[:_MENTION].rstrip() + "…"
        return f"- {self._heading(fork)}: {plain(words)}\n"

    def _message(self, shown: Shown) -> str:
        message = shown.message
        blocks = [block for part in shown.parts if (block := self._blocks.of(part, message))]
        heading = self._heading(shown)
        if self._options.style == "plain":
            return f"\n## {heading}\n\n" + "\n\n".join(blocks) + "\n"
        folded = "-" if message.hidden else ""
        kind = message.role if message.role in {"user", "assistant"} else "note"
        return "\n".join([f"\n> [!{kind}]{folded} {heading}", *(f">\n{quote(block)}" for block in blocks), ""])

    def _heading(self, shown: Shown) -> str:
        message = shown.message
        words = [_plain(speaker(message, self._options))]
        if message.role == "assistant":
            words.append(_model(message))
        if any(type(part) is Speech for part in message.parts):
            words.append(_("spoken"))
        words.append(self._when(message.created))
        if shown.branch.of > 1:
            words.append(_("version {number} of {of}").format(number=shown.branch.number, of=shown.branch.of))
        if message.status:
            words.append(plain(message.status))
        return " · ".join(words)

    def _when(self, created: float | None) -> str:
        local = moment(created)
        if local is None:
            return _("time not recorded")
        date, clock, _second, offset = local
        if date == self._day:
            return f"{clock} {offset}"
        self._day = date
        return f"{date} {clock} {offset}"


@lru_cache(maxsize=256)
def _plain(name: str) -> str:
    """The few names that stand above every message."""
    return plain(name)


def _model(message: Message) -> str:
    """Which model wrote a reply, and which was asked where that is another."""
    if not message.answered:
        return _("model not recorded")
    answered = _plain(message.answered)
    if message.asked and message.asked not in {message.answered, "auto"}:
        return _("{answered} (asked: {asked})").format(answered=answered, asked=_plain(message.asked))
    return answered
