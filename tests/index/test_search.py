"""Searching: words, filters, sections, order, numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.index import Index, field_search, keyed_lists, parse, word_pairs
from archiver.index.documents import IMAGE, IT, LINK, ME, OTHER, TOOL
from tests.index.shelf import ARCHIVE, Shelf, fill, indexed, messages, search


@pytest.fixture
def shelf() -> Shelf:
    """No conversations yet."""
    return Shelf()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An index with nothing in it yet."""
    made = Index.open(tmp_path / "index", ARCHIVE)
    yield made
    made.close()


def test_words_beside_each_other_must_all_be_there(index: Index, shelf: Shelf) -> None:
    """In any order."""
    both = shelf.put("the night train")
    shelf.put("the night")
    fill(index, shelf)
    assert messages(index, "train night") == [both]


def test_either_without_and_brackets(index: Index, shelf: Shelf) -> None:
    """As on paper."""
    night, train, both = shelf.put("night"), shelf.put("train"), shelf.put("night train")
    fill(index, shelf)
    assert set(messages(index, "night OR train")) == {night, train, both}
    assert messages(index, "night -train") == [night]
    assert messages(index, "(night OR train) -night") == [train]
    assert messages(index, "-night") == [train]
    assert set(messages(index, "night OR -night")) == {night, train, both}


def test_a_phrase_needs_its_words_in_a_row(index: Index, shelf: Shelf) -> None:
    """Also when it begins or ends with part of a word."""
    row = shelf.put("we took the night train home")
    shelf.put("the train at night")
    fill(index, shelf)
    assert messages(index, '"night train"') == [row]
    assert messages(index, '"night tra*"') == [row]
    assert messages(index, '"ight train"') == []


def test_a_phrase_ends_with_its_message(index: Index, shelf: Shelf) -> None:
    """It does not go on in the next one, however long the message is."""
    shelf.talk(["word " * 255 + "end", "start"])
    shelf.talk(["word " * 256 + "end", "start"])
    fill(index, shelf)
    assert messages(index, '"end start"') == []


def test_a_phrase_is_found_across_the_blocks_of_a_long_message(index: Index, shelf: Shelf) -> None:
    """Positions go on from block to block."""
    key = shelf.put("word " * 255 + "night train " + "word " * 600 + "day boat")
    fill(index, shelf)
    assert messages(index, '"night train"') == messages(index, '"day boat"') == [key]


def test_a_phrase_ends_with_its_section(index: Index, shelf: Shelf) -> None:
    """Text and code of a message are not one text."""
    shelf.talk([""], sections=(("text", "good"), ("code", "night")))
    fill(index, shelf)
    assert messages(index, '"good night"') == []
    assert len(messages(index, "good night")) == 1


def test_hidden_sections_are_searched_only_when_asked(index: Index, shelf: Shelf) -> None:
    """What the provider's own screen does not show."""
    key = shelf.put(sections=(("text", "hello"), ("thoughts", "ponder"), ("tool", "output"), ("metadata", "label")))
    fill(index, shelf)
    assert messages(index, "ponder") == messages(index, "output") == messages(index, "label") == []
    assert messages(index, "ponder in:thoughts") == [key]
    assert messages(index, "output in:tool") == [key]
    assert messages(index, "label in:metadata") == [key]
    assert messages(index, "label in:tool") == []
    assert messages(index, "hello in:tool") == []
    assert messages(index, "hello ponder label in:all") == [key]
    assert messages(index, "ponder in:hidden") == [key]


@pytest.mark.parametrize(
    ("typed", "section"), [("shared in:code", "code"), ("shared in:text", "text"), ("shared", "text")]
)
def test_a_hit_says_which_section_to_show(index: Index, shelf: Shelf, typed: str, section: str) -> None:
    """The first one that is searched and has a match."""
    shelf.put(sections=(("text", "shared words"), ("code", "shared code")))
    fill(index, shelf)
    assert [hit.section for hit in search(index, typed).hits] == [section]


def test_a_hit_in_code_shows_the_code(index: Index, shelf: Shelf) -> None:
    """Even though there is text as well."""
    shelf.put(sections=(("text", "some words"), ("code", "import gift")))
    fill(index, shelf)
    assert [hit.section for hit in search(index, "gift").hits] == ["code"]
    assert messages(index, "gift in:text") == []


def test_filters_of_a_message(index: Index, shelf: Shelf) -> None:
    """Who, which model, what comes with it, which language."""
    mine = shelf.put("a letter to you", speaker=ME, created="2025-08-07T10:00")
    reply = shelf.put("ein Brief, der nicht endet", speaker=IT, answered="gpt-4o", asked="gpt-5", flags=IMAGE | LINK)
    tool = shelf.put("ran", speaker=TOOL)
    system = shelf.put("be kind", speaker=OTHER)
    fill(index, shelf)
    assert messages(index, "from:me") == [mine]
    assert messages(index, "from:it") == [reply]
    assert messages(index, "from:tool") == [tool]
    assert messages(index, "from:system") == [system]
    assert messages(index, "model:gpt-4o") == messages(index, "asked:gpt-5") == [reply]
    assert messages(index, "model:gpt-4") == messages(index, "model:gpt-4o-mini") == []
    assert messages(index, "has:image") == messages(index, "has:link letter OR brief has:link") == [reply]
    assert messages(index, "on:2025-08-07") == messages(index, "letter before:2025-09") == [mine]
    assert messages(index, "letter after:2025-08-07") == []
    assert messages(index, "lang:de") == [reply]
    assert messages(index, "brief from:me") == []


def test_an_unknown_time_is_never_before_or_after(index: Index, shelf: Shelf) -> None:
    """It is neither."""
    key = shelf.put("timeless", created=0)
    fill(index, shelf)
    assert messages(index, "timeless") == [key]
    assert messages(index, "timeless before:2100") == messages(index, "timeless after:1970") == []


def test_titles_are_hits_of_their_own_and_come_first(index: Index, shelf: Shelf) -> None:
    """With message 0."""
    (body,) = shelf.talk(["about the museum and many other things"], title="Museum")
    fill(index, shelf)
    assert messages(index, "museum") == [0, body]
    assert messages(index, "museum in:title") == [0]
    assert messages(index, "museum in:text") == [body]
    assert messages(index, "museum from:me") == [body]


def test_words_in_a_title_choose_conversations(index: Index, shelf: Shelf) -> None:
    """Alone they list titles; with other words, messages in those conversations."""
    first = shelf.talk(["one train", "two boats"], title="Holiday in Lyon")
    shelf.talk(["three trains and a train"], title="Work")
    fill(index, shelf)
    assert [(hit.message, hit.conversation) for hit in search(index, "title:lyon").hits] == [(0, 1)]
    assert messages(index, "title:lyon train") == first[:1]
    assert messages(index, 'title:"in lyon" from:it') == first[1:]
    assert messages(index, 'title:"lyon in"') == []
    assert 1 not in {hit.conversation for hit in search(index, "train -title:lyon").hits}


def test_an_id_chooses_a_conversation(index: Index, shelf: Shelf) -> None:
    """The archive knows which conversations an id means."""
    shelf.talk(["train"], title="Trip")
    shelf.talk(["train"], title="Work")
    fill(index, shelf)

    def resolve(id_: str) -> list[int]:
        return [2] if id_ == "68" else []

    assert [hit.conversation for hit in index.search(parse("train id:68"), resolve=resolve).hits] == [2]
    assert [hit.message for hit in index.search(parse("id:68"), resolve=resolve).hits] == [0]
    assert index.search(parse("id:99"), resolve=resolve).total == 0


def test_a_query_without_words_lists_what_a_screen_shows(index: Index, shelf: Shelf) -> None:
    """No titles and nothing hidden; a picture counts as shown."""
    shown = shelf.put("hello", created="2025-08-07T10:00")
    shelf.put(sections=(("tool", "output"),), created="2025-08-07T11:00", speaker=TOOL)
    picture = shelf.put(created="2025-08-07T12:00", flags=IMAGE)
    fill(index, shelf)
    assert messages(index, "on:2025-08-07") == [picture, shown]
    assert messages(index, "on:2025-08-07 from:tool") == [2]
    assert messages(index, "in:tool") == [2]


def test_hits_are_sorted_by_relevance_or_time(index: Index, shelf: Shelf) -> None:
    """More of the word in less text first; equal ones newest first; an unknown time comes last."""
    long = shelf.put("rose " + "word " * 200, created="2025-01-01")
    often = shelf.put("rose rose rose", created="2024-01-01")
    once = shelf.put("rose", created="2023-01-01")
    same = shelf.put("rose", created="2023-06-01")
    never = shelf.put("rose", created=0)
    fill(index, shelf)
    assert messages(index, "rose") == [often, same, once, never, long]
    assert messages(index, "rose", "newest") == [long, often, same, once, never]
    assert messages(index, "rose", "oldest") == [once, same, often, long, never]


@pytest.mark.parametrize(
    ("typed", "exact", "other"),
    [
        ("café", "un café", "cafe cafe cafe"),
        ("cafe", "a cafe", "café café café"),
        ("發現", "我發現了", "发现发现发现"),
        ("发现", "我发现了", "發現發現發現"),
        ("コーヒー", "コーヒーを飲む", "こーひーこーひー"),
        ("كتاب", "هذا كتاب", "الكتاب الكتاب الكتاب"),
        ("影后", "影后來了", "看了電影後離開了"),
        ("보고싶어", "많이 보고싶어", "보고 싶어 보고 싶어"),
        ("サーバー", "このサーバーは", "サーバとサーバとサーバ"),
        ("Grüße", "viele Grüße", "Gruesse Gruesse Gruesse"),
        ('"déjà vu"', "un déjà vu", "deja vu deja vu"),
    ],
)
def test_the_exact_form_comes_first(index: Index, shelf: Shelf, typed: str, exact: str, other: str) -> None:
    """However well the other form scores."""
    others = [shelf.put(other) for _ in range(3)]
    key = shelf.put(exact + " word" * 30)
    fill(index, shelf)
    assert messages(index, typed)[0] == key
    assert set(messages(index, typed)) == {key, *others}


def test_totals_and_counts_are_exact_beyond_the_first_hits(index: Index, shelf: Shelf) -> None:
    """All messages, their conversations, and the number in each conversation shown."""
    for _conversation in range(4):
        shelf.talk(["rain"] * 5)
    fill(index, shelf)
    found = search(index, "rain", limit=3)
    assert (found.total, found.conversations, len(found.hits)) == (20, 4, 3)
    assert set(found.counts.values()) == {5}
    assert set(found.counts) == {hit.conversation for hit in found.hits}


def test_all_conversations_with_a_match(index: Index, shelf: Shelf) -> None:
    """The best first."""
    shelf.put("rose " + "word " * 50)
    shelf.put("rose rose")
    shelf.put("tulip")
    fill(index, shelf)
    assert index.conversations(parse("rose")) == [2, 1]


def test_an_empty_query_or_index_finds_nothing(index: Index, shelf: Shelf) -> None:
    """And raises nothing."""
    assert search(index, "anything").total == 0
    assert search(index, "-anything").total == 0
    shelf.put("something")
    fill(index, shelf)
    assert search(index, "").total == search(index, "*").total == 0


def test_odd_texts_are_indexed(index: Index, shelf: Shelf) -> None:
    """Broken Unicode, controls, nothing at all, one very long word, a very long run."""
    odd = [shelf.put(text) for text in ("\ud83d lone", "\x00\x01\x04 control", "", "x" * 100_000, "あ" * 70_000)]
    fill(index, shelf)
    assert messages(index, "lone") == odd[:1]
    assert messages(index, "control") == odd[1:2]
    assert messages(index, "x" * 1_900) == []
    assert messages(index, "x" * 20 + "*") == odd[3:4]
    assert messages(index, "ああああ") == odd[4:]


def test_a_word_beyond_the_first_million_characters_is_found(tmp_path: Path) -> None:
    """A message of any size is indexed whole."""
    index = indexed(tmp_path, "word " * 300_000 + "needle", "hay")
    assert messages(index, "needle") == [1]
    assert messages(index, '"word needle"') == [1]


def test_the_documents_of_a_very_common_word_are_kept_as_they_would_be_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that have it more often than scores look at, in several blocks, and deleted ones."""
    shelf = Shelf()
    for number in range(300):
        shelf.put("often " * (number % 70 + 1) + "word " * (number % 300))
    index = Index.open(tmp_path, ARCHIVE)
    monkeypatch.setattr(keyed_lists, "OFTEN", 1_000)
    monkeypatch.setattr(field_search, "OFTEN", 1_000)
    fill(index, shelf)
    fill(index, shelf, range(1, 40))
    kept = search(index, "often")
    assert any("body often often" in each.columns for each in index._present().searches)
    monkeypatch.setattr(field_search, "OFTEN", 1 << 40)
    index.close()
    index = Index.open(tmp_path, ARCHIVE)
    counted = search(index, "often")
    assert kept.total == counted.total == 300
    assert [(hit.message, hit.score) for hit in kept.hits] == [(hit.message, hit.score) for hit in counted.hits]
    index.close()


def test_the_documents_of_a_frequent_character_are_kept_as_they_would_be_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its variants (國 and 国) count as one; also where it stands last, alone, and in documents that were replaced."""
    shelf = Shelf()
    for number in range(300):
        shelf.put(("中國人", "國", "a 国", "去中国", "中文", "none")[number % 6] + "・" * (number % 3))
    answers = []
    for least in (1 << 20, 10):
        monkeypatch.setattr(keyed_lists, "MANY_BEGIN", least)
        index = Index.open(tmp_path / str(least), ARCHIVE)
        fill(index, shelf)
        fill(index, shelf, range(1, 40))
        names = {name for each in index._present().searches for name in each.columns._places}
        assert ("body beginning 国" in names) == (least == 10)
        answers.append([[(hit.message, hit.score) for hit in search(index, word).hits] for word in ("国", "國", "中")])
        index.close()
    assert answers[0] == answers[1]
    assert [len(hits) for hits in answers[0]] == [200, 200, 150]


def test_common_words_that_never_stand_side_by_side_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese conversation may have one foreign word in every message, and nothing beside it."""
    monkeypatch.setattr(word_pairs, "COMMON", 4)
    index = indexed(tmp_path, *["我喜欢 Python 语言"] * 9, "ok")
    assert len(messages(index, "python")) == 9
    assert messages(index, '"python python"') == []
    index.close()
