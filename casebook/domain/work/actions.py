"""A session's steps as the protocol sees them: tests, releases and retests, with their times."""

from collections.abc import Iterable

from casebook.domain.work.cycles import Action
from casebook.domain.work.observation import (
    Event,
    ReleaseEvent,
    RetestEvent,
    TestEvent,
)
from casebook.domain.work.steps import ReleaseStep, RetestStep, Step, TestStep


def actions_of_events(events: Iterable[Event]) -> tuple[Action, ...]:
    """The protocol's part of an observed session, with times in seconds since its start."""
    return tuple(
        Action(index, event, event.at, event.ends_s, event.ends_s - event.at)
        for index, event in enumerate(events)
        if isinstance(event, TestEvent | ReleaseEvent | RetestEvent)
    )


def actions_of_ledger(steps: Iterable[Step]) -> tuple[Action, ...]:
    """The protocol's part of a case study's ledger, where only durations are known."""
    return tuple(
        Action(index, step, lasts_s=step.seconds if isinstance(step, ReleaseStep) else None)
        for index, step in enumerate(steps)
        if isinstance(step, TestStep | ReleaseStep | RetestStep)
    )
