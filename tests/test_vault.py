"""Originals are kept byte for byte, once, in a bag that strangers can check."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.errors import Cancelled, DamagedSource
from archiver.vault import Original, Vault, safe_name


def keep(vault: Vault, source: Path) -> Original:
    """Keep a source without watching."""
    return vault.keep(source, lambda done, total, name: None, lambda: False)


def new_vault(tmp_path: Path) -> Vault:
    """An empty bag."""
    vault = Vault(tmp_path / "archive")
    vault.create()
    return vault


def damage(vault: Vault) -> dict[str, str]:
    """What ``check`` finds wrong, by path."""
    return {path: what for path, what in vault.check(lambda done, total, name: None, lambda: False) if what}


def test_the_copy_has_the_same_bytes_and_the_source_is_untouched(tmp_path: Path) -> None:
    """The first promise."""
    source = tmp_path / "export.zip"
    source.write_bytes(bytes(range(256)) * 9999)
    original = keep(new_vault(tmp_path), source)
    assert (tmp_path / "archive" / original.path).read_bytes() == source.read_bytes()
    assert original.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()


def test_the_same_bytes_under_another_name_are_kept_once(tmp_path: Path) -> None:
    """People download the same export twice."""
    vault = new_vault(tmp_path)
    for name in ("export.zip", "export (1).zip"):
        (tmp_path / name).write_bytes(b"same")
    first, second = keep(vault, tmp_path / "export.zip"), keep(vault, tmp_path / "export (1).zip")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.path == second.path


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not on this machine")
def test_strangers_can_check_the_bag(tmp_path: Path) -> None:
    """Without this program, in ten years."""
    vault = new_vault(tmp_path)
    (tmp_path / "手紙 “1”.zip").write_bytes(b"letters")
    keep(vault, tmp_path / "手紙 “1”.zip")
    subprocess.run(["sha256sum", "-c", "--strict", "manifest-sha256.txt"], cwd=vault.folder, check=True)


def test_a_folder_is_kept_with_every_file_and_an_identity_of_its_own(tmp_path: Path) -> None:
    """The unpacked export is an original too."""
    folder = tmp_path / "export"
    (folder / "images").mkdir(parents=True)
    (folder / "conversations.json").write_bytes(b"[]")
    (folder / "images" / "a.png").write_bytes(b"png")
    vault = new_vault(tmp_path)
    original = keep(vault, folder)
    assert (tmp_path / "archive" / original.path / "images" / "a.png").read_bytes() == b"png"
    assert keep(vault, folder).is_new is False
    assert [found.sha256 for found in vault.originals()] == [original.sha256]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link could lead to anything on the disk."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "conversations.json").write_bytes(b"[]")
    (folder / "passwords").symlink_to("/etc/passwd")
    original = keep(new_vault(tmp_path), folder)
    assert not (tmp_path / "archive" / original.path / "passwords").exists()


@pytest.mark.parametrize("harm", ["flip", "shorten", "remove", "add"])
def test_check_names_every_kind_of_damage(tmp_path: Path, harm: str) -> None:
    """The checker itself is tested: it must find what is wrong."""
    vault = new_vault(tmp_path)
    (tmp_path / "export.zip").write_bytes(b"x" * 5000)
    file = tmp_path / "archive" / keep(vault, tmp_path / "export.zip").path
    assert damage(vault) == {}
    file.chmod(0o600)
    match harm:
        case "flip":
            file.write_bytes(b"x" * 4999 + b"y")
        case "shorten":
            os.truncate(file, 4999)
        case "remove":
            file.unlink()
        case "add":
            (file.parent / "stranger").write_bytes(b"?")
    assert len(damage(vault)) == 1


def test_stopping_keeps_nothing_half(tmp_path: Path) -> None:
    """No partial copy is left in the bag."""
    vault = new_vault(tmp_path)
    (tmp_path / "export.zip").write_bytes(b"x" * 5_000_000)
    with pytest.raises(Cancelled):
        vault.keep(tmp_path / "export.zip", lambda done, total, name: None, lambda: True)
    assert vault.originals() == []
    assert list((vault.folder / "data").iterdir()) == []


def test_a_copy_that_was_not_listed_before_the_power_went_is_listed_later(tmp_path: Path) -> None:
    """The file is whole, since its name holds its own hash; only the list is late."""
    vault = new_vault(tmp_path)
    (tmp_path / "export.zip").write_bytes(b"whole")
    original = keep(vault, tmp_path / "export.zip")
    (vault.folder / "manifest-sha256.txt").write_bytes(b"")
    vault.create()
    assert [found.path for found in vault.originals()] == [original.path]
    assert keep(vault, tmp_path / "export.zip").is_new is False


def test_a_source_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    """The file went away between choosing and copying."""
    vault = new_vault(tmp_path)
    with pytest.raises(DamagedSource, match="cannot be read"):
        keep(vault, tmp_path / "gone.zip")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here can be opened and not be read")
def test_a_source_whose_disk_fails_is_not_blamed_on_the_archive(tmp_path: Path) -> None:
    """It can be opened, and then not be read to its end."""
    vault = new_vault(tmp_path)
    with pytest.raises(DamagedSource, match="/proc/self/mem cannot be read"):
        keep(vault, Path("/proc/self/mem"))
    assert vault.originals() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_can_read_originals(tmp_path: Path) -> None:
    """Private text stays private on shared machines."""
    vault = new_vault(tmp_path)
    (tmp_path / "export.zip").write_bytes(b"secret")
    file = tmp_path / "archive" / keep(vault, tmp_path / "export.zip").path
    assert file.stat().st_mode & 0o777 == 0o400
    assert vault.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\\b:c*.zip", "\x1b[31mred.zip", ".", "   ", "é" * 300 + ".zip", "CON\u202e.zip"]
)
def test_kept_names_are_legal_and_short(name: str) -> None:
    """An export's name is text from outside."""
    made = safe_name(name)
    assert made
    assert len(made.encode()) <= 100
    assert not set(made) & set('/\\:*?"<>|\x1b\u202e')


def test_a_damaged_copy_becomes_whole_when_the_source_is_kept_again(tmp_path: Path) -> None:
    """What is listed says nothing about what a disk has done to the bytes since."""
    vault = new_vault(tmp_path)
    source = tmp_path / "export.zip"
    source.write_bytes(b"x" * 5000)
    first = keep(vault, source)
    file = tmp_path / "archive" / first.path
    file.chmod(0o600)
    for damaged in (b"x" * 4999 + b"y", b"x" * 100, None):
        if damaged is None:
            file.unlink()
        else:
            file.write_bytes(damaged)
        second = keep(vault, source)
        assert (second.path, second.is_new, second.is_mended) == (first.path, False, True)
        assert file.read_bytes() == source.read_bytes()
        assert damage(vault) == {}
        file.chmod(0o600)
    assert not keep(vault, source).is_mended


def test_a_damaged_file_of_a_folder_becomes_whole(tmp_path: Path) -> None:
    """The other files of the folder stay where they are."""
    folder = tmp_path / "export"
    (folder / "images").mkdir(parents=True)
    (folder / "conversations.json").write_bytes(b"[]")
    (folder / "images" / "a.png").write_bytes(b"png")
    vault = new_vault(tmp_path)
    kept = tmp_path / "archive" / keep(vault, folder).path
    shutil.rmtree(kept / "images")
    assert keep(vault, folder).is_mended
    assert (kept / "images" / "a.png").read_bytes() == b"png"
    assert damage(vault) == {}


def test_a_damaged_line_of_the_list_is_mended_and_the_original_stays_one(tmp_path: Path) -> None:
    """The list is a file on the same disk."""
    vault = new_vault(tmp_path)
    (tmp_path / "export.zip").write_bytes(b"whole")
    original = keep(vault, tmp_path / "export.zip")
    listed = vault.folder / "manifest-sha256.txt"
    for harm in (b"0" * 64 + b"  " + original.path[10:].encode(), b"\xff\x00nothing"):
        listed.write_bytes(harm + b"\n")
        assert damage(vault)
        vault.mend_list()
        again = keep(vault, tmp_path / "export.zip")
        assert (again.path, again.is_new) == (original.path, False)
        assert damage(vault) == {}


def test_another_source_never_takes_the_place_of_a_kept_one(tmp_path: Path) -> None:
    """The eight digits in the name of an original are no proof of what it is."""
    vault = new_vault(tmp_path)
    source = tmp_path / "export.zip"
    source.write_bytes(b"one")
    stranger = (
        tmp_path
        / "archive"
        / keep(vault, source).path.replace(
            hashlib.sha256(b"one").hexdigest()[:8], hashlib.sha256(b"two").hexdigest()[:8]
        )
    )
    stranger.write_bytes(b"here before")
    source.write_bytes(b"two")
    assert keep(vault, source).path.endswith("-2-export.zip")
    assert stranger.read_bytes() == b"here before"


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
def test_names_that_are_no_text_are_kept_too(tmp_path: Path) -> None:
    """An old disk, or an unpacker that knew no UTF-8."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "conversations.json").write_bytes(b"[]")
    Path(os.fsdecode(bytes(folder) + b"/\xff.png")).write_bytes(b"png")
    vault = new_vault(tmp_path)
    keep(vault, folder)
    assert damage(vault) == {}
