"""Memory while reading depends on the largest conversation, not on the export."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.memory_of_reading import peak, write


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/status")
def test_four_times_the_export_takes_no_more_memory(tmp_path: Path) -> None:
    """Ten and forty megabytes; the difference is noise."""
    peaks = []
    for megabytes in (10, 40):
        path = tmp_path / f"{megabytes}.zip"
        write(path, megabytes)
        peaks.append(peak(path))
    assert peaks[1] - peaks[0] < 8 << 20
    assert peaks[1] < 100 << 20
