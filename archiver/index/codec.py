"""Our segments as Whoosh sees them: a codec, through which Whoosh's own readers, matchers and searcher work on them.

Segments are written whole by ``builder.py``. What Whoosh would write itself (its table of contents is a pickle) is not
used: the stamp is the table of contents, so no index file can run code, whoever wrote it.
"""

# mypy: allow-untyped-calls, disable-error-code="abstract"
# ruff: noqa: ARG002
# Whoosh is typed in part; it calls with arguments that we do not need, and marks as abstract what only its own writers
# call.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import columns, formats
from whoosh.codec import base
from whoosh.fields import COLUMN, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import SegmentReader, TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from archiver.index.analysis import ChatAnalyzer
from archiver.index.columns import COLUMNS
from archiver.index.field_search import Counted
from archiver.index.matchers import ExactMatcher
from archiver.index.segment import FIELDS
from archiver.index.segment_search import SegmentSearch

Term = tuple[str, bytes]


def schema() -> Schema:
    """Two searched fields, and a column for everything else that is known of a document."""
    texts = {field: TEXT(analyzer=ChatAnalyzer(), phrase=False) for field in FIELDS}
    numbers = {name: COLUMN(columns.NumericColumn(code)) for name, code in COLUMNS.items()}
    return Schema(**texts, **numbers)


class WhooshSegment(base.Segment):
    """A segment with the search that is opened on it."""

    def __init__(self, search: SegmentSearch) -> None:
        super().__init__("archiver")
        self.search = search
        self.segid = search.info.id

    def codec(self) -> Codec:
        return Codec()

    def doc_count_all(self) -> int:
        return self.search.info.documents

    def deleted_count(self) -> int:
        return len(self.search.info.deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self.search.info.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.search.info.deleted


class Codec(base.Codec):
    """Reads segments for Whoosh."""

    def terms_reader(self, storage: Any, segment: WhooshSegment) -> TermsReader:
        return TermsReader(segment.search)

    def per_document_reader(self, storage: Any, segment: WhooshSegment) -> DocumentReader:
        return DocumentReader(segment.search)


class TermsReader(base.TermsReader):
    """The words of a segment. Forms of a word are one term; a key with a form in it is that form's own term."""

    def __init__(self, search: SegmentSearch) -> None:
        self.search = search

    def __contains__(self, term: Term) -> bool:
        field, text = term
        return field in self.search.fields and bool(self.search.fields[field].forms(text))

    def _counted(self, field: str, text: bytes) -> Counted:
        return self.search.fields[field].counted(text) if field in self.search.fields else ((), ())

    def indexed_field_names(self) -> list[str]:
        return list(self.search.fields)

    def terms(self) -> Iterator[Term]:
        for field in sorted(self.search.fields):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        last = None
        field = self.search.fields.get(fieldname)
        for entry in field.dictionary.entries(prefix) if field else ():
            word = entry.key.partition(b"\x01")[0]
            if word != last:
                yield fieldname, word
            last = word

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        documents, frequencies = self._counted(fieldname, text)
        if not documents:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return TermInfo(
            weight=float(sum(frequencies)), df=len(documents), minlength=1, maxlength=byte_to_length(255),
            maxweight=float(max(frequencies)), minid=documents[0], maxid=documents[-1],
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(sum(self._counted(fieldname, text)[1]))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self.search.fields[fieldname].document_count(text) if fieldname in self.search.fields else 0

    def matcher(self, fieldname: str, text: bytes, format_: formats.Format, scorer: Any = None) -> ExactMatcher:
        documents, frequencies = self._counted(fieldname, text)
        if not documents:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return ExactMatcher(documents, frequencies, None, format_, scorer, term=(fieldname, text))


class DocumentReader(base.PerDocumentReader):
    """The columns and lengths of a segment."""

    def __init__(self, search: SegmentSearch) -> None:
        self.search = search

    def doc_count(self) -> int:
        return self.search.info.documents - len(self.search.info.deleted)

    def doc_count_all(self) -> int:
        return self.search.info.documents

    def has_deletions(self) -> bool:
        return bool(self.search.info.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.search.info.deleted

    def deleted_docs(self) -> frozenset[int]:
        return self.search.info.deleted

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, column: columns.Column) -> Column:
        return Column(self.search.columns[fieldname])

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        field = self.search.fields.get(fieldname)
        return int(byte_to_length(field.lengths[docnum])) or default if field else default

    def field_length(self, fieldname: str) -> int:
        return self.search.info.totals.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        return 0

    def max_field_length(self, fieldname: str) -> int:
        return int(byte_to_length(255))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}


class Column(columns.ColumnReader):
    """One column, for Whoosh's facets."""

    def __init__(self, values: Any) -> None:
        self._values, self._sign = values, 1

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def __len__(self) -> int:
        return len(self._values)

    def set_reverse(self) -> None:
        self._sign = -1

    def sort_key(self, docnum: int) -> Any:
        return self._sign * self[docnum]


class Reader(SegmentReader):
    """Whoosh's reader of a segment, which knows our search on it."""

    def __init__(self, schema: Schema, search: SegmentSearch) -> None:
        self.search = search
        super().__init__(RamStorage(), schema, WhooshSegment(search))
