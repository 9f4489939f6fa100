"""How a program turns several graders' marks into one result, as data.

The rules are those that bodies which mark for a living publish: a further grader near the pass
mark (ETS), a further grader where two differ by too much (National Board), the mean within a
tolerance (Practique), a share marked twice (edTPA).
"""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.record import Line, Percent, Record, Text

Within = Literal["mean", "higher"]
"""What marks that agree well enough become: their mean, or the higher total's marks."""

Beyond = Literal["mean", "higher", "discussion", "further-grader"]
"""What follows when marks differ by more than the tolerance."""

Settled = Literal["closest-two", "median", "mean", "further-grader"]
"""What counts once a further grader has marked: the mean of the two totals that lie closest
together, each criterion's median, the mean of all, or the further grader's marks alone."""


class Draw(Record):
    """How graders are drawn for a submission."""

    seed: Line
    """Any words; whoever knows them can repeat the draw."""
    second_percent: Percent = 0.0
    """The share of submissions, drawn as well, that one more grader marks."""


class MarkingPolicy(Record):
    """How marks become a result."""

    graders: Annotated[int, Field(ge=1, le=9)] = 1
    """How many graders mark each case study, independently."""
    session_graders: Annotated[int, Field(ge=1, le=9)] = 1
    """How many grade each observed session; the examiner who was there counts."""
    most_graders: Annotated[int, Field(ge=1, le=9)] = 3
    """The most graders for one piece of work; after that only a discussion settles it."""
    blind: bool = False
    """Whether graders of case studies are not told the candidate's name."""
    draw: Draw | None = None
    """How graders are drawn; left out where the office chooses them."""
    tolerance_percent: Percent | None = None
    """The largest difference between two graders' totals, in percentage points, that counts as
    agreement; left out, any difference does."""
    tolerance_levels: Annotated[int, Field(ge=0, le=20)] | None = None
    """The largest difference on one criterion, in levels, that counts as agreement."""
    within_tolerance: Within = "mean"
    """What marks that agree become: mean or higher."""
    beyond_tolerance: Beyond = "further-grader"
    """What follows when they differ by more: mean, higher, discussion or further-grader."""
    with_further_grader: Settled = "closest-two"
    """What counts after a further grader: closest-two, median, mean or further-grader."""
    near_pass_mark_sems: Annotated[float, Field(gt=0, le=5)] | None = None
    """Within so many standard errors of measurement of the pass mark a further grader is asked."""
    near_pass_mark_percent: Annotated[float, Field(gt=0, le=50)] | None = None
    """The same in percentage points, for rubrics whose standard error is not known."""
    must_pass_agreement: bool = True
    """Whether a must-pass failure needs all graders, or most of three and more, to see it."""
    appeal_days: Annotated[int, Field(ge=0, le=366)] | None = None
    """How many days after the result an appeal can be made; left out where there is none."""
    note: Text | None = None
    """The policy in words."""
