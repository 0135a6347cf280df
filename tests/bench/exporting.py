"""How long going out takes, beside convoviz, the best-known exporter to Markdown, on the same export in the same run.

    python -m tests.bench.exporting --conversations 2000 --rounds 3

Both run as commands of their own and their processor time is taken from the system: convoviz reads the zip and writes
Markdown only (no graphs, no word clouds); we write Markdown out of an archive that holds the same zip. convoviz is
installed into a throw-away environment; it needs a python3.12 or newer on the path, else it is left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FORMATS = ("text", "jsonl", "csv", "sillytavern", "sharegpt", "html", "html-file", "epub")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    processor: float
    """Seconds in user and system mode."""
    clock: float
    peak: int
    """Most memory at once, in bytes."""


def run(command: Sequence[str], **environment: str) -> Cost:
    """Run a command to its end and say what it cost."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **environment})
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{output.read().decode()[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss * 1024)


def convoviz(folder: Path) -> str | None:
    """The installed command of convoviz in a new environment; None when it cannot be had."""
    python = next(filter(None, (shutil.which(f"python3.{minor}") for minor in (14, 13, 12))), None)
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        return None
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    installed = subprocess.run([folder / "bin/pip", "install", "-q", "convoviz"], capture_output=True, check=False)
    return str(folder / "bin/convoviz") if installed.returncode == 0 else None


def archiver(*arguments: str, archive: Path) -> Cost:
    """Run our own command on an archive."""
    return run([sys.executable, "-m", "archiver", *arguments], ARCHIVER_DIR=str(archive))


def best(costs: Sequence[Cost]) -> Cost:
    """The round that was disturbed least."""
    return min(costs, key=lambda cost: cost.processor)


def show(name: str, cost: Cost, note: str = "") -> None:
    """One line of the result."""
    print(f"{name:34} {cost.processor:7.2f} s CPU {cost.clock:7.2f} s {cost.peak / 1e6:6.0f} MB  {note}", flush=True)


def main() -> None:
    """Generate, import once, then let both take turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=2000)
    parser.add_argument("--messages", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--convoviz", help="an installed convoviz command, instead of a new environment")
    parser.add_argument("--formats", nargs="*", choices=FORMATS, default=FORMATS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export, archive = folder / "export.zip", folder / "archive"
        # In a process of its own: the system counts the memory of this one towards each command it starts.
        counts = ["--conversations", str(asked.conversations), "--messages", str(asked.messages)]
        run([sys.executable, "-m", "tests.bench.generate", str(export), *counts])
        print(f"{asked.conversations} conversations of {asked.messages} messages", flush=True)
        show("import into the archive", archiver("import", str(export), archive=archive))
        other = asked.convoviz or convoviz(folder / "convoviz")
        theirs, first, again = [], [], []
        for _round in range(asked.rounds):
            shutil.rmtree(folder / "markdown", ignore_errors=True)
            if other:
                arguments = ["-z", str(export), "-o", str(folder / "theirs"), "--outputs", "markdown", "-q", "-I"]
                theirs.append(run([other, *arguments]))
                shutil.rmtree(folder / "theirs", ignore_errors=True)
            first.append(archiver("export", str(folder / "markdown"), archive=archive))
            again.append(archiver("export", str(folder / "markdown"), archive=archive))
        if theirs:
            show("convoviz, Markdown", best(theirs))
        ratio = f"{best(first).processor / best(theirs).processor:.2f} of convoviz" if theirs else "convoviz not found"
        show("ours, Markdown", best(first), ratio)
        show("ours, Markdown again", best(again), "nothing had changed")
        for format_ in asked.formats:
            show(f"ours, {format_}", archiver("export", str(folder / format_), "--format", format_, archive=archive))


if __name__ == "__main__":
    main()
