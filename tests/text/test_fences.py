"""Code between fences is told apart from the words around it, and no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.fences import has_fence, pieces

LINES = st.sampled_from(
    ["```", "```py", "~~~", "~~~~", "````", "  ```", "- ```sh", "> ~~~", "a `b` c", "", "x ``` y", "1. ```"]
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("so:\n```py\nzork = 1\n```\nthere", ["```py\nzork = 1\n```"]),
        ("~~~\na ``` b\n~~~", ["~~~\na ``` b\n~~~"]),
        ("1. first\n\n   ```sh\n   ls\n   ```\n2. then", ["   ```sh\n   ls\n   ```"]),
        ("- ```\n  x\n  ```", ["- ```\n  x\n  ```"]),
        ("> ```\n> x\n> ```\nend", ["> ```\n> x\n> ```"]),
        ("````\n```\nin\n```\n````", ["````\n```\nin\n```\n````"]),
        ("```\nnever closed", ["```\nnever closed"]),
        ("```a```", []),
        ("a ``` b ``` c", []),
        ("two ~~~ tildes", []),
        ("```\na\n```\n```\nb\n```", ["```\na\n```", "```\nb\n```"]),
    ],
)
def test_what_is_code(text: str, code: list[str]) -> None:
    """With the lines of its fences."""
    assert [piece for is_code, piece in pieces(text) if is_code] == code
    assert has_fence(text) == bool(code)


def test_a_long_mark_needs_one_as_long() -> None:
    """However long it is."""
    mark = "`" * 100_000
    assert list(pieces(f"{mark}\na\n```\n{mark}\nb")) == [(True, f"{mark}\na\n```\n{mark}"), (False, "\nb")]


@given(st.lists(LINES, max_size=12))
def test_no_character_is_lost(lines: list[str]) -> None:
    """Whatever is open or closed."""
    text = "\n".join(lines)
    assert "".join(piece for _is_code, piece in pieces(text)) == text
