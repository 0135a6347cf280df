"""A large object read by its members is the same object."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.importers.json_text.pieces import read_large
from tests import builders

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)
SPACE = st.sampled_from([b"", b" ", b"\n\t"])


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON), SPACE)
def test_it_is_what_the_parser_reads(value: dict[str, Any], space: bytes) -> None:
    """Wherever in the memory it lies, and however it is spaced."""
    form = orjson.dumps(value, option=orjson.OPT_INDENT_2) if space else orjson.dumps(value)
    data = b"[1," + space + form + space + b",{}]"
    start = 3 + len(space)
    assert read_large(data, start, start + len(form)) == value


@pytest.mark.parametrize("conversation", [builders.conversation("Soup"), builders.branching(), {}])
def test_a_conversation_is_read(conversation: dict[str, Any]) -> None:
    """With mapping and nodes."""
    data = orjson.dumps(conversation)
    assert read_large(data, 0, len(data)) == conversation


@pytest.mark.parametrize(
    "data",
    [b"[]", b'{"a":1', b'{"a":1,}', b'{"a" 1}', b'{"a":NaN}', b'{"a":{"b":}}', b'{"a":[1}]', b'{"a":1}}', b'{"a":1} ',
     b'{"a":"\\ud800"}', b'{,}', b'{"a":{"b":1}', b'{a:1}'],
)  # fmt: skip
def test_anything_odd_is_left_to_the_parser(data: bytes) -> None:
    """Which knows what to do with it."""
    assert read_large(data, 0, len(data)) is None


@given(st.binary(max_size=40), st.sampled_from([b"", b'{"a":', b'{"a":{"b":']))
def test_what_it_reads_the_parser_reads_too(noise: bytes, before: bytes) -> None:
    """It is never more lenient."""
    data = before + noise + b"}" * before.count(b"{")
    value = read_large(data, 0, len(data))
    if value is not None:
        assert orjson.loads(data) == value
