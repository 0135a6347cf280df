"""The log says what happened, and never a word that somebody wrote."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import logs

SECRET = "a private sentence"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A started log."""
    logs.start(tmp_path)
    yield tmp_path / "log" / "archiver.log"
    logs.stop()


def test_words_in_arguments_are_left_out(log: Path) -> None:
    """Numbers stay, words become the name of their type."""
    logging.getLogger("archiver.test").info("imported %d from %s", 12, SECRET)
    text = log.read_text("utf-8")
    assert "imported 12 from <str>" in text
    assert SECRET not in text


def test_words_of_exceptions_are_left_out(log: Path) -> None:
    """Places in the code and names of exceptions are enough to find an error."""
    try:
        try:
            dict[str, str]()[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("archiver.test").exception("reading failed")
    text = log.read_text("utf-8")
    assert SECRET not in text
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_logs.py:" in text


def test_the_log_stays_small(log: Path) -> None:
    """Old lines go when it grows."""
    for number in range(6000):
        logging.getLogger("archiver.test").info("a line that is long enough to fill the file in the end %d", number)
    assert sum(path.stat().st_size for path in log.parent.iterdir()) < 450_000


def test_no_archive_no_log(tmp_path: Path) -> None:
    """Looking at a place must not create anything there."""
    logs.start(tmp_path / "nothing here")
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    """A read-only stick opens without a log."""
    (tmp_path / "log").write_text("a file where the folder should be")
    logs.start(tmp_path)
    logging.getLogger("archiver.test").info("nobody writes this")


def test_without_a_log_nothing_is_printed_either(capfd: pytest.CaptureFixture[str]) -> None:
    """Python's own last resort would print the words of the error to the terminal."""
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        logging.getLogger("archiver.test").error("reading failed", exc_info=error)
    assert capfd.readouterr() == ("", "")
