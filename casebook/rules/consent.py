"""Whether each client has agreed to what their case is used for."""

from collections.abc import Iterator, Sequence
from datetime import date

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.domain.portfolio import Piece
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.consent import Scope
from casebook.domain.work.observation import Observation
from casebook.rules.legibility import is_broken


def check_consent(
    piece: Piece[CaseStudy] | Piece[Observation], needed: Sequence[Scope], on: date
) -> Iterator[Finding]:
    """Find consent that is missing, too narrow, or does not hold on the day ``on``."""
    consent, places = piece.record.consent, piece.places
    if consent is None:
        if not is_broken(piece, ("consent",)):
            yield codes.NO_CONSENT.at(
                places.of_key("consent"),
                f"nothing says that {piece.record.client.pseudonym} consented",
                "add `consent` with scope, signed and form; a case without it cannot be used",
            )
        return
    missing = [scope for scope in needed if scope not in consent.scope]
    if missing:
        yield codes.CONSENT_NARROW.at(
            places.of("consent", "scope"),
            f"the consent does not cover: {', '.join(missing)}",
            "ask the client to sign a form that does",
        )
    if consent.withdrawn is not None and consent.withdrawn <= on:
        yield codes.CONSENT_WITHDRAWN.at(
            places.of("consent", "withdrawn"),
            f"the client withdrew the consent on {consent.withdrawn}",
            "take this case out of the portfolio",
        )
    if consent.expires is not None and consent.expires < on:
        yield codes.CONSENT_EXPIRED.at(
            places.of("consent", "expires"),
            f"the consent ended on {consent.expires}",
            "ask the client again, in writing",
        )
    used = piece.record.date if isinstance(piece.record, Observation) else on
    if consent.signed > used:
        when = "after the session" if isinstance(piece.record, Observation) else "in the future"
        yield codes.CONSENT_LATER.at(
            places.of("consent", "signed"),
            f"the consent was signed on {consent.signed}, {when}",
            "consent comes before anything is recorded; correct the date if it is a slip",
        )
