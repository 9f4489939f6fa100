"""Runs a batch for the command line: lines out as they come, and a bar that tells how far it is."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casebook.cli.terminal import clean, dress, progress, say, tell
from casebook.errors import Interrupted

if TYPE_CHECKING:
    from casebook.batch.input_list import Input
    from casebook.batch.result_lines import ResultLines
    from casebook.cli.batch_options import BatchOptions
    from casebook.workflow.batching.items import Task
    from casebook.workflow.batching.jobs import Job
    from casebook.workflow.batching.run import Tally

_SETTLED: Final = frozenset({0, 1})
"""Exit codes after which an item need not be tried again as long as it is the same."""

_WORDS: Final = {0: ("well", "good"), 1: ("found", "warning"), 2: ("no", "error")}


def run_batch(
    batch: "BatchOptions",
    name: str,
    job_on: "Callable[[date | None], Job]",
    output: str | None,
    *,
    kept_day: bool = False,
) -> None:
    """Do a job on every input, and end with the code of all of them.

    Args:
        batch: What to work on, with whom, and where results go.
        name: What the job is called.
        job_on: Makes the job, for a day from the results that are continued, or for its own.
        output: Where to write what is made.
        kept_day: Whether results that are continued say for which day to judge.

    Raises:
        SystemExit: Always, with the exit code.
        Interrupted: The user stopped it.
    """
    from casebook.workflow.batching.items import Setting
    from casebook.workflow.batching.run import Tally, lines_of

    tally = Tally()
    with ExitStack() as stack:
        lines = stack.enter_context(batch.lines(name))
        said = lines.on if lines is not None and kept_day else None
        job = job_on(date.fromisoformat(said) if said else None)
        inputs = batch.inputs(job)
        tasks = tuple(_tasks(batch, job, inputs, output, lines))
        show = stack.enter_context(_bar(len(tasks), tally))
        stack.enter_context(_telling_what_stands(batch, tally, len(tasks)))
        workers = stack.enter_context(batch.workers())
        for task, values in lines_of(workers, Setting(job, batch.access), tasks):
            if values is None:
                assert lines is not None  # noqa: S101 - what stands, stands in it
                tally.count(lines.standing[task.written].code, stood=True)
            else:
                _put(values, lines, task, batch.form)
                tally.count(values["code"])
            show()
        if lines is not None and batch.resume:
            lines.put_in_order(each.written for each in inputs)
    tell(_summary(tally))
    raise SystemExit(tally.exit_code)


def _tasks(
    batch: "BatchOptions",
    job: "Job",
    inputs: "tuple[Input, ...]",
    output: str | None,
    lines: "ResultLines | None",
) -> "Iterator[Task]":
    from casebook.workflow.batching.arrivals import Asked
    from casebook.workflow.batching.inputs import outputs_for
    from casebook.workflow.batching.items import Task

    outputs = outputs_for(inputs, job, output)
    for number, (each, to) in enumerate(zip(inputs, outputs, strict=True), start=1):
        known = lines.standing.get(each.written) if lines is not None else None
        before = known.stamp if known is not None and known.code in _SETTLED else None
        place, target = _found_by(batch, each.written), to and _found_by(batch, to)
        yield Task(number, each.written, Asked(place, each.digest, target, before))


def _found_by(batch: "BatchOptions", written: str) -> str:
    """A path or URL as workers find it."""
    if batch.cluster is None or "://" in written:
        return written
    return str(batch.for_workers(Path(written)))


def _put(values: dict[str, Any], lines: "ResultLines | None", task: "Task", form: str) -> None:
    """Write the line about an item where it belongs."""
    if lines is not None:
        lines.append(task.written, values)
        return
    if form == "json":
        from casebook.batch.result_lines import line_of

        say(line_of(values).decode("ascii").rstrip("\n"))
        return
    word, role = _WORDS.get(values["code"], ("undone", "error"))
    error = f": {clean(values['error'])}" if "error" in values else ""
    say(f"{dress(f'{word:<6}', role)}  {clean(task.written)}{error}")


@contextmanager
def _bar(total: int, tally: "Tally") -> "Iterator[Callable[[], None]]":
    """What shows how far it is, how fast, and how long it will take; on a terminal alone."""
    begun = time.monotonic()
    with progress() as show:

        def shown() -> None:
            worked = tally.done - tally.stood
            seconds = max(time.monotonic() - begun, 0.001)
            rate = worked / seconds
            left = f", {_duration((total - tally.done) / rate)} left" if rate else ""
            show(f"{tally.done:,} of {total:,}, {rate:,.1f} a second{left}", tally.done, total)

        show(f"0 of {total:,}", 0, total)
        yield shown


def _duration(seconds: float) -> str:
    """A time in words: its two largest parts."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextmanager
def _telling_what_stands(batch: "BatchOptions", tally: "Tally", total: int) -> Iterator[None]:
    """Where the user stops it, say how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        stands = f"{tally.done:,} of {total:,} are done"
        again = "; the same command with --resume does the rest" if batch.results else ""
        raise Interrupted("stopped", hint=f"{stands}{again}") from None


def _summary(tally: "Tally") -> str:
    parts = [f"{tally.done:,} through: {tally.well:,} well"]
    if tally.found:
        parts.append(f"{tally.found:,} with something found")
    if tally.refused:
        parts.append(f"{tally.refused:,} not done")
    if tally.stood:
        parts.append(f"{tally.stood:,} of them known from before")
    return ", ".join(parts)
