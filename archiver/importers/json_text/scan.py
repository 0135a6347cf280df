"""Finds where a JSON value ends by counting its brackets, however deep it is and however its bytes arrive.

One regular expression jumps from bracket to bracket over everything between, strings included, so that no Python code
runs for each token and nothing recurses. It is only ever matched at the place reached so far: searching on from a
string that is not closed yet would look at the same bytes again and again.
"""

from __future__ import annotations

import re

_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
_SCALAR = re.compile(rb'"(?:[^"\\]++|\\.)*+"|-?[0-9][-+.0-9eE]*+|true\b|false\b|null\b|-?(?:NaN|Infinity)\b', re.DOTALL)
_OPENING_OF = {0x7D: 0x7B, 0x5D: 0x5B}
"""The bracket that each closing one belongs to."""


class Mismatch(Exception):
    """A closing bracket belongs to no open one: the value is broken."""


class BracketScan:
    """Follows one bracketed value from its first byte to its last."""

    def __init__(self, start: int) -> None:
        self.place = start
        """Everything before it has been looked at."""
        self.open = bytearray()
        """The brackets that are open at ``place``."""

    def end(self, data: bytes, limit: int) -> int | None:
        """Where the value ends in ``data``; None when that is not before ``limit``: call again with more appended."""
        place = self.place
        brackets = self.open
        to_bracket = _TO_BRACKET.match
        while match := to_bracket(data, place, limit):
            place = match.end()
            bracket = data[place - 1]
            opening = _OPENING_OF.get(bracket)
            if opening is None:
                brackets.append(bracket)
            elif not brackets or brackets.pop() != opening:
                self.place = place
                raise Mismatch
            elif not brackets:
                self.place = place
                return place
        self.place = place
        return None


def scalar_end(data: bytes, start: int) -> int | None:
    """Where the string, number or literal at ``start`` ends; None when there is none, or it is not whole yet."""
    match = _SCALAR.match(data, start)
    return match.end() if match else None
