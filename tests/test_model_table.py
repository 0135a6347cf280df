"""The table of language models."""

import re
from pathlib import Path

import pytest

from archiver import model_table

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def test_a_known_slug_has_the_name_people_use() -> None:
    """GPT-4o and its small sister are two models."""
    table = model_table.load()
    assert table.name("gpt-4o") == "GPT-4o"
    assert table.name("gpt-4o-mini") == "GPT-4o mini"
    assert table.name("gpt-5-2-thinking") == "GPT-5.2 Thinking"


def test_an_unknown_slug_is_shown_as_it_is() -> None:
    """A new model is never taken for one with a similar name."""
    table = model_table.load()
    assert table.name("gpt-4o-audio-preview") == "gpt-4o-audio-preview"
    assert table.find("gpt-4o-audio-preview") is None
    assert table.family("gpt-4o-audio-preview") == "gpt-4o-audio-preview"


def test_dots_and_hyphens_mean_the_same() -> None:
    """The API writes dots where exports write hyphens."""
    table = model_table.load()
    assert table.name("GPT-4.5") == table.name("gpt-4-5") == "GPT-4.5"


def test_a_family_holds_variants_but_not_other_models() -> None:
    """Canvas and tasks were the same GPT-4o; mini and GPT-4 were not."""
    slugs = model_table.load().slugs_of("gpt-4o")
    assert {"gpt-4o", "gpt-4o-canmore", "gpt-4o-jawbone"} <= set(slugs)
    assert not {"gpt-4o-mini", "gpt-4", "gpt-4-gizmo"} & set(slugs)


def test_a_family_nobody_knows_holds_the_slug_itself() -> None:
    """Filtering by a new model finds that model."""
    assert model_table.load().slugs_of("gpt-9") == ("gpt-9",)


def test_every_row_says_where_it_is_from() -> None:
    """No date without a source and the day it was checked; dates are years, months or days."""
    rows = list(model_table.load())
    assert len(rows) > 60
    for row in rows:
        assert row.source, row.slug
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row.checked), row.slug
        assert all(DAY.fullmatch(day) for day in (row.introduced, row.retired) if day), row.slug
        assert not (row.introduced and row.retired) or row.introduced[:4] <= row.retired[:4], row.slug


def test_disagreement_of_sources_is_told() -> None:
    """The days GPT-4o was away are not the same everywhere."""
    row = model_table.load().find("gpt-4o")
    assert row is not None
    assert row.retired == "2026-02-13"
    assert "2025-08-07" in row.conflicting


def test_an_own_file_adds_and_replaces(tmp_path: Path) -> None:
    """The person can name a model that came after this program."""
    own = tmp_path / "models.toml"
    own.write_text(
        '[[model]]\nslug = "gpt-9"\nname = "GPT-9"\nintroduced = 2027-01-02\n'
        '[[model]]\nslug = "gpt-4o"\nname = "Omni"\ncolour = "green"\n',
        encoding="utf-8",
    )
    table = model_table.load(own)
    assert (table.name("gpt-9"), table.name("gpt-4o"), table.name("o3")) == ("GPT-9", "Omni", "o3")
    row = table.find("gpt-9")
    assert row is not None
    assert row.introduced == "2027-01-02"
    assert not table.problems


def test_a_missing_own_file_is_no_problem(tmp_path: Path) -> None:
    """Most people have none."""
    assert model_table.load(tmp_path / "models.toml") == model_table.load()


@pytest.mark.parametrize("words", ["[[model", 'model = "gpt-9"', '[[model]]\nname = "no slug"', "\x00"])
def test_a_damaged_own_file_is_named_and_left_aside(tmp_path: Path, words: str) -> None:
    """A typing error never takes the names away."""
    own = tmp_path / "models.toml"
    own.write_text(words, encoding="utf-8")
    table = model_table.load(own)
    assert table.name("gpt-4o") == "GPT-4o"
    assert len(table.problems) == 1
    assert "models.toml" in table.problems[0]
