"""Marks and snippets in original texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.index import highlight, parse, snippets

LONG = "The first sentence is here. " * 30 + "Then a needle stands in the hay. " + "And more follows after it. " * 30


def marked(typed: str, text: str) -> list[str]:
    """The marked pieces of a text."""
    return [text[slice(*span)] for span in parse(typed).spans(text)]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("gpt-4o", "You are GPT\u20114o, not GPT-4.", ["GPT\u20114o"]),
        ("art", "My heart, your art.", ["art"]),
        ("night letter", "A letter at night, a letter.", ["letter", "night", "letter"]),
        ('"good night"', "good, night is good. Good night", ["good, night", "Good night"]),
        ("good*", "goodbye, my good friend", ["goodbye", "good"]),
        ("記憶", "記憶と記録、记忆", ["記憶", "记忆"]),
        ("手", "手紙と握手", ["手", "手"]),
        ("보고싶어", "보고 싶어, 보고싶어", ["보고 싶어", "보고싶어"]),
        ("cafe", "Un cafe\u0301 noir", ["cafe\u0301"]),
        ("gruesse", "Viele Grüße", ["Grüße"]),
        ("كتاب", "والكتاب هنا", ["والكتاب"]),
        ("كتاب", "（「كتاب」）", ["كتاب"]),
        ("হাত", "（「আমার হাত」）", ["হাত"]),
        ("15000", "15.000 and 15 000 and 115,000", ["15.000", "15 000"]),
        ("5.2", "GPT-5.2, page 5, 2", ["5.2"]),
        ("关掉", "關(guān)掉手機", ["關(guān)掉"]),
        ("重要的", "**重要**的事", ["重要**的"]),
        ("2026", "13.02.2026", ["2026"]),
        ("02.2026", "13.02.2026", ["02.2026"]),
        ("2024-05-13", "2024-05-13T10:30", ["2024-05-13"]),
        ("شئ", "كل شيء", ["شيء"]),
        ("اولي", "هذه المرة الأولى", ["الأولى"]),
        ("مرحبا بك", "مَرْحَبًا بِكَ", ["مَرْحَبًا", "بِكَ"]),
        ("مرحبا", "يا مـــرحـــبا!", ["مـــرحـــبا"]),
        ("لا", "ﻻ أعرف", ["ﻻ"]),
        ("13/2/2026", "يوم ١٣/٢/٢٠٢٦", ["١٣/٢/٢٠٢٦"]),
        ("gpt-4o", "الـ\u2066GPT-4o\u2069 هنا", ["GPT-4o"]),
        ("क्या", "क्\u200dया हुआ", ["क्\u200dया"]),
        ("संबंध", "हमारा सम्बन्ध।", ["सम्बन्ध"]),
        ("फोन", "मेरा फ़ोन।", ["फ़ोन"]),
        ("150000", "१,५०,००० रुपये", ["१,५०,०००"]),
        ("chatgpt", "ChatGPTसे पूछो", ["ChatGPT"]),
        ("ありがとう", "ﾎﾝﾄにｱﾘｶﾞﾄｳ！", ["ｱﾘｶﾞﾄｳ"]),
        ("バラ", "ハ\u3099ラの花", ["ハ\u3099ラ"]),
        ("葛城", "葛\U000e0100城市", ["葛\U000e0100城"]),
        ("2月13日", "12月13日と2月13日", ["2月13日"]),
        ("サーバー", "サーバが落ちた", ["サーバ"]),
        ("gpt", "챗GPT한테", ["GPT"]),
        ("고마", "\u1100\u1169\u1106\u1161\u110b\u116f", ["\u1100\u1169\u1106\u1161"]),
        ("물건", "물 건너, 물건", ["물건"]),
        ("15000원", "１５，０００원 냈어", ["１５，０００원"]),
        ("什么", "你做什麼", ["什麼"]),
        ("长门", "在⻓⻔看", ["⻓⻔"]),
        ("用line传给我", "用ＬＩＮＥ傳給我", ["用ＬＩＮＥ傳給我"]),
        ("10000", "他說，10\u202f000 元", ["10\u202f000"]),
        ("schlafstörungen", "Schlaf\u00adstörungen", ["Schlaf\u00adstörungen"]),
        ("weiss", "ich weiß, weiss", ["weiß", "weiss"]),
        ("oeuf", "l’œuf", ["œuf"]),
        ("\"qu'il m'a\"", "ce qu’il m’a dit", ["qu’il m’a"]),
        ("don't", "I don\u02bct, don’t, don`t", ["don\u02bct", "don’t", "don`t"]),
        ("user_id", "`user_id` and user id", ["user_id", "user id"]),
        ("mucho", "te quiero __mucho__.", ["mucho"]),
        ("🌙", "night🌙✨", ["🌙"]),
        ("👍", "👍🏾 ok", ["👍🏾"]),
        ("👩", "my 👨🏽\u200d👩🏽\u200d👧 family", ["👨🏽\u200d👩🏽\u200d👧"]),
        ("1", "1\ufe0f\u20e3 first", ["1\ufe0f\u20e3"]),
        ("❤", "love ❤\ufe0f", ["❤\ufe0f"]),
        ("a -b", "a and b", ["a"]),
        ("title:holiday sea", "A holiday by the sea", ["sea"]),
        ("from:me", "me", []),
        ("", "anything", []),
        ("東京都", "東京都", ["東京都"]),
    ],
)
def test_the_words_that_were_found_are_marked(typed: str, text: str, expected: list[str]) -> None:
    """In the original, however it is written."""
    assert marked(typed, text) == expected


def test_spans_that_touch_stay_apart_and_those_that_overlap_become_one() -> None:
    """A mark is never inside another."""
    assert marked("東京 京都", "東京都") == ["東京都"]
    assert marked("東京 都庁", "東京都庁") == ["東京", "都庁"]


def test_a_snippet_begins_at_a_sentence_and_ends_at_a_word() -> None:
    """With the match in it, and an ellipsis where it was cut."""
    snippet, spans = parse("needle").snippet(LONG)
    assert snippet.startswith("… Then a needle stands in the hay.")
    assert snippet.endswith(" …")
    assert [snippet[slice(*span)] for span in spans] == ["needle"]
    assert len(snippet) < 180
    assert not snippet.removesuffix(" …")[-1].isspace()


def test_a_letter_that_becomes_two_when_made_small_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of millions of characters would be looked through word by word for it."""
    monkeypatch.delattr(snippets, "stretches")
    snippet, spans = parse("needle").snippet(f"İstanbul İzmir. {LONG}")
    assert [snippet[slice(*span)] for span in spans] == ["needle"]


def test_words_asked_for_in_titles_are_marked_in_titles_alone() -> None:
    """With those that may stand anywhere."""
    title, spans = parse("title:holiday sea").title_snippet("A holiday by the sea")
    assert [title[slice(*span)] for span in spans] == ["holiday", "sea"]


def test_a_short_text_is_its_own_snippet() -> None:
    """On one line."""
    assert parse("b").snippet("a\nb\n\nc") == ("a b c", ((2, 3),))


def test_a_text_without_the_words_shows_its_beginning() -> None:
    """As with filters alone."""
    snippet, spans = parse("from:me").snippet(LONG)
    assert snippet.startswith("The first sentence")
    assert spans == ()


def test_a_text_without_spaces_is_cut_anyway() -> None:
    """Chinese has no words to cut between."""
    snippet, spans = parse("手紙").snippet("あ" * 5_000 + "手紙" + "い" * 5_000)
    assert [snippet[slice(*span)] for span in spans] == ["手紙"]
    assert len(snippet) < 200


def test_a_needle_far_into_a_very_long_text_is_found() -> None:
    """Also when it is written in another form."""
    for needle in ("needle", "Nadeln", "nädeln"):
        text = "hay " * 200_000 + f"one {needle} and " + "hay " * 10
        snippet, spans = parse("needle OR nadeln").snippet(text)
        assert [snippet[slice(*span)] for span in spans] == [needle]


@given(
    st.text("ab äß東京가 나1,0.\n(ā)ﬁ\u0301\u200d", max_size=300),
    st.text('ab ä東京가1*"', max_size=8),
    st.integers(5, 200),
)
def test_marks_lie_inside_and_never_overlap(text: str, typed: str, width: int) -> None:
    """In texts and in snippets."""
    query = parse(typed)
    snippet, inside = query.snippet(text, width)
    for shown, spans in ((text, query.spans(text)), (snippet, inside)):
        ends = [0]
        for span in spans:
            assert ends[-1] <= span.start < span.end <= len(shown)
            ends.append(span.end)


BESIDE_EACH_OTHER = st.lists(
    st.sampled_from(
        ["train", "trains", "t", "a", "é", "ü", "ß", "4", "o", "10:30", "東", "स", "ك", "“", "'", " ", " ", "."]
    ),
    max_size=14,
).map("".join)


@given(BESIDE_EACH_OTHER, st.sampled_from(["train", "train*", "t", "a", "o*", "ss", "strain"]))
def test_the_quick_way_to_mark_plain_words_marks_the_same(text: str, typed: str) -> None:
    """Words of the letters a to z, whatever stands beside them."""
    quickly = parse(typed).spans(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(highlight, "_plain_words", lambda *_asked, **_options: [])
        assert parse(typed).spans(text) == quickly


@pytest.mark.parametrize(
    "whole",
    ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u1112\u1161\u11ab", "か\u3099", "की", "\U0001f1eb\U0001f1f7"],
)
def test_a_snippet_is_not_cut_inside_a_character(whole: str) -> None:
    """Where no space is near."""
    for before in range(3):
        text = "x" * before + whole * 60 + "信" + whole * 60
        snippet, _spans = parse("信").snippet(text)
        assert snippet.strip(" …").replace("信", "").lstrip("x").replace(whole, "") == ""
