"""The query language: every string means something."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.index import Query, parse
from archiver.index.documents import IT, ME
from archiver.index.nodes import Either, Every, From, Has, Identified, Model, Node, Spoken, Time, Titled, Without, Words

TYPED = st.text(st.sampled_from('ab 手が"“”「」()（）-*:：|,.1 5\ud83d'), max_size=30) | st.lists(
    st.sampled_from(
        ["from:", "me", "OR", "AND", "NOT", "-", "(", ")", '"', "in:", "code", "before:", "2025-0", "model:", "x*", "*"]
    ),
    max_size=12,
).map(" ".join)


def shape(node: Node | None) -> object:
    """A tree in brief."""
    match node:
        case Every(nodes):
            return ("and", *map(shape, nodes))
        case Either(nodes):
            return ("or", *map(shape, nodes))
        case Without(part):
            return ("not", shape(part))
        case Words(typed):
            return typed
        case _:
            return node


def meaning(typed: str) -> object:
    """What something typed means, in brief."""
    return shape(parse(typed, UTC).node)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a b", ("and", "a", "b")),
        ("a OR b", ("or", "a", "b")),
        ("a | b", ("or", "a", "b")),
        ("a b OR c", ("and", "a", ("or", "b", "c"))),
        ("a AND b OR c AND d", ("or", ("and", "a", "b"), ("and", "c", "d"))),
        ("(a b) OR c", ("or", ("and", "a", "b"), "c")),
        ("a -b", ("and", "a", ("not", "b"))),
        ("a NOT b", ("and", "a", ("not", "b"))),
        ("a －b", ("and", "a", ("not", "b"))),
        ("a -(b c)", ("and", "a", ("not", ("and", "b", "c")))),
        ("or and not", ("and", "or", "and", "not")),
        ("zug ODER bahn", ("or", "zug", "bahn")),
        ("train OU avion", ("or", "train", "avion")),
        ("treno OPPURE aereo", ("or", "treno", "aereo")),
        ("zug UND bahn NICHT bus", ("and", ("and", "zug", "bahn"), ("not", "bus"))),
        ("train ET avion SAUF bus", ("and", ("and", "train", "avion"), ("not", "bus"))),
        ("ET phone home", ("and", "ET", "phone", "home")),
        ("ICH UND DU", ("and", "ICH", "UND", "DU")),
        ("well-known", "well-known"),
        ('"good night"', "good night"),
        ("“good night”", "good night"),
        ("„gute Nacht“", "gute Nacht"),
        ("「手紙」", "手紙"),
        ("（a）", "a"),
        ("f(x)", ("and", "f", "x")),
        ("a a", "a"),
        ("a OR b OR a", ("or", "a", "b")),
    ],
)
def test_operators(typed: str, expected: object) -> None:
    """Words stand beside each other, operators join them."""
    assert meaning(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"good ni', "good ni"),
        ("(a OR", "a"),
        ("((a", "a"),
        ("a)", "a"),
        ("a OR", "a"),
        ("OR a", "a"),
        ("a AND", "a"),
        ("AND a", "a"),
        ("a NOT", "a"),
        ("a -", "a"),
        ("from: a", ("and", "a")),
        ("a from:", "a"),
        ("in:", None),
        ("", None),
        ("   ", None),
        ('""', None),
        ("()", None),
        ("*", None),
        ("-", None),
        ("NOT", None),
        ("?!", None),
    ],
)
def test_half_typed_input_is_read_generously(typed: str, expected: object) -> None:
    """What is still open is closed; what is missing is left out."""
    expected = expected[1] if isinstance(expected, tuple) and len(expected) == 2 else expected
    assert meaning(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("from:me", From(ME)),
        ("FROM:ME", From(ME)),
        ("from：me", From(ME)),
        ("from: me", From(ME)),
        ("von:ich", From(ME)),
        ("from:chatgpt", From(IT)),
        ("model:gpt-4o", Model("gpt-4o")),
        ('model:"GPT 4.1"', Model("GPT 4.1")),
        ("asked:gpt-5", Model("gpt-5", is_asked=True)),
        ("has:image", Has(1)),
        ("has:branch", Has(32)),
        ("hat:Bild", Has(1)),
        ("lang:ja", Spoken(1 << 3, "ja")),
        ("lang:zh", Spoken(0b110, "zh")),
        ("id:6891", Identified("6891")),
    ],
)
def test_filters(typed: str, expected: Node) -> None:
    """Names are not case-sensitive; full-width forms count."""
    assert parse(typed, UTC).node == expected


def seconds(text: str) -> int:
    """A moment in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("typed", "begin", "end"),
    [
        ("on:2025", "2025-01-01", "2026-01-01"),
        ("on:2025-08", "2025-08-01", "2025-09-01"),
        ("on:2025-8-7", "2025-08-07", "2025-08-08"),
        ("on:2025/12/31", "2025-12-31", "2026-01-01"),
        ("on:2025-12", "2025-12-01", "2026-01-01"),
        ("on:２０２５", "2025-01-01", "2026-01-01"),
        ("on:today", "2026-02-13", "2026-02-14"),
        ("on:yesterday", "2026-02-12", "2026-02-13"),
        ("on:2025-", "2025-01-01", "2026-01-01"),
        ("on:07.08.2025", "2025-08-07", "2025-08-08"),
        ("on:8.2025", "2025-08-01", "2025-09-01"),
        ("on:2025年8月7日", "2025-08-07", "2025-08-08"),
        ("on:2025년8월", "2025-08-01", "2025-09-01"),
        ("on:2025年", "2025-01-01", "2026-01-01"),
    ],
)
def test_dates(typed: str, begin: str, end: str) -> None:
    """A year, a month, a day; half a date is the larger stretch."""
    now = datetime(2026, 2, 13, 12, tzinfo=UTC)
    assert parse(typed, UTC, now).node == Time(seconds(begin), seconds(end))


@pytest.mark.parametrize("stretch", ["2025", "2025-08", "2025-08-07", "2025-12-31"])
def test_before_on_and_after_part_all_time(stretch: str) -> None:
    """No moment is in two of them, none in no one; since and until include the stretch itself."""

    def time(name: str) -> Time:
        node = parse(f"{name}:{stretch}", UTC).node
        assert isinstance(node, Time)
        return node

    begin, end = time("on").begin, time("on").end
    assert time("before") == Time(None, begin)
    assert time("after") == Time(end, None)
    assert time("since") == Time(begin, None)
    assert time("until") == Time(None, end)


def test_dates_are_local_time() -> None:
    """A day begins at midnight where the person is."""
    tokyo = timezone(timedelta(hours=9))
    node = parse("on:2025-08-07", tokyo).node
    assert node == Time(seconds("2025-08-06T15:00"), seconds("2025-08-07T15:00"))


@pytest.mark.parametrize(
    "typed", ["on:2025-13", "on:2025-02-30", "before:soon", "from:nobody", "has:nothing", "lang:xx", "in:nowhere"]
)
def test_what_makes_no_sense_is_left_out_and_told(typed: str) -> None:
    """The rest of the query counts."""
    query = parse(f"{typed} letter", UTC)
    assert shape(query.node) == "letter"
    assert query.unclear == (typed,)
    assert typed in query.explain()


def test_sections_are_those_that_a_screen_shows_unless_asked() -> None:
    """in: adds up, -in: takes away."""
    assert parse("a").sections == ("title", "text", "code")
    assert parse("a in:code").sections == ("code",)
    assert parse("a in:code in:tool").sections == ("code", "tool")
    assert parse("a -in:code").sections == ("title", "text")
    assert parse("a in:all").sections == ("title", "text", "code", "thoughts", "tool", "metadata")
    assert parse("a in:all -in:tool").sections == ("title", "text", "code", "thoughts", "metadata")


def test_words_in_a_title() -> None:
    """One word, or a phrase in quotes."""
    node = parse('title:"two words" title:one').node
    assert isinstance(node, Every)
    assert [part.words.is_phrase for part in node.nodes if isinstance(part, Titled)] == [True, False]


def test_an_address_or_a_time_of_day_is_no_filter() -> None:
    """Only names of filters make filters."""
    assert meaning("https://example.com/a") == "https://example.com/a"
    assert meaning("12:30") == "12:30"
    assert meaning("note:this") == "note:this"


@given(TYPED)
def test_nothing_that_can_be_typed_raises(typed: str) -> None:
    """Reading, explaining and marking."""
    query = parse(typed, UTC)
    assert isinstance(query.explain(), str)
    assert isinstance(query.snippet("a 手紙 が (b) 15 000"), tuple)


WHOLE = [
    'letter from:me before:2025-08 "good night" (train OR plane*) -ticket',
    "（東京 OR 京都） since:2025-08-07 lang:ja has:image -in:code 手*",
    'title:"my trip" model:gpt-4o asked:"GPT 4.1" NOT (a -b) | c',
    "von:ich vor:07.08.2025 zug ODER bahn „gute Nacht“ in:alles",
    "«bonne nuit» avant:2025-01 l'été 15 000 id:6891 5.2 C++ 😀 보고싶어 كتاب",
]


@pytest.mark.parametrize("typed", WHOLE)
def test_every_beginning_of_a_query_is_understood(typed: str) -> None:
    """As somebody types it, a key after the other: one line of explanation, never an error, and words stay words."""
    for length in range(len(typed) + 1):
        query = parse(typed[:length], UTC)
        said = query.explain()
        assert "\n" not in said
        assert query.is_empty or said
        query.snippet("a good night 手紙 (b) 15 000")


@pytest.mark.parametrize("typed", ["(" * 5_000, "a " * 5_000, '"' * 5_000, "-" * 5_000, "a OR " * 2_000, "x" * 100_000])
def test_long_input_is_bounded(typed: str) -> None:
    """Depth and number of words end somewhere."""
    query = parse(typed)
    assert len(query.patterns) <= 101


def test_a_query_is_explained_in_words() -> None:
    """Everything that was typed comes again."""
    said = parse('letter from:me before:2025-08 "good night" (train OR plane*) -ticket in:text', UTC).explain()
    for piece in ("letter", "by you", "2025-08-01", "good night", "train", "plane", "ticket", "texts"):
        assert piece in said


def test_an_empty_query_says_so() -> None:
    """There is nothing to look for yet."""
    assert parse("").is_empty
    assert Query("", None).is_empty
    assert not parse("in:code").is_empty
