"""A whole batch: every input to its line, and what all of them come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from casebook.batch.answers import Unanswered, Workers, answers
from casebook.errors import MachineError
from casebook.workflow.batching.items import Setting, Task, line_values, work_on

_WORN = "try it alone; if it is very large, use fewer workers, so that each has more memory"
_FAILED = "try it alone; on a cluster, see that its workers have the same casebook"


@dataclass(slots=True)
class Tally:
    """How many items ended how, those whose result stood already among them.

    Attributes:
        well: Nothing was found.
        found: Something was found, or the item is no such thing.
        refused: The machine kept it from being done.
        stood: Of all these, those that nothing was done about.
    """

    well: int = 0
    found: int = 0
    refused: int = 0
    stood: int = 0

    @property
    def done(self) -> int:
        """How many items are through."""
        return self.well + self.found + self.refused

    @property
    def exit_code(self) -> int:
        """What the batch ends with: 3 where the machine refused an item, 1 where one is not well.

        An item that is not there counts as found: the list is wrong about it, not the command.
        """
        if self.refused:
            return MachineError.exit_code
        return 1 if self.found else 0

    def count(self, code: int, *, stood: bool = False) -> None:
        """Count an item by the exit code that it would have had alone."""
        if code == 0:
            self.well += 1
        elif code == MachineError.exit_code:
            self.refused += 1
        else:
            self.found += 1
        self.stood += stood


def lines_of(
    workers: Workers, setting: Setting, tasks: Iterable[Task]
) -> Iterator[tuple[Task, dict[str, Any] | None]]:
    """Each item with the values of its line, in their order; None where its result stands.

    Raises:
        MachineError: There is nobody left to do the work.
    """
    for task, found in answers(workers, partial(work_on, setting), tasks):
        if isinstance(found, Unanswered):
            hint = _WORN if found.lost else _FAILED
            failed = {"code": MachineError.exit_code, "error": found.why, "hint": hint}
            yield task, line_values(setting, task, failed)
        else:
            yield task, found
