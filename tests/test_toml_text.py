"""An edited TOML text says exactly what it should, whatever it looked like before."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.toml_text import Value, dumped, edited

_KEYS = st.text(max_size=8)
_VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=20),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.lists(st.text(max_size=8), max_size=3),
)
_DOCUMENTS = st.dictionaries(_KEYS, st.one_of(_VALUES, st.dictionaries(_KEYS, _VALUES, max_size=3)), max_size=4)


@given(_DOCUMENTS)
def test_a_dumped_document_reads_back(document: dict[str, object]) -> None:
    """Any keys and values, with control characters, quotes and every script."""
    assert tomllib.loads(dumped(document)) == document


@given(_DOCUMENTS, _KEYS, _VALUES)
def test_an_edited_value_is_the_only_change(document: dict[str, object], key: str, value: Value) -> None:
    """Other values stay, wherever the key stood before."""
    assert tomllib.loads(edited(dumped(document), {(key,): value})) == document | {key: value}


@pytest.mark.parametrize(
    "text",
    [
        'theme = """\nlong\n"""\n',
        "theme = [\n 1,\n]\n",
        '"theme" = 1\n',
        "theme.dark = 1\n",
        "[theme]\nx = 1\n",
        "",
        "[a.b]\nc = 1",
    ],
)
def test_unusual_forms_of_a_value_are_replaced_too(text: str) -> None:
    """Where one line is not enough, the whole text is written anew."""
    assert tomllib.loads(edited(text, {("theme",): "paper"}))["theme"] == "paper"


def test_no_change_leaves_the_text_alone() -> None:
    """Not even a line end is added."""
    assert edited("a=1 # x", {}) == "a=1 # x"
