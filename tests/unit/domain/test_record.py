"""Texts, dates and times are read as they are written in a file, and nothing else is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from casebook.domain.record import (
    ClockTime,
    FormatOne,
    Identifier,
    IsoDate,
    Line,
    Record,
    clock,
)

CLOCK = TypeAdapter(ClockTime)
DAY = TypeAdapter(IsoDate)


@pytest.mark.parametrize(
    "written, seconds",
    [
        ("00:45", 45),
        ("0:45", 45),
        ("12:30", 750),  # 12 * 60 + 30
        ("1:02:03", 3723),  # 3600 + 2 * 60 + 3
        (" 07:05 ", 425),
        (90, 90),
    ],
)
def test_a_time_is_read_as_seconds(written: object, seconds: int) -> None:
    """Minutes and seconds, or hours, minutes and seconds, since the session's start."""
    assert CLOCK.validate_python(written) == seconds


@pytest.mark.parametrize(
    "written", ["45", "00:60", "61:00", "1:60:00", "-1:00", "", "99:00:00", 1.5]
)
def test_what_is_no_time_is_refused(written: object) -> None:
    """Seconds above 59, minutes above 59, and more than a day are no times of a session."""
    with pytest.raises(ValidationError):
        CLOCK.validate_python(written)


@given(st.integers(0, 86_399))
def test_a_time_survives_being_written_and_read(seconds: int) -> None:
    """What ``clock`` writes is read as the same number of seconds."""
    assert CLOCK.validate_python(clock(seconds)) == seconds


def test_times_are_written_with_hours_only_from_an_hour_on() -> None:
    """59:59 has no hour, one second later there is one."""
    assert (clock(45), clock(3599), clock(3600)) == ("00:45", "59:59", "1:00:00")


def test_dates_are_iso_dates_alone() -> None:
    """A number is not taken for seconds since 1970, nor any other order for a date."""
    assert DAY.validate_python(" 2026-03-02 ") == date(2026, 3, 2)
    assert DAY.validate_python(date(2026, 3, 2)) == date(2026, 3, 2)
    for written in ("12", "2.3.2026", "20260302", "2026-3-2", "2026-02-30", "2026-03-02T10:00", 7):
        with pytest.raises(ValidationError):
            DAY.validate_python(written)


def test_dates_far_off_are_slips_of_the_pen() -> None:
    """Days before 1900 and after 2199 are refused."""
    assert DAY.validate_python("1900-01-01").year == 1900
    assert DAY.validate_python("2199-12-31").year == 2199
    for written in ("1899-12-31", "2200-01-01", "0026-03-02"):
        with pytest.raises(ValidationError):
            DAY.validate_python(written)


def test_an_identifier_is_made_of_small_letters_and_digits() -> None:
    """Hyphens, dots and underscores stand between, never at an end."""
    identifier = TypeAdapter(Identifier)
    for written in ("low-back-01", "discussion.limitations", "a_b", "7"):
        assert identifier.validate_python(written) == written
    for written in ("", "A", "a b", "-a", "a-", "a--b", "ä", "a" * 65, "a\n"):
        with pytest.raises(ValidationError):
            identifier.validate_python(written)


def test_a_line_has_no_line_break() -> None:
    """One line is one line, with something on it."""
    line = TypeAdapter(Line)
    assert line.validate_python("x") == "x"
    for written in ("", "a\nb", "a\rb", "x" * 301):
        with pytest.raises(ValidationError):
            line.validate_python(written)


def test_a_format_is_the_number_one() -> None:
    """As text or as a number, and no other."""
    one = TypeAdapter(FormatOne)
    assert one.validate_python("1") == one.validate_python(1) == 1
    with pytest.raises(ValidationError):
        one.validate_python("2")


class Sample(Record):
    name: Line
    amount: float = 0


def test_a_record_is_frozen_closed_and_finite() -> None:
    """It cannot be changed, takes no key it does not know, and no infinity."""
    sample = Sample(name=" x ")
    assert sample.name == "x"
    with pytest.raises(ValidationError):
        sample.name = "y"  # type: ignore[misc]
    for values in ({"name": "x", "more": 1}, {"name": "x", "amount": "inf"}):
        with pytest.raises(ValidationError):
            Sample.model_validate(values)


def test_an_error_never_shows_what_was_written() -> None:
    """Health data stays out of logs: the message of an error has no input."""
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({"name": "x", "amount": "depressed"})
    assert "depressed" not in str(caught.value)
