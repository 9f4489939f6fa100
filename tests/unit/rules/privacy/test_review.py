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
from casebook.rules.privacy.review import HandedIn, changed_since, with_review

FILES = {"cases/a.yaml": b"a", "portfolio.yaml": b"p"}
FOUND = codes.IDENTIFIER.at(Place("cases/a.yaml", Span(3, 5, 3, 9)), "looks like a date", "x")
OTHER = codes.IDENTIFIER.at(Place("cases/a.yaml", Span(8, 5, 8, 9)), "looks like a name", "x")
HANDED_IN = HandedIn("portfolio.yaml", FILES)
ALIKE = codes.LIKE_A_NAME.at(Place("cases/a.yaml", Span(9, 1, 9, 5)), "'rose' is a word", "x")
TOLD = codes.PICTURE_DETAILS.at(Place("attachments/a.png"), "tells where it was made")
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
    return [each.code for each in with_review(findings, given, HandedIn("portfolio.yaml", files))]


def test_nothing_found_and_no_review_is_nothing_to_say() -> None:
    assert codes_of([], None) == []
    assert codes_of([LATE], None) == ["CB502"]


def test_without_a_review_one_line_says_how_to_sign_off() -> None:
    findings = list(with_review([FOUND, OTHER, LATE], None, HANDED_IN))
    assert [each.code for each in findings] == ["CB606", "CB606", "CB502", "CB614"]
    assert "--sign-off" in (findings[-1].hint or "")
    # The two stand on lines 3 and 8.
    assert "2 places, first cases/a.yaml:3, may identify" in findings[-1].message


def test_what_a_picture_tells_is_told_by_its_name_and_shown_by_another_command() -> None:
    (alone,) = with_review([], None, HandedIn("portfolio.yaml", FILES, [TOLD]))
    assert (alone.code, alone.place.path) == ("CB614", "portfolio.yaml")
    assert "what attachments/a.png tells beside the picture" in alone.message
    assert "`casebook privacy` shows 1 more finding" in (alone.hint or "")
    beside = list(with_review([FOUND], None, HandedIn("portfolio.yaml", FILES, [TOLD])))[-1]
    assert beside.message.startswith("cases/a.yaml:3 and what attachments/a.png tells")


def test_what_a_picture_tells_can_be_signed_off() -> None:
    stands = {
        "path": "attachments/a.png", "line": 1, "column": 1, "rule": "HIPAA-B", "reason": "A park.",
    }  # fmt: skip
    handed_in = HandedIn("portfolio.yaml", FILES, [TOLD])
    said = [each.code for each in with_review([], review(accepted=[stands]), handed_in)]
    assert said == ["CB615"]


def test_a_review_that_holds_counts_likenesses_in_its_one_line() -> None:
    found = list(with_review([FOUND, ALIKE], review(), HANDED_IN))
    assert [each.code for each in found] == ["CB615"]
    assert "1 finding may stand; 1 word like a listed name" in found[0].message
    assert codes_of([ALIKE], review(), {**FILES, "portfolio.yaml": b"q"}) == ["CB610", "CB616"]


def test_one_file_or_several_have_changed() -> None:
    (one,) = with_review([], review(), HandedIn("p", {**FILES, "cases/a.yaml": b"b"}))
    assert one.message == "cases/a.yaml changed since Ana looked through it on 2026-07-01"
    changed = {"cases/a.yaml": b"b", "portfolio.yaml": b"q"}
    (two,) = with_review([], review(), HandedIn("p", changed))
    assert two.message.startswith("cases/a.yaml and 1 other file changed since Ana looked through "
                                  "them on")  # fmt: skip


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
    (note,) = with_review([], review(accepted=[], on=date(2026, 6, 30)), HANDED_IN)
    assert note.message == "Ana looked through these files on 2026-06-30"
    assert note.severity == "note"
