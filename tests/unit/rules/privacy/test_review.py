"""A review answers the findings it lists, for exactly the files it lists."""

import hashlib
from datetime import date
from typing import Any

import pytest

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place, Places, Span
from casebook.domain.portfolio import Piece
from casebook.domain.work.privacy_review import PrivacyReview
from casebook.rules.privacy.review import changed_since, with_review

FILES = {"cases/a.yaml": b"a", "portfolio.yaml": b"p"}
FOUND = codes.IDENTIFIER.at(Place("cases/a.yaml", Span(3, 5, 3, 9)), "looks like a date", "x")
OTHER = codes.IDENTIFIER.at(Place("cases/a.yaml", Span(8, 5, 8, 9)), "looks like a name", "x")
LATE = codes.RELEASE_LATE.at(Place("cases/a.yaml", Span(3, 5, 3, 9)), "late", "x")


def review(files: dict[str, bytes] = FILES, **values: Any) -> Piece[PrivacyReview]:  # noqa: ANN401
    accepted = {
        "path": "cases/a.yaml", "line": 3, "column": 5, "rule": "HIPAA-C", "reason": "Published.",
    }  # fmt: skip
    record = PrivacyReview.model_validate(
        {
            "kind": "privacy-review", "format": 1, "casebook": "1", "by": "Ana", "on": "2026-07-01",
            "files": [
                {"path": path, "sha256": hashlib.sha256(content).hexdigest()}
                for path, content in files.items()
            ],
            "accepted": [accepted],
        }
        | values
    )  # fmt: skip
    return Piece("privacy-review.json", record, Places("privacy-review.json"))


def codes_of(
    findings: list[Finding], given: Piece[PrivacyReview] | None, files: dict[str, bytes] = FILES
) -> list[str]:
    return [each.code for each in with_review(findings, given, files, "portfolio.yaml")]


def test_nothing_found_and_no_review_is_nothing_to_say() -> None:
    assert codes_of([], None) == []
    assert codes_of([LATE], None) == ["CB502"]


def test_without_a_review_one_line_says_how_to_sign_off() -> None:
    findings = list(with_review([FOUND, OTHER, LATE], None, FILES, "portfolio.yaml"))
    assert [each.code for each in findings] == ["CB606", "CB606", "CB502", "CB614"]
    assert "--sign-off" in (findings[-1].hint or "")


def test_a_review_that_holds_leaves_one_quiet_note() -> None:
    assert codes_of([FOUND, LATE], review()) == ["CB502", "CB615"]


def test_what_it_does_not_list_still_waits() -> None:
    assert codes_of([FOUND, OTHER], review()) == ["CB606", "CB615", "CB614"]


@pytest.mark.parametrize(
    "files", [{**FILES, "cases/a.yaml": b"b"}, {**FILES, "attachments/new.png": b"n"}]
)
def test_a_file_that_changed_or_came_to_it_makes_it_out_of_date(files: dict[str, bytes]) -> None:
    assert codes_of([FOUND], review(), files) == ["CB606", "CB616"]


def test_a_file_that_went_leaks_nothing() -> None:
    assert changed_since(review().record, {"portfolio.yaml": b"p"}) == ()
    assert changed_since(review().record, {"portfolio.yaml": b"q"}) == ("portfolio.yaml",)


def test_it_says_who_and_when() -> None:
    (note,) = with_review([], review(accepted=[], on=date(2026, 6, 30)), FILES, "portfolio.yaml")
    assert note.message == "Ana looked through these files on 2026-06-30"
    assert note.severity == "note"
