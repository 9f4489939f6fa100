"""Who may be asked to grade the works of one submission, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.domain.marking.graders import GradersFile, ListedGrader
from casebook.domain.marking.marks import Grader
from casebook.domain.outcome.issued import DrawRecord
from casebook.domain.portfolio import PortfolioFile
from casebook.domain.program.marking_policy import MarkingPolicy
from casebook.domain.program.rubric import WorkKind
from casebook.evaluation.draw import draw_graders, why_not_asked
from casebook.evaluation.impartiality import same_person


@dataclass(frozen=True, slots=True)
class Roster:
    """A certifying body's graders, as they stand to one candidate.

    Attributes:
        policy: How many are asked.
        listed: The list of graders; None where there is none.
        draw: The order drawn; None where the policy draws none, or there is no list.
        left_out: Id -> why this grader is not asked.
    """

    policy: MarkingPolicy
    listed: GradersFile | None
    draw: DrawRecord | None
    left_out: Mapping[str, str]

    def asked(self, kind: WorkKind) -> int:
        """How many graders mark a piece of work at first; a session's examiner is one of them.

        Why the second marking that is drawn is of case studies alone: who grades a session has
        to have been there, or needs a recording of it.
        """
        if kind == "observation":
            return self.policy.session_graders
        return self.policy.graders + int(self.marked_twice)

    @property
    def marked_twice(self) -> bool:
        """Whether the draw asks for one grader more than usual."""
        return self.draw is not None and self.draw.marked_twice

    def queue(self, kind: WorkKind, examiner: str | None = None) -> tuple[str, ...] | None:
        """The ids of those who may be asked for a kind of work, the first one first.

        Args:
            kind: The kind of work.
            examiner: Who has judged it anyway.

        Returns:
            In the order drawn, or in the order of the list; None where there is no list.
        """
        if self.listed is None:
            return None
        order = self.draw.order if self.draw else [each.id for each in self.listed.graders]
        able = {each.id for each in self.listed.graders if kind in each.grades}
        return tuple(
            each
            for each in order
            if each in able and each not in self.left_out and each != examiner
        )

    def grader(self, grader_id: str) -> ListedGrader | None:
        """The listed grader with this id."""
        return self.listed.grader(grader_id) if self.listed else None

    def called(self, grader_id: str) -> str:
        """How the office calls a grader: by name where it is listed, and always by id."""
        found = self.grader(grader_id)
        return f"{found.name} ({grader_id})" if found else grader_id

    def id_of(self, grader: Grader) -> str:
        """What a grader is called in results: the id, else that of the listed one by name."""
        if grader.id is not None:
            return grader.id
        for each in self.listed.graders if self.listed else ():
            if same_person(each.name, grader.name):
                return each.id
        return grader.name


def roster_for(
    policy: MarkingPolicy, listed: GradersFile | None, submission: str, main: PortfolioFile
) -> Roster:
    """The graders for a submission.

    Args:
        policy: The program's rules.
        listed: The list of graders, where there is one.
        submission: The submission's digest.
        main: The candidate's own file.
    """
    if listed is None:
        return Roster(policy, None, None, {})
    if policy.draw is not None:
        drawn = draw_graders(policy.draw, submission, listed.graders, main)
        return Roster(policy, listed, drawn, drawn.left_out)
    left_out = {each.id: why for each in listed.graders if (why := why_not_asked(each, main))}
    return Roster(policy, listed, None, left_out)
