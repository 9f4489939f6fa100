"""One item of a batch, from where it lies to the line about it; this is what workers do."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook import __version__
from casebook.batch.stores import StoreAccess
from casebook.errors import CasebookError, MachineError
from casebook.files.refusals import plain_words
from casebook.workflow.batching.arrivals import Arrival, Asked, arrival
from casebook.workflow.batching.bench import own_bench
from casebook.workflow.batching.deliveries import Destination, destination
from casebook.workflow.batching.jobs import Job


@dataclass(frozen=True, slots=True)
class Setting:
    """What all items of a batch have in common.

    Attributes:
        job: What is done with each.
        access: How object stores are reached.
        version: The casebook that asks.
    """

    job: Job
    access: StoreAccess = field(default_factory=StoreAccess)
    version: str = __version__


@dataclass(frozen=True, slots=True, repr=False)
class Task:
    """One item.

    Attributes:
        number: Its place among the inputs, from 1.
        written: The input as it was given.
        asked: Where workers find it, and what they do with it.
    """

    number: int
    written: str
    asked: Asked

    def __repr__(self) -> str:
        """Its number alone: this is what a cluster may log."""
        return f"item {self.number}"


def work_on(setting: Setting, task: Task) -> dict[str, Any] | None:
    """Do a job on one item; whatever is the matter with it, others are not kept from being done.

    Returns:
        The values of its line; None when its result stands already.
    """
    begun = time.monotonic()
    try:
        found = _outcome(setting, task)
    except CasebookError as error:
        found = _failed(error.exit_code, str(error), error.hint)
    except OSError as error:
        found = _failed(MachineError.exit_code, f"the machine refuses: {plain_words(error)}")
    except MemoryError:
        found = _failed(MachineError.exit_code, "there is too little memory", "use fewer workers")
    except Exception as error:  # noqa: BLE001 - a fault of ours in one item must not stop others
        says = f"a fault of casebook itself: {type(error).__name__}"
        found = _failed(MachineError.exit_code, says, "please report it")
    if found is None:
        return None
    return line_values(setting, task, found | {"seconds": round(time.monotonic() - begun, 3)})


def line_values(setting: Setting, task: Task, found: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the line about an item, from what was found."""
    on = getattr(setting.job, "on", None)
    dated = {"date": on.isoformat()} if on else {}
    values = {"number": task.number, "input": task.written, "job": setting.job.name, **dated}
    order = ("code", "seconds", "stamp", "sha256", "result", "error", "hint")
    return values | {name: found[name] for name in order if name in found}


def _failed(code: int, error: str, hint: str | None = None) -> dict[str, Any]:
    return {"code": code, "error": error, **({"hint": hint} if hint else {})}


def _outcome(setting: Setting, task: Task) -> dict[str, Any] | None:
    if setting.version != __version__:
        raise MachineError(
            f"the worker has casebook {__version__}, and {setting.version} asks",
            hint="install one version everywhere",
        )
    with arrival(setting.job, task.asked, setting.access) as here:
        if here is None:
            return None
        known = {"stamp": here.stamp} | ({"sha256": here.digest} if here.digest else {})
        if task.asked.digest not in {None, here.digest}:
            return known | _failed(
                1,
                f"this is not the file that the list means: its SHA-256 is {here.digest}",
                f"the list has {task.asked.digest}; look for the right file",
            )
        with destination(task.asked.output) as target:
            return known | _worked_on(setting, task, here, target)


def _worked_on(setting: Setting, task: Task, here: Arrival, target: Destination) -> dict[str, Any]:
    job = setting.job
    names = {}
    if here.passing:
        names[str(here.path)] = task.written.rstrip("/")
    if target.address is not None:
        names[str(target.path)] = str(target.address)
    try:
        done = job.do(here.path, target.path, own_bench(), passing=here.passing)
        target.deliver(done.made, setting.access, force=getattr(job, "force", False))
    except CasebookError as error:
        # Why renamed: where a file lay for a moment tells nobody anything.
        hint = _renamed(error.hint, names) if error.hint else None
        return _failed(error.exit_code, _renamed(str(error), names), hint)
    return {"code": 0 if done.well else 1, "result": _renamed(done.result, names)}


def _renamed(values: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - plain values of any form
    """Values in which places of the moment are called by where they came from or go."""
    match values:
        case str():
            for place, name in names.items():
                values = values.replace(place, name)
            return values
        case Mapping():
            return {key: _renamed(each, names) for key, each in values.items()}
        case list() | tuple():
            return [_renamed(each, names) for each in values]
        case _:
            return values
