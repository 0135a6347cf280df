"""The JSON of one message, cut out of that of its conversation."""

from __future__ import annotations

import json

from archiver.tui.raw_json import find_object, pretty


def test_the_outermost_object_with_the_id_is_shown() -> None:
    """The node with its parent and children, not only the message inside it."""
    value = {"mapping": {"x": {"id": "x", "message": {"id": "x", "words": "…"}, "parent": "y"}}}
    assert find_object(value, "x")["parent"] == "y"
    assert find_object(value, "missing") is value


def test_what_is_no_json_is_shown_as_it_is() -> None:
    """Damaged slices are evidence too."""
    assert pretty(b'{"a": \xff', "") == ('{"a": \ufffd', False)


def test_long_texts_are_cut_and_say_so() -> None:
    """A megabyte of JSON would take seconds to break into lines."""
    text, was_cut = pretty(json.dumps({"id": "x", "words": "w" * 1_000_000}).encode(), "x")
    assert was_cut
    assert len(text) < 500_000


def test_deep_nesting_ends_nothing() -> None:
    """Ten thousand brackets are shown as text."""
    text, _was_cut = pretty(b"[" * 10_000 + b"]" * 10_000, "x")
    assert text.startswith("[[[")
