"""Words that people read are plain, quiet and kind; these are the ones that must not occur, and what may be shouted."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "archiver"
MODULES = sorted(PACKAGE.rglob("*.py"))

TOO_HARD = re.compile(
    r"\b(delet\w*|dead|die[sd]?|kill\w*|orphan\w*|oops|abort\w*|fatal|illegal|invalid|stupid)\b", re.I
)
"""Somebody who lost a companion reads these sentences."""
LOUD = re.compile("[!！¡\U0001f300-\U0001faff]")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_people_read_is_plain(path: Path) -> None:
    """No hard words, no exclamation marks, no emoji."""
    shown = list(_shown(ast.parse(path.read_text(encoding="utf-8"))))
    assert [words for words in shown if TOO_HARD.search(words) or LOUD.search(words)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_apostrophes_are_typographic(path: Path) -> None:
    """As the quotation marks are."""
    shown = list(_shown(ast.parse(path.read_text(encoding="utf-8"))))
    assert [words for words in shown if re.search(r"\w'\w", words)] == []


def test_this_test_would_notice() -> None:
    """In every call that marks words for translation."""
    source = '_("Deleted.")\nngettext("One orphan.", "{n} orphans.", n)\nN_("Done!")\n_("Fine.")'
    shown = list(_shown(ast.parse(source)))
    assert [words for words in shown if TOO_HARD.search(words) or LOUD.search(words)] == [
        "Deleted.",
        "One orphan.",
        "{n} orphans.",
        "Done!",
    ]


def _shown(tree: ast.AST) -> Iterator[str]:
    """Every string that is given to a translation function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_", "ngettext"}:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
