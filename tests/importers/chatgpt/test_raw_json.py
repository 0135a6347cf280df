"""JSON text of what is kept raw."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archiver.importers.chatgpt.raw_json import from_json, to_json, type_name

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_any_value_comes_back(value: Any) -> None:
    """Numbers of any length and half characters included."""
    assert json.loads(to_json(value)) == value


@given(st.dictionaries(st.text(), st.integers()))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    """The same content gives the same text in any order of imports."""
    assert to_json(dict(reversed(value.items()))) == to_json(value)


def test_nesting_has_no_limit() -> None:
    """Deeper than any recursion goes, with the same text as a writer that could."""
    value: Any = {"b": [1, "x", None, {}], "a": []}
    assert to_json([[value]] * 2) == '[[{"a":[],"b":[1,"x",null,{}]}],[{"a":[],"b":[1,"x",null,{}]}]]'
    for _ in range(20_000):
        value = [value, {"k": "end"}]
    written = to_json(value)
    assert written.count("[") == 20_002
    assert written.endswith('{"k":"end"}]')


def test_what_is_no_json_is_nothing() -> None:
    """Strings of the provider that should hold JSON do not always."""
    assert from_json('{"a": 1}') == {"a": 1}
    assert from_json("{broken") is None
    assert from_json("[" * 100_000) is None
    assert from_json('"\ud83d"') is None


def test_values_are_called_by_the_words_of_json() -> None:
    """Whoever reads a report need not know Python."""
    values: tuple[Any, ...] = (None, True, 1, 0.5, "", [], {})
    assert [type_name(value) for value in values] == [
        "null", "true or false", "number", "number", "text", "list", "object",
    ]  # fmt: skip
