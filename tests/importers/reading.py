"""Reads a source as an import does, and tells what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.errors import ArchiverError
from archiver.importers import Feedback, importer_for, open_source
from archiver.records import Asset, Problem


@dataclass(frozen=True)
class Reading:
    """What came out of a source."""

    ids: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    failed: int = 0
    assets: tuple[Asset, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    refusal: str = ""
    """The sentence, if the source was refused."""

    @property
    def said(self) -> str:
        """Every sentence, one a line."""
        return "\n".join([self.refusal, *(f"{problem.where}: {problem.what}" for problem in self.problems)])


def read(path: Path, *, understand: bool = False) -> Reading:
    """Read everything in ``path``; only an ``ArchiverError`` is an answer, every other error is a fault."""
    try:
        return _read(path, understand=understand)
    except ArchiverError as error:
        return Reading(refusal=str(error) or "a refusal without a sentence is a fault")


def _read(path: Path, *, understand: bool) -> Reading:
    ids: list[str] = []
    problems: list[Problem] = []
    failed = 0
    with open_source(path) as source:
        importer = importer_for(source)
        for item in importer.read(source, lambda done, total, member: None, lambda: False):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            try:
                value, faults = importer.parse(item.data, item.value)
            except ValueError as error:
                failed += 1
                problems.append(Problem(item.member, str(error)))
                continue
            problems += faults
            ids.append(importer.conversation_id(value))
            assert importer.is_empty(value) in (True, False)
            if understand:
                problems += importer.understand(value, {}).problems
        assets = list(importer.assets(source))
        feedback = list(importer.feedback(source))
        assert all(isinstance(name, str) for name in importer.sidecars(source))
        found = [item for item in (*assets, *feedback) if isinstance(item, Problem)]
        return Reading(
            tuple(ids),
            (*problems, *found, *source.problems),
            failed,
            tuple(asset for asset in assets if isinstance(asset, Asset)),
            tuple(item for item in feedback if isinstance(item, Feedback)),
        )
