"""The packet."""

from dataclasses import replace
from datetime import date

import pytest

from casebook.domain.outcome.results import Eligibility, Evaluation
from casebook.domain.portfolio import Piece, Portfolio
from casebook.render.document import Document
from casebook.render.press import document_pdf
from casebook.render.views.packet import packet_document, work_documents


@pytest.fixture
def packet(
    portfolio: Portfolio,
    eligibility: Eligibility,
    evaluation: Evaluation,
    png: bytes,
    made_on: date,
) -> Document:
    works = work_documents(
        portfolio,
        {"observed-session": evaluation},
        made_on=made_on,
        attachments={"attachments/posture.png": png},
    )
    return packet_document(portfolio, eligibility, works, made_on=made_on)


def test_the_cover_names_candidate_program_level_and_whose_program_it_is(packet: Document) -> None:
    for words in (
        "Jo Példa", "School of Walks", "Portfolio for Level One", "1 July 2026",
        "1 case study and 1 observed session", "This program is somebody else&#39;s.",
        "fingerprint abababababababab",
    ):  # fmt: skip
        assert words in packet.body, words
    assert packet.title == "School of Walks, Level One: Jo Példa"
    assert packet.author == "Jo Példa"


def test_every_requirement_says_why_and_what_next(packet: Document) -> None:
    assert "By waiting alone, all can be met from 15 July 2026 on." in packet.body
    assert "Next: Go on practising; earliest on 15 July 2026." in packet.body
    assert "It lasts until 1 July 2026." in packet.body
    assert packet.body.count('<span class="sign">✓') == 1
    assert packet.body.count('<span class="sign">✗') == 2
    assert "(advised)" in packet.body


def test_what_is_only_advised_does_not_stand_in_the_way(
    portfolio: Portfolio, eligibility: Eligibility, made_on: date
) -> None:
    met, _, advice = eligibility.requirements
    advised = eligibility.model_copy(
        update={"eligible": True, "requirements": (met, advice), "earliest": None}
    )
    document = packet_document(replace(portfolio, cases=()), advised, (), made_on=made_on)
    assert "Every binding requirement is met; not all advice was followed." in document.body
    all_met = advised.model_copy(update={"requirements": (met,)})
    document = packet_document(replace(portfolio, cases=()), all_met, (), made_on=made_on)
    assert "Every requirement is met." in document.body


def test_the_contents_lead_to_every_piece(packet: Document) -> None:
    for anchor in ("standing", "piece-low-back-01", "piece-observed-session"):
        assert f'href="#{anchor}"' in packet.body
        assert packet.text.count(f'id="{anchor}"') == 1


def test_its_pieces_are_the_works_as_they_are_by_themselves(
    packet: Document, portfolio: Portfolio, evaluation: Evaluation, png: bytes, made_on: date
) -> None:
    """So that their pages are set once."""
    works = work_documents(
        portfolio,
        {"observed-session": evaluation},
        made_on=made_on,
        attachments={"attachments/posture.png": png},
    )
    assert packet.pieces == tuple(piece for work in works for piece in work.pieces)
    assert [each.anchor for each in packet.pieces] == [
        "piece-low-back-01", "piece-observed-session",
    ]  # fmt: skip


def test_two_cases_that_cite_alike_keep_their_own_anchors(
    portfolio: Portfolio, eligibility: Eligibility, png: bytes, made_on: date
) -> None:
    first = portfolio.cases[0]
    other = first.record.model_copy(update={"id": "low-back-02"})
    twice = replace(portfolio, cases=(first, Piece("cases/b.yaml", other, first.places)))
    works = work_documents(twice, {}, made_on=made_on, attachments={"attachments/posture.png": png})
    document = packet_document(twice, eligibility, works, made_on=made_on)
    assert "Case study 2 of 2" in document.body
    for case in ("low-back-01", "low-back-02"):
        assert document.text.count(f'id="{case}-ref-smith2014"') == 1


@pytest.mark.slow
def test_the_same_portfolio_gives_the_same_bytes(packet: Document) -> None:
    assert document_pdf(packet) == document_pdf(replace(packet))
