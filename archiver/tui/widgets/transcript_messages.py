"""What a transcript tells the screen around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message as Notice

from archiver.records import AssetReference, OutlineRow

if TYPE_CHECKING:
    from archiver.tui.clipboard import Taker
    from archiver.tui.widgets.transcript_view import TranscriptView


class TranscriptNotice(Notice):
    """Something happened in a transcript."""

    def __init__(self, transcript: TranscriptView) -> None:
        super().__init__()
        self.transcript = transcript

    @property
    def control(self) -> TranscriptView:
        """The transcript, for ``@on`` with a selector."""
        return self.transcript


class Located(TranscriptNotice):
    """The search in the conversation counted further, or went to a match."""

    def __init__(self, transcript: TranscriptView, current: int, total: int, *, is_complete: bool) -> None:
        super().__init__(transcript)
        self.current = current
        """Number of the match that was gone to, from 1; 0 before the first."""
        self.total = total
        self.is_complete = is_complete
        """Whether the whole conversation was looked into; until then ``total`` grows."""

    def can_replace(self, message: Notice) -> bool:
        """A newer count makes an older one pointless."""
        return isinstance(message, Located)


class AboutMessage(TranscriptNotice):
    """Something that concerns one message."""

    def __init__(self, transcript: TranscriptView, position: int, row: OutlineRow) -> None:
        super().__init__(transcript)
        self.position = position
        """Its place on the path (in ``TranscriptSource.rows``)."""
        self.row = row


class CursorMoved(AboutMessage):
    """Another message became the current one."""


class BranchRequested(AboutMessage):
    """The person wants to see the version before (-1) or after (1) of a message."""

    def __init__(self, transcript: TranscriptView, position: int, row: OutlineRow, step: int) -> None:
        super().__init__(transcript, position, row)
        self.step = step


class LinkActivated(AboutMessage):
    """A link was clicked. The address is stored text: whether and how it may be opened is for the screen to decide."""

    def __init__(self, transcript: TranscriptView, position: int, row: OutlineRow, href: str) -> None:
        super().__init__(transcript, position, row)
        self.href = href


class AssetActivated(AboutMessage):
    """A picture, sound or file was clicked."""

    def __init__(self, transcript: TranscriptView, position: int, row: OutlineRow, reference: AssetReference) -> None:
        super().__init__(transcript, position, row)
        self.reference = reference


class Copied(AboutMessage):
    """Something was copied, or could not be."""

    def __init__(
        self,
        transcript: TranscriptView,
        position: int,
        row: OutlineRow,
        what: str,
        taker: Taker,
        *,
        block: tuple[int, int] = (1, 1),
    ) -> None:
        super().__init__(transcript, position, row)
        self.what = what
        """``message`` or ``code``."""
        self.taker = taker
        self.number, self.of = block
        """Which piece of code of its message it is, from 1, and of how many."""


class NoCode(AboutMessage):
    """A piece of code was to be copied from a message that holds none."""


class NothingThere(AboutMessage):
    """A key was pressed for something that the message does not have: ``fold`` or ``branch``."""

    def __init__(self, transcript: TranscriptView, position: int, row: OutlineRow, what: str) -> None:
        super().__init__(transcript, position, row)
        self.what = what


class WentRound(TranscriptNotice):
    """The step to the next match led round the end to the first one, or back (-1) to the last one."""

    def __init__(self, transcript: TranscriptView, step: int, *, is_only: bool) -> None:
        super().__init__(transcript)
        self.step = step
        self.is_only = is_only
        """Whether there is no other match."""
