"""Names and dates of the language models, by the slug that exports use.

The table is data (``models.toml``), every row with its source, since new models appear faster than new versions of this
program: a person can lay a file of the same form over it. A slug that is in neither is shown as it stands; it is never
taken for a neighbour, since ``gpt-4o`` is not ``gpt-4o-mini``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from archiver.i18n import _

_TABLE = Path(__file__).with_name("models.toml")


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """One row of the table; what is empty was not found."""

    slug: str
    name: str
    family: str = ""
    """Slugs of one family are what people would call the same model."""
    introduced: str = ""
    """In ChatGPT: ``2024-05-13``, ``2024-07`` or ``2023``, as exactly as it is known."""
    retired: str = ""
    """From ChatGPT, for everybody."""
    source: str = ""
    checked: str = ""
    """The day the row was last compared with its source."""
    conflicting: str = ""
    """What sources disagree about; empty when they agree."""
    note: str = ""


_FIELDS = frozenset(field.name for field in fields(LanguageModel))


@dataclass(frozen=True, slots=True)
class ModelTable:
    """Every known language model, by slug."""

    rows: Mapping[str, LanguageModel]
    """By slug in the form that ``fold`` gives."""
    problems: tuple[str, ...] = ()
    """Finished sentences about the person's own file, where it could not be used."""

    def __iter__(self) -> Iterator[LanguageModel]:
        """All rows, in the order of the table: oldest family first."""
        return iter(self.rows.values())

    def find(self, slug: str) -> LanguageModel | None:
        """The row of a slug; None where the table has none."""
        return self.rows.get(fold(slug))

    def name(self, slug: str) -> str:
        """What to call a model; an unknown slug is its own name."""
        row = self.find(slug)
        return row.name if row else slug

    def family(self, slug: str) -> str:
        """The family of a model; an unknown slug is a family of its own."""
        row = self.find(slug)
        return (row.family if row else "") or fold(slug)

    def slugs_of(self, family: str) -> tuple[str, ...]:
        """Every slug of the family that a slug or a family's name belongs to."""
        wanted = self.family(family)
        return tuple(row.slug for row in self if (row.family or fold(row.slug)) == wanted) or (family,)


def fold(slug: str) -> str:
    """A slug for comparing: other tools write ``gpt-4.5`` for ``gpt-4-5``, and not always in small letters."""
    return slug.strip().casefold().replace(".", "-")


def load(own_file: Path | None = None) -> ModelTable:
    """The table, with the rows of the person's own file laid over it where there is one."""
    shipped = _shipped()
    if own_file is None:
        return shipped
    try:
        own = _rows(tomllib.loads(own_file.read_text("utf-8")))
    except FileNotFoundError:
        return shipped
    except (OSError, ValueError) as error:
        sentence = _("The table of models in {file} cannot be read ({reason}); the built-in one is used.")
        return ModelTable(shipped.rows, (sentence.format(file=own_file, reason=error),))
    return ModelTable({**shipped.rows, **own})


@cache
def _shipped() -> ModelTable:
    return ModelTable(_rows(tomllib.loads(_TABLE.read_text("utf-8"))))


def _rows(table: Mapping[str, Any]) -> dict[str, LanguageModel]:
    listed = table.get("model", [])
    if not isinstance(listed, list):
        raise ValueError("[[model]] …")
    rows = (_row(row) for row in listed)
    return {fold(row.slug): row for row in rows}


def _row(row: Any) -> LanguageModel:
    """A row of the file; dates may be written with or without quotes, new columns are passed over."""
    if not isinstance(row, Mapping) or not isinstance(row.get("slug"), str) or not row["slug"].strip():
        raise ValueError("slug = …")
    values = {key: str(value) for key, value in row.items() if key in _FIELDS}
    return LanguageModel(**{"name": row["slug"], **values})
