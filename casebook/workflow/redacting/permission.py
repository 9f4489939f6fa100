"""Which works a client has agreed to have published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Severity
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.consent import Consent


@dataclass(frozen=True, slots=True)
class Withheld:
    """A file of which nothing is published, and why."""

    path: str
    why: str


def publishable(
    portfolio: Portfolio, findings: Sequence[Finding], on: date
) -> tuple[tuple[Piece[CaseStudy], ...], tuple[Withheld, ...]]:
    """The case studies that may be published on a day, and the works that may not.

    Args:
        portfolio: The works, each with its client's consent.
        findings: What a check found: work with errors is not published. That a listed name
            stands in it is none here, since a copy is made without it.
        on: The day.
    """
    withheld = [*_withheld(portfolio, findings, on)]
    kept_back = {each.path for each in withheld}
    return (
        tuple(case for case in portfolio.cases if case.path not in kept_back),
        tuple(withheld),
    )


def _withheld(portfolio: Portfolio, findings: Sequence[Finding], on: date) -> Iterator[Withheld]:
    for case in portfolio.cases:
        errors = [
            each
            for each in findings
            if each.place.path == case.path
            and each.severity is Severity.ERROR
            and each.code != codes.LISTED_NAME.id
        ]
        if why := _why_not(case.record.consent, on):
            yield Withheld(case.path, why)
        elif errors:
            yield Withheld(case.path, f"a check finds errors in it, such as: {errors[0].message}")
    for session in portfolio.observations:
        yield Withheld(session.path, "an observed session and its marks are for the certifier")
    for path in portfolio.unread:
        yield Withheld(path, "it cannot be read as it is written")


def _why_not(consent: Consent | None, on: date) -> str | None:
    if consent is None:
        return "nothing says that the client consented"
    if "publish" not in consent.scope:
        return "the client's consent does not cover publication"
    if not consent.holds_on(on):
        return f"the client's consent does not hold on {on}"
    return None
