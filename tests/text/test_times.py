"""Times of the provider and of the tools that re-save its exports."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.times import EARLIEST, LATEST, BadTime, seconds

JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none(), max_size=2)


@pytest.mark.parametrize(
    "value",
    [
        1695326273.969279,
        "1695326273.969279",
        1695326273969.279,
        1695326273969279,
        "2023-09-21T19:57:53.969279Z",
        "2023-09-21T21:57:53.969279+02:00",
        "2023-09-21 19:57:53.969279",
    ],
)
def test_the_same_moment_in_every_form(value: Any) -> None:
    """Seconds, milliseconds, microseconds, ISO text with and without a zone."""
    found = seconds(value)
    assert found == pytest.approx(1695326273.969, abs=0.001)


def test_a_float_of_seconds_is_not_touched() -> None:
    """No digit is lost on the way."""
    assert seconds(1695326273.9692793) == 1695326273.9692793
    assert seconds(1695326273) == 1695326273.0


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_no_time(value: Any) -> None:
    """System messages have none."""
    assert seconds(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *(0, 0.0, -1, 1e300, 10**400, float("nan"), float("inf"), 253402300799),
        *("1970-01-01", "9999-12-31T23:59:59Z", "2024-02-30", "yesterday", "nan", "-inf", "\x00"),
        *(True, [1695326273], {}),
    ],
)
def test_what_cannot_be_a_time_is_refused(value: Any) -> None:
    """1970 and 9999 are no days of a chat; an honest gap is better."""
    with pytest.raises(BadTime):
        seconds(value)


@given(JSON)
def test_any_value_is_a_plausible_time_or_none(value: Any) -> None:
    """Nothing else comes out, and nothing else is raised."""
    try:
        found = seconds(value)
    except BadTime:
        return
    assert found is None or EARLIEST <= found < LATEST
