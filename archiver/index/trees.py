"""From the tree of a typed query to a Whoosh query.

Which keys a word is looked up under, in which fields and sections; what a query without words lists; conditions on
whole conversations become conditions on their messages.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from whoosh.query.compound import And, DefaultOr
from whoosh.query.qcore import NullQuery, Query
from whoosh.query.terms import Term

from archiver.index.documents import AUDIO, FILE, IMAGE, OTHER, SECTIONS, TOOL, VISIBLE
from archiver.index.nodes import (
    Condition,
    Either,
    Every,
    From,
    Has,
    Identified,
    Model,
    Node,
    Spoken,
    Time,
    Titled,
    Without,
    Words,
    leaves,
)  # fmt: skip
from archiver.index.queries import (
    BeginningQuery,
    ConditionQuery,
    LoweredQuery,
    OtherBeginningQuery,
    OtherFormQuery,
    OtherSpellingQuery,
    PhraseQuery,
    TitlesQuery,
    WithoutQuery,
)
from archiver.index.segment_search import SegmentSearch
from archiver.index.wanted import AnyBit, Between, Named, OneOf, Phrase
from archiver.text.fold import fold, has_variants
from archiver.text.keys import keys, spellings
from archiver.text.patterns import Pattern, Step
from archiver.text.tokens import PARTINGS, is_run

_FOREVER = 1 << 33
_SAME_IN_BOTH = frozenset(("王后", "皇后", "太后", "母后"))
"""Words that Simplified and Traditional Chinese write alike, though 后 stands for 後 elsewhere (老王後來)."""


class Compiler:
    """Makes Whoosh queries for the segments of one index.

    ``conversations`` finds the conversations of a Whoosh query, ``resolve`` those whose id begins so.
    """

    def __init__(
        self,
        searches: Sequence[SegmentSearch],
        sections: Iterable[str],
        conversations: Callable[[Query], Iterable[int]],
        resolve: Callable[[str], Iterable[int]],
    ) -> None:
        self._searches, self._sections = searches, tuple(sections)
        self._conversations, self._resolve = conversations, resolve

    def query(self, node: Node | None, *, is_section_asked: bool) -> Query:
        """The whole query; ``node`` is None when only sections are asked for."""
        parts = [] if node is None else [self._node(node)]
        found = list(leaves(node, negated=False)) if node else []
        if not any(isinstance(leaf, Words) for leaf in found):
            parts.append(self._listed(found, is_section_asked=is_section_asked))
        return _and(parts)

    def _listed(self, found: Sequence[Words | Condition], *, is_section_asked: bool) -> Query:
        """What a query without words lists."""
        if is_section_asked:
            return ConditionQuery(AnyBit("sections", _bits(self._sections)))
        kinds = set(map(type, found))
        if kinds & {Titled, Identified} and kinds <= {Titled, Identified, Time}:
            return TitlesQuery(is_title=True)
        if any(isinstance(leaf, From) and leaf.speaker in {TOOL, OTHER} for leaf in found):
            return TitlesQuery(is_title=False)
        return self._shown()

    def _shown(self) -> Query:
        """Messages with something that the provider's own screen shows."""
        text = ConditionQuery(AnyBit("sections", _bits(VISIBLE)))
        media = ConditionQuery(AnyBit("flags", IMAGE | AUDIO | FILE))
        return And([_or([text, media]), TitlesQuery(is_title=False)])

    def _node(self, node: Node) -> Query:
        match node:
            case Every(nodes):
                wanted = [self._node(part) for part in nodes if not isinstance(part, Without)]
                unwanted = [self._node(part.node) for part in nodes if isinstance(part, Without)]
                found = _and(wanted or [self._shown()])
                return WithoutQuery(found, _or(unwanted)) if unwanted else found
            case Either(nodes):
                return _or([self._node(part) for part in nodes])
            case Without(part):
                return WithoutQuery(self._shown(), self._node(part))
            case Words():
                return self._words(node, self._sections)
            case From(speaker):
                return ConditionQuery(OneOf("speaker", frozenset((speaker,))))
            case Model(slug, is_asked):
                return ConditionQuery(Named("asked" if is_asked else "answered", slug))
            case Time(begin, end):
                return ConditionQuery(Between("created", begin or 0, _FOREVER if end is None else end))
            case Has(flag):
                return ConditionQuery(AnyBit("flags", flag))
            case Spoken(bits):
                return ConditionQuery(AnyBit("languages", bits))
            case Titled(words):
                return self._conversation(self._conversations(self._words(words, ("title",))))
            case Identified(id_):
                return self._conversation(self._resolve(id_))
        raise TypeError(node)

    def _conversation(self, conversations: Iterable[int]) -> Query:
        return ConditionQuery(OneOf("conversation", frozenset(conversations)))

    def _words(self, words: Words, sections: Sequence[str]) -> Query:
        visible = tuple(section for section in VISIBLE if section in sections)
        hidden = tuple(section for section in SECTIONS if section in sections and section not in VISIBLE)
        parts = []
        if visible:
            parts.append(self._in_field(words, "body", () if visible == VISIBLE else visible))
        if hidden:
            parts.append(self._in_field(words, "hidden", () if len(hidden) == len(SECTIONS) - len(VISIBLE) else hidden))
        return _or(parts)

    def _in_field(self, words: Words, field: str, sections: tuple[str, ...]) -> Query:
        if sections == ("title",):
            return And([self._in_field(words, field, ()), TitlesQuery(is_title=True)])
        phrases = [phrase_of(pattern, field, sections) for pattern in words.patterns]
        found = _or(list(map(self._pattern, words.patterns, phrases)))
        typed, *others = phrases
        return LoweredQuery(found, OtherSpellingQuery(typed, tuple(others))) if others else found

    def _pattern(self, pattern: Pattern, phrase: Phrase) -> Query:
        field, steps, sections = phrase.field, phrase.steps, phrase.sections
        if len(steps) > 1 or sections:
            query: Query = PhraseQuery(phrase)
        elif pattern.is_prefix:
            beginnings = _or([BeginningQuery(field, key) for key in steps[0][1]])
            token = pattern.steps[0].token
            if fold(token) == token and not (len(token) == 1 and has_variants(token)):
                return beginnings
            return LoweredQuery(beginnings, OtherBeginningQuery(field, steps[0][1][0], token.encode()))
        else:
            query = _or([Term(field, key) for key in steps[0][1]])
        exact = Phrase(field, tuple((step.offset, (_exact(step),)) for step in pattern.steps), sections=sections)
        if pattern.is_prefix or pattern.starts_word or not self._has_other_forms(phrase, exact):
            return query
        return LoweredQuery(query, OtherFormQuery(phrase, exact))

    def _has_other_forms(self, phrase: Phrase, exact: Phrase) -> bool:
        """Whether any of the words stands anywhere in another form than typed."""
        for (_offset, wanted), (_same, (form,)) in zip(phrase.steps, exact.steps, strict=True):
            plain, _mark, light = form.partition(b"\x01")
            entry_key = plain if plain == light else form
            for search in self._searches:
                field = search.fields.get(phrase.field)
                for forms in map(field.forms, wanted) if field else ():
                    if [entry for entry in forms if entry.key != entry_key]:
                        return True
        return False


def phrase_of(pattern: Pattern, field: str, sections: tuple[str, ...] = ()) -> Phrase:
    """What a segment is asked for to find a pattern."""
    if len(pattern.steps) == 1 and pattern.steps[0].token in _SAME_IN_BOTH:
        steps: tuple[tuple[int, tuple[bytes, ...]], ...] = ((0, (_exact(pattern.steps[0]),)),)
    else:
        steps = tuple((step.offset, _keys(step)) for step in pattern.steps)
    return Phrase(field, steps, pattern.is_prefix, pattern.starts_word, sections)


def _keys(step: Step) -> tuple[bytes, ...]:
    token = step.token
    if token in PARTINGS:
        return (token.encode(),)
    if token[0] in ".\u066b":
        return (_exact(step),)
    found = (fold(token),) if is_run(token) else spellings(token)
    return tuple(key.encode("utf-8", "replace") for key in dict.fromkeys(found))


def _exact(step: Step) -> bytes:
    return f"{keys(step.token)[0]}\x01{step.token}".encode("utf-8", "replace")


def _bits(sections: Iterable[str]) -> int:
    return sum(1 << SECTIONS.index(section) for section in sections)


def _and(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else And(parts) if parts else NullQuery


def _or(parts: list[Query]) -> Query:
    """Not Whoosh's plain ``Or``: with few documents that leaves out those whose score is not above 0."""
    return parts[0] if len(parts) == 1 else DefaultOr(parts) if parts else NullQuery
