"""One example of what Hypothesis draws, the same in every run."""

from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

T = TypeVar("T")


def drawn(strategy: st.SearchStrategy[T]) -> T:
    """The second value of a strategy: the first one takes the first choice everywhere."""
    found: list[T] = []

    @seed(0)
    @settings(
        database=None,
        max_examples=2,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value: T) -> None:
        found.append(value)

    draw()
    assert len(found) == 2, "this is too large to be drawn"
    return found[1]
