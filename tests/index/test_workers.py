"""The processes that build the index beside the program."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no such order among processes")
def test_building_the_index_gives_way_to_what_somebody_sees() -> None:
    """With as many processes as the machine has cores, keys would wait for their turn among them."""
    code = "import os; from archiver.index import workers; workers._give_way(); print(os.nice(0))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > os.nice(0) or os.nice(0) == 19
