"""The tables are what the generator makes, and fold to an end."""

import unicodedata

import pytest

from archiver.text import make_tables
from archiver.text.fold import DATA, fold, light
from archiver.text.tokens import is_run

UNICODE_OF_THE_TABLES = "14.0.0"


@pytest.mark.skipif(
    unicodedata.unidata_version != UNICODE_OF_THE_TABLES, reason="the tables were made with another Unicode"
)
def test_letters_and_classes_are_what_the_generator_makes() -> None:
    """Nobody edited them by hand."""
    letters = "".join(f"{source}\t{target}\n" for source, target in sorted(make_tables._letters().items()))
    classes = "".join(f"{name}\t{make_tables._pattern(codes)}\n" for name, codes in make_tables._classes().items())
    assert (DATA / "letters.txt").read_text(encoding="utf-8") == letters
    assert (DATA / "classes.txt").read_text(encoding="utf-8") == classes


def test_han_characters_fold_in_one_step() -> None:
    """No target is folded further, and all of them are written without spaces."""
    sources, targets = (DATA / "han.txt").read_text(encoding="utf-8").splitlines()
    assert len(sources) == len(targets) > 4_000
    assert not set(sources) & set(targets)
    assert all(map(is_run, sources + targets))


def test_a_chain_of_replacements_is_followed_to_its_end() -> None:
    """Also when the table of others has a circle in it."""
    assert make_tables._han("藥\t药\n药\t葯\n幹\t干\n干\t幹\n")["藥"] == "葯"


def test_runs_keep_their_length() -> None:
    """Pairs of folded characters are folded pairs."""
    for first, last in make_tables.RUNS:
        for code in range(first, last + 1):
            character = light(chr(code))
            if len(character) == 1 and is_run(character):
                assert len(fold(character)) == 1


def test_the_licences_of_the_data_come_with_it() -> None:
    """Apache-2.0 and Unicode ask for it."""
    text = (DATA / "LICENSES.txt").read_text(encoding="utf-8")
    for needed in ("OpenCC", "Apache License", "UNICODE LICENSE V3", "han.txt", "letters.txt", "classes.txt"):
        assert needed in text
