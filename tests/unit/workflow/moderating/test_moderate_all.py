"""One submission or a folder of them: each has its result, or keeps none of the others from it."""

import shutil
from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.moderating.handed_in import read_pile
from casebook.workflow.moderating.moderate import OfficeChoices
from casebook.workflow.moderating.moderate_all import Moderations, moderate_all, moderate_one
from casebook.workflow.moderating.submissions import submissions_at
from casebook.workflow.results.files import read_result
from tests.portfolios.office import ON, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def everything(office: Office, target: Path | None = None) -> Moderations:
    paths = submissions_at([office.submissions])
    return moderate_all(paths, read_pile([office.marks]), OfficeChoices(ON), target)


def test_sheets_find_their_submissions_by_digest(office: Office) -> None:
    """Whatever folder they lie in; results are written under the submissions' names."""
    one, other = (office.submission(name, policy="graders: 1") for name in ("s01", "s02"))
    office.mark(one, "ana", (1, 3))
    stray = office.mark(other, "bo", (1, 0))
    shutil.move(stray, office.marks / "s01" / "of-another.sealed.json")
    found = everything(office, office.root / "results")
    assert found.done
    assert [each.moderation.result for each in found.each if each.moderation] == ["pass", "fail"]
    issued = [read_result(each.written[0]).record for each in found.each if each.written]
    assert [each.candidate for each in issued] == ["Kim s01", "Kim s02"]
    assert sorted(each.name for each in (office.root / "results").iterdir()) == [
        "s01.result.json", "s02.result.json",
    ]  # fmt: skip


def test_what_is_complete_is_written_and_the_rest_is_told(office: Office) -> None:
    """One is done, one wants a mark, one cannot be read, one has a bad sheet."""
    first = office.submission("s01", policy="graders: 1")
    office.submission("s02", policy="graders: 1")
    (office.submission("s03") / "portfolio.yaml").write_text("kind: portfolio", "utf-8")
    fourth = office.submission("s04", policy="graders: 1")
    office.mark(first, "ana", (1, 3))
    office.mark(fourth, "zoe", (1, 3))
    found = everything(office, office.root / "results")
    assert not found.done
    assert [each.done for each in found.each] == [True, False, False, False]
    assert [each.name for each in (office.root / "results").iterdir()] == ["s01.result.json"]
    waiting = found.each[1].moderation
    assert waiting is not None
    assert waiting.reasons[0].startswith("one more grader marks heel")
    assert found.each[2].fault is not None
    moderation = found.each[3].moderation
    assert moderation is not None
    assert "not in the list of graders" in moderation.refused[0]


def test_a_submission_that_comes_twice_has_one_result(office: Office) -> None:
    """A copy of the folder under another name."""
    folder = office.submission("s01", policy="graders: 1")
    office.mark(folder, "ana", (1, 3))
    shutil.copytree(folder, office.submissions / "s02")
    found = everything(office)
    assert found.each[0].done
    assert found.each[1].fault is not None
    assert "is the same submission as" in found.each[1].fault[0]


def test_marks_that_belong_nowhere_are_told(office: Office) -> None:
    """Their submission was taken away."""
    gone = office.submission("s09", policy="graders: 1")
    office.mark(gone, "ana", (1, 3))
    shutil.rmtree(gone)
    office.submission("s01", policy="graders: 1")
    (stray,) = everything(office).strays
    assert "is about another submission" in stray


def test_one_submission_is_written_where_it_is_to_stand(office: Office) -> None:
    """A file, or a folder, which may be made for it; an incomplete one nowhere."""
    folder = office.submission(policy="graders: 1")
    empty = moderate_one(folder, read_pile([]), OfficeChoices(ON), office.root / "x.result.json")
    assert not empty.done
    assert not (office.root / "x.result.json").exists()
    pile = read_pile([office.mark(folder, "ana", (1, 3))])
    for target in (office.root / "x.result.json", office.root, office.root / "results"):
        found = moderate_one(folder, pile, OfficeChoices(ON), target)
        assert found.done
    assert (office.root / "results" / "s01.result.json").is_file()
    assert {each.name for each in office.root.glob("*.result.json")} == {
        "x.result.json", "s01.result.json",
    }  # fmt: skip


def test_a_result_is_not_written_where_no_folder_would_show_it(office: Office) -> None:
    """Refused before anything is moderated."""
    folder = office.submission(policy="graders: 1")
    pile = read_pile([office.mark(folder, "ana", (1, 3))])
    target = office.root / "s01.json"
    with pytest.raises(UsageError, match="would not be found") as refusal:
        moderate_one(folder, pile, OfficeChoices(ON), target)
    assert refusal.value.hint == "let its name end with .result.json"
    assert not target.exists()


def test_one_submission_that_cannot_be_graded_ends_it(office: Office) -> None:
    """There is nothing else to go on with."""
    folder = office.submission()
    (folder / "portfolio.yaml").write_text("kind: portfolio", "utf-8")
    with pytest.raises(UnacceptableWork):
        moderate_one(folder, read_pile([]), OfficeChoices(ON))
