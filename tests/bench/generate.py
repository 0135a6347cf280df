"""Write a big export whose content depends on a seed only.

    python -m tests.bench.generate export.zip --conversations 2000 --messages 20 --seed 1 --layout single

Sixty in a hundred conversations are English, twenty-five Chinese, Japanese or Korean, the others one of six more
languages. Replies are long and prompts short; some hold code, a list or a table; some prompts were edited and some
replies regenerated; some conversations run a program. One conversation is in memory at a time, so that an export of
several gigabytes can be written on a small machine.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import IO, Literal, get_args

from tests import builders
from tests.bench.words import Language, language

Layout = Literal["single", "shards", "slim"]

SHARD_SIZE = 100
_BEGIN, _END = 1_680_000_000.0, 1_782_000_000.0
"""March 2023 to June 2026."""
_MODELS = (
    (1_680_000_000.0, "gpt-4"),
    (1_716_000_000.0, "gpt-4o"),
    (1_755_000_000.0, "gpt-5"),
    (1_771_000_000.0, "gpt-5-2"),
)
_LANGUAGES = (
    ("en",) * 60 + ("ja",) * 9 + ("zh",) * 9 + ("ko",) * 7 + ("de",) * 3 + ("fr", "es") * 3 + ("it", "hi", "ar") * 2
)
_FENCE = '```python\ndef {name}(value: int) -> int:\n    """{words}"""\n    return value + {number}\n```'


def conversations(count: int, messages: int, seed: int = 1) -> Iterator[builders.Object]:
    """So many conversations; number n is the same whatever the count."""
    for number in range(count):
        yield _conversation(Random(f"{seed}/{number}"), number, count, messages)


def write(path: Path, count: int = 2_000, messages: int = 20, seed: int = 1, layout: Layout = "single") -> int:
    """Write the export as a zip and give back the size of its conversations as JSON."""
    talks = conversations(count, messages, seed)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        if layout == "single":
            return _write_array(archive, "conversations.json", talks)
        slimmed = map(builders.slim, talks) if layout == "slim" else talks
        names: list[str] = []
        size = 0
        for start in range(0, count, SHARD_SIZE):
            names.append(f"conversations-{start // SHARD_SIZE:03}.json")
            shard = (talk for _, talk in zip(range(min(SHARD_SIZE, count - start)), slimmed, strict=False))
            size += _write_array(archive, names[-1], shard)
        manifest = {"version": 1, "logical_files": {"conversations.json": {"files": names, "sharded": True}}}
        archive.writestr("export_manifest.json", json.dumps(manifest))
        return size


def _write_array(archive: zipfile.ZipFile, name: str, talks: Iterable[builders.Object]) -> int:
    """One JSON array, an element at a time."""
    info = zipfile.ZipInfo(name, (2026, 6, 30, 12, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        size = _put(member, "[")
        for number, talk in enumerate(talks):
            size += _put(member, (", " if number else "") + json.dumps(talk))
        return size + _put(member, "]")


def _put(member: IO[bytes], text: str) -> int:
    return member.write(text.encode("ascii"))


def _conversation(random: Random, number: int, count: int, messages: int) -> builders.Object:
    spoken = language(random.choice(_LANGUAGES))
    created = round(_BEGIN + (_END - _BEGIN) * number / max(count, 1) + random.random() * 3600, 6)
    model = next(slug for since, slug in reversed(_MODELS) if created >= since)
    return builders.conversation(
        spoken.text(random, 4).rstrip(".。।"),
        list(_turns(random, spoken, messages)),
        id=builders.conversation_id(f"bench/{number}", created),
        created=created,
        model=model,
        current="last",
    )


def _turns(random: Random, spoken: Language, messages: int) -> Iterator[builders.Draft]:
    """Prompts and replies in turn, with the odd branch or program."""
    has_program = messages >= 6 and random.random() < 0.12
    branch = random.randrange(1, messages - 1) if messages > 3 and random.random() < 0.2 else -1
    said: set[str] = set()
    number = 0
    while number < messages:
        name = "last" if number == messages - 1 else f"m{number}"
        if has_program and number == 3:
            yield from builders.code_run("sum(range(10))", str(random.randrange(1_000)))
            number, has_program = number + 2, False
            continue
        is_prompt = number % 2 == 0
        words = _prompt(random, spoken) if is_prompt else _reply(random, spoken)
        make = builders.user if is_prompt else builders.assistant
        beside = f"m{number - 2}" if number == branch and f"m{number - 2}" in said else ""
        yield make(words, id=name, beside=beside)
        said.add(name)
        number += 1


def _prompt(random: Random, spoken: Language) -> str:
    return spoken.text(random, random.randrange(6, 40))


def _reply(random: Random, spoken: Language) -> str:
    """A few paragraphs, sometimes with something that is not plain prose."""
    paragraphs = [spoken.text(random, random.randrange(46, 130)) for _ in range(random.randrange(1, 4))]
    kind = random.random()
    if kind < 0.10:
        words = spoken.text(random, 5)
        paragraphs.append(
            _FENCE.format(name=f"step_{random.randrange(10_000)}", words=words, number=random.randrange(99))
        )
    elif kind < 0.25:
        paragraphs.append("\n".join(f"{item}. {spoken.text(random, 8)}" for item in range(1, 5)))
    elif kind < 0.30:
        cells = [spoken.words(random, 3) for _ in range(3)]
        paragraphs.append("\n".join(["| a | b | c |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in cells)]))
    return "\n\n".join(paragraphs)


def main() -> None:
    """Write the export that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.generate", description="Write a big export from a seed."
    )
    parser.add_argument("path", type=Path, help="the zip to write")
    parser.add_argument("--conversations", type=int, default=2_000, metavar="N")
    parser.add_argument("--messages", type=int, default=20, metavar="M", help="messages in each conversation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=get_args(Layout), default="single")
    asked = parser.parse_args()
    size = write(asked.path, asked.conversations, asked.messages, asked.seed, asked.layout)
    print(f"{asked.path}: {asked.conversations:,} conversations, {size / 1e6:,.1f} MB of JSON")


if __name__ == "__main__":
    main()
