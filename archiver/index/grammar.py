"""Reads what people type into a tree. Every string means something; nothing raises.

    letter from:me before:2025-08 "good night" (train OR plane*) -ticket

Words stand beside each other: all must match. ``AND`` binds more tightly than ``OR``, and ``OR`` more tightly than
standing beside: ``a b OR c`` is a and (b or c). A quote or bracket that is still open ends with the text; a filter
whose value is missing or makes no sense is left out and told in ``unclear``. Full-width forms and the quotes of every
language work too, as keyboards produce them; so do the German, French and Italian words for the operators where they
are no words of every sentence, between others and with small letters somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import NamedTuple

from archiver.index import filters
from archiver.index.nodes import Either, Every, Node, Titled, Without, Words
from archiver.text.patterns import patterns

MOST_CHARACTERS, MOST_OPERANDS, DEEPEST = 2_000, 100, 40

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02\u301d\u301e\u301f'
_STAR = ("*", "\uff0a")
_TOKEN = re.compile(
    rf"""
    (?P<space> \s+ )
  | (?P<open> [(\uff08] ) | (?P<close> [)\uff09] )
  | (?P<not> [-\uff0d\u2212] (?=[^\s\-]) | NOT (?=\s|$) | (?<=\s)(?:NICHT|SAUF)(?=\s+\S) )
  | (?P<and> (?: AND | && ) (?=\s|$) | (?<=\s)(?:UND|ET)(?=\s+\S) )
  | (?P<or> (?: OR | [|\uff5c]{{1,2}} ) (?=\s|$) | (?<=\s)(?:ODER|OU|OPPURE)(?=\s+\S) )
  | (?P<filter> (?i: {"|".join(filters.NAMES)} ) ) [:\uff1a] (?P<pause> \s? )
        (?: [{_QUOTES}] (?P<quoted> [^{_QUOTES}]* ) [{_QUOTES}]? | (?P<value> [^\s(){_QUOTES}]* ) )
  | [{_QUOTES}] (?P<phrase> [^{_QUOTES}]* ) (?: [{_QUOTES}] | $ )
  | (?P<number> [0-9]{{1,3}} (?: [ \u00a0\u202f] [0-9]{{3}} )+ [*\uff0a]? (?= \s | $ | \) ) )
  | (?P<word> [^\s()\uff08\uff09{_QUOTES}]+ )
    """,
    re.VERBOSE,
)


_OTHER_OPERATORS = frozenset(["NICHT", "SAUF", "UND", "ET", "ODER", "OU", "OPPURE"])


class Token(NamedTuple):
    """A piece of what was typed; ``node`` for operands."""

    kind: str
    node: Node | None = None


@dataclass(slots=True)
class Reading:
    """What was read: the tree, the sections to search, and what made no sense."""

    node: Node | None = None
    sections: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    """Sections that must not be searched (``-in:code``)."""
    unclear: list[str] = field(default_factory=list)


def read(typed: str, now: datetime, timezone: tzinfo | None) -> Reading:
    """The meaning of ``typed``."""
    reading = Reading()
    tokens = _Lexer(reading, now, timezone).tokens(typed[:MOST_CHARACTERS])
    parser = _Parser(tokens)
    reading.node = parser.sequence(0)
    if len(typed) > MOST_CHARACTERS or parser.has_left_out:
        reading.unclear.append("…")
    return reading


class _Lexer:
    """Cuts the text into operands and operators."""

    def __init__(self, reading: Reading, now: datetime, timezone: tzinfo | None) -> None:
        self._reading = reading
        self._filters: dict[str, Callable[[str], Node | None]] = filters.readers(now, timezone)
        self._is_negated = False

    def tokens(self, typed: str) -> list[Token]:
        found: list[Token] = []
        is_loud = not any(map(str.islower, typed))
        for match in _TOKEN.finditer(typed):
            kind = match.lastgroup or ""
            if kind in {"not", "and", "or"} and is_loud and match.group() in _OTHER_OPERATORS:
                kind = "word"
            if kind in {"quoted", "value"}:
                kind = "filter"
            if kind == "space":
                continue
            token = self._token(kind, match)
            self._is_negated = kind == "not"
            if token and len(found) < 4 * MOST_OPERANDS:
                found.append(token)
        return found

    def _token(self, kind: str, match: re.Match[str]) -> Token | None:
        match kind:
            case "filter":
                node = self._filter(match)
            case "phrase":
                node = _words(match["phrase"], is_phrase=True)
            case "number":
                node = _number(match["number"])
            case "word":
                node = _words(match.group())
            case _:
                return Token(kind)
        return Token("operand", node)

    def _filter(self, match: re.Match[str]) -> Node | None:
        name, quoted = filters.NAMES[match["filter"].casefold()], match["quoted"]
        asked = match["value"] if quoted is None else quoted
        if name == "title":
            words = _words(asked, is_phrase=quoted is not None)
            return Titled(words) if words else None
        if name == "in":
            return self._section(match, asked)
        node = self._filters[name](asked)
        return self._unclear(match, asked) if node is None and asked else node

    def _unclear(self, match: re.Match[str], asked: str) -> Node | None:
        """Behind a space it is rather the next word than a value."""
        if match["pause"]:
            return _words(asked)
        self._reading.unclear.append(match.group())
        return None

    def _section(self, match: re.Match[str], asked: str) -> Node | None:
        sections = filters.SECTION_NAMES.get(asked.casefold())
        if not sections:
            return self._unclear(match, asked) if asked else None
        (self._reading.hidden if self._is_negated else self._reading.sections).update(sections)
        return None


def _words(typed: str, *, is_phrase: bool = False) -> Words | None:
    is_prefix = typed.endswith(_STAR)
    found = patterns(typed, is_prefix=is_prefix)
    return Words(typed, found, is_phrase) if found else None


def _number(typed: str) -> Node | None:
    """Thousands set apart by spaces, or just numbers beside each other."""
    groups = typed.split()
    together, apart = _words("".join(groups)), [_words(group) for group in groups]
    return Either(tuple(node for node in (together, Every(tuple(node for node in apart if node))) if node))


class _Parser:
    """Joins operands; an operator without its operand is as if it were not there."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._operands = 0
        self.has_left_out = False
        """Whether there were more words than are looked for."""

    def _next(self) -> str:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else ""

    def _skip(self, *kinds: str) -> bool:
        found = self._next() in kinds
        self._place += found
        return found

    def sequence(self, depth: int) -> Node | None:
        nodes = []
        while self._place < len(self._tokens):
            if self._next() == "close":
                if depth:
                    break
                self._place += 1
                continue
            if node := self._either(depth):
                nodes.append(node)
        return _joined(Every, nodes)

    def _either(self, depth: int) -> Node | None:
        nodes = [self._every(depth)]
        while self._skip("or"):
            while self._skip("or", "and"):
                pass
            if self._next() not in {"", "close"}:
                nodes.append(self._every(depth))
        return _joined(Either, [node for node in nodes if node])

    def _every(self, depth: int) -> Node | None:
        nodes = [self._operand(depth)]
        while self._skip("and"):
            if self._next() not in {"", "close", "or"}:
                nodes.append(self._operand(depth))
        return _joined(Every, [node for node in nodes if node])

    def _operand(self, depth: int) -> Node | None:
        is_negated = False
        while self._skip("not"):
            is_negated = not is_negated
        node = None
        if self._next() == "operand":
            node = self._tokens[self._place].node if self._operands < MOST_OPERANDS else None
            self.has_left_out |= self._operands >= MOST_OPERANDS
            self._operands += 1
            self._place += 1
        elif self._next() == "open":
            self._place += 1
            if depth < DEEPEST:
                node = self.sequence(depth + 1)
                self._skip("close")
        elif self._next() == "and":
            self._place += 1
        return Without(node) if node and is_negated else node


def _joined(kind: type[Every] | type[Either], nodes: list[Node]) -> Node | None:
    """What is said twice counts once."""
    different = tuple(dict.fromkeys(nodes))
    return kind(different) if len(different) > 1 else different[0] if different else None
