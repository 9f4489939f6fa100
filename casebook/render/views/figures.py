"""The figures that criteria are taken from, in plain words: "In 5 of 6 cycles the work ended…".

A session report says with these words what a mark's note says of a criterion judged by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from casebook.domain.outcome.results import ProtocolResult
from casebook.domain.program.rubric import ProtocolFigure
from casebook.language import _, ngettext
from casebook.render.views.wording import cycles, percent


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
    return _("Brought to a retest: {count} of {cycles}.").format(
        count=round(value), cycles=cycles(len(protocol.cycles))
    )


def _restored(value: float, _protocol: ProtocolResult) -> str:
    return ngettext(
        "{count} muscle fires at its last retest.",
        "{count} muscles fire at their last retest.",
        round(value),
    ).format(count=round(value))


def _inside(value: float, protocol: ProtocolResult) -> str:
    share = _share(value, protocol)
    return _(
        "The work ended inside the window of {limit} s in {count} of {cycles} ({share})."
    ).format(limit=protocol.limit_s, count=share.count, cycles=share.of, share=share.percent)


def _surely_inside(value: float, protocol: ProtocolResult) -> str:
    share = _share(value, protocol)
    return _(
        "The work ended within {sure} s of the failed test, surely inside the window, in {count} "
        "of {cycles} ({share})."
    ).format(sure=protocol.sure_s, count=share.count, cycles=share.of, share=share.percent)


def _retested(value: float, protocol: ProtocolResult) -> str:
    share = _share(value, protocol)
    return _("A retest followed the work in {count} of {cycles} ({share}).").format(
        count=share.count, cycles=share.of, share=share.percent
    )


def _faults(value: float, _protocol: ProtocolResult) -> str:
    if not value:
        return _("No departure from the protocol.")
    return ngettext(
        "{count} departure from the protocol.",
        "{count} departures from the protocol.",
        round(value),
    ).format(count=round(value))


_SENTENCES: Final[Mapping[ProtocolFigure, Callable[[float, ProtocolResult], str]]] = {
    "closed_cycles": _closed,
    "restored_muscles": _restored,
    "inside_window_pct": _inside,
    "surely_inside_pct": _surely_inside,
    "retested_pct": _retested,
    "faults": _faults,
}


def _share(value: float, protocol: ProtocolResult) -> _Share:
    count = round(value * len(protocol.cycles) / 100)
    return _Share(count, cycles(len(protocol.cycles)), percent(round(value, 1)))
