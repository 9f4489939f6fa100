"""Who may be asked to grade, in which order, and how many are."""

from casebook.domain.marking.graders import GradersFile
from casebook.domain.marking.marks import Grader
from casebook.domain.portfolio import PortfolioFile
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.evaluation.draw import draw_graders
from casebook.evaluation.roster import roster_for

MAIN = PortfolioFile.model_validate(
    {"kind": "portfolio", "format": 1, "program": "own", "level": 1, "candidate": {"name": "Robin"}}
)
LISTED = GradersFile.model_validate(
    {
        "kind": "graders",
        "format": 1,
        "graders": [
            {"id": "g1", "name": "Ana Lima", "grades": ["case-study"]},
            {"id": "g2", "name": "Ben Moss"},
            {"id": "g3", "name": "Cleo Marsh", "away": True},
            {"id": "g4", "name": "Dee Ford", "grades": ["observation"]},
        ],
    }
)
DIGEST = "a" * 64


def test_without_a_draw_the_lists_own_order_counts() -> None:
    """Those who grade such work and are here, without the examiner."""
    roster = roster_for(MarkingPolicy(), LISTED, DIGEST, MAIN)
    assert roster.queue("case-study") == ("g1", "g2")
    assert roster.queue("observation") == ("g2", "g4")
    assert roster.queue("observation", examiner="g2") == ("g4",)
    assert roster.asked("case-study") == MarkingPolicy().graders
    assert roster.left_out == {"g3": "Cleo Marsh is away"}


def test_with_a_draw_its_order_counts() -> None:
    """The queue for a kind of work is the drawn order of those who grade it."""
    policy = MarkingPolicy.model_validate({"draw": {"seed": "s"}})
    roster = roster_for(policy, LISTED, DIGEST, MAIN)
    assert roster.draw is not None
    assert sorted(roster.draw.order) == ["g1", "g2", "g4"]
    assert policy.draw is not None
    assert roster.draw == draw_graders(policy.draw, DIGEST, LISTED.graders, MAIN)
    assert roster.left_out == {"g3": "Cleo Marsh is away"}
    able = [each for each in roster.draw.order if each != "g4"]
    assert roster.queue("case-study") == tuple(able)


def test_second_marking_is_of_case_studies() -> None:
    """One more grader reads the case study; a session is graded by those who saw it."""
    policy = MarkingPolicy.model_validate(
        {"graders": 2, "session_graders": 1, "draw": {"seed": "s", "second_percent": 100}}
    )
    roster = roster_for(policy, LISTED, DIGEST, MAIN)
    assert (roster.asked("case-study"), roster.asked("observation")) == (3, 1)
    assert policy.draw is not None
    none_twice = policy.draw.model_copy(update={"second_percent": 0.0})
    once = roster_for(policy.model_copy(update={"draw": none_twice}), LISTED, DIGEST, MAIN)
    assert (once.asked("case-study"), once.marked_twice) == (2, False)


def test_without_a_list_nobody_can_be_named() -> None:
    """Not even the draw."""
    policy = MarkingPolicy.model_validate({"draw": {"seed": "s"}})
    roster = roster_for(policy, None, DIGEST, MAIN)
    assert (roster.queue("case-study"), roster.draw, roster.marked_twice) == (None, None, False)
    assert (roster.asked("case-study"), roster.left_out) == (policy.graders, {})
    assert roster.called("g1") == "g1"
    assert roster.id_of(Grader(name="Ana Lima")) == "Ana Lima"


def test_an_examiner_is_known_by_id_or_by_name() -> None:
    """The name in another order is the same person."""
    roster = roster_for(MarkingPolicy(), LISTED, DIGEST, MAIN)
    assert roster.id_of(Grader(name="Somebody", id="x9")) == "x9"
    assert roster.id_of(Grader(name="Lima, Ana")) == "g1"
    assert roster.id_of(Grader(name="Nobody Known")) == "Nobody Known"
    assert roster.called("g1") == "Ana Lima (g1)"
