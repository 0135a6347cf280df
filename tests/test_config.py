"""Settings survive every detour: missing, wrong, unreadable, edited by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from archiver import config
from archiver.config import Config
from archiver.errors import CannotWrite


def test_a_missing_file_gives_the_usual_settings(tmp_path: Path) -> None:
    """Nobody has to write a file before starting."""
    file = tmp_path / "config.toml"
    assert config.load(file) == Config(file=file)
    assert not file.exists()


def test_saved_settings_come_back(tmp_path: Path) -> None:
    """Every kind of value makes the round trip."""
    file = tmp_path / "new folder" / "config.toml"
    chosen = Config(
        theme="paper", hide=("tools",), preview=False, keymap={"save": "f4"}, names={"it": "Ωmega"}, file=file
    )
    config.save(chosen)
    assert config.load(file) == chosen


def test_only_what_differs_from_the_usual_is_written(tmp_path: Path) -> None:
    """The file stays short enough to read."""
    file = tmp_path / "config.toml"
    config.save(Config(language="ja", file=file))
    assert file.read_text("utf-8") == 'language = "ja"\n'


def test_comments_and_unknown_keys_stay(tmp_path: Path) -> None:
    """What somebody wrote by hand, or a newer version, is not ours to lose."""
    file = tmp_path / "config.toml"
    file.write_text(
        '# mine\ntheme = "paper"  # for the day\nfuture = [1, 2]\n\n'
        '[keymap]\n# my keys\nsave = "f4"\n\n[later]\nx = 1\n'
    )
    config.changed(config.load(file), theme="evening", keymap={"save": "f5", "find": "f3"})
    text = file.read_text("utf-8")
    assert "# mine" in text
    assert "# my keys" in text
    assert tomllib.loads(text) == {
        "theme": "evening",
        "future": [1, 2],
        "keymap": {"save": "f5", "find": "f3"},
        "later": {"x": 1},
    }


def test_going_back_to_a_usual_value_is_kept(tmp_path: Path) -> None:
    """A stored value that differs is overwritten also by the default."""
    file = tmp_path / "config.toml"
    config.save(Config(theme="paper", file=file))
    config.save(Config(file=file))
    assert config.load(file).theme == Config().theme


def test_a_key_taken_out_of_the_keymap_disappears(tmp_path: Path) -> None:
    """Remapping can be undone."""
    file = tmp_path / "config.toml"
    config.save(Config(keymap={"save": "f4"}, file=file))
    config.save(Config(file=file))
    assert config.load(file).keymap == {}


@pytest.mark.parametrize("line", ["theme = 3", 'preview = "yes"', "hide = [1]", 'keymap = "x"', "names = {me = 1}"])
def test_a_wrong_value_is_named_and_the_usual_one_used(tmp_path: Path, line: str) -> None:
    """A typing error keeps nobody from their archive."""
    file = tmp_path / "config.toml"
    file.write_text(line)
    loaded = config.load(file)
    assert [line.split(" ", maxsplit=1)[0] in problem for problem in loaded.problems] == [True]
    assert loaded == Config(file=file, problems=loaded.problems)


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe", b"[", b"\x00"])
def test_an_unreadable_file_is_named_and_put_aside_on_saving(tmp_path: Path, content: bytes) -> None:
    """Nothing that somebody wrote is overwritten, even when it cannot be read."""
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    loaded = config.load(file)
    assert str(file) in loaded.problems[0]
    config.changed(loaded, theme="paper")
    assert config.load(file).theme == "paper"
    assert [path.read_bytes() for path in tmp_path.glob("*.unreadable-*")] == [content]


def test_a_file_that_cannot_be_written_is_one_plain_sentence(tmp_path: Path) -> None:
    """The caller can show it and go on with the settings in memory."""
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(CannotWrite, match="cannot be written"):
        config.save(Config(theme="paper", file=blocker / "config.toml"))


def test_nothing_is_written_without_a_file() -> None:
    """Tests and the demo keep their settings in memory."""
    assert config.changed(Config(), theme="paper").theme == "paper"
