"""Keeps Python's garbage collector from stopping the screen.

A full collection walks everything Textual made at start and takes 50 ms and more, several frames, in the middle of
scrolling. What exists after the first paint stays to the end, so it is taken out of the collector's sight.
"""

from __future__ import annotations

import gc


def calm() -> None:
    """Call once, after the first paint."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
