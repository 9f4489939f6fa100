"""An appeal is opened in time, once, with grounds, against a result that allows for one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import CasebookError, UnacceptableWork, UsageError
from casebook.workflow.appeals.opening import Grounds, grounds_text, open_appeal
from tests.portfolios.issued_lines import appeal, decided, outcome_of, result, written

LAST = date(2026, 8, 1)
RECORD = result(mark=0, appeal_until=LAST)
GROUNDS = Grounds("The retest was overlooked.")


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    """A failed result that can be appealed against until 1 August."""
    return written(tmp_path, s01=RECORD)["s01"]


def test_an_appeal_names_the_results_digest(issued: Path) -> None:
    before = issued.read_bytes()
    opened = open_appeal(issued, Grounds("  Overlooked. ", ("low-back", "low-back")), LAST)
    found = opened.appeal.record
    assert opened.appeal.path == str(issued.with_name("s01.appeal.json"))
    assert (found.result, found.candidate) == (RECORD.digest, RECORD.candidate)
    assert (found.grounds, found.works, found.opened) == ("Overlooked.", ("low-back",), LAST)
    assert found.decision is None
    assert issued.read_bytes() == before


@pytest.mark.parametrize(
    "values, on, says",
    [
        ({}, date(2026, 8, 2), "the last day for an appeal was 2026-08-01"),
        ({}, date(2026, 6, 30), "issued on 2026-07-01, after 2026-06-30"),
        ({"appeal_until": None}, LAST, "the program nkt 3 has no appeals"),
        ({"result": "incomplete"}, LAST, "nothing to appeal against yet"),
    ],
)
def test_an_appeal_that_cannot_be_is_refused_with_the_reason(
    tmp_path: Path, values: dict[str, object], on: date, says: str
) -> None:
    path = written(tmp_path, r=RECORD.model_copy(update=values))["r"]
    with pytest.raises(UnacceptableWork, match=says):
        open_appeal(path, GROUNDS, on)
    assert [each.name for each in tmp_path.iterdir()] == ["r.result.json"]


def test_how_an_appeal_ended_cannot_be_appealed_against(tmp_path: Path) -> None:
    ruling = decided(appeal(RECORD, LAST), LAST)
    path = written(tmp_path, last=outcome_of(ruling, RECORD))["last"]
    with pytest.raises(UnacceptableWork, match="is how an appeal ended on 2026-08-01"):
        open_appeal(path, GROUNDS, LAST)


def test_a_result_that_another_follows_is_refused(issued: Path) -> None:
    ruling = decided(appeal(RECORD, LAST), LAST)
    written(issued.parent, last=outcome_of(ruling, RECORD))
    with pytest.raises(UnacceptableWork, match=r"is followed by .*last\.result\.json"):
        open_appeal(issued, GROUNDS, LAST)


def test_one_result_has_one_appeal(issued: Path, tmp_path: Path) -> None:
    """A second one is seen beside the result, and where it would be written."""
    open_appeal(issued, GROUNDS, LAST, tmp_path / "in" / "one.appeal.json")
    with pytest.raises(UnacceptableWork, match="already, and it is open"):
        open_appeal(issued, GROUNDS, LAST, tmp_path / "in" / "two.appeal.json")
    written(tmp_path, done=decided(appeal(RECORD, LAST), LAST))
    with pytest.raises(UnacceptableWork, match="already, and it was decided"):
        open_appeal(issued, GROUNDS, LAST, tmp_path / "two.appeal.json")


def test_a_file_in_the_way_stays(issued: Path) -> None:
    target = issued.with_name("mine.appeal.json")
    target.write_text("my notes")
    with pytest.raises(UsageError, match="already there"):
        open_appeal(issued, GROUNDS, LAST, target)
    assert target.read_text() == "my notes"


@pytest.mark.parametrize("name", ["mine.json", ".appeal.json", "s02.result.json"])
def test_an_appeal_has_a_name_by_which_it_is_found(issued: Path, name: str) -> None:
    with pytest.raises(UsageError, match="would not be found"):
        open_appeal(issued, GROUNDS, LAST, issued.with_name(name))


@pytest.mark.parametrize(
    "grounds, says",
    [
        (Grounds("  \n "), "the grounds cannot be left empty"),
        (Grounds("x" * 20_001), "the grounds cannot have 20,001 characters"),
        (Grounds("Wrong.", ("low-bakc",)), "the result has no work 'low-bakc'"),
    ],
)
def test_grounds_are_some_words_about_works_that_there_are(
    issued: Path, grounds: Grounds, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        open_appeal(issued, grounds, LAST)


def test_grounds_come_as_words_or_as_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "grounds.txt"
    path.write_text("Zwölf Minuten fehlen.\n", encoding="utf-8")
    assert grounds_text(None, path) == "Zwölf Minuten fehlen.\n"
    assert grounds_text("Words.", None) == "Words."


GroundsGiven = Callable[[Path], tuple[str | None, Path | None]]


@pytest.mark.parametrize(
    "given, says",
    [
        (lambda _: (None, None), "say what is wrong with the result, once"),
        (lambda folder: ("Words.", folder / "x"), "say what is wrong with the result, once"),
        (lambda folder: (None, folder / "gone.txt"), "there is no file"),
        (lambda folder: (None, folder), "is a folder"),
        (lambda folder: (None, folder / "letter.pdf"), "is a PDF, not a text file"),
    ],
)
def test_other_grounds_are_refused(tmp_path: Path, given: GroundsGiven, says: str) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 ")
    with pytest.raises(CasebookError, match=says):
        grounds_text(*given(tmp_path))
