"""Arrays of any form are split into exactly the bytes of their elements, and broken ones cost only themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.importers.json_text import stream
from archiver.importers.json_text.opening import opening_of
from archiver.importers.json_text.stream import Element, ElementStream, Stray
from tests import builders

TALK = builders.conversation("Rivers", [("user", "Name one."), ("assistant", 'The "Danube" {or [so]}.')])

texts = st.text(st.sampled_from('ab"\\{}[],: é\n\u2028\ud83d'), max_size=8)
whole = st.integers(-(2**63), 2**64 - 1)  # what is longer is rounded here, and read again by whoever reads the element
scalars = st.none() | st.booleans() | whole | st.floats(allow_nan=False, allow_infinity=False) | texts
keys = st.sampled_from(["title", "id", "mapping", "x", 'q"'])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
rows = st.fixed_dictionaries({"title": scalars, "id": scalars}, optional={"mapping": values, "x": values})
arrays = st.lists(rows | values, max_size=6)
chunkings = st.lists(st.integers(1, 40), max_size=6)


def reader(data: bytes, sizes: Sequence[int] = ()) -> Callable[[int], bytes]:
    """A stream that hands out chunks of these sizes, then as much as asked for."""
    wanted = chain(sizes, repeat(1 << 30))
    place = 0

    def read(size: int) -> bytes:
        nonlocal place
        block = data[place : place + min(size, next(wanted))]
        place += len(block)
        return block

    return read


def split(data: bytes, sizes: Sequence[int] = ()) -> tuple[list[Element | Stray], ElementStream]:
    """Everything a stream finds in ``data``, and the stream."""
    read = reader(data, sizes)
    opening = opening_of(read(1 << 20), 0, read)
    stream = ElementStream(opening.data, opening.start, read, in_array=opening.in_array, closers=opening.closers)
    return list(stream), stream


def elements(data: bytes, sizes: Sequence[int] = ()) -> list[Element]:
    """The elements alone."""
    return [found for found in split(data, sizes)[0] if isinstance(found, Element)]


@settings(deadline=None)
@given(arrays, st.sampled_from([None, 0, 1, "\t"]), st.sampled_from([", ", ",", " ,\n"]), st.booleans(), chunkings)
def test_the_elements_are_those_of_the_array(
    array: list[Any], indent: int | str | None, comma: str, ascii: bool, sizes: list[int]
) -> None:
    """Whatever white space, nesting and chunks: each element's bytes are its JSON, at its place."""
    text = json.dumps(array, indent=indent, separators=(comma, ": "), ensure_ascii=ascii)
    data = text.encode("utf-8", "surrogatepass")
    found, stream = split(data, sizes)
    assert stream.is_closed
    assert all(isinstance(element, Element) for element in found)
    assert [json.loads(element.data.decode("utf-8", "surrogatepass")) for element in elements(data, sizes)] == array
    for number, element in enumerate(elements(data, sizes)):
        assert element.number == number
        assert data[element.offset : element.offset + len(element.data)] == element.data
        assert element.value is None or element.value == json.loads(element.data)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text('[]{}",:\\ ab1-', max_size=300).map(str.encode), chunkings)
@example(b"[}}}", [])
@example(b'["abc', [])
@example(b"[lorem ipsum", [])
@example(b'[{"a":"', [1, 1, 1])
def test_any_bytes_come_to_an_end(data: bytes, sizes: list[int]) -> None:
    """Garbage is passed over, forwards only and byte by byte accounted for."""
    found, _ = split(b"[" + data, sizes)
    place = 0
    for one in found:
        assert one.offset >= place
        place = one.offset + (len(one.data) if isinstance(one, Element) else one.size)
    assert place <= len(data) + 1


BREAKS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("a missing closing brace", lambda data: data[:-1]),
    ("a missing opening quote", lambda data: data.replace(b'"Name one."', b'Name one."')),
    ("a missing closing quote", lambda data: data.replace(b'"Name one."', b'"Name one.')),
    ("an extra closing brace", lambda data: data + b"}"),
    ("an extra closing bracket", lambda data: data.replace(b'"mapping": {', b'"mapping": ]{')),
    ("an extra opening brace", lambda data: data.replace(b'"mapping": {', b'"mapping": {{')),
    ("an unknown word", lambda data: data.replace(b"null", b"undefined", 1)),
    ("a hole of zeros", lambda data: data[:200] + bytes(400) + data[600:]),
    ("a missing half", lambda data: data[: len(data) // 2]),
]


@pytest.mark.parametrize("place", [0, 1, 2, 4])
@pytest.mark.parametrize("separator", [b", ", b",\n", b","])
@pytest.mark.parametrize(("name", "damage"), BREAKS)
def test_a_broken_element_costs_only_itself(
    name: str, damage: Callable[[bytes], bytes], separator: bytes, place: int
) -> None:
    """The conversations before and after it come out whole."""
    talks = [builders.conversation(f"Talk {number}", [("user", "Name one.")]) for number in range(5)]
    slices = [json.dumps(talk).encode() for talk in talks]
    whole = [data for number, data in enumerate(slices) if number != place]
    slices[place] = damage(slices[place])
    found = elements(b"[" + separator.join(slices) + b"]")
    assert [element.data for element in found if element.data in whole] == whole


def test_nested_lists_that_look_like_the_array_do_not_split_an_element() -> None:
    """The separator learned from the conversations occurs inside one as well."""
    inner = [{"title": "a", "id": 1}, {"title": "b", "id": 2}]
    array = [{"title": "x", "id": number, "mapping": {"n": inner}} for number in range(50)]
    assert [json.loads(element.data) for element in elements(json.dumps(array).encode())] == array


def test_values_that_only_lenient_readers_accept_are_split_exactly() -> None:
    """NaN, half characters and raw control characters keep a slice from being proven, not from being found."""
    array = b'[{"title": "a", "id": NaN}, {"title": "\\ud83d", "id": "\x01"}, {"title": "c", "id": 1e999}]'
    assert [element.data[-4:] for element in elements(array)] == [b"NaN}", b'"\x01"}', b"999}"]


def test_conversations_of_different_keys_are_split() -> None:
    """No two elements begin alike."""
    array = [{f"key{number}": number, "id": number} for number in range(500)]
    assert [json.loads(element.data) for element in elements(json.dumps(array).encode(), [7, 90])] == array


def test_an_array_inside_an_object_is_found() -> None:
    """``{"conversations": […]}``, also behind other keys, and not inside a text."""
    data = json.dumps({"note": '"conversations": [', "version": 1, "conversations": [TALK, TALK], "end": 0}).encode()
    found, stream = split(data)
    assert [json.loads(element.data) for element in found if isinstance(element, Element)] == [TALK, TALK]
    assert stream.is_closed


def test_objects_that_follow_each_other_are_split() -> None:
    """One conversation a line, without brackets around them."""
    data = b"\n".join(json.dumps(TALK).encode() for _ in range(4))
    assert len(elements(data)) == 4


def test_a_byte_order_mark_is_no_part_of_the_first_element() -> None:
    """As editors write it."""
    assert [element.data for element in elements(b'\xef\xbb\xbf[{"id": 1}]')] == [b'{"id": 1}']


def test_an_array_that_ends_early_is_not_closed() -> None:
    """The last element comes out as far as it goes."""
    found, stream = split(b'[{"id": 1}, {"id": 2}, {"id": ')
    assert not stream.is_closed
    assert [element.data for element in found if isinstance(element, Element)][-1] == b'{"id": '


def test_rows_that_are_no_objects_are_elements_too() -> None:
    """A later look decides what they are."""
    assert [element.data for element in elements(b'[null, "a]", -1.5, [{}], {}]')] == [
        b"null", b'"a]"', b"-1.5", b"[{}]", b"{}",
    ]  # fmt: skip


def test_deep_nesting_needs_no_recursion() -> None:
    """Two hundred thousand brackets."""
    deep = b"[" * 200_000 + b"]" * 200_000
    assert [len(element.data) for element in elements(b'[{"id": ' + deep + b'}, {"id": 2}]')] == [400_008, 9]


def test_an_element_too_long_to_hold_is_stepped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows it is read."""
    monkeypatch.setattr(stream, "LARGEST", 3 << 20)
    monkeypatch.setattr(stream, "_FIRST_PATIENCE", 1 << 20)
    giant = b'{"id": "' + b"x" * (9 << 20) + b'"}'
    found, split_up = split(b"[" + giant + b', {"id": 2}]', [1 << 20] * 20)
    assert isinstance(found[0], Stray)
    assert found[0].is_too_long
    assert split_up.is_closed


def test_many_broken_elements_do_not_take_time_without_end() -> None:
    """Each is looked at once or twice, not over and over again."""
    broken = b'{"title": "a", "id": 1, "mapping": {{}'
    found = elements(b"[" + b", ".join([broken] * 3_000) + b"]")
    assert len(found) >= 1
    lone = b'{"a" } x ' * 2_000
    assert len(elements(b"[" + lone + b"]")) == 2_000
    quotes = b'{"title": "' + b'\\"{' * 300_000
    assert len(elements(b"[" + quotes)) == 1


def test_a_long_element_at_the_end_is_split_exactly() -> None:
    """The last conversation of a list may be megabytes long; the list's bracket is no part of it."""
    long = b'{"id": 2, "text": "' + b"word, [word] {word} " * 300_000 + b'"}'
    found = elements(b'[{"id": 1}, ' + long + b"]")
    assert [len(element.data) for element in found if isinstance(element, Element)] == [9, len(long)]
