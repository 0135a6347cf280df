"""A real browser without a window, spoken to over a pipe: what it shows, says and asks for.

The developer-tools protocol sends JSON objects that end in a zero byte, over the browser's file descriptors 3 and 4; so
nothing listens on a port. Tests that need it are skipped, and say so, where no browser is installed.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

COMMAND = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PATIENCE = 60.0
_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip

needs_browser = pytest.mark.skipif(COMMAND is None, reason="Chromium is not installed (Debian: apt install chromium).")


class Moved(Exception):
    """The page was left while it was asked."""


class Browser:
    """One page of a running browser, and everything it said since it was opened."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._unread = b""
        self._last = 0
        self._session = ""
        self.said: list[str] = []
        """Console messages, uncaught errors and what the browser logs, for example a broken policy."""
        self.asked: list[str] = []
        """Every address that was requested."""
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")

    def open(self, address: str, *, dark: bool = False) -> None:
        """Go to an address and wait until the page and its scripts are there."""
        self._send(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )
        self._send("Page.navigate", url="about:blank")
        self._send("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:
        """The value of an expression in the page; promises are waited for."""
        answer = self._send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until an expression is true."""
        deadline = time.monotonic() + _PATIENCE
        while not self._is_true(condition):
            assert time.monotonic() < deadline, f"never became true: {condition}"

    def _is_true(self, condition: str) -> bool:
        script = f"new Promise(r => setTimeout(() => r(Boolean({condition})), 15))"
        try:
            return bool(self.run(script))
        except Moved:
            return False

    def screenshot(self, path: Path, width: int = 900, height: int = 1000) -> None:
        """What a person would see."""
        self._send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        path.write_bytes(base64.b64decode(self._send("Page.captureScreenshot")["data"]))

    def pdf(self) -> bytes:
        """What would be printed."""
        return base64.b64decode(self._send("Page.printToPDF")["data"])

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._last:
                if "navigated" in str(answer.get("error", "")):
                    raise Moved(method)
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer.get("method", ""), answer.get("params", {}))

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            ready, _write, _error = select.select([self._from], [], [], _PATIENCE)
            assert ready, "the browser does not answer"
            self._unread += os.read(self._from, 1 << 20)
        line, _zero, self._unread = self._unread.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def _note(self, method: str, values: dict[str, Any]) -> None:
        match method:
            case "Runtime.consoleAPICalled":
                self.said.append(str([each.get("value") for each in values["args"]]))
            case "Runtime.exceptionThrown":
                self.said.append(json.dumps(values["exceptionDetails"]))
            case "Log.entryAdded":
                self.said.append(values["entry"]["text"])
            case "Page.javascriptDialogOpening":
                self.said.append(f"dialog: {values['message']}")
            case "Network.requestWillBeSent":
                self.asked.append(values["request"]["url"])


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Start a browser with an empty profile, and end it."""
    assert COMMAND is not None
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()

    # The browser expects the numbers 3 and 4; a shell moves the pipes there.
    moved = f'exec "$@" 3<&{their_in} 4>&{their_out}'
    process = subprocess.Popen(
        ["bash", "-c", moved, "browser", COMMAND, *_ARGUMENTS, f"--user-data-dir={profile}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(their_in, their_out),
    )
    os.close(their_in)
    os.close(their_out)
    try:
        yield Browser(our_out, our_in)
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        os.close(our_out)
        os.close(our_in)
