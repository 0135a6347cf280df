"""Text as bytes. A lone surrogate, half a character that some exports hold, has no bytes in UTF-8."""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def encoded(text: str) -> bytes:
    """``text`` in UTF-8, with U+FFFD where a half character stands."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def json_line(value: Any) -> bytes:
    """One line of JSON Lines; half characters keep their escaped form."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"
