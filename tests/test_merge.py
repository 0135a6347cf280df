"""Joining what several sources said: nothing is lost, and the order of imports never matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import merge
from archiver.importers.chatgpt.rules import RULES
from archiver.records import UNDATED, Disagreement, JoiningRules, Observation

BEGUN = 1_700_000_000
"""A time at which there were chats."""
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)
OBSERVATIONS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"update_time": st.integers(BEGUN, BEGUN + 3), "title": st.text(max_size=3), "mapping": JSON}
    ),
    min_size=1,
    max_size=4,
)


TITLE = JoiningRules(newest=frozenset({"title"}))


def union(
    values: Iterable[dict[str, Any]], rules: JoiningRules = RULES
) -> tuple[dict[str, Any], tuple[Disagreement, ...]]:
    """What undated sources say together."""
    return merge.union(map(Observation, values), rules)


def test_a_single_observation_stays_as_it_is() -> None:
    """With one source there is nothing to decide."""
    value = {"id": "c", "mapping": {"n": {"message": None}}}
    assert union([value]) == (value, ())


def test_a_field_that_only_the_older_source_has_is_kept() -> None:
    """Slim exports leave metadata out; what an older one had must stay."""
    full = {
        "update_time": BEGUN + 1,
        "mapping": {"n": {"message": {"content": {"parts": ["hi"]}, "metadata": {"model_slug": "gpt-4o"}}}},
    }
    slim = {"update_time": BEGUN + 2, "mapping": {"n": {"message": {"content": {"parts": ["hi"]}}}}}
    joined, disagreements = union([slim, full])
    assert joined["mapping"]["n"]["message"]["metadata"] == {"model_slug": "gpt-4o"}
    assert [found.path for found in disagreements] == ["update_time"]


def test_messages_of_either_source_are_in_the_union() -> None:
    """A message that the newer source no longer has stays, one that it adds comes."""
    joined, _ = union([{"mapping": {"a": {"parent": None}}}, {"mapping": {"b": {"parent": "a"}}}])
    assert joined["mapping"] == {"a": {"parent": None}, "b": {"parent": "a"}}


def test_the_fuller_text_wins_and_the_other_is_named() -> None:
    """A reply that was cut off in one export is whole in the other."""
    cut = {"update_time": BEGUN + 2, "mapping": {"n": {"parts": ["Once"]}}}
    whole = {"update_time": BEGUN + 1, "mapping": {"n": {"parts": ["Once upon a time"]}}}
    joined, disagreements = union([cut, whole])
    assert joined["mapping"]["n"]["parts"] == ["Once upon a time"]
    lost = {found.path: found.others for found in disagreements}
    assert lost["mapping.n.parts"] == (["Once"],)


def test_the_newest_title_wins_where_the_importer_says_so() -> None:
    """A person renames a conversation: the last name counts, however short."""
    old, new = (
        {"update_time": BEGUN + 1, "title": "A very long first title"},
        {"update_time": BEGUN + 2, "title": "Soup"},
    )
    assert union([new, old], TITLE)[0]["title"] == "Soup"


def test_a_missing_value_never_wins() -> None:
    """A newer export that says null does not take away what an older one said."""
    old, new = {"update_time": BEGUN + 1, "title": "Soup"}, {"update_time": BEGUN + 2, "title": None}
    assert union([old, new], TITLE)[0]["title"] == "Soup"


def test_contents_of_different_kinds_are_not_mixed() -> None:
    """Two content types in one object would be neither."""
    text = {"content": {"content_type": "text", "parts": ["short"]}}
    code = {"content": {"content_type": "code", "text": "print('a longer program')"}}
    assert union([text, code])[0]["content"] == code["content"]


@given(OBSERVATIONS)
def test_the_order_of_observations_never_matters(observations: list[dict[str, Any]]) -> None:
    """Importing A then B, B then A or both at once gives the same."""
    results = [repr(union(ordered, TITLE)) for ordered in itertools.permutations(observations)]
    assert len(set(results)) == 1


@given(OBSERVATIONS)
def test_every_key_of_every_observation_is_in_the_union(observations: list[dict[str, Any]]) -> None:
    """No source's field is dropped unless its value is null."""
    joined, _ = union(observations)
    assert set(joined) == {key for value in observations for key in value}


def test_json_nested_deeper_than_python_recurses_is_joined() -> None:
    """Depth must not become a recursion error."""

    def nested(end: str) -> dict[str, Any]:
        value: Any = end
        for _level in range(400):
            value = {"a": value}
        return {"mapping": value}

    joined, _ = union([nested("x"), nested("longer")])
    assert "longer" in repr(joined)


def test_what_a_source_only_leaves_out_is_no_disagreement() -> None:
    """Slim exports drop the offsets of each citation."""
    full = {"update_time": BEGUN + 1, "refs": [{"start": 3, "url": "a"}, {"start": 9, "url": "b"}]}
    slim = {"update_time": BEGUN + 1, "refs": [{"url": "a"}, {"url": "b"}]}
    other = {"update_time": BEGUN + 1, "refs": [{"url": "a"}, {"url": "c"}]}
    joined, disagreements = union([slim, full])
    assert (joined, disagreements) == (full, ())
    assert [found.others for found in union([slim, full, other])[1]] == [(other["refs"],)]


def reply(update_time: float, **metadata: str) -> dict[str, Any]:
    """A conversation whose only reply has this metadata."""
    message = {"author": {"role": "assistant"}, "content": {"parts": ["Yes."]}, "metadata": metadata}
    return {"update_time": BEGUN + update_time, "mapping": {"n": {"message": message}}}


def metadata_of(whole: dict[str, Any]) -> Any:
    """The metadata of the only reply."""
    return whole["mapping"]["n"]["message"]["metadata"]


SLUGS = ("gpt-4o", "gpt-5-5-thinking", "gpt-4-5", "auto")


@pytest.mark.parametrize(("old", "new"), list(itertools.permutations(SLUGS, 2)))
def test_the_oldest_source_tells_which_model_answered(old: str, new: str) -> None:
    """However long the names are: later, the successor of a model is written in its place."""
    values = [reply(1, model_slug=old, default_model_slug=old), reply(2, model_slug=new, default_model_slug=new)]
    for ordered in itertools.permutations(values):
        whole, found = union(ordered)
        assert metadata_of(whole) == {"model_slug": old, "default_model_slug": old}
        assert ("mapping.n.message.metadata.model_slug", old, (new,)) in [
            (each.path, each.kept, each.others) for each in found
        ]


def test_of_sources_with_the_same_last_change_the_one_made_first_tells_the_model() -> None:
    """Opening an old chat rewrites slugs, and nothing else."""
    early = Observation(reply(1, model_slug="gpt-4o"), made=100.0)
    late = Observation(reply(1, model_slug="gpt-5-5"), made=200.0)
    undated = Observation(reply(1, model_slug="gpt-6"))
    for ordered in itertools.permutations([early, late, undated]):
        assert metadata_of(merge.union(ordered, RULES)[0])["model_slug"] == "gpt-4o"


def test_a_resolved_model_comes_from_a_source_that_agrees_about_the_model() -> None:
    """A later one that was rewritten must not say what an early reply was resolved to."""
    early = reply(1, model_slug="gpt-4o")
    rewritten = reply(2, model_slug="gpt-5-5", resolved_model_slug="gpt-5-5-thinking")
    whole, found = union([early, rewritten])
    assert metadata_of(whole)["resolved_model_slug"] is None
    assert "mapping.n.message.metadata.resolved_model_slug" in [each.path for each in found]
    agreeing = reply(2, model_slug="gpt-4o", resolved_model_slug="gpt-4o-mini")
    assert metadata_of(union([early, agreeing])[0])["resolved_model_slug"] == "gpt-4o-mini"


def test_the_choice_of_a_conversation_is_that_of_its_last_state_as_first_told() -> None:
    """The person went on with another model; opening the chat later rewrote that choice."""
    first = Observation({"update_time": BEGUN + 1, "default_model_slug": "gpt-4o"}, made=10.0)
    later = Observation({"update_time": BEGUN + 2, "default_model_slug": "gpt-5"}, made=20.0)
    rewritten = Observation({"update_time": BEGUN + 2, "default_model_slug": "gpt-5-5-thinking"}, made=30.0)
    for ordered in itertools.permutations([first, later, rewritten]):
        whole, found = merge.union(ordered, RULES)
        assert whole["default_model_slug"] == "gpt-5"
        assert ("default_model_slug", ("gpt-4o", "gpt-5-5-thinking")) in [
            (each.path, tuple(sorted(each.others))) for each in found
        ]


def test_other_single_words_are_those_of_the_newest_source() -> None:
    """A state is no text: the longer word says no more."""
    old, new = reply(1, status="in_progress_for_long"), reply(2, status="done")
    assert metadata_of(union([old, new])[0])["status"] == "done"
    assert metadata_of(union([reply(1, status="done"), reply(2, status="")])[0])["status"] == "done"


@pytest.mark.parametrize(
    ("older", "newer", "kept"), [("Yes.", "No!!", 1), ("Yes, that long.", "No", 0), ("No", "Yes.", 1)]
)
def test_a_message_of_another_role_is_taken_whole(older: str, newer: str, kept: int) -> None:
    """Its role and its words stood together in one source: the one with more words, else the newer one."""

    def said(update_time: float, role: str, words: str) -> dict[str, Any]:
        message = {"author": {"role": role}, "content": {"content_type": "text", "parts": [words]}}
        return {"update_time": update_time, "mapping": {"n": {"message": message}}}

    values = [said(BEGUN, "assistant", older), said(BEGUN + 1, "user", newer)]
    for ordered in itertools.permutations(values):
        whole, found = union(ordered)
        assert whole["mapping"] == values[kept]["mapping"]
        assert [each.others for each in found if each.path == "mapping.n.message"] == [
            (values[1 - kept]["mapping"]["n"]["message"],)
        ]


@pytest.mark.parametrize("later", ["2026-05-06T12:55:00Z", (BEGUN + 9) * 1000])
def test_times_of_every_form_tell_which_source_is_older(later: Any) -> None:
    """Tools that save conversations write texts or milliseconds."""
    early, late = reply(1, model_slug="gpt-4o"), reply(2, model_slug="gpt-5") | {"update_time": later}
    for ordered in itertools.permutations([early, late]):
        assert metadata_of(union(ordered)[0])["model_slug"] == "gpt-4o"


WORDS = st.sampled_from(["", "A", "Longer", "Words with blanks", "\u8a9e"])
STATES = st.lists(
    st.builds(
        lambda time, made, role, words, metadata: Observation(
            {
                "update_time": time,
                "default_model_slug": metadata.get("model_slug"),
                "mapping": {
                    "n": {
                        "message": {
                            "author": {"role": role},
                            "content": {"content_type": "text", "parts": [f"{role} {words}"]},
                            "metadata": metadata,
                        }
                    }
                },
            },
            made,
        ),
        st.integers(BEGUN, BEGUN + 2),
        st.sampled_from([1.0, 2.0, UNDATED]),
        st.sampled_from(["user", "assistant"]),
        WORDS,
        st.fixed_dictionaries(
            {},
            optional={
                "model_slug": st.sampled_from([*SLUGS, ""]),
                "resolved_model_slug": st.sampled_from(SLUGS),
                "status": WORDS,
            },
        ),
    ),
    min_size=2,
    max_size=4,
)


def test_the_order_of_keys_is_the_same_in_any_order_of_imports() -> None:
    """Of values that differ in nothing else, one is kept."""
    first = {"mapping": {"n": {"message": {"metadata": {"status": "a", "model_slug": "gpt-4o"}}}}}
    second = {"mapping": {"n": {"message": {"metadata": {"model_slug": "gpt-4o", "status": "a"}}}}}
    states = [Observation(first, 1.0), Observation(second, 1.0)]
    assert repr(merge.union(states, RULES)) == repr(merge.union(reversed(states), RULES))


@given(STATES)
def test_no_message_is_a_mixture_that_stood_nowhere(states: list[Observation]) -> None:
    """Role and words come from one source, both names of a model from one that has them or from agreeing ones."""
    results = {repr(merge.union(ordered, RULES)) for ordered in itertools.permutations(states)}
    assert len(results) == 1
    whole, _found = merge.union(states, RULES)
    message = whole["mapping"]["n"]["message"]
    assert message["content"]["parts"][0].startswith(message["author"]["role"])
    slug, resolved = (message["metadata"].get(key) for key in ("model_slug", "resolved_model_slug"))
    if slug and resolved:
        said = [state.value["mapping"]["n"]["message"]["metadata"] for state in states]
        assert any(
            each.get("resolved_model_slug") == resolved and (each.get("model_slug") or slug) == slug for each in said
        )
