"""The reader sees what they chose to see."""

from archiver.tui.widgets.choice import Choice, model_changes, shown_positions

from .paths import Path, answered, said

PATH = Path(
    [
        said("system prompt", role="system", hidden="system"),
        said("question"),
        answered("thinking", hidden="thoughts"),
        answered("call", hidden="tool"),
        said("result", role="tool", hidden="tool"),
        answered("answer", model="gpt-4o"),
        said("again"),
        answered("other answer", model="gpt-5"),
        said("picture", role="tool"),
    ]
)


def shown(choice: Choice) -> list[int]:
    """The positions that are shown."""
    return shown_positions(PATH.rows, choice)


def test_the_provider_hides_what_it_hides() -> None:
    """As at first."""
    assert shown(Choice()) == [1, 5, 6, 7, 8]


def test_each_kind_can_be_shown() -> None:
    """Alone or together."""
    assert shown(Choice(frozenset({"tools", "system"}))) == [1, 2, 5, 6, 7, 8]
    assert shown(Choice(frozenset())) == list(range(9))


def test_one_model_or_one_side() -> None:
    """Only its replies; only what I wrote; only what came back."""
    assert shown(Choice(model="gpt-5")) == [7]
    assert shown(Choice(side="me")) == [1, 6]
    assert shown(Choice(side="it")) == [5, 7, 8]


def test_a_change_of_model_is_seen_between_replies_that_name_one() -> None:
    """The first reply changes nothing, nor one without a model."""
    rows = Path([answered("a"), answered("b", model=""), answered("c"), answered("d", model="gpt-5")]).rows
    assert model_changes(rows, [0, 1, 2, 3]) == {3}
    assert model_changes(rows, [0, 1, 2]) == frozenset()
