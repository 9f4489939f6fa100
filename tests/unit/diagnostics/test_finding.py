"""A report holds each finding once, in reading order, and knows whether the work is acceptable."""

import itertools

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.diagnostics.place import Place, Span


def found(path: str, line: int, column: int = 1) -> Finding:
    return codes.MISSING_KEY.at(Place(path, Span(line, column, line, column)), "missing", "add it")


FINDINGS = [found("a.yaml", 2), found("a.yaml", 10), found("a.yaml", 10, 5), found("b.yaml", 1)]


def test_findings_stand_in_reading_order_whatever_order_they_came_in() -> None:
    """By file, then line as a number (2 before 10), then column."""
    for shuffled in itertools.permutations(FINDINGS):
        assert list(Report.of(shuffled, 2).findings) == FINDINGS


def test_nothing_is_said_twice() -> None:
    """Equal findings of one place become one."""
    assert Report.of([FINDINGS[0], FINDINGS[0]], 1).findings == (FINDINGS[0],)


def test_only_errors_make_work_unacceptable() -> None:
    """Warnings leave a report acceptable, one error does not."""
    warning = codes.IDENTIFIER.at(Place("a.yaml"), "looks like a name")
    assert Report.of([warning], 1).acceptable
    report = Report.of([warning, FINDINGS[0]], 1)
    assert not report.acceptable
    assert (report.count(Severity.ERROR), report.count(Severity.WARNING)) == (1, 1)
    assert report.count(Severity.NOTE) == 0


def test_a_soft_finding_is_a_warning() -> None:
    """``soft`` turns an error into a warning and leaves a warning as it is."""
    place = Place("a.yaml")
    assert codes.MISSING_KEY.at(place, "x", soft=True).severity is Severity.WARNING
    assert codes.IDENTIFIER.at(place, "x", soft=True).severity is Severity.WARNING
    assert codes.MISSING_KEY.at(place, "x").severity is Severity.ERROR
