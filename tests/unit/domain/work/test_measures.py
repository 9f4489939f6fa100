"""Outcome measures know their range, which way is better, what matters, and what is error."""

import pytest
from pydantic import ValidationError

from casebook.domain.work.measures import KNOWN_MEASURES, ROM_ERROR, Measure, measures_by_id


def measure(**changes: object) -> Measure:
    values = {"id": "x", "name": "X", "short": "X", "lowest": 0, "highest": 10, "better": "lower"}
    return Measure.model_validate(values | changes)


@pytest.mark.parametrize("known", KNOWN_MEASURES, ids=lambda each: each.id)
def test_every_known_measure_names_its_sources(known: Measure) -> None:
    """Important changes rise, fit into the range, and carry population and source."""
    amounts = [change.amount for change in known.important]
    assert amounts
    assert amounts == sorted(amounts)
    assert max(amounts) < known.highest - known.lowest
    assert all(change.population and change.source for change in known.important)


def test_the_figures_are_those_of_the_sources() -> None:
    """NPRS 1.5 and 3.5, PSFS 1.3, 2.3 and 2.7 (JOSPT 2014;44:560), as printed there."""
    by_id = measures_by_id()
    assert [change.amount for change in by_id["nprs"].important] == [1.5, 3.5]
    assert [change.amount for change in by_id["psfs"].important] == [1.3, 2.3, 2.7]
    assert [change.amount for change in by_id["odi"].important] == [12]
    assert by_id["psfs"].better == "higher"


def test_a_range_goes_upwards() -> None:
    """A lowest value that is not below the highest is refused."""
    for highest in (0, -1):
        with pytest.raises(ValidationError, match="lowest must be below highest"):
            measure(highest=highest)


def test_a_program_may_replace_a_known_measure() -> None:
    """A measure of the program's own stands in place of the known one with its id."""
    own = measure(id="nprs", highest=100)
    assert measures_by_id([own])["nprs"] is own
    assert set(measures_by_id([measure()])) == {each.id for each in KNOWN_MEASURES} | {"x"}


def test_a_figure_without_its_source_is_refused() -> None:
    """An important change names its population and where it was published."""
    change = {"amount": 2, "label": "small", "population": "neck pain", "source": "A 2020"}
    assert measure(important=[change]).important[0].amount == 2
    for key in change:
        with pytest.raises(ValidationError):
            measure(important=[{name: value for name, value in change.items() if name != key}])
    with pytest.raises(ValidationError):
        measure(important=[change | {"amount": 0}])


def test_the_error_of_a_range_of_motion_is_that_of_its_source() -> None:
    """20 to 25 degrees at the shoulder, with two examiners (PMC434511)."""
    assert (ROM_ERROR.amount, ROM_ERROR.up_to) == (20, 25)
    assert "shoulder" in ROM_ERROR.population
    assert ROM_ERROR.source == "PMC434511"


def test_an_error_of_measurement_names_its_population_and_source() -> None:
    """Without them, or with a span that runs backwards, it is refused."""
    error = {"amount": 2, "population": "neck pain", "source": "A 2020"}
    assert measure(error=error | {"up_to": 2}).error is not None
    for key in error:
        with pytest.raises(ValidationError):
            measure(error={name: value for name, value in error.items() if name != key})
    with pytest.raises(ValidationError, match="up_to must not be below amount"):
        measure(error=error | {"up_to": 1.9})


def test_no_error_of_measurement_is_made_up() -> None:
    """None is published for the measures known here, so none is claimed."""
    assert [each.error for each in KNOWN_MEASURES] == [None] * len(KNOWN_MEASURES)
