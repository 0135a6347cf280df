"""Nothing leaves the machine: no module of the package can send or fetch, and a whole run tries to reach nobody."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "archiver").rglob("*.py"))

NETWORK_MODULES = {
    "aiohttp": "fetches web pages",
    "asyncio.streams": "opens connections",
    "ftplib": "transfers files",
    "http": "speaks with web servers, or is one",
    "httpx": "fetches web pages",
    "imaplib": "reads mail",
    "nntplib": "reads news",
    "poplib": "reads mail",
    "requests": "fetches web pages",
    "smtplib": "sends mail",
    "socket": "opens connections",
    "socketserver": "waits for connections",
    "ssl": "encrypts connections",
    "telnetlib": "opens connections",
    "urllib.error": "belongs to fetching web pages",
    "urllib.request": "fetches web pages",
    "urllib.robotparser": "fetches web pages",
    "urllib3": "fetches web pages",
    "websockets": "opens connections",
    "wsgiref": "is a web server",
    "xmlrpc": "calls other machines",
}
"""What no module of the package may import, and why. ``urllib.parse`` is fine, it only takes addresses apart, and so is
``select``, which waits for the terminal to answer."""

NETWORK_CALLS = {"open_connection", "start_server", "create_connection", "create_server", "open_unix_connection"}
"""Functions of asyncio that open connections without an import that would show it."""

A_WHOLE_RUN = """
import sys

REACHING_OUT = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "socket.bind",
                "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")

def refuse(event, arguments):
    if event.startswith(REACHING_OUT):
        raise SystemExit(f"This run tried to reach out: {event} {arguments}")

sys.addaudithook(refuse)

from archiver import demo
from archiver.cli import main
from pathlib import Path

folder = Path(sys.argv[1])
export = demo.build(folder / "export.zip")
for arguments in (["import", str(export)], ["search", "river"], ["list"], ["export", str(folder / "out")], ["verify"]):
    if main(arguments):
        raise SystemExit(f"{arguments} did not work.")
"""
"""Python raises an audit event before every connection, look-up of a name, or request, whoever makes it."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_that_sends_or_fetches(path: Path) -> None:
    """Neither at its top nor inside a function, nor through asyncio."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [name for name in imported(tree) if is_network(name)]
    assert not NETWORK_CALLS & {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_this_test_would_notice() -> None:
    """A test of what is absent is worth as much as what it can find."""
    source = (
        "import os, socket\nfrom urllib import request, parse\nimport http.client as web\nfrom ssl import SSLContext"
    )
    found = {name for name in imported(ast.parse(source)) if is_network(name)}
    assert found == {"socket", "urllib.request", "http.client", "ssl.SSLContext", "ssl"}


def test_a_whole_run_reaches_nobody(tmp_path: Path) -> None:
    """Importing, searching, listing, saving and checking, with every attempt to connect made fatal."""
    finished = subprocess.run(
        [sys.executable, "-c", A_WHOLE_RUN, str(tmp_path)],
        env={**os.environ, "ARCHIVER_DIR": str(tmp_path / "archive"), "HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere; ``from a import b`` may mean ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_network(module: str) -> bool:
    """Whether a module, or one that it lies in, is on the list."""
    parts = module.split(".")
    return any(".".join(parts[:length]) in NETWORK_MODULES for length in range(1, len(parts) + 1))
