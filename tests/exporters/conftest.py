"""Every export test runs in one time zone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exporters.talks import time_zone


@pytest.fixture(autouse=True)
def berlin() -> Iterator[None]:
    """Local time is Berlin's."""
    with time_zone():
        yield
