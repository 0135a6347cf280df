"""The rules of the house, checked: layers, a reason above every module, clean tools, a tidy top level."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_no_network import imported

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for folder in ("archiver", "tests") for path in (ROOT / folder).rglob("*.py"))

ZIP_READERS = ("archiver.importers.", "archiver.vault")
"""Everything else in the package reads sources through them, and so through their checks."""
ZIP_WRITERS = ("archiver.demo.export", "archiver.exporters.epub")
"""These make zips of their own."""

TOP_LEVEL = {"pyproject.toml", "archiver", "tests", "README.md", "LICENSE"}


def test_imports_point_one_way() -> None:
    """The layers drawn in pyproject.toml hold."""
    finished = _run(str(_tool("lint-imports")), "--config", "pyproject.toml", "--no-cache")
    assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_the_reason_why_it_exists(path: Path) -> None:
    """A newcomer reads one paragraph before the code; only an empty file of the tests needs none."""
    code = path.read_text(encoding="utf-8")
    if not code and path.is_relative_to(ROOT / "tests"):
        return
    reason = ast.get_docstring(ast.parse(code))
    assert reason, "There is no docstring at the top."
    assert reason.splitlines()[0].endswith((".", ":", "…")), "The first line is no whole sentence."


def test_only_what_checks_zips_opens_them() -> None:
    """A zip that is built to mislead must not find a second door."""
    readers = {
        name
        for path in MODULES
        if (name := _module_name(path)).startswith("archiver.")
        and "zipfile" in imported(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert {name for name in readers if not name.startswith(ZIP_READERS + ZIP_WRITERS)} == set()


def test_a_package_is_entered_by_its_front() -> None:
    """Where two threads import, one of them a part and the other the package that brings in this part, Python gives up.

    It locks the part before the package, so each would wait for the other. Screens are imported while threads read.
    """
    fronts = ("archiver.exporters", "archiver.importers", "archiver.index", "markdown_it")
    wrong = []
    for path in (ROOT / "archiver").rglob("*.py"):
        name = _module_name(path)
        entered: set[str] = set()
        for module in _from_imports(ast.parse(path.read_text(encoding="utf-8"))):
            front = next((each for each in fronts if module.startswith(f"{each}.")), "")
            if module in fronts:
                entered.add(module)
            elif front and front not in entered and not name.startswith((front, "archiver.cli")):
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_what_markdown_needs_of_html_is_there_before_it() -> None:
    """For the same reason: it imports a part of Python's own ``html``, which brings this part in itself."""
    for path in (ROOT / "archiver").rglob("*.py"):
        code = ast.parse(path.read_text(encoding="utf-8"))
        modules = [node for node in code.body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = [
            "".join(alias.name for alias in node.names) if isinstance(node, ast.Import) else node.module
            for node in modules
        ]
        assert "markdown_it" not in names or names.index("html") < names.index("markdown_it"), path


def _from_imports(code: ast.AST) -> list[str]:
    """The modules that names are imported from, from the top down, without what only types need."""
    for node in ast.walk(code):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    found = [node for node in ast.walk(code) if isinstance(node, ast.ImportFrom) and node.module]
    return [node.module or "" for node in sorted(found, key=lambda node: node.lineno)]


def test_the_top_level_shows_five_names() -> None:
    """Everything else there begins with a dot."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("This is no git checkout, so what belongs to the project is not known.")
    listed = _run("git", "ls-files", "--cached").stdout.splitlines()
    assert {Path(name).parts[0] for name in listed if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=["lint", "layout"])
def test_ruff_has_nothing_to_say(arguments: tuple[str, ...]) -> None:
    """As configured in pyproject.toml."""
    finished = _run(str(_tool("ruff")), *arguments, "--no-cache", "archiver", "tests")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_types_are_complete() -> None:
    """mypy --strict over package and tests."""
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed.")
    finished = _run(sys.executable, "-m", "mypy")
    assert finished.returncode == 0, finished.stdout


def _tool(name: str) -> Path:
    """A development tool beside the Python that runs the tests."""
    program = Path(sys.executable).with_name(name)
    if not program.exists():
        pytest.skip(f"{name} is not installed.")
    return program


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
