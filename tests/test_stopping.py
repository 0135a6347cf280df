"""An import that is stopped, killed or kept from writing leaves an archive that opens and can be completed."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path
from unittest import mock

import pytest

from archiver.archive import Archive
from archiver.errors import Busy, CannotWrite
from archiver.indexing import Follower
from archiver.ingest import carry_on, import_sources
from tests import builders
from tests.archives import archive_of, dump, dump_of, imported, said
from tests.processes import wait_until

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)


def test_stopping_and_starting_again_ends_like_an_undisturbed_import(tmp_path: Path) -> None:
    """The person presses Esc in the middle; nothing is read twice or lost."""
    conversations = [
        builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(40)
    ]
    path = builders.write_zip(tmp_path / "export.zip", conversations, "shards", shard_size=10)
    looks = itertools.count()
    with Archive.open(tmp_path / "archive", create=True) as archive:
        stopped = import_sources(archive, [path], cancelled=lambda: next(looks) > 20)
    assert stopped.was_stopped
    assert 0 < stopped.added < 40
    report = imported(tmp_path / "archive", path)
    assert (report.found, report.unchanged) == (40, stopped.added)
    imported(tmp_path / "undisturbed", path)
    assert dump_of(tmp_path / "archive") == dump_of(tmp_path / "undisturbed")


def test_a_second_import_at_the_same_time_is_told_who_is_busy(tmp_path: Path) -> None:
    """Two windows must not write one archive."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP])
    with Archive.open(tmp_path / "archive", create=True) as archive, archive.writing(), pytest.raises(Busy):
        import_sources(archive, [path])


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_import_leaves_an_archive_that_opens_and_can_be_completed(tmp_path: Path) -> None:
    """kill -9 at random moments; then the same command again."""
    conversations = [
        builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(300)
    ]
    path = builders.write_zip(tmp_path / "export.zip", conversations, "shards", shard_size=50)
    imported(tmp_path / "undisturbed", path)
    expected = dump_of(tmp_path / "undisturbed")
    command = [sys.executable, "-m", "archiver", "--archive", str(tmp_path / "archive"), "import", str(path)]
    moments = random.Random(7)
    for _attempt in range(6):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ)
        try:
            process.communicate(timeout=moments.uniform(0.05, 0.8))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            # Until nobody can write there any more: everything that it began has ended with it.
            process.communicate(timeout=60)
        if (tmp_path / "archive" / "library.sqlite").exists():
            with Archive.open(tmp_path / "archive") as archive:
                found = dump(archive)
                assert all(expected[id_] == value for id_, value in found.items())
                assert not [problem for problem in archive.verify().damaged if problem.where == "library.sqlite"]
    imported(tmp_path / "archive", path)
    assert dump_of(tmp_path / "archive") == expected
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.verify().is_whole
        assert archive.search("talk").conversations == 300


def test_an_import_that_was_stopped_says_so_until_it_is_carried_on(tmp_path: Path) -> None:
    """Half an archive must never be called whole; the rest is read from the kept copy."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(40)]
    lonely = builders.document()
    path = builders.write_zip(tmp_path / "export.zip", talks, "shards", shard_size=10, files=[lonely])
    looks = itertools.count()
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [path], cancelled=lambda: next(looks) > 20)
        path.unlink()
        assert [info.name for info in archive.unfinished()] == ["export.zip"]
        assert not archive.gaps().unused_files, "what names it may stand in what was not read"
        assert "stopped before the end" in archive.verify().damaged[0].what
        report = carry_on(archive)
        assert report.found == 40
        assert report.assets_unused == 1
        assert archive.unfinished() == []
        assert archive.verify().is_whole
        assert archive.search("talk").conversations == 40


def test_nothing_is_read_on_from_a_copy_that_was_damaged_meanwhile(tmp_path: Path) -> None:
    """The same export makes it whole, and is read to its end then."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 1000) for number in range(40)]
    path = builders.write_zip(tmp_path / "export.zip", talks, "shards", shard_size=10)
    looks = itertools.count()
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [path], cancelled=lambda: next(looks) > 20)
        (original,) = archive.vault.originals()
        file = tmp_path / "archive" / original.path
        file.chmod(0o600)
        file.write_bytes(file.read_bytes()[:-1] + b"?")
        report = carry_on(archive)
        assert (report.found, report.has_losses) == (0, True)
        assert import_sources(archive, [path]).found == 40
        assert archive.verify().is_whole


def test_words_are_found_while_the_import_goes_on(tmp_path: Path) -> None:
    """People start looking at once; what is stored is indexed by another process meanwhile."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 10) for number in range(1100)]
    path = builders.write_zip(tmp_path / "export.zip", talks)
    found: list[int] = []
    with Archive.open(tmp_path / "archive", create=True) as archive:
        follow = Follower.follow

        def follow_and_wait(follower: Follower) -> None:
            follow(follower)

            def is_found() -> bool:
                follower.look()
                return archive.search("talk").total > 0

            wait_until(is_found)
            found.append(archive.search("talk").conversations)

        with mock.patch.object(Follower, "follow", follow_and_wait):
            import_sources(archive, [path])
        assert 0 < found[0] < 1100
        assert archive.search("talk").conversations == 1100
        assert archive.index_waiting() == 0


def test_an_import_goes_on_when_its_index_cannot(tmp_path: Path) -> None:
    """The process that makes it may be ended by whoever needs the memory; the next search carries on."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 10) for number in range(600)]
    path = builders.write_zip(tmp_path / "export.zip", talks)
    with Archive.open(tmp_path / "archive", create=True) as archive:
        follow = Follower.follow

        def follow_and_end(follower: Follower) -> None:
            follow(follower)
            for child in active_children():
                child.kill()

        with mock.patch.object(Follower, "follow", follow_and_end):
            report = import_sources(archive, [path])
        assert (report.added, report.was_stopped) == (600, False)
        assert archive.index_waiting() == 0
        assert archive.search("talk").conversations == 600


def test_an_archive_on_a_medium_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    """A USB stick with its switch on, or a backup mounted read-only."""
    archive_of(tmp_path, [SOUP]).close()
    folder, mounted = tmp_path / "archive", tmp_path / "mounted"
    mounted.mkdir()
    commands = (
        ["mount", "--bind", str(folder), str(mounted)],
        ["mount", "-o", "remount,ro,bind", str(mounted)],
    )
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount")
    if any(subprocess.run(command, capture_output=True, check=False).returncode for command in commands):
        pytest.skip("this machine does not let tests mount")
    try:
        with Archive.open(mounted) as archive:
            archive.catch_up()
            assert archive.search("leeks").total == 1
            assert said(dump(archive)[SOUP["id"]])[-1] == "Leeks and potatoes."
            with pytest.raises(CannotWrite):
                import_sources(archive, [builders.write_zip(tmp_path / "more.zip", [RIVERS])])
    finally:
        subprocess.run(["umount", "--lazy", str(mounted)], check=True)


def test_a_library_of_no_bytes_is_made_anew(tmp_path: Path) -> None:
    """A full disk may leave one."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "library.sqlite").touch()
    assert imported(tmp_path / "archive", builders.write_zip(tmp_path / "export.zip", [SOUP])).added == 1


def test_an_archive_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    """Somebody swapped the two paths."""
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="is a file"):
        Archive.open(tmp_path / "file" / "archive", create=True)
