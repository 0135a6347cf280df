"""Many texts cut at once give the tokens of each by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archiver.text.bulk_tokens import cut, spaced_numbers
from archiver.text.fold import light
from archiver.text.tokens import sequence
from archiver.text.vocabulary import Vocabulary

PIECES = st.sampled_from(
    [
        "goodbye", "Grüße", "gpt-4o", "5.2", "15 000", "1,50,000", "15’000", "2024-05-13T10:30:00Z", "00:13:45,120",
        "東京都", "の", "보고", "싶어", "हिन्दी", "ChatGPTसे", "كتابab", "GPTكتاب", "данные", "҂5", "5҂", "❤",
        "👩\u200d💻", "€", "x²",
        "4oに", "\ud83d", "5\u02b9a", "\U00020000", "a" * 70, "\u3000", "🇫🇷", "🇺", "2025г.", "GPTшка",
    ]
)  # fmt: skip
GAPS = st.sampled_from(["", " ", "\n", ", ", "。", "-", ".", "  ", "**"])
WORDY = st.lists(st.tuples(PIECES, GAPS), max_size=12).map(lambda pairs: "".join(map("".join, pairs)))
TEXTS = st.lists(st.one_of(WORDY, st.text(max_size=40), st.just("")), max_size=6)


def cut_again(texts: list[str], words: Vocabulary) -> list[list[str]]:
    """The tokens of each text, by their numbers."""
    tokens = cut(texts)
    numbers = words.add_all(tokens).tolist()
    names = words.words()
    found = []
    for count in tokens.counts.tolist():
        found.append([names[number] for number in numbers[:count]])
        del numbers[:count]
    assert not numbers
    return found


@given(TEXTS, TEXTS)
def test_every_text_has_the_tokens_that_it_has_alone(first: list[str], second: list[str]) -> None:
    """A vocabulary grows, and what it knew keeps its number."""
    words = Vocabulary()
    for texts in (first, second, first):
        lighter = list(map(light, texts))
        assert cut_again(lighter, words) == list(map(sequence, lighter))
    assert len(set(words.words())) == len(words)


def test_thousands_set_apart_by_spaces_are_known_with_their_tokens() -> None:
    """Only whole groups count; tokens are numbered through over all texts."""
    numbers = "about 15 000 of 1 234 567, not 10 20 nor 555 123 4567 nor 1,10 000 but,20 000"
    tokens = cut(["a text before", numbers, "", "15 000, 15 000"])
    assert spaced_numbers(tokens) == [("15 000", 4), ("1 234 567", 7), ("20 000", 22), ("15 000", 24), ("15 000", 26)]
    assert tokens.counts.tolist() == [3, 21, 0, 4]
