"""Markers of sources inside answers, in the forms of every year."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.importers.chatgpt.tree import understand
from archiver.records import Citation, Quote, Text, Unknown
from tests import builders
from tests.importers.understanding import messages, parts, understood

DANUBE = builders.Source("Danube", "https://en.wikipedia.org/wiki/Danube")
RHINE = builders.Source("The Rhine", "https://www.rivers.example/rhine?utm_source=chatgpt.com")
PRIVATE = [chr(code) for code in range(0xE200, 0xE207)]


def answer(words: str, **metadata: Any) -> Text:
    """An answer with these words and this metadata, which must be one text."""
    (found,) = parts(builders.assistant(words).noting(**metadata))
    assert isinstance(found, Text)
    return found


def named(found: Text) -> list[tuple[str, str]]:
    """The words that name a source, each with its address."""
    return [(found.text[citation.start : citation.end], citation.url) for citation in found.citations]


def test_markers_become_words_with_links() -> None:
    """The words of the provider's own link, without its Markdown."""
    (found,) = parts(builders.cited("The river flows{0}. Both do{0,1}.", [DANUBE, RHINE]))
    assert isinstance(found, Text)
    assert found.text == "The river flows (Danube). Both do (Danube, The Rhine)."
    assert named(found) == [("Danube", DANUBE.url), ("Danube", DANUBE.url), ("The Rhine", RHINE.url)]
    assert found.citations[0] == Citation(17, 23, "Danube", DANUBE.url)


def test_the_slim_form_is_matched() -> None:
    """Since mid-2026 references have neither offsets nor the marked text."""
    value = builders.conversation("Rivers", [builders.cited("It flows{0}. Both do{0,1}.", [DANUBE, RHINE])])
    slim = understand(builders.slim(value), {}).conversation.messages[-1].parts
    full = understand(value, {}).conversation.messages[-1].parts
    assert slim == full


def test_the_slim_form_is_matched_by_ids_where_the_numbers_differ() -> None:
    """One reference for two markers: the ids say which one it belongs to."""
    reference = {
        "type": "grouped_webpages",
        "items": [{"title": "Danube", "url": DANUBE.url, "attribution": "Wikipedia"}],
        "refs": [{"turn_index": 0, "ref_type": "search", "ref_index": 4}],
    }
    words = f"One{builders.marker('cite', 'turn0search1')}. Two{builders.marker('cite', 'turn0search4')}."
    found = answer(words, content_references=[reference])
    assert found.text == "One. Two (Wikipedia)."
    assert named(found) == [("Wikipedia", DANUBE.url)]


def test_marks_of_2023_become_the_name_of_the_site() -> None:
    """Offsets of ``citations`` point exactly at the mark."""
    (found,) = parts(builders.cited_in_2023("A test showed{0}{1}.", [DANUBE, RHINE]))
    assert isinstance(found, Text)
    assert found.text == "A test showed (en.wikipedia.org) (rivers.example)."
    assert [citation.title for citation in found.citations] == ["Danube", "The Rhine"]


def test_a_mark_of_2023_without_its_source_stays_as_it_is() -> None:
    """The provider's screen showed it so, too, and it may be the person's own writing."""
    assert answer("As shown【13†source】.").text == "As shown【13†source】."
    assert answer("【注】これは†です").text == "【注】これは†です"


def test_an_uploaded_file_is_named_without_address() -> None:
    """Its words are the file's name."""
    file = {"type": "file", "name": "book.pdf", "id": "file-abc"}
    mark = "【3:0†source】"
    citation = {"start_ix": 4, "end_ix": 4 + len(mark), "metadata": file}
    found = answer(f"Look{mark}.", citations=[citation])
    assert found == Text("Look (book.pdf).", (Citation(6, 14, "book.pdf", ""),))


def test_offsets_count_code_points() -> None:
    """An emoji before a marker is one character, not two."""
    (found,) = parts(builders.cited("\U0001f30a\U0001f30a flows{0}", [DANUBE]))
    assert isinstance(found, Text)
    assert found.text == "\U0001f30a\U0001f30a flows (Danube)"


def test_wrong_offsets_are_corrected_by_the_marked_text() -> None:
    """Other tools write offsets in UTF-16 units."""
    draft = builders.cited("\U0001f30a flows{0}, ends{1}.", [DANUBE, RHINE])
    for reference in draft.metadata["content_references"]:
        reference["start_idx"] += 1
        reference["end_idx"] += 1
    (found,) = parts(draft)
    assert isinstance(found, Text)
    assert found.text == "\U0001f30a flows (Danube), ends (The Rhine)."


@pytest.mark.parametrize(
    ("marker", "words"),
    [
        (builders.marker("entity", '["place","Paris","France"]'), "Paris"),
        (builders.marker("product_entity", '["turn0product0","Sony WH-1000"]'), "Sony WH-1000"),
        (
            builders.marker("products", '{"selections":[["turn0product3","Lamp"],["turn0product4","Chair"]]}'),
            "Lamp, Chair",
        ),
        (builders.marker("navlist", "More news", "turn0news1,turn0news2"), "More news"),
        (builders.marker("cite", "turn0search1", "turn0search4"), ""),
        (builders.marker("filecite", "turn3file14", "L180-L293"), ""),
        (builders.marker("image_group", '{"query":["Paris"]}'), ""),
        (builders.marker("i", "turn0image3"), ""),
        ("\ue203Paris\ue204", "Paris"),
        ("\ue202turn0search1\ue206", ""),
        ("citeturn0search1turn0search2", ""),
        ("fileciteturn3file14L180-L293", ""),
        ("\ue200", ""),
        ("\ue200cite\ue202turn0search1 and so on\nto the end \ue201", " and so on\nto the end "),
        ("\ue200entity\ue202[broken\ue201", "broken"),
        ('\ue200entity\ue202["place","Paris again\ue201', "Paris again"),
        ('\ue200entity\ue202["place","Paris","Fra\ue201', "Paris"),
        ("\ue200video\ue202A title\ue202turn0video1\ue201", "A title"),
    ],
)
def test_what_a_marker_leaves_when_nothing_explains_it(marker: str, words: str) -> None:
    """Names inside sentences stay; what the provider's screen hides is gone; no private characters are left."""
    assert answer(f"See {marker} now").text == f"See {words} now"


def test_a_marker_of_a_new_kind_is_kept_and_counted() -> None:
    """Its words stay in the sentence, and what else it says becomes a part of its own."""
    mark = builders.marker("hologram", '{"title":"Danube","angle":30}')
    result = understood(builders.assistant(f"Turn {mark} around."))
    assert result.conversation.messages[-1].parts == (
        Text("Turn Danube around."),
        Unknown("hologram", '{"title":"Danube","angle":30}'),
    )
    assert result.unknown_keys == {"marker.hologram": 1}


def test_a_name_gets_the_link_of_its_reference() -> None:
    """An entity's words stay where they are and point to its page."""
    mark = builders.marker("entity", '["river","Danube"]')
    reference = {
        "matched_text": mark,
        "start_idx": 4,
        "end_idx": 4 + len(mark),
        "type": "entity",
        "alt": "",
        "url": DANUBE.url,
    }
    found = answer(f"The {mark} flows", content_references=[reference])
    assert found.text == "The Danube flows"
    assert named(found) == [("Danube", DANUBE.url)]


def test_ordinary_words_that_a_reference_stands_for_keep_their_place() -> None:
    """They get its link, and nothing else changes."""
    reference = {
        "matched_text": "Danube",
        "start_idx": 4,
        "end_idx": 10,
        "type": "webpage",
        "title": "D",
        "url": DANUBE.url,
    }
    found = answer("The Danube flows", content_references=[reference])
    assert found == Text("The Danube flows", (Citation(4, 10, "D", DANUBE.url),))
    mark = builders.marker("cite", "turn0search1")
    found = answer(f"The Danube flows{mark}", content_references=[reference])
    assert found == Text("The Danube flows", (Citation(4, 10, "D", DANUBE.url),))


def test_hidden_references_add_nothing_and_footnotes_stand_below() -> None:
    """The list below an answer is no place in it; its sources follow the answer."""
    mark = builders.marker("cite", "turn0search1")
    hidden = {"matched_text": mark, "start_idx": 3, "end_idx": 3 + len(mark), "type": "hidden", "alt": ""}
    foot = {
        "matched_text": " ",
        "start_idx": 0,
        "end_idx": 0,
        "type": "sources_footnote",
        "sources": [{"url": DANUBE.url, "title": "Danube"}, {"url": RHINE.url, "title": "The Rhine"}],
    }
    draft = builders.assistant(f"It {mark}ends in [the sea]({RHINE.url})").noting(content_references=[foot, hidden])
    assert parts(draft) == [Text(f"It ends in [the sea]({RHINE.url})"), Quote("", "Danube", DANUBE.url)]


def test_a_source_that_no_place_names_stands_below_the_answer() -> None:
    """Also below one without any marker."""
    listed = [{"type": "grouped_webpages", "items": [{"title": "Danube", "url": DANUBE.url}]}]
    draft = builders.assistant("It flows.").noting(content_references=listed)
    assert parts(draft) == [Text("It flows."), Quote("", "Danube", DANUBE.url)]


def test_ids_count_more_than_the_order() -> None:
    """The slim form lists its references in any order."""
    listed = [
        {
            "type": "grouped_webpages",
            "items": [{"title": source.title, "url": source.url, "attribution": source.title}],
            "refs": [{"turn_index": 0, "ref_type": "search", "ref_index": number}],
        }
        for number, source in ((1, RHINE), (0, DANUBE))
    ]
    words = f"One{builders.marker('cite', 'turn0search0')}. Two{builders.marker('cite', 'turn0search1')}."
    found = answer(words, content_references=listed)
    assert found.text == "One (Danube). Two (The Rhine)."


def test_the_order_counts_for_references_without_ids() -> None:
    """And only for them."""
    listed = [
        {"type": "grouped_webpages", "items": [{"title": source.title, "url": source.url, "attribution": source.title}]}
        for source in (RHINE, DANUBE)
    ]
    words = f"One{builders.marker('cite', 'turn0search0')}. Two{builders.marker('cite', 'turn0search1')}."
    assert answer(words, content_references=listed).text == "One (The Rhine). Two (Danube)."
    listed[0]["refs"] = [{"turn_index": 7, "ref_type": "search", "ref_index": 7}]
    below = [Quote("", source.title, source.url) for source in (RHINE, DANUBE)]
    assert parts(builders.assistant(words).noting(content_references=listed)) == [Text("One. Two."), *below]


def test_words_of_a_marker_that_no_one_sees_are_details() -> None:
    """What pictures were looked for, which country a town lies in."""
    words = builders.marker("image_group", '{"query":["Paris at night"]}') + builders.marker(
        "entity", '["place","Paris","France"]'
    )
    (message,) = messages(builders.assistant(words))
    assert message.parts == (Text("Paris"),)
    assert message.details == (("image_group", "Paris at night"), ("entity", "place"), ("entity", "France"))


def test_what_a_tool_found_explains_an_answer_below_it() -> None:
    """Search results stand in the metadata of the tool's message, and pages in its content."""
    entry = {
        "type": "search_result",
        "url": DANUBE.url,
        "title": "Danube",
        "attribution": "Wikipedia",
        "ref_id": {"turn_index": 0, "ref_type": "search", "ref_index": 1},
    }
    groups = [{"type": "search_result_group", "domain": "wikipedia.org", "entries": [entry]}]
    found = messages(
        builders.tool("web", "…").noting(search_result_groups=groups),
        builders.web_page("All of it.", "The Rhine", RHINE.url, "turn0view2"),
        builders.assistant(f"Rivers{builders.marker('cite', 'turn0search1', 'turn0view2')}."),
    )[-1].parts
    assert isinstance(found[0], Text)
    assert found[0].text == "Rivers (Wikipedia, rivers.example)."
    assert named(found[0]) == [("Wikipedia", DANUBE.url), ("rivers.example", RHINE.url)]


def test_the_nearest_finding_counts() -> None:
    """The same id means another page on another branch."""

    def found(url: str, **fields: Any) -> builders.Draft:
        return builders.web_page("…", url, url).but(**fields)

    value = builders.conversation(
        "Branches",
        [
            builders.user("Which?", id="question"),
            found("https://one.example/", id="first"),
            builders.assistant(f"One{builders.marker('cite', 'turn0search0')}", id="one"),
            found("https://two.example/", id="second", beside="first"),
            builders.assistant(f"Two{builders.marker('cite', 'turn0search0')}", id="two"),
        ],
    )
    texts = {message.id: message.parts[0] for message in understand(value, {}).conversation.messages if message.parts}
    assert texts["one"] == Text("One (one.example)", (Citation(5, 16, "https://one.example/", "https://one.example/"),))
    assert texts["two"] == Text("Two (two.example)", (Citation(5, 16, "https://two.example/", "https://two.example/"),))


def test_what_the_person_pasted_is_left_alone() -> None:
    """Markers in their own message are their text."""
    words = f"You wrote {builders.marker('cite', 'turn0search1')} and 【1†source】"
    assert parts(builders.user(words)) == [Text(words)]


PIECES = [*PRIVATE, "a", " ", "(", "【", "】", "†", "cite", "turn0search1", '["x","y"]', "\n", "界"]
REFERENCE = st.fixed_dictionaries(
    {},
    optional={
        "start_idx": st.integers(-3, 40) | st.none(),
        "end_idx": st.integers(-3, 40) | st.text(max_size=2),
        "matched_text": st.lists(st.sampled_from(PIECES), max_size=5).map("".join),
        "alt": st.sampled_from(["", "([A](https://a.example))", "plain", "[", "![x](http://b)"]) | st.none(),
        "type": st.sampled_from(["webpage", "hidden", "entity", "sources_footnote", "file"]) | st.integers(),
        "items": st.lists(st.fixed_dictionaries({"url": st.sampled_from(["https://a.example/", "", "file-1"])})),
        "url": st.sampled_from(["https://c.example/", "https://[", "x"]),
        "refs": st.lists(st.just("turn0search1")) | st.none(),
    },
)


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.lists(REFERENCE, max_size=4))
def test_any_markers_with_any_references_give_a_text(words: str, listed: list[dict[str, Any]]) -> None:
    """No private character is left, and every citation lies inside the text."""
    draft = builders.assistant(words).noting(content_references=listed, citations=listed)
    for part in parts(draft):
        if isinstance(part, Unknown | Quote):
            continue
        assert isinstance(part, Text)
        assert not set(PRIVATE) & set(part.text)
        assert all(0 <= citation.start < citation.end <= len(part.text) for citation in part.citations)


@given(st.text())
def test_a_text_without_markers_stays_exactly_as_it_is(words: str) -> None:
    """Whatever the script, nothing is normalised, trimmed or repaired."""
    if not set(PRIVATE) & set(words) and words:
        assert parts(builders.assistant(words)) == [Text(words)]
