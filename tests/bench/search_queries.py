"""Queries to measure, drawn from the words of the messages, each as a person types it and as FTS5 wants it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from archiver.text.fold import light
from archiver.text.keys import identity
from archiver.text.tokens import PARTINGS, is_run, sequence


class Asked(NamedTuple):
    """One query."""

    typed: str
    match: str
    """For FTS5."""
    where: str = ""
    """For SQL."""
    sort: str = "relevance"


def queries(library: Path, each: int, seed: int = 7) -> dict[str, list[Asked]]:
    """So many queries of every kind."""
    random = Random(seed)
    texts = [text for (text,) in sqlite3.connect(library).execute("SELECT text FROM message WHERE key % 7 = 3")]
    random.shuffle(texts)
    counts = Counter(word for text in texts for word in dict.fromkeys(_words(text)))
    share = len(texts)

    def drawn(least: float, most: float) -> list[str]:
        """Words that come in so large a part of the texts."""
        low, high = share * least, max(1, share * most)
        return random.choices([word for word, count in counts.items() if low < count <= high], k=each)

    rare, middling, common = drawn(0, 0.0002), drawn(0.003, 0.025), drawn(0.08, 1)
    mixed = random.sample(middling + common, each)
    runs = [run for text in texts for run in list(_runs(text))[:1] if len(run) >= 4][:each]
    cuts = [run[random.randrange(len(run) - 3) :] for run in runs]
    terms = list(map(_word, middling))
    return {
        "rare word": list(map(_word, rare)),
        "middling word": terms,
        "common word": list(map(_word, common)),
        "two words": [_joined(pair, " ", " AND ") for pair in zip(mixed, middling, strict=True)],
        "OR": [_joined(pair, " OR ", " OR ") for pair in zip(middling, reversed(middling), strict=True)],
        "phrase": [Asked(f'"{phrase}"', _fts(phrase)) for phrase in _phrases(texts, each)],
        "prefix": [Asked(f"{word[:4]}*", f'"{identity(word[:4])}"*') for word in middling if len(word) > 4],
        "1 character": [Asked(cut[0], f'"{identity(cut[0])}"*') for cut in cuts],
        "2 characters": [Asked(cut[:2], _run(cut[:2])) for cut in cuts],
        "4 characters": [Asked(cut[:4], _run(cut[:4])) for cut in cuts],
        "word and date": [Asked(f"{term.typed} on:2024", term.match, _year(2024)) for term in terms],
        "word and role": [Asked(f"{term.typed} from:it", term.match, "speaker = 1") for term in terms],
        "word and model": [Asked(f"{term.typed} model:gpt-4o", term.match, "answered = 'gpt-4o'") for term in terms],
        "newest first": [term._replace(sort="newest") for term in terms],
    }


def _word(word: str) -> Asked:
    return Asked(word, _fts(word))


def _joined(pair: tuple[str, str], typed: str, match: str) -> Asked:
    return Asked(typed.join(pair), match.join(map(_fts, pair)))


def _words(text: str) -> Iterator[str]:
    return (word for word in sequence(light(text)) if word not in PARTINGS and not is_run(word))


def _runs(text: str) -> Iterator[str]:
    run = ""
    for token in [*sequence(light(text)), "."]:
        if token not in PARTINGS and is_run(token):
            run = run + token[-1] if run and len(token) == 2 else token if len(token) == 2 else run
        elif run:
            yield run
            run = ""


def _phrases(texts: Iterable[str], each: int) -> Iterator[str]:
    """Two to four words that stand beside each other."""
    made = 0
    for number, text in enumerate(texts):
        words = text.replace(",", " ").replace(".", " ").split()
        if len(words) > 12 and text.isascii():
            yield " ".join(words[5 : 7 + number % 3])
            made += 1
            if made == each:
                return


def _fts(text: str) -> str:
    return '"' + " ".join(identity(word) for word in sequence(light(text)) if word not in PARTINGS) + '"'


def _run(run: str) -> str:
    folded = identity(run)
    return '"' + " ".join(folded[at : at + 2] for at in range(len(folded) - 1)) + '"'


def _year(year: int) -> str:
    from datetime import datetime

    return f"created >= {datetime(year, 1, 1).timestamp():.0f} AND created < {datetime(year + 1, 1, 1).timestamp():.0f}"
