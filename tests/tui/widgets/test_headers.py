"""Above each message stands who wrote it, when, and what is recorded of the model; nothing is guessed."""

import pytest

from archiver.records import Branch, Message, Speech
from archiver.tui.widgets.headers import header_lines, model_line

from .paths import answered, said

ONLY = Branch(1, 1)
NAMES = {"gpt-4o": "GPT-4o", "gpt-5": "GPT-5"}


def header(message: Message, branch: Branch = ONLY, *, width: int = 200, is_favourite: bool = False) -> str:
    """The header as text."""
    lines = header_lines(message, branch, NAMES, width, is_favourite=is_favourite)
    return "\n".join("".join(run.text for run in line) for line in lines)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (said("x"), "You · time not recorded"),
        (answered("x"), "Assistant · GPT-4o · time not recorded"),
        (answered("x", asked="gpt-4o"), "Assistant · GPT-4o · time not recorded"),
        (answered("x", asked="gpt-5"), "Assistant · asked GPT-5, answered GPT-4o · time not recorded"),
        (answered("x", model="", asked="gpt-5"),
         "Assistant · asked GPT-5, answering model not recorded · time not recorded"),
        (answered("x", model=""), "Assistant · model not recorded · time not recorded"),
        (answered("x", model="o9-new"), "Assistant · o9-new · time not recorded"),
        (said("x", role="tool", author="dalle.text2im"), "Tool dalle.text2im · time not recorded"),
        (said("x", role="system", hidden="system"), "System · time not recorded · hidden in ChatGPT"),
        (answered("x", hidden="thoughts"), "Assistant · GPT-4o · time not recorded · thoughts"),
        (said("x", role="critic"), "critic · time not recorded"),
        (answered("x", rating="thumbs_up"), "Assistant · GPT-4o · time not recorded · you rated it good"),
        (answered("x", rating="shrug", status="in_progress"),
         "Assistant · GPT-4o · time not recorded · shrug · in progress"),
        (said(parts=[Speech("hello")]), "You · time not recorded · spoken"),
    ],
)  # fmt: skip
def test_a_header_says_what_is_recorded(message: Message, words: str) -> None:
    """Asked and answered model from their fields, or that they are not recorded."""
    assert header(message) == words


def test_versions_are_counted() -> None:
    """Where there is more than one."""
    assert header(answered("x"), Branch(2, 3)) == "Assistant  ‹ 2/3 › · GPT-4o · time not recorded"


def test_a_favourite_says_so() -> None:
    """In words."""
    assert header(said("x"), is_favourite=True).endswith(" · favourite")


def test_a_change_of_model_has_a_line() -> None:
    """Across the text."""
    assert "".join(run.text for run in model_line("GPT-5", 30)) == "── from here on GPT-5 ────────"


def test_a_long_header_takes_another_line() -> None:
    """Broken between two facts."""
    message = answered("x", asked="gpt-5", rating="thumbs_up")
    assert header(message, width=40) == (
        "Assistant · asked GPT-5, answered GPT-4o\ntime not recorded · you rated it good"
    )
