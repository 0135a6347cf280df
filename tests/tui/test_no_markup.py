"""No text is ever read as markup: a title is never an instruction to the screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "archiver" / "tui"
MODULES = sorted(PACKAGE.rglob("*.py"))
READS_MARKUP = {"Static", "Label", "Button", "Checkbox", "Collapsible", "OptionList", "notify"}
NEVER = {"from_markup", "DataTable", "Markdown", "ListView", "Digits", "Tabs"}


def calls(code: str) -> list[tuple[str, set[str]]]:
    """(name, arguments that say markup=False) of every call."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            off = {
                keyword.arg or ""
                for keyword in node.keywords
                if isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            }
            found.append((name, off))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_markup_is_off_wherever_text_is_handed_to_textual(path: Path) -> None:
    """In widgets and in notices."""
    for name, off in calls(path.read_text("utf-8")):
        assert name not in NEVER, name
        if name in READS_MARKUP:
            assert "markup" in off, name


def test_this_test_would_notice() -> None:
    """A call without the word, and one with it."""
    assert calls("Static(title)") == [("Static", set())]
    assert calls("self.app.notify(title, markup=False)") == [("notify", {"markup"})]
