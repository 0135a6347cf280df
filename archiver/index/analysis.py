"""Our tokens as a Whoosh analyzer, so that the schema says by itself how its fields are cut into words."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer

from archiver.text.fold import light
from archiver.text.keys import keys
from archiver.text.tokens import PARTINGS, sequence


class ChatAnalyzer(Tokenizer):
    """Folded words and pairs with their positions."""

    def __call__(self, value: str, positions: bool = False, mode: str = "", **_options: Any) -> Iterator[Token]:
        token = Token(positions, False, mode=mode)
        for position, word in enumerate(sequence(light(value))):
            if word not in PARTINGS and (key := keys(word)[0]):
                token.text, token.pos, token.boost, token.stopped = key, position, 1.0, False
                yield token
