"""What the sources of an archive said of its conversations: their raw bytes, and where they disagree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archiver.errors import NotFound
from archiver.i18n import _
from archiver.records import UNDATED, Disagreement, Observation
from archiver.store import Store
from archiver.store.sources import all_sources

if TYPE_CHECKING:
    # What only some commands need comes in with them: 60 ms that the list of conversations need not wait for.
    from archiver.importers import Importer
    from archiver.reports import ObservationInfo, SourceInfo


class Observed:
    """Reads observations out of one library."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sources_by_key: dict[int, SourceInfo] = {}

    def observations(self, id_: str) -> list[ObservationInfo]:
        """What every source said of a conversation, the first imported first."""
        from archiver.reports import ObservationInfo

        with self._store.reading() as reader:
            observed = reader.observations(id_)
            # Listing the sources counts what each holds, which an export would ask for once a conversation.
            if any(stored.source not in self._sources_by_key for stored in observed):
                self._sources_by_key = {info.key: info for info in all_sources(reader)}
            return [
                ObservationInfo(
                    self._sources_by_key[stored.source],
                    stored.member,
                    stored.position,
                    stored.sha256.hex(),
                    partial(self._slice, stored.sha256),
                )
                for stored in observed
            ]

    def _slice(self, sha256: bytes) -> bytes:
        with self._store.reading() as reader:
            return reader.slice(sha256)

    def slice(self, beginning: str) -> bytes:
        """Raw bytes that a source held, by the beginning of their SHA-256. Raises ``NotFound``."""
        with self._store.reading() as reader:
            names = reader.slice_names(beginning)
            if len(names) == 1:
                return reader.slice(names[0])
        raise NotFound(_("Nothing in the archive has the id “{id}”.").format(id=beginning))

    def disagreements(self, id_: str, provider: str) -> tuple[Disagreement, ...]:
        """Where the sources of a conversation say different things, and which of them counts."""
        from archiver import merge
        from archiver.importers import Feedback, ratings

        importer, said = self._said(id_, provider)
        whole, found = merge.union(said, importer.rules)
        odd = importer.contradictions(whole, {each.path: (each.kept, *each.others) for each in found})
        with self._store.reading() as reader:
            rated = ratings.disagreements(Feedback(id_, *record) for record in reader.feedback(id_))
        return *(each for each in found if each.path in odd), *rated

    def is_whole(self, id_: str, provider: str) -> bool:
        """Whether no source of a conversation says that there are messages of it that none of them has."""
        importer, said = self._said(id_, provider)
        return not importer.lacks(said)

    def _said(self, id_: str, provider: str) -> tuple[Importer, list[Observation]]:
        """What the sources of a conversation say, and who can tell what it means."""
        from archiver.importers import IMPORTERS

        importer = next(importer for importer in IMPORTERS if importer.name == provider)
        observed = self.observations(id_)
        made: dict[str, float] = {}
        for each in observed:
            made[each.sha256] = min(made.get(each.sha256, UNDATED), each.source.made)
        slices = {each.sha256: each.read for each in observed}
        return importer, importer.gather(
            [Observation(importer.parse(read())[0], made[sha256]) for sha256, read in slices.items()]
        )
