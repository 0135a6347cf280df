"""Keeps Python's garbage collector from stopping the screen.

While the program starts, nothing that is made is rubbish, and looking for some takes a tenth of the time; ``hold``
leaves that out.

A full collection walks everything Textual made at start and takes 50 ms and more, several frames, in the middle of
scrolling. What exists after the first paint stays to the end, so it is taken out of the collector's sight.
"""

from __future__ import annotations

import gc


def hold() -> None:
    """Collect nothing until ``calm``."""
    gc.disable()


def calm() -> None:
    """Call once, when the first screen is there.

    What is rubbish by then, half a megabyte, is kept along: looking for it would stop the screen just when somebody
    begins to type.
    """
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
