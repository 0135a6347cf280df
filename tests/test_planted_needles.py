"""Words planted anywhere in an export of any layout, in any language, are found there, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from archiver.archive import Archive
from archiver.ingest import import_sources
from tests import builders
from tests.bench.words import language

_HAN = "鯨鱗麝黛齟齬鼾龕簫籟糶縢纛罅翡翦耆聒"
_HANGUL = "뷁쉛뒝괭랕훑뻔쬐츛퀭뮈썽"
_KANA = "ぬゑゐぽぢづゔぴぺげ"
_LETTERS = {
    "en": "bcdfghjklmnpqrstvwxz", "de": "äöüßqxvwkj", "fr": "éèçœàêqxwk", "es": "ñáíóúqxwkj", "it": "àèìòùqxzvb",
    "hi": "ठढघझऔऐऊ", "ar": "ضظغثذشخطع", "ru": "ёщъыэюжц",
}  # fmt: skip
CODES = (*_LETTERS, "zh", "ja", "ko", "number", "slug")


def needle(code: str, random: Random) -> str:
    """A word that nobody else writes."""
    match code:
        case "zh":
            return "".join(random.sample(_HAN, 3))
        case "ja":
            return "".join(random.sample(_KANA, 4)) + random.choice(_HAN)
        case "ko":
            return "".join(random.sample(_HANGUL, 3))
        case "number":
            return str(random.randrange(10**8, 10**9))
        case "slug":
            return f"qx-{random.randrange(100, 999)}z-{random.randrange(1_000, 9_999)}"
        case _:
            return "".join(random.choices(_LETTERS[code], k=9))


def typed_otherwise(code: str, word: str) -> Iterator[str]:
    """Other ways to type the same."""
    yield word
    yield f'"{word}"'
    if code in _LETTERS and code not in {"hi", "ar"}:
        yield word.upper()
        yield word[:7] + "*"
    if code == "number":
        yield f"{int(word):,}"
        yield "".join(chr(ord(digit) + 0xFEE0) for digit in word)
    if code == "ja":
        yield "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in word)
    if code == "slug":
        yield word.replace("-", "\u2011")
        yield word.upper()


def miss(code: str, word: str, random: Random) -> str:
    """Nearly the same word, which nobody planted."""
    letters = {"zh": _HAN, "ja": _HAN, "ko": _HANGUL, "hi": "कचटत", "ar": "بتجد", "ru": "абвг"}
    return word[:-1] + random.choice([letter for letter in letters.get(code, "0123456789") if letter != word[-1]])


class Planted(NamedTuple):
    """A needle and the place it is in."""

    code: str
    word: str
    place: str
    title: str


WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": "{} is said".format,
    "bold": "so **{}** it is".format,
    "heading": "## {}\n\nand more".format,
    "link": "see [{}](https://example.org/x) there".format,
    "table": "| a | b |\n|---|---|\n| {} | 2 |".format,
    "brackets": "（「{}」）".format,
    "glued": "、{}。".format,
    "late": lambda word: "and so on, " * 2_000 + word,
}
PLACES = (*WRITTEN, "title", "code", "thoughts", "tool", "memory", "other version", "unknown")


def conversation(planted: Planted, random: Random) -> builders.Object:
    """A talk with the needle in its place, among other words of the language."""
    code = planted.code if planted.code in {"en", "de", "fr", "es", "it", "hi", "ar", "zh", "ja", "ko"} else "en"

    def hay(words: int) -> str:
        return language(code).text(random, words)

    word, place = planted.word, planted.place
    turns: list[builders.Turn] = [("user", hay(20), {"id": "asked"}), ("assistant", hay(60))]
    if place in WRITTEN:
        turns.insert(random.randrange(3), (random.choice(["user", "assistant"]), f"{hay(30)}\n{WRITTEN[place](word)}"))
    elif place == "code":
        turns += builders.code_run(f"name = '{word}'  # so", "1")
    elif place == "thoughts":
        turns += builders.thoughts(("Thinking", f"{hay(10)} {word}"))
    elif place == "tool":
        turns += builders.code_run("print(1)", f"printed: {word}")
    elif place == "memory":
        turns += builders.memory(f"{hay(5)} {word}")
    elif place == "other version":
        turns.append(("user", f"{hay(10)} {word}", {"beside": "asked"}))
        turns.append(("user", hay(9), {"beside": "asked"}))
    elif place == "unknown":
        turns.append(builders.unknown("hologram", words=f"{word} {hay(4)}"))
    turns.append(("user", hay(12)))
    title = f"{planted.title} {word}" if place == "title" else planted.title
    return builders.conversation(title, turns, created=builders.START + random.randrange(10**7))


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_every_needle_is_found_and_nothing_else(layout: builders.Layout, tmp_path: Path) -> None:
    """Each in all the ways it can be typed; a word that differs by a letter finds nothing."""
    random = Random(f"needles {layout}")
    planted = [
        Planted(code, needle(code, random), place, f"Talk {number}")
        for number, (code, place) in enumerate((code, place) for code in CODES for place in PLACES)
        if (number + builders.LAYOUTS.index(layout)) % 3 == 0
    ]
    talks = [conversation(each, random) for each in planted]
    export = builders.write_zip(tmp_path / "export.zip", talks, layout, shard_size=20)
    is_slim = layout in {"slim", "portal"}
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [export])
        for each, talk in zip(planted, talks, strict=True):
            raw = json.dumps(builders.slim(talk) if is_slim else talk, ensure_ascii=False)
            titles = [talk["title"]] if each.word in raw else []
            for typed in typed_otherwise(each.code, each.word):
                hits = archive.search(f"in:all {typed}").hits
                assert [hit.title for hit in hits] == titles * len(hits), (each, typed)
                assert bool(hits) == bool(titles), (each, typed)
                assert all(hit.spans for hit in hits), (each, typed)
            if titles and each.place in {*WRITTEN, "title", "other version"}:
                (hit,) = archive.search(each.word).hits
                assert [hit.snippet[slice(*span)] for span in hit.spans] == [each.word]
            assert archive.search(f"in:all {miss(each.code, each.word, random)}").total == 0, each


@pytest.mark.parametrize(
    "era", [builders.earliest, builders.of_2023, builders.from_api, builders.captured, builders.paged]
)
def test_every_needle_is_found_whatever_the_year(
    era: Callable[[builders.Object], builders.Object], tmp_path: Path
) -> None:
    """In titles and in texts of every form that conversations have had."""
    random = Random(era.__name__)
    planted = [
        Planted(code, needle(code, random), place, f"Talk {number}")
        for number, (code, place) in enumerate(zip(CODES, (*WRITTEN, "title", *WRITTEN), strict=False))
    ]
    export = tmp_path / "export"
    export.mkdir()
    for number, each in enumerate(planted):
        builders.write_json(export / f"{number}.json", era(conversation(each, random)))
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, sorted(export.iterdir()))
        for each in planted:
            for typed in typed_otherwise(each.code, each.word):
                (hit,) = archive.search(typed).hits
                assert hit.title.removesuffix(f" {each.word}") == each.title
                assert [hit.snippet[slice(*span)] for span in hit.spans] == [each.word]
