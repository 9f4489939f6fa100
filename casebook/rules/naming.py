"""Whether every structure and outcome measure is one that is known."""

from collections.abc import Iterator, Mapping, Sequence

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Loc
from casebook.domain.portfolio import Piece
from casebook.domain.record import Record
from casebook.domain.work.anatomy import Anatomy
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.measures import Measure
from casebook.domain.work.observation import Observation
from casebook.domain.work.steps import STEP_KEYS
from casebook.rules.spelling import as_value, did_you_mean, may_suggest


def check_structures(
    piece: Piece[CaseStudy] | Piece[Observation], anatomy: Anatomy
) -> Iterator[Finding]:
    """Find names of structures that no list holds."""
    for way, name in _structures(piece.record):
        if anatomy.find(name) is None:
            close = anatomy.suggest(name) if may_suggest() else ()
            hint = (
                f"did you mean {' or '.join(f'`{as_value(each)}`' for each in close)}?"
                if close
                else "write the muscle's full name, or what kind of structure it is: scar, jaw"
            )
            yield codes.UNKNOWN_STRUCTURE.at(
                piece.places.of(*way), f"`{name}` is no structure known here", hint
            )


def check_measures(piece: Piece[CaseStudy], measures: Mapping[str, Measure]) -> Iterator[Finding]:
    """Find outcome measures that are unknown, and values that their scales do not have."""
    for index, session in enumerate(piece.record.sessions):
        for part in ("measures", "measures_after"):
            for measure_id, value in getattr(session, part).items():
                place = piece.places.of("sessions", index, part, measure_id)
                measure = measures.get(measure_id)
                if measure is None:
                    yield codes.UNKNOWN_MEASURE.at(
                        piece.places.of_key("sessions", index, part, measure_id),
                        f"`{measure_id}` is no outcome measure known here",
                        did_you_mean(measure_id, measures),
                    )
                elif not measure.lowest <= value <= measure.highest:
                    yield codes.MEASURE_RANGE.at(
                        place,
                        f"{measure.short} has no value {value:g}",
                        f"it goes from {measure.lowest:g} to {measure.highest:g}",
                    )


def _structures(record: CaseStudy | Observation) -> Iterator[tuple[Loc, str]]:
    if isinstance(record, Observation):
        yield from _of_steps(record.events, ("events",))
        return
    for index, pattern in enumerate(record.patterns):
        yield ("patterns", index, "inhibited", "structure"), pattern.inhibited.structure
        yield ("patterns", index, "facilitated", "structure"), pattern.facilitated.structure
    for index, session in enumerate(record.sessions):
        yield from _of_steps(session.steps, ("sessions", index, "steps"))


def _of_steps(steps: Sequence[Record], way: Loc) -> Iterator[tuple[Loc, str]]:
    for index, step in enumerate(steps):
        for key in STEP_KEYS:
            if name := getattr(step, key, None):
                yield (*way, index, key), name
