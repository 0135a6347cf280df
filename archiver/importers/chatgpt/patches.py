"""Changes to a canvas document, repeated without trusting them: regular expressions out of a file.

Python's matcher has no time limit, and a replacement can double a text as often as a file says. So every change is
weighed before it is tried, and a conversation may spend only so much work; what is too heavy is given up.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from archiver.importers.chatgpt.fields import mapping

_WHOLE = (".*", "(?s).*", "(?s)^.*$", "^.*$", "[\\s\\S]*")
"""How a call says that it writes the whole document anew."""

_STEPS = 400_000_000
"""Steps of the matcher for all changes of a conversation: a few seconds."""
_CHARACTERS = 60_000_000
"""Characters of all versions of all documents of a conversation."""
_PER_MATCH = 200
"""What one replacement costs, in characters, however short it is."""
_LONGEST_PATTERN = 20_000
_CHOICE = re.compile(
    r"""\\.                                              # an escaped sign is no choice
    | \[\^?\]?(?:\\.|[^\]\\])*+\]                        # nor is anything between brackets
    | (?P<endless>\)(?:[*+]|\{\d*,?\d*\}))               # a group that repeats
    | \(\?[:=!imsx<P]                                    # a group that only groups or looks ahead
    | (?P<many>(?:[*+]|\{\d*,?\d*\})[?+]?)
    | (?P<two>\?|\|)
    """,
    re.DOTALL | re.VERBOSE,
)
_PREFIX = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])*+")


class TooHeavy(Exception):
    """A change would take more work or room than all changes of a conversation may."""


class Effort:
    """What the changes of one conversation may still cost."""

    def __init__(self) -> None:
        self._steps = _STEPS
        self._characters = _CHARACTERS

    def can_search(self, pattern: str, words: str) -> bool:
        """Spend the steps that looking for ``pattern`` can take at most; False where there are not as many left."""
        needed = steps(pattern, words)
        if needed > self._steps:
            return False
        self._steps -= needed
        return True

    def write(self, characters: int) -> None:
        """Spend the room of a new text."""
        self._characters -= characters
        if self._characters < 0:
            raise TooHeavy


def apply_updates(words: str, updates: Any, effort: Effort) -> str | None:
    """A text after a list of changes; None where one of them cannot be carried out."""
    if not isinstance(updates, list) or not updates:
        return None
    for update in updates:
        change = mapping(update)
        pattern, replacement = change.get("pattern"), change.get("replacement")
        if not isinstance(pattern, str) or not isinstance(replacement, str):
            return None
        changed = _apply(words, pattern, replacement, effort, is_multiple=change.get("multiple") is True)
        if changed is None:
            return None
        words = changed
    return words


def _apply(words: str, pattern: str, replacement: str, effort: Effort, *, is_multiple: bool) -> str | None:
    if pattern in _WHOLE:
        effort.write(len(replacement))
        return replacement
    for flags in (re.NOFLAG, re.DOTALL, re.MULTILINE):
        compiled = _compiled(pattern, flags)
        if compiled is None or not effort.can_search(pattern, words):
            break
        changed = _substitute(compiled, words, replacement, effort, is_multiple=is_multiple)
        if changed is not None:
            return changed
    if pattern and pattern in words:
        return _substitute(re.compile(re.escape(pattern)), words, replacement, effort, is_multiple=is_multiple)
    return None


def _compiled(pattern: str, flags: re.RegexFlag) -> re.Pattern[str] | None:
    """A pattern ready for use; None where it is none, or too long to be one."""
    if len(pattern) > _LONGEST_PATTERN:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubts about the style of a pattern are nobody's business here
        try:
            return re.compile(pattern, flags)
        except (re.error, OverflowError, RecursionError):
            return None


def _substitute(
    pattern: re.Pattern[str], words: str, replacement: str, effort: Effort, *, is_multiple: bool
) -> str | None:
    """``words`` with one or every match replaced; None where there is no match."""
    written: list[str] = []
    at = 0
    for match in pattern.finditer(words):
        written += (words[at : match.start()], _expanded(match, replacement))
        effort.write(len(written[-2]) + len(written[-1]) + _PER_MATCH)
        at = match.end()
        if not is_multiple:
            break
    effort.write(len(words) - at)
    return "".join((*written, words[at:])) if written else None


def _expanded(match: re.Match[str], replacement: str) -> str:
    try:
        return match.expand(replacement)
    except (re.error, IndexError):
        return replacement


def steps(pattern: str, words: str) -> int:
    """How many steps the matcher may take at most, near enough.

    Each repetition that a pattern leaves open can multiply the work by the length of the text, each alternative by two;
    a group that repeats can double it with every letter. It begins only where the pattern's first letters stand.
    """
    many = two = 0
    for match in _CHOICE.finditer(pattern):
        if match["endless"]:
            return _STEPS + 1
        many += match["many"] is not None
        two += match["two"] is not None
    length = len(words) + 1
    begins = length if "|" in pattern else words.count(_first_letters(pattern)) + 1
    return int(min(begins * length ** min(many, 9) * 2 ** min(two, 40) + length, _STEPS + 1))


def _first_letters(pattern: str) -> str:
    """The letters that every match of a pattern begins with."""
    prefix = _PREFIX.match(pattern)
    letters = prefix[0] if prefix else ""
    # The last of them may be optional: ``colou?r``.
    if letters != pattern:
        letters = letters[:-2] if letters[-2:-1] == "\\" else letters[:-1]
    return re.sub(r"\\(.)", r"\1", letters, flags=re.DOTALL)
