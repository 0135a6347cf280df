"""Full-text search on Whoosh: the only place that knows it.

    typed  --grammar--> nodes --trees--> Whoosh query --evaluate--> hits
    documents --builder--> segments --stamp--> index

Whoosh gives queries, scoring, readers, searcher and collectors; the codec, the writer and the evaluation of whole lists
are ours, because its own are many times slower and know no Chinese, Japanese or Korean. Importing this package is
cheap: what needs Whoosh comes in when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from archiver.index.documents import Changed, Document, Found, FoundHit, ReadDocuments

if TYPE_CHECKING:
    from archiver.index.index import Index
    from archiver.index.query import Query, parse
    from archiver.index.updating import Update

__all__ = ["Changed", "Document", "Found", "FoundHit", "Index", "Query", "ReadDocuments", "Update", "parse"]

_LATER = {"Index": "index", "Query": "query", "Update": "updating", "parse": "query"}
"""Modules that searching or updating needs and a process that only builds does not."""


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(name)
