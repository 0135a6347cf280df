"""How a thread tells the screen what it found.

Textual's own way waits for the answer, and a thread that waits for a screen that is gone, or for an app that is just
closing, waits for ever. Here the thread leaves a note and goes on; a note for somebody who is gone is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from textual.dom import DOMNode
from textual.worker import get_current_worker

Values = ParamSpec("Values")


def hand_over(to: DOMNode, hear: Callable[Values, object], *values: Values.args, **named: Values.kwargs) -> None:
    """From a worker thread: call ``hear`` on the screen's own thread, if ``to`` is still there then.

    A worker that was replaced by a newer one hands over nothing.
    """

    def heard() -> None:
        if to.is_attached:
            hear(*values, **named)

    if not get_current_worker().is_cancelled:
        to.call_later(heard)
