"""The conversations of an archive, with what the person added to them: favourites, and what is put away."""

from __future__ import annotations

from dataclasses import replace

from archiver.annotations import Annotations
from archiver.errors import NotFound
from archiver.i18n import _
from archiver.records import Conversation, Outline, Summary
from archiver.store import Store


class Conversations:
    """Reads conversations out of one library."""

    def __init__(self, store: Store, annotations: Annotations) -> None:
        self._store = store
        self._annotations = annotations

    def summaries(self, *, put_away: bool = False) -> list[Summary]:
        """All conversations that are not put away (or only those that are), the most recently changed first."""
        with self._store.reading() as reader:
            summaries = reader.summaries()
        return [summary for summary in self._annotated(summaries) if summary.is_put_away == put_away]

    def latest(self, number: int) -> tuple[list[Summary], int]:
        """The first ``number`` of ``summaries``, read at once however many there are, and their count."""
        with self._store.reading() as reader:
            latest, count = reader.latest(number, self._annotations.put_away_ids())
        return self._annotated(latest), count

    def _annotated(self, summaries: list[Summary]) -> list[Summary]:
        """Summaries with the person's marks."""
        away = self._annotations.put_away_ids()
        favourites = {favourite.conversation_id for favourite in self._annotations.favourites()}
        marked = away | favourites
        return [
            replace(summary, is_put_away=summary.id in away, is_favourite=summary.id in favourites)
            if summary.id in marked
            else summary
            for summary in summaries
        ]

    def find(self, id_: str) -> Summary:
        """The conversation with this id, or the only one whose id begins so. Raises ``NotFound``."""
        with self._store.reading() as reader:
            ids = reader.matching_ids(id_) if id_ else []
            if len(ids) == 1 or id_ in ids:
                summary = reader.summary(id_=ids[0])
                if summary:
                    return self._annotated([summary])[0]
        if ids:
            raise NotFound(
                _("Several conversations have an id that begins with “{id}”. Please give more of it.").format(id=id_)
            )
        raise NotFound(
            _("No conversation has the id “{id}”. “archiver list” shows the ids of all conversations.").format(id=id_)
        )

    def conversation(self, id_: str) -> Conversation:
        """A whole conversation by its full id. Raises ``NotFound``."""
        with self._store.reading() as reader:
            conversation = reader.conversation(id_)
        if conversation is None:
            self.find(id_)
            raise NotFound(_("No conversation has the id “{id}”.").format(id=id_))
        return conversation

    def outline(self, id_: str) -> Outline:
        """A conversation without its texts. Raises ``NotFound``."""
        with self._store.reading() as reader:
            outline = reader.outline(id_)
        if outline is None:
            raise NotFound(_("No conversation has the id “{id}”.").format(id=id_))
        return outline
