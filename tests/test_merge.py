"""Joining what several sources said: nothing is lost, and the order of imports never matters."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archiver.merge import union

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
        {}, optional={"update_time": st.integers(0, 3), "title": st.text(max_size=3), "mapping": JSON}
    ),
    min_size=1,
    max_size=4,
)


def test_a_single_observation_stays_as_it_is() -> None:
    """With one source there is nothing to decide."""
    value = {"id": "c", "mapping": {"n": {"message": None}}}
    assert union([value]) == (value, ())


def test_a_field_that_only_the_older_source_has_is_kept() -> None:
    """Slim exports leave metadata out; what an older one had must stay."""
    full = {
        "update_time": 1,
        "mapping": {"n": {"message": {"content": {"parts": ["hi"]}, "metadata": {"model_slug": "gpt-4o"}}}},
    }
    slim = {"update_time": 2, "mapping": {"n": {"message": {"content": {"parts": ["hi"]}}}}}
    joined, disagreements = union([slim, full])
    assert joined["mapping"]["n"]["message"]["metadata"] == {"model_slug": "gpt-4o"}
    assert [found.path for found in disagreements] == ["update_time"]


def test_messages_of_either_source_are_in_the_union() -> None:
    """A message that the newer source no longer has stays, one that it adds comes."""
    joined, _ = union([{"mapping": {"a": {"parent": None}}}, {"mapping": {"b": {"parent": "a"}}}])
    assert joined["mapping"] == {"a": {"parent": None}, "b": {"parent": "a"}}


def test_the_fuller_text_wins_and_the_other_is_named() -> None:
    """A reply that was cut off in one export is whole in the other."""
    cut = {"update_time": 2, "mapping": {"n": {"parts": ["Once"]}}}
    whole = {"update_time": 1, "mapping": {"n": {"parts": ["Once upon a time"]}}}
    joined, disagreements = union([cut, whole])
    assert joined["mapping"]["n"]["parts"] == ["Once upon a time"]
    lost = {found.path: found.others for found in disagreements}
    assert lost["mapping.n.parts"] == (["Once"],)


def test_the_newest_title_wins_where_the_importer_says_so() -> None:
    """A person renames a conversation: the last name counts, however short."""
    old, new = {"update_time": 1, "title": "A very long first title"}, {"update_time": 2, "title": "Soup"}
    assert union([new, old], frozenset({"title"}))[0]["title"] == "Soup"


def test_a_missing_value_never_wins() -> None:
    """A newer export that says null does not take away what an older one said."""
    old, new = {"update_time": 1, "title": "Soup"}, {"update_time": 2, "title": None}
    assert union([old, new], frozenset({"title"}))[0]["title"] == "Soup"


def test_contents_of_different_kinds_are_not_mixed() -> None:
    """Two content types in one object would be neither."""
    text = {"content": {"content_type": "text", "parts": ["short"]}}
    code = {"content": {"content_type": "code", "text": "print('a longer program')"}}
    assert union([text, code])[0]["content"] == code["content"]


@given(OBSERVATIONS)
def test_the_order_of_observations_never_matters(observations: list[dict[str, Any]]) -> None:
    """Importing A then B, B then A or both at once gives the same."""
    results = [repr(union(ordered, frozenset({"title"}))) for ordered in itertools.permutations(observations)]
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
    full = {"update_time": 1, "refs": [{"start": 3, "url": "a"}, {"start": 9, "url": "b"}]}
    slim = {"update_time": 1, "refs": [{"url": "a"}, {"url": "b"}]}
    other = {"update_time": 1, "refs": [{"url": "a"}, {"url": "c"}]}
    joined, disagreements = union([slim, full])
    assert (joined, disagreements) == (full, ())
    assert [found.others for found in union([slim, full, other])[1]] == [(other["refs"],)]
