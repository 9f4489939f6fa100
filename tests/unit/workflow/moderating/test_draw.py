"""Graders are drawn for submissions, each by itself."""

from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.evaluation.draw import drawn_order
from casebook.workflow.moderating.draw import draw_submissions
from tests.portfolios.office import ON, Office

POLICY = "graders: 2, session_graders: 2, draw: {seed: a seed}"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_each_work_has_those_who_are_asked_and_those_who_follow(office: Office) -> None:
    """Two of the three who grade case studies; one beside the examiner for the session."""
    folder = office.submission(policy=POLICY)
    (drawn,) = draw_submissions([folder], ON)
    order = drawn_order("a seed", drawn.submission, ["ana", "bo", "cem", "dee"])
    case, session = drawn.works
    able = [each for each in order if each != "dee"]
    assert (case.work, list(case.asked), list(case.then)) == ("heel", able[:2], able[2:])
    assert (session.examiner, session.asked, session.then) == ("Robin Hale", order[:1], order[1:])
    assert drawn.draw.order == order


def test_other_submissions_change_nobodys_draw(office: Office) -> None:
    """Drawn alone and among others, in any order."""
    folders = [office.submission(f"s{number:02}", policy=POLICY) for number in range(1, 5)]
    together = {each.path: each.works for each in draw_submissions([office.submissions], ON)}
    backwards = {each.path: each.works for each in draw_submissions(folders[::-1], ON)}
    alone = {folder: draw_submissions([folder], ON)[0].works for folder in folders}
    assert together == backwards == alone


def test_too_few_who_may_judge_are_counted(office: Office) -> None:
    """Of three who grade case studies two taught the candidate: one is left for two."""
    folder = office.submission(policy=POLICY, more="ties: {taught_by: [Ana Ruiz, Bo Lind]}\n")
    (drawn,) = draw_submissions([folder], ON)
    assert (drawn.works[0].asked, drawn.works[0].short) == (("cem",), 1)
    assert sorted(drawn.draw.left_out) == ["ana", "bo"]


def test_a_program_that_draws_nobody_says_so(office: Office) -> None:
    """Its office chooses."""
    with pytest.raises(UsageError, match="draws no graders"):
        draw_submissions([office.submission()], ON)


def test_without_a_list_nobody_can_be_drawn(office: Office) -> None:
    """The remedy names the file and the option."""
    folder = office.submission(policy=POLICY)
    (office.root / "graders.yaml").unlink()
    with pytest.raises(UnacceptableWork, match="no list of graders"):
        draw_submissions([folder], ON)
