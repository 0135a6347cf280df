"""Models, languages, suggestions, lengths: what is decided in a few lines each."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from archiver.index import Index, parse
from archiver.index.language_finder import LanguageFinder
from archiver.index.languages import CODES, bits_of
from archiver.index.models import is_model
from archiver.text.bulk_tokens import cut
from archiver.text.fold import light
from archiver.text.vocabulary import Vocabulary
from tests.index.shelf import ARCHIVE, Shelf, fill, indexed


@pytest.mark.parametrize(
    ("slug", "typed", "expected"),
    [
        ("gpt-4o", "gpt-4o", True),
        ("gpt-4o", "GPT-4o", True),
        ("gpt-4o", "4o", True),
        ("gpt-4o", "gpt4o", True),
        ("gpt-4o-2024-11-20", "gpt-4o", True),
        ("chatgpt-4o-latest", "gpt-4o", True),
        ("gpt-4-0613", "gpt-4", True),
        ("gpt-4-1106-preview", "gpt-4", True),
        ("gpt-4-1", "gpt-4.1", True),
        ("gpt-4-1", "4.1", True),
        ("gpt-5-thinking", "gpt-5*", True),
        ("o3-mini", "o3-mini", True),
        ("gpt-4o-mini", "gpt-4o", False),
        ("gpt-4o", "gpt-4", False),
        ("gpt-4-1", "gpt-4", False),
        ("gpt-5-2", "gpt-5", False),
        ("gpt-5-thinking", "gpt-5", False),
        ("gpt-4o-2024-05-13", "gpt-4o-2024-11-20", False),
        ("gpt-4o", "gpt-4o-2024-11-20", False),
        ("o1-preview", "o1", False),
        ("gpt-4o", "", False),
        ("gpt-4o", "?", False),
    ],
)
def test_a_typed_model_means_itself_and_its_dated_snapshots(slug: str, typed: str, *, expected: bool) -> None:
    """Never a neighbour with a longer name."""
    assert is_model(slug, typed) == expected


def spoken(text: str) -> set[str]:
    """The languages that a text is found under."""
    words = Vocabulary()
    finder = LanguageFinder(words)
    tokens = cut(["a text before", light(text)])
    numbers = words.add_all(tokens)
    places = np.concatenate([np.arange(count) for count in tokens.counts])
    bits = finder.bits(tokens, numbers, places)[1]
    return {code for number, code in enumerate(CODES) if bits >> number & 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the name of that train?", {"en"}),
        ("Ich weiß nicht, was das ist.", {"de"}),
        ("Je ne sais pas ce que vous dites dans cette lettre", {"fr"}),
        ("No sé por qué los trenes no llegan", {"es"}),
        ("Non so perché il treno non è qui", {"it"}),
        ("もう一度、話したい", {"ja"}),
        ("我们一起去看电影吧", {"zh-hans"}),
        ("我們一起去看電影吧", {"zh-hant"}),
        ("你好", {"zh-hans", "zh-hant"}),
        ("보고 싶었어", {"ko"}),
        ("मुझे याद है", {"hi"}),
        ("أنا أحبك", {"ar"}),
        ("как дела", {"ru"}),
        ("我们说 the word 사랑", {"zh-hans", "en", "ko"}),
        ("42", set()),
    ],
)
def test_languages(text: str, expected: set[str]) -> None:
    """By letters, and by the commonest words."""
    assert spoken(text) == expected


def test_codes_of_languages_have_other_names() -> None:
    """As people write them."""
    assert bits_of("zh") == bits_of("zh-cn") | bits_of("zh_TW")
    assert bits_of("JA") == bits_of("ja") != 0
    assert bits_of("klingon") == 0


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("museim", "museum"),
        ("mueseum", "museum"),
        ("msueum", "museum"),
        ("museu", "museum"),
        ("letter museim", "letter museum"),
        ("كتابب", "كتاب"),
        ("museum", ""),
        ("zzzzzz", ""),
        ("restuarnt", "restaurant"),
        ('"The museim"', '"The museum"'),
        ("Letter-Museim", "Letter-museum"),
        ("letter_xyzxyz", ""),
        ("the museim*", "the museum*"),
        ("title:museim", "title:museum"),
        ("ありっがとう", "ありがとう"),
        ("ごさいます", "ございます"),
        ("ありがう", ""),
        ("accomodtion", "accommodation"),
        ("resumee", "résumé"),
        ("東京搭に", "東京塔に"),
        ("図書官で", "図書館で"),
        ("東京タウー", ""),
        ("ダワー", "タワー"),
        ("기역", "기억"),
        ("ありかとう", "ありがとう"),
        ("東京塔", ""),
        ("xy", ""),
        ("from:me", ""),
        ("", ""),
    ],
)
def test_a_word_that_is_not_there_suggests_one_that_is(tmp_path: Path, typed: str, suggested: str) -> None:
    """One letter missing, doubled, wrong or exchanged, two in long words; a character that is mixed up or fits."""
    index = indexed(
        tmp_path,
        "a letter from the museum",
        "the museum",
        "هذا كتاب",
        "accommodation and a restaurant, résumé",
        "東京塔に登った",
        "図書館で勉強",
        "기억이 나지 않는다",
        "ありがとうございます、タワー",
    )
    assert index.suggest(parse(typed)) == suggested
    index.close()


def test_a_suggestion_comes_from_where_the_query_looks(tmp_path: Path) -> None:
    """Words of tools are not suggested for texts."""
    shelf = Shelf()
    shelf.put(sections=(("text", "museum"), ("tool", "output")))
    index = Index.open(tmp_path, ARCHIVE)
    fill(index, shelf)
    assert index.suggest(parse("outputt")) == ""
    assert index.suggest(parse("outputt in:tool")) == "output in:tool"
    index.close()


def test_reading_a_query_needs_no_whoosh() -> None:
    """The slow imports come when an index is opened."""
    program = "import sys; from archiver.index import parse; parse('a'); sys.exit('whoosh' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_searching_needs_no_numpy(tmp_path: Path) -> None:
    """It takes longer to import than a search takes; only building an index is worth it."""
    shelf = Shelf()
    shelf.put("a quiet museum of light")
    index = Index.open(tmp_path, ARCHIVE)
    fill(index, shelf)
    index.close()
    program = (
        "import sys; from pathlib import Path; from archiver.index import Index, parse;"
        f"index = Index.open(Path(sys.argv[1]), {ARCHIVE!r});"
        "found = index.search(parse('museum \"of light\"'), limit=9).total, index.suggest(parse('museun'));"
        "print(found, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "(1, 'museum') False"
