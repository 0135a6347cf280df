"""Captions of generated pictures."""

from __future__ import annotations

import json
from typing import Any

from archiver.records import AssetReference
from tests import builders
from tests.importers.understanding import parts

PICTURE = builders.picture()
DRAWN = builders.tool("t2uay3k.sj1i4kz", builders.multimodal(builders.image_pointer(PICTURE)))


def captions(body: Any, *drawn: builders.Draft, tool: str = "t2uay3k.sj1i4kz") -> list[str]:
    """The captions of pictures drawn after a call with this body."""
    call = builders.call(tool, body if isinstance(body, str) else json.dumps(body))
    return [part.caption for part in parts(call, *(drawn or (DRAWN,))) if isinstance(part, AssetReference)]


def test_a_picture_gets_the_prompt_of_the_call_before_it() -> None:
    """Since 2025 it stands nowhere else."""
    assert captions({"prompt": "a heron at dusk", "size": "1024x1024"}) == ["a heron at dusk"]


def test_pictures_of_one_call_get_their_own_prompts() -> None:
    """DALL·E was asked for several at once; a single prompt is for all of them."""
    several = builders.tool("dalle.text2im", builders.multimodal(*[builders.image_pointer(PICTURE)] * 2))
    assert captions({"prompts": ["one", "two"]}, several, tool="dalle.text2im") == ["one", "two"]
    assert captions({"prompt": "one"}, several, tool="dalle.text2im") == ["one", "one"]


def test_an_own_prompt_counts_more() -> None:
    """The provider may have rewritten the words of the call."""
    own = builders.tool("dalle.text2im", builders.multimodal(builders.image_pointer(PICTURE, prompt="rewritten")))
    assert captions({"prompt": "asked"}, own, tool="dalle.text2im") == ["rewritten"]


def test_other_calls_and_other_bodies_give_none() -> None:
    """Charts of a program, broken JSON, another tool."""
    assert captions({"prompt": "x"}, tool="python") == [""]
    assert captions("{broken") == [""]
    assert captions([1]) == [""]
    assert captions({"prompt": 4}) == [""]
