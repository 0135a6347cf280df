"""One opened segment as it is searched: words and phrases by field, and conditions on columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import compress, count, islice
from operator import ne

from archiver.index.documents import SECTIONS, VISIBLE
from archiver.index.field_search import Counted, FieldSearch
from archiver.index.phrase_search import PhraseSearch
from archiver.index.segment import Segment
from archiver.index.wanted import Condition, Phrase

_MOST_CONDITIONS = 8
_STRETCH = 64
_LENGTHS = bytes(range(1, 256))


class SegmentSearch:
    """Everything that one segment can be asked."""

    def __init__(self, segment: Segment) -> None:
        self.segment, self.info, self.columns = segment, segment.info, segment.columns
        self.fields = {
            name: FieldSearch(dictionary, segment.columns, name) for name, dictionary in segment.dictionaries.items()
        }
        self._phrases = {name: PhraseSearch(field, self.columns) for name, field in self.fields.items()}
        self._conditions: dict[Condition, frozenset[int]] = {}
        self._shortest: dict[str, int] = {}

    def counted(self, phrase: Phrase) -> Counted:
        """The documents of a phrase, and how often it comes in each."""
        return self._phrases[phrase.field].counted(phrase) if phrase.field in self._phrases else ((), ())

    def documents_of(self, phrase: Phrase) -> Sequence[int]:
        """The documents of a phrase, or of a single word."""
        field = self.fields.get(phrase.field)
        if field is None:
            return ()
        if len(phrase.steps) > 1 or phrase.is_prefix or phrase.sections:
            return self.counted(phrase)[0]
        lists = [field.counted(key)[0] for key in phrase.steps[0][1]]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def exact_documents(self, phrase: Phrase, exact: Phrase) -> set[int]:
        """Those of its documents in which a phrase stands in the forms of ``exact``."""
        return self._phrases[phrase.field].exact_documents(phrase, exact) if phrase.field in self._phrases else set()

    def sections_holding(self, document: int, phrases: Iterable[Phrase]) -> set[str]:
        """The sections of a document in which any of the phrases begins."""
        mask = self.columns["sections"][document]
        held: set[str] = set()
        for phrase in phrases:
            if phrase.field in self._phrases:
                held |= self._phrases[phrase.field].sections(document, phrase)
            if not held and document in self.documents_of(phrase):
                is_body = phrase.field == "body"
                held.update(
                    name for bit, name in enumerate(SECTIONS) if mask >> bit & 1 and (name in VISIBLE) == is_body
                )
        return held

    def newest(self, documents: Sequence[int], limit: int) -> list[int]:
        """The places of the ``limit`` newest of some rising documents, and of others that are as new as the last.

        Stretches of the segment are looked through, that with the newest message first, until no other can have one.
        """
        created = self.columns["created"]
        found: list[tuple[int, int]] = []
        lowest = -1
        for latest, begin in self._stretches if len(documents) > 2 * limit else ((0, -1),):
            if latest < lowest:
                break
            if begin < 0:
                places = range(len(documents))
            else:
                start = bisect_left(documents, begin)
                places = range(start, bisect_left(documents, begin + _STRETCH, start))
            found += [(created[documents[place]], place) for place in places]
            if len(found) >= limit:
                lowest = nlargest(limit, found)[-1][0]
                found = [each for each in found if each[0] >= lowest]
        return [place for _created, place in found]

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        """The latest time of each stretch of documents and where it begins, the latest first."""
        created = self.columns["created"]
        begins = range(0, len(created), _STRETCH)
        return sorted(((max(created[begin : begin + _STRETCH]), begin) for begin in begins), reverse=True)

    def shortest(self, field: str) -> int:
        """The least length that a message with words in this field has, in one byte."""
        found = self._shortest.get(field)
        if found is None:
            lengths = bytes(self.fields[field].lengths[: self.info.first_title])
            present = _LENGTHS.translate(None, _LENGTHS.translate(None, lengths))
            found = self._shortest[field] = present[0] if present else 1
        return found

    def stretches_of(self, conversation: int) -> Sequence[tuple[int, int]]:
        """Where the documents of a conversation begin and end: its messages, and its title."""
        return self._conversation_stretches.get(conversation, ())

    @cached_property
    def _conversation_stretches(self) -> dict[int, list[tuple[int, int]]]:
        stretches: dict[int, list[tuple[int, int]]] = {}
        conversations = self.columns.listed("conversation")
        others = map(ne, conversations, islice(conversations, 1, None))
        begin = 0
        for end in [*compress(count(1), others), len(conversations)]:
            stretches.setdefault(conversations[begin], []).append((begin, end))
            begin = end
        return stretches

    def where(self, condition: Condition) -> frozenset[int]:
        """The documents that meet a condition."""
        found = self._conditions.get(condition)
        if found is None:
            if len(self._conditions) >= _MOST_CONDITIONS:
                self._conditions = {}
            numbers = condition.numbers(self.columns[condition.column], self.columns.names)
            found = self._conditions[condition] = frozenset(numbers)
        return found
