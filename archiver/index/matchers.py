"""How Whoosh steps through documents that are known as a list."""

# mypy: allow-untyped-calls
# ruff: noqa: ARG002
# Whoosh calls with arguments that we do not need.

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from whoosh.matching.mcore import ListMatcher, NullMatcher


class ExactMatcher(ListMatcher):
    """Never lets itself be left out for a low score: totals are exact."""

    def skip_to(self, id: int) -> None:
        self._i = bisect_left(self._ids, id, self._i)

    def replace(self, minquality: float = 0) -> Any:
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return float("inf")


class ScoredMatcher(ExactMatcher):
    """Documents with scores that are known already; none means 0 for all of them."""

    def weight(self) -> float:
        return float(self._weights[self._i]) if self._weights else 0.0


def scores_of(matcher: Any) -> dict[int, float]:
    """The documents of a matcher and their scores, by stepping through it."""
    scores = {}
    while matcher.is_active():
        scores[matcher.id()] = matcher.score()
        matcher.next()
    return scores
