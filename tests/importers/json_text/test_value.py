"""JSON is read strictly where it can be, mended and remarked on where not, and given up in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.importers.json_text.value import BrokenJson, read_beginning, read_json

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None)
@given(values)
def test_good_json_is_read_as_everybody_reads_it(value: Any) -> None:
    """Without a remark."""
    assert read_json(json.dumps(value).encode()) == (value, ())


MENDED: dict[str, tuple[bytes, Any, str]] = {
    "a byte order mark": (b'\xef\xbb\xbf{"a": 1}', {"a": 1}, ""),
    "UTF-16": ('{"a": "\u00e9"}'.encode("utf-16"), {"a": "\u00e9"}, "UTF-16"),
    "bytes that are no UTF-8": (b'["a\xffb"]', ["a\ufffdb"], "no valid text"),
    "a text of Latin 1": ('["\u00e9\u00e8"]'.encode("latin-1"), ["\ufffd\ufffd"], "2 places"),
    "half a character, escaped": (b'["a\\ud83db"]', ["a\ufffdb"], "1 half character"),
    "the other half, escaped": (b'["\\ude00\\ud83d"]', ["\ufffd\ufffd"], "2 half characters"),
    "half a character, encoded": (b'["a\xed\xa0\xbdb"]', ["a\ufffdb"], "1 half character"),
    "both halves, encoded each": (b'["\xed\xa0\xbd\xed\xb8\x80", NaN]', ["\U0001f600", None], "number"),
    "an escaped backslash before a u": (b'["\\\\ud83d", NaN]', ["\\ud83d", None], "number"),
    "raw control characters": (b'["a\x00b\tc\nd"]', ["a\0b\tc\nd"], "3 control characters"),
    "escapes that are none": (b'["C:\\dir\\x"]', ["C:\\dir\\x"], "2 broken escapes"),
    "an escape cut short": (b'["\\u12"]', ["\\u12"], "broken escape"),
    "NaN and infinities": (b'[NaN, -Infinity, "NaN", Infinity]', [None, None, "NaN", None], "3 numbers"),
    "a float that is too big": (b"[1e999, -1e999]", ["1e999", "-1e999"], "2 numbers"),
    "a number beyond 64 bits": (b"[12345678901234567890123, NaN]", ["12345678901234567890123", None], "2 numbers"),
    "nothing but a number beyond 64 bits": (b'{"a": 22222222222222222222}', {"a": "2" * 20}, "number"),
    "a number below 64 bits": (b"[-9223372036854775809]", ["-9223372036854775809"], "number"),
    "a number of ten thousand digits": (b"[" + b"9" * 10_000 + b", NaN]", ["9" * 10_000, None], "2 numbers"),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_usual_faults_are_mended_and_remarked_on(name: str) -> None:
    """The rest of the value is untouched."""
    data, value, remark = MENDED[name]
    read, remarks = read_json(data)
    assert read == value
    assert remark in "\n".join(remarks)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"[-9223372036854775808,18446744073709551615]", [-(2**63), 2**64 - 1]),
        (b'["12345678901234567890123", 0.12345678901234567890123]', ["12345678901234567890123", 0.12345678901234568]),
    ],
)
def test_numbers_that_fit_and_digits_in_texts_are_no_faults(data: bytes, value: Any) -> None:
    """However many digits they have."""
    assert read_json(data) == (value, ())


def test_a_long_number_is_found_wherever_it_stands() -> None:
    """Also where one window of the search ends and the next begins."""
    for before in range((1 << 20) - 90, (1 << 20) + 5, 7):
        data = b'["' + b"x" * before + b'",12345678901234567890123]'
        assert read_json(data)[0][1] == "12345678901234567890123"


@pytest.mark.parametrize("depth", [600, 1_000, 1_500, 200_000])
def test_what_is_nested_too_deep_becomes_text(depth: int) -> None:
    """Without recursion, and what stands beside it is read."""
    deep = b'{"a": ' * depth + b"1" + b"}" * depth
    value, remarks = read_json(b'{"x": ' + deep + b', "y": "z"}')
    assert value["y"] == "z"
    assert "deeper" in remarks[0]
    inner, levels = value["x"], 1
    while isinstance(inner, dict):
        inner, levels = inner["a"], levels + 1
    assert levels <= 513
    assert inner.endswith("}")


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"a"}', b"[1,]", b"{'a': 1}", b"undefined", b"[1] [2]", b"\x00", b"]", b'"']
)
def test_what_is_hopeless_is_given_up_in_one_sentence(data: bytes) -> None:
    """With the place."""
    with pytest.raises(BrokenJson, match=r"^It.*JSON.*\.$"):
        read_json(data)


@settings(deadline=None)
@given(st.binary() | st.text('[]{}",:\\ \x00\ud800aNu1-.e').map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    """And what is read can be written again."""
    try:
        value, _ = read_json(data)
    except BrokenJson as error:
        read_beginning(error)
    else:
        json.dumps(value).encode()
        assert "\ud800" not in json.dumps(value, ensure_ascii=False)


@settings(deadline=None)
@given(values, st.data())
def test_the_beginning_of_a_value_is_part_of_it(value: Any, data: st.DataObject) -> None:
    """Whatever was kept of a cut text was there, and at the same place."""
    text = json.dumps({"first": 1, "value": value, "texts": ["some words"]}).encode()
    cut = text[: data.draw(st.integers(1, len(text) - 1))]
    try:
        read_json(cut)
    except BrokenJson as error:
        beginning = read_beginning(error)
    assert beginning is None or _is_within(beginning, json.loads(text))


def _is_within(part: Any, whole: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and _is_within(part[key], whole[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(map(_is_within, part, whole))
    if isinstance(part, str):
        # A character cut in the middle of its escapes leaves those behind.
        return isinstance(whole, str) and whole.startswith(part.split("\\u")[0].split("\ufffd")[0].rstrip("\\"))
    return part == whole or str(part) == str(whole)


def test_the_beginning_of_a_cut_message_keeps_its_words() -> None:
    """A text in a list, as content has it."""
    with pytest.raises(BrokenJson) as caught:
        read_json(b'{"id": "1", "parts": ["Hello wor')
    assert read_beginning(caught.value) == {"id": "1", "parts": ["Hello wor"]}
    with pytest.raises(BrokenJson) as caught:
        read_json(b'{"id": "1", "parent": "ab-c')
    assert read_beginning(caught.value) == {"id": "1"}


@pytest.mark.parametrize("depth", [250, 300, 500])
def test_what_is_deep_but_not_too_deep_stays_as_it_is(depth: int) -> None:
    """Without a remark."""
    data = b'{"x": ' + b"[" * depth + b"]" * depth + b"}"
    assert read_json(data) == (json.loads(data), ())
