"""Finds where a JSON value ends by counting its brackets, however deep it is and however its bytes arrive.

One regular expression jumps from bracket to bracket over everything between, strings included, so that no Python code
runs for each token and nothing recurses.
"""

from __future__ import annotations

import re

_NEXT_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(rb'[^\s,\[\]{}"]++')
_OPENING = {0x7D: 0x7B, 0x5D: 0x5B}
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

    def end(self, data: bytes) -> int | None:
        """Where the value ends in ``data``; None when ``data`` stops before that: call again with more appended."""
        place = self.place
        brackets = self.open
        for match in _NEXT_BRACKET.finditer(data, place):
            if match.start() != place:
                break
            place = match.end()
            bracket = data[place - 1]
            opening = _OPENING.get(bracket)
            if opening is None:
                brackets.append(bracket)
            elif not brackets or brackets.pop() != opening:
                raise Mismatch
            elif not brackets:
                self.place = place
                return place
        self.place = place
        return None


def scalar_end(data: bytes, start: int) -> int | None:
    """Where the string, number or literal at ``start`` ends; None when ``data`` stops inside it or right after it."""
    match = (_STRING if data[start] == 0x22 else _SCALAR).match(data, start)
    if match is None or match.end() == len(data):
        return None
    return match.end()
