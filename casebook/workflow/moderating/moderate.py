"""Makes one result of the marks on a submission, or says whose further mark is needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.bundle.signing.keys import SigningKey
from casebook.domain.outcome.issued import SealUsed
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import Evaluation, ResultName
from casebook.domain.work.observation import Observation
from casebook.errors import UnacceptableWork, UsageError
from casebook.evaluation.evaluate import evaluate_mark_sheet, evaluate_observation
from casebook.evaluation.moderation import (
    Panel,
    judge_overall,
    moderate_work,
    without_marks,
)
from casebook.evaluation.roster import Roster, roster_for
from casebook.language import _, speaking
from casebook.source.anatomy import structure_naming
from casebook.workflow.moderating.cautions import cautions_about
from casebook.workflow.moderating.grader_list import grader_list
from casebook.workflow.moderating.handed_in import HandedIn, Pile
from casebook.workflow.moderating.seating import Seated, seat
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.received import Received, receive


@dataclass(frozen=True, slots=True)
class OfficeChoices:
    """What an office says beside the files.

    Attributes:
        on: The day that folders are judged for and that results are issued on.
        program: The rules that submissions have to be handed in under.
        graders: The list of graders; where left out, it is looked for beside each submission.
        unsealed: Whether sheets count that nobody has sealed.
        key: Who signs the results; nobody when left out.
        reader: Whose signatures submissions need.
    """

    on: date
    program: Path | None = None
    graders: Path | None = None
    unsealed: bool = False
    key: SigningKey | None = None
    reader: Reader = ANYBODY


@dataclass(frozen=True, slots=True)
class Moderation:
    """What the marks on a submission come to.

    Attributes:
        received: The submission.
        roster: Who may grade it.
        works: Each piece of work; without any marks while somebody who is asked has not marked.
        result: Of all of them and the level's requirements.
        reasons: Why.
        seals: The seals of the marks that were heard.
        refused: Why some of what was handed in is not heard; nothing is judged then.
        drafts: Sheets on it that lie there and are not sealed.
        cautions: What the office should know before it relies on the result.
    """

    received: Received
    roster: Roster
    works: tuple[ModeratedWork, ...]
    result: ResultName
    reasons: tuple[str, ...]
    seals: tuple[SealUsed, ...]
    refused: tuple[str, ...] = ()
    drafts: tuple[HandedIn, ...] = ()
    cautions: tuple[str, ...] = ()

    def draft(self, work: str, grader: str) -> str | None:
        """The path of a grader's sheet on a work that lies there and is not sealed."""
        for each in self.drafts:
            if (each.sheet.work, self.roster.id_of(each.sheet.grader)) == (work, grader):
                return each.path
        return None

    @property
    def complete(self) -> bool:
        """Whether there is a result that can be issued."""
        return self.result != "incomplete" and not self.refused


def receive_for_office(path: Path, choices: OfficeChoices) -> Received:
    """Read a submission by the office's rules, and from people whom the office believes.

    Raises:
        UnacceptableWork: It cannot be graded, it follows other rules, or is not signed as it has
            to be.
        UsageError: There is no such submission or program, or results are to be signed that
            would go by rules which only came along.
    """
    received = receive(path, choices.on, choices.program, choices.reader)
    if choices.key is not None and received.own is None:
        raise UsageError(
            f"the rules of {path} came with it, and what an office signs goes by its own",
            hint="name yours: --program FILE",
        )
    return received


def moderate(received: Received, pile: Pile, choices: OfficeChoices) -> Moderation:
    """Hold all marks on a submission against each other and the program's policy.

    Raises:
        UnacceptableWork: The list of graders cannot be read, or is missing for a draw.
        UsageError: The program judges nothing, or its policy does not allow unsealed marks.
    """
    policy = received.program.rules.marking
    if choices.unsealed and (policy.graders > 1 or policy.session_graders > 1 or policy.blind):
        raise UsageError(
            "marks that are not sealed count only where the policy asks for one grader who is told "
            "whose work it is",
            hint="seal them with `casebook mark seal`",
        )
    listed = grader_list(received.path, choices.graders)
    if policy.draw is not None and listed is None:
        raise UnacceptableWork(
            f"the program draws graders, and there is no list of them for {received.path}",
            hint="put graders.yaml beside the submissions or above, or name it: --graders FILE",
        )
    main = received.portfolio.main.record
    roster = roster_for(policy, listed, received.digest, main)
    seated, strays = seat(received, roster, pile.about(received.digest))
    if not seated:
        raise UsageError(
            f"the program of {received.path} has no rubric for its works",
            hint="a program names its rubrics in its file, under `rubrics`",
        )
    refused = [*pile.unusable_about(received.digest), *strays]
    refused += (each for work in seated for each in work.refused)
    if refused:
        return Moderation(received, roster, (), "incomplete", (), (), tuple(dict.fromkeys(refused)))
    with speaking(main.language):
        works = tuple(moderate_work(_panel(received, roster, each)) for each in seated)
        if any(map(_somebody_still_marks, works)):
            works = tuple(without_marks(each) for each in works)
        result, reasons = judge_overall(works, received.graded.eligibility)
    seals = tuple(seal for each in seated for seal in _seals(each))
    drafts = tuple(each for each in pile.drafts if each.submission == received.digest)
    cautions = cautions_about(received, roster, seated)
    return Moderation(
        received, roster, works, result, reasons, seals, drafts=drafts, cautions=cautions
    )


def _somebody_still_marks(work: ModeratedWork) -> bool:
    """Whether marks are still to come from somebody who must not see those of others."""
    wanted = {need.what for need in work.needs if need.graders or need.what == "mark"}
    return "mark" in wanted or ("completion" in wanted and len(work.evaluations) > 1)


def _panel(received: Received, roster: Roster, seated: Seated) -> Panel:
    kind = seated.rubric.judges
    asked, marked = roster.asked(kind), seated.marked
    return Panel(
        work=seated.work.id,
        title=_title(seated),
        rubric=seated.rubric,
        policy=roster.policy,
        asked=asked,
        marked=marked,
        # Why empty: nobody's marks are opened before all who were asked have sealed theirs.
        evaluations=_evaluations(received, seated) if len(marked) >= asked else {},
        spare=seated.spare,
        drawn=roster.draw is not None,
        first=seated.first(roster, asked),
        latest=seated.latest(roster),
        names={each: roster.called(each) for each in {*marked, *(seated.spare or ())}},
        drawn_twice=roster.marked_twice and kind == "case-study",
        remarks=tuple(_remarks(seated)),
    )


def _title(seated: Seated) -> str:
    return _("Observed session") if isinstance(seated.work, Observation) else seated.work.title


def _evaluations(received: Received, seated: Seated) -> dict[str, Evaluation]:
    program, rubric = received.program, seated.rubric
    evaluations: dict[str, Evaluation] = {}
    protocol = None
    if isinstance(seated.work, Observation):
        live = evaluate_observation(seated.work, program, rubric, structure_naming())
        protocol = live.protocol
        evaluations[str(seated.examiner)] = live
    for grader, handed in seated.sheets.items():
        evaluations[grader] = evaluate_mark_sheet(handed.sheet, program, rubric, protocol)
    return evaluations


def _remarks(seated: Seated) -> Iterator[str]:
    if any(each.sealed is None for each in seated.sheets.values()):
        yield _("The marks were not sealed.")
    if seated.examiner in seated.sheets:
        yield _("The examiner's sealed marks count, and not those in the session's record.")


def _seals(seated: Seated) -> Sequence[SealUsed]:
    found = []
    for grader in sorted(seated.marked):
        handed = seated.sheets.get(grader)
        chain = handed.sealed if handed else None
        found.append(
            SealUsed(
                work=seated.work.id,
                grader=grader,
                seal=chain.seal if chain else None,
                entries=len(chain.entries) if chain else 1,
            )
        )
    return found
