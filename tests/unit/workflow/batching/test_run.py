"""A whole batch: lines in order, also about items that nobody could answer for."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from casebook.batch.answers import Workers
from casebook.workflow.batching.arrivals import Asked
from casebook.workflow.batching.items import Setting, Task
from casebook.workflow.batching.jobs import Check
from casebook.workflow.batching.run import Tally, lines_of
from tests.unit.workflow.conftest import ON


class Failing(Executor):
    """Does the work of odd items at once, and fails the others in one way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, work: Callable[[Task], Any], task: Task) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        if task.number % 2:
            future.set_result(work(task))
        else:
            future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    "error,says",
    [
        (BrokenExecutor("gone"), "each of two workers ended over it"),
        (ModuleNotFoundError("Client A"), "the work failed: ModuleNotFoundError"),
    ],
)
def test_an_item_without_an_answer_has_its_line(studio: Path, error: Exception, says: str) -> None:
    tasks = [Task(number, f"in/{number}", Asked(str(studio))) for number in (1, 2, 3)]
    lines = list(lines_of(Workers(Failing(error), ""), Setting(Check(ON)), tasks))
    assert [task for task, _ in lines] == tasks
    codes = [values["code"] for _, values in lines if values is not None]
    assert codes == [0, 3, 0]
    values = lines[1][1]
    assert values is not None
    assert (values["number"], values["input"], values["job"]) == (2, "in/2", "check")
    assert values["error"] == says
    assert values["hint"]


@pytest.mark.parametrize(
    "codes,ends", [((), 0), ((0, 0), 0), ((0, 1), 1), ((0, 2), 1), ((0, 1, 3), 3)]
)
def test_what_the_machine_refused_counts_most(codes: tuple[int, ...], ends: int) -> None:
    tally = Tally()
    for each in codes:
        tally.count(each)
    assert (tally.exit_code, tally.done) == (ends, len(codes))
