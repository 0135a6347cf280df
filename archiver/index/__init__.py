"""Full-text search on Whoosh: the only place that knows it.

    typed  --grammar--> nodes --trees--> Whoosh query --evaluate--> hits
    documents --builder--> segments --stamp--> index

Whoosh gives queries, scoring, readers, searcher and collectors; the codec, the writer and the evaluation of whole lists
are ours, because its own are many times slower and know no Chinese, Japanese or Korean. Importing this package is
cheap: Whoosh comes in when an index is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archiver.index.documents import Changed, Document, Found, FoundHit, ReadDocuments
from archiver.index.query import Query, parse

if TYPE_CHECKING:
    from archiver.index.index import Index
    from archiver.index.updating import Update

__all__ = ["Changed", "Document", "Found", "FoundHit", "Index", "Query", "ReadDocuments", "Update", "parse"]


def __getattr__(name: str) -> Any:
    if name == "Index":
        from archiver.index.index import Index

        return Index
    raise AttributeError(name)
