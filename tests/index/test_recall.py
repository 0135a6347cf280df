"""Whatever stands in a text is found by typing it, and nothing else is."""

import re
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.index import parse
from tests.index.shelf import indexed, messages

PIECES = st.sampled_from(
    [
        "a", "art", "heart", "Cafe", "café", "Grüße", "gruesse", "l’art", "gpt-4o", "GPT4", "5.2", "52", "15,000",
        "15 000", "15000", "4o", "2", "東京", "京", "都", "、", "發", "发", "カ", "が", "か", "12月", "関(guān)",
        "보고", "보", "고", "हिन्दी", "हिंदी", "कम", "الكتاب", "كتاب", "وكتاب", "é", "e\u0301", "ﬁ", "\u200d", "❤️",
        "👋🏽", " ", "\n", ". ", "_", "x" * 70,
    ]
)  # fmt: skip
TEXTS = st.lists(st.lists(PIECES, min_size=1, max_size=9).map("".join), min_size=1, max_size=8)


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_every_piece_of_every_text_is_found_where_it_stands_and_only_there(texts: list[str]) -> None:
    """The index and the marks, which look at the original text, agree about every piece."""
    with TemporaryDirectory() as folder:
        index = indexed(Path(folder), *texts)
        pieces = dict.fromkeys(chain.from_iterable(re.split(r"\s+", text) for text in texts))
        for piece in filter(None, pieces):
            query = parse(f'"{piece}"')
            if not query.patterns:
                continue
            found = set(messages(index, f'"{piece}"'))
            marked = {number for number, text in enumerate(texts, 1) if query.spans(text)}
            standing = {number for number, text in enumerate(texts, 1) if piece in re.split(r"\s+", text)}
            assert standing <= found == marked, piece
        index.close()
