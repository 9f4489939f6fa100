"""The body chart of a case study or of an observed session."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from casebook.charts.body import BodyChart, Mark, body_chart
from casebook.domain.case_study import CaseStudy
from casebook.domain.compensation import Pair, pairs_of_case, pairs_of_observation
from casebook.domain.observation import Observation
from casebook.domain.positions import Position
from casebook.domain.program import Program
from casebook.source.anatomy import load_anatomy, structure_naming
from casebook.source.positions import load_positions


def case_body(case: CaseStudy, program: Program | None) -> BodyChart | None:
    """Where the structures of a case's map lie; None where it has none."""
    protocol = program.protocol if program else None
    return _chart(pairs_of_case(case, protocol, structure_naming()))


def session_body(observation: Observation, program: Program) -> BodyChart | None:
    """Where the structures of a session's map lie; None without a protocol, or a cycle."""
    if program.protocol is None:
        return None
    return _chart(pairs_of_observation(observation, program.protocol, structure_naming()))


def body_picture(chart: BodyChart | None) -> Markup:
    """The chart as a picture; nothing where there is none."""
    return Markup(body_chart(chart) if chart else "")  # noqa: S704 - charts escape their words


def _chart(pairs: Sequence[Pair]) -> BodyChart | None:
    marks = tuple(dict.fromkeys(_marks(pairs)))
    return BodyChart(marks) if marks else None


def _marks(pairs: Sequence[Pair]) -> Iterator[Mark]:
    for pair in pairs:
        muscle, structure = pair.inhibited, pair.facilitated
        yield Mark(muscle.structure, muscle.side, "inhibited", _position(muscle.structure))
        yield Mark(
            structure.structure, structure.side, "facilitated", _position(structure.structure)
        )


def _position(written: str) -> Position | None:
    found = load_anatomy().find(written)
    return load_positions().find(found) if found else None
