"""Waiting for processes that work beside a test."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import active_children, connection


def wait_until(has_happened: Callable[[], object]) -> None:
    """Wait for something that child processes bring about; fails, and never waits on, when they have all ended."""
    while not has_happened():
        sentinels = [child.sentinel for child in active_children()]
        assert sentinels or has_happened(), "every process that could bring it about has ended"
        connection.wait(sentinels, 0.02)
