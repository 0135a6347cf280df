"""The README promises nothing that the program does not have."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from archiver import config
from archiver.cli import main, parser
from archiver.index import parse
from archiver.tui.unclear_settings import unclear

README = Path(__file__).parent.parent / "README.md"


def commands() -> list[str]:
    """Every line of a code block, and every phrase in backticks, that calls the command."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [step for block in blocks for line in block.splitlines() for step in re.split(r"&&|\|", line)]
    inline = re.findall(r"`([^`\n]+)`", prose)
    called = re.compile(r"^(?:\S*/)?archiver(?=\s|$)")
    found = (words.split("  #")[0].strip() for words in (*lines, *inline))
    return sorted({called.sub("archiver", words) for words in found if called.match(words)})


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_readme_has_help(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name is known, and its options are ones that its help names."""
    _archiver, *words = shlex.split(line)
    names = [word for word in words if word in parser.known_commands()]
    with pytest.raises(SystemExit) as ended:
        main([*names[:1], "--help"])
    assert ended.value.code == 0
    help_text = capsys.readouterr().out
    plain = [word for word in words if not word.startswith("-")]
    assert names or not plain or plain[0].isupper(), f"archiver has no command {plain[0]}."
    for option in (word.partition("=")[0] for word in words if word.startswith("--") and word != "--"):
        assert option in help_text


def filters() -> list[str]:
    """Every phrase in backticks such as ``from:me``."""
    return re.findall(r"`([a-z]+:[\w.-]+)`", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("typed", filters())
def test_every_filter_of_the_readme_is_understood(typed: str) -> None:
    """Neither searched for as words nor left out as unclear."""
    query = parse(typed)
    assert not query.unclear
    assert not [span for span in query.spans(typed) if span.start == 0]


def test_the_test_of_filters_would_notice() -> None:
    """An unknown name is a word, an impossible value is unclear."""
    assert parse("colour:blue").spans("colour:blue")
    assert parse("on:blue").unclear


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Also those that the README leaves out."""
    for name in parser.known_commands():
        with pytest.raises(SystemExit):
            main([name, "--help"])
        assert f"archiver {name}" in capsys.readouterr().out.split("example:")[-1]


def test_the_settings_of_the_readme_are_known(tmp_path: Path) -> None:
    """Names, values, commands and keys."""
    text = README.read_text(encoding="utf-8")
    examples = re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert examples
    for example in examples:
        (tmp_path / "config.toml").write_text(example, encoding="utf-8")
        assert unclear(config.load(tmp_path / "config.toml")) == []
