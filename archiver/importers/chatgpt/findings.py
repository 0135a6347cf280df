"""What turned up while one conversation was read: counts, and oddities told once with their number.

A damaged conversation can be odd 100,000 times in the same way; the person needs one sentence that says how often, and
the first place to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from archiver.i18n import _, ngettext
from archiver.records import Problem
from archiver.text.times import BadTime, seconds

_NAMES = 500
"""Different names told one by one; the rest is counted together."""
_LONGEST_NAME = 100
_OTHERS = "others"

Sentence: TypeAlias = Callable[[int], str]
"""A finished sentence for a number of cases."""


class Findings:
    """Collects while one conversation is read."""

    def __init__(self) -> None:
        self.content_types: dict[str, int] = {}
        self.unknown_keys: dict[str, int] = {}
        self._odd: dict[Sentence, tuple[int, str]] = {}

    def odd(self, sentence: Sentence, where: str = "") -> None:
        """Note one case of an oddity; ``where`` is the id of the message it was seen in."""
        count, first = self._odd.get(sentence, (0, where))
        self._odd[sentence] = (count + 1, min(first, where))

    def unknown(self, keys: Iterable[str]) -> None:
        """Count keys, roles or types that nobody has seen before."""
        for key in keys:
            _count(self.unknown_keys, key)

    def content_type(self, kind: str) -> None:
        """Count one content of a kind."""
        _count(self.content_types, kind)

    def time(self, value: Any, where: str) -> float | None:
        """``value`` as Unix seconds; None, and an oddity, where it cannot be a time."""
        if value is None:
            return None
        try:
            return seconds(value)
        except BadTime:
            self.odd(bad_time, where)
            return None

    def problems(self, conversation_id: str) -> tuple[Problem, ...]:
        """One problem for each kind of oddity."""
        found = [
            Problem(_("message {id}").format(id=first) if first else "", sentence(count), conversation_id)
            for sentence, (count, first) in self._odd.items()
        ]
        return tuple(sorted(found, key=lambda problem: (problem.what, problem.where)))


def _count(counts: dict[str, int], name: str) -> None:
    name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
    name = name if name in counts or len(counts) < _NAMES else _OTHERS
    counts[name] = counts.get(name, 0) + 1


def bad_time(count: int) -> str:
    """A time such as the year 1970 or 9999."""
    return ngettext(
        "A time cannot be true; it is shown as not recorded.",
        "{count} times cannot be true; they are shown as not recorded.",
        count,
    ).format(count=count)


def not_a_message(count: int) -> str:
    """A node that is no object, or whose message is none."""
    return ngettext(
        "A message is not in the form this program knows; its raw JSON is kept.",
        "{count} messages are not in the form this program knows; their raw JSON is kept.",
        count,
    ).format(count=count)


def parent_missing(count: int) -> str:
    """A message that follows one that is not there."""
    return ngettext(
        "A message follows one that is not in the export; it begins a branch of its own.",
        "{count} messages follow ones that are not in the export; each begins a branch of its own.",
        count,
    ).format(count=count)


def circle(count: int) -> str:
    """Messages that follow each other in a circle."""
    return ngettext(
        "Messages follow each other in a circle; the circle was opened at its earliest message.",
        "Messages follow each other in {count} circles; each was opened at its earliest message.",
        count,
    ).format(count=count)


def wrong_type(count: int) -> str:
    """A known field that holds something else than it should."""
    return ngettext(
        "A field holds something this program does not expect; its raw JSON is kept.",
        "{count} fields hold something this program does not expect; their raw JSON is kept.",
        count,
    ).format(count=count)


def not_replayed(count: int) -> str:
    """A change to a canvas document that could not be carried out again."""
    return ngettext(
        "A change to a canvas document could not be repeated; the change itself is kept as it was written.",
        "{count} changes to canvas documents could not be repeated; the changes themselves are kept as written.",
        count,
    ).format(count=count)


def no_mapping(_count: int) -> str:
    """A conversation whose messages are not where they should be."""
    return _("The messages of this conversation are not in a form this program knows; its raw JSON is kept.")
