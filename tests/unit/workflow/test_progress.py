"""Whoever does not listen is told nothing."""

from casebook.workflow.progress import Progress, quietly


def test_quiet_progress_says_nothing(capsys: object) -> None:
    listener: Progress = quietly
    assert listener("rendering", 1, 2) is None  # type: ignore[func-returns-value]
