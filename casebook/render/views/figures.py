"""The figures that criteria are taken from, in plain words: "In 5 of 6 cycles the work ended…".

A session report says with these words what a mark's note says of a criterion judged by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from casebook.domain.results import ProtocolResult
from casebook.domain.rubric import ProtocolFigure
from casebook.render.views.wording import amount, counted


@dataclass(frozen=True, slots=True)
class _Share:
    """A percentage of the session's cycles, with the number of cycles it stands for."""

    count: int
    of: str
    percent: str


def figure_words(name: ProtocolFigure, protocol: ProtocolResult) -> str:
    """What the protocol's check found for one figure, as a sentence; empty where it found none."""
    value = protocol.figures.get(name)
    return "" if value is None else _SENTENCES[name](value, protocol)


def _closed(value: float, protocol: ProtocolResult) -> str:
    return f"Brought to a retest: {round(value)} of {_cycles(protocol)}."


def _restored(value: float, _: ProtocolResult) -> str:
    fire = "fires at its last retest" if round(value) == 1 else "fire at their last retest"
    return f"{counted(round(value), 'muscle')} {fire}."


def _inside(value: float, protocol: ProtocolResult) -> str:
    share = _share(value, protocol)
    return (
        f"The work ended inside the window of {protocol.limit_s} s in {share.count} of "
        f"{share.of} ({share.percent})."
    )


def _surely_inside(value: float, protocol: ProtocolResult) -> str:
    share = _share(value, protocol)
    return (
        f"The work ended within {protocol.sure_s} s of the failed test, surely inside the "
        f"window, in {share.count} of {share.of} ({share.percent})."
    )


def _retested(value: float, protocol: ProtocolResult) -> str:
    share = _share(value, protocol)
    return f"A retest followed the work in {share.count} of {share.of} ({share.percent})."


def _faults(value: float, _: ProtocolResult) -> str:
    if not value:
        return "No departure from the protocol."
    departed = counted(round(value), "departure")
    return f"{departed} from the protocol."


_SENTENCES: Final[Mapping[ProtocolFigure, Callable[[float, ProtocolResult], str]]] = {
    "closed_cycles": _closed,
    "restored_muscles": _restored,
    "inside_window_pct": _inside,
    "surely_inside_pct": _surely_inside,
    "retested_pct": _retested,
    "faults": _faults,
}


def _share(percent: float, protocol: ProtocolResult) -> _Share:
    count = round(percent * len(protocol.cycles) / 100)
    return _Share(count, _cycles(protocol), f"{amount(round(percent, 1))} %")


def _cycles(protocol: ProtocolResult) -> str:
    return counted(len(protocol.cycles), "cycle")
