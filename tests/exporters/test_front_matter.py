"""Front matter: a YAML parser reads back exactly what was meant."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.exporters import ExportOptions
from archiver.exporters.front_matter import Bare, front_matter, quoted, tag
from archiver.exporters.markdown import to_markdown
from archiver.exporters.markdown_blocks import Places
from tests.exporters.hostile import TITLES
from tests.exporters.talks import talk

yaml = pytest.importorskip("yaml", reason="PyYAML reads the front matter back; pip install pyyaml")


def loaded(markdown: str) -> dict[str, Any]:
    """The front matter of a file, found as Obsidian finds it."""
    match = re.match(r"---\n(.*?)\n---\n", markdown, re.DOTALL)
    assert match is not None
    values: dict[str, Any] = yaml.safe_load(match[1])
    return values


def without_halves(text: str) -> str:
    """As text can be written at all."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@given(st.text(st.characters(), max_size=80))
def test_any_string_comes_back(text: str) -> None:
    """As value, as item and as key."""
    block = front_matter({"title": text, "aliases": (text,), "models": {text: 3}})
    values = loaded(block)
    meant = without_halves(text)
    assert values.get("title", "") == meant
    assert values["aliases"] == [meant]
    assert values["models"] == {meant: 3}
    assert block.isprintable() or not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", block)


@pytest.mark.parametrize("title", TITLES)
def test_every_hostile_title_comes_back(title: str) -> None:
    """Blank space is one blank in a title; nothing else changes."""
    values = loaded(to_markdown(talk("a", "b", title=title), ExportOptions()))
    expected = " ".join(without_halves(title).split())
    assert values["title"] == (expected or "a")
    assert values["aliases"] == [values["title"]]
    assert values["conversation_id"] == talk("a").id


def test_what_stands_in_it() -> None:
    """Types that tools understand: moments, numbers, lists."""
    places = Places(sources=(("chatgpt.zip", "ab" * 32),))
    values = loaded(to_markdown(talk("a", "b", "c", "d"), ExportOptions(), places))
    berlin = datetime.timezone(datetime.timedelta(hours=1))
    assert values["created"] == datetime.datetime(2026, 2, 13, 2, tzinfo=berlin)
    assert values["models"] == {"gpt-4o": 2}
    assert values["message_count"] == 4
    assert values["provider"] == "chatgpt"
    assert values["source"] == ["chatgpt.zip"]
    assert values["source_sha256"] == ["ab" * 32]
    assert values["tags"] == ["chatgpt", "model/gpt-4o"]


def test_a_moment_is_bare_and_a_title_that_looks_like_one_is_not() -> None:
    """Else a title would become a date."""
    block = front_matter({"created": Bare("2026-02-13T02:00:00+01:00"), "title": "2026-02-13T02:00:00+01:00"})
    assert isinstance(loaded(block)["created"], datetime.datetime)
    assert isinstance(loaded(block)["title"], str)


def test_a_string_is_json_as_well() -> None:
    """Parsers that know only JSON strings agree."""
    assert quoted("a\u2028b\x85") == '"a\\u2028b\\u0085"'


def test_tags_are_what_obsidian_allows() -> None:
    """No blanks, no dots."""
    assert tag("model/gpt-5.5 wm") == "model/gpt-5-5-wm"
