"""Which of the marks that were handed in are heard on a piece of work, and which are refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Severity
from casebook.diagnostics.place import Places
from casebook.domain.canonical import brief
from casebook.domain.portfolio import Piece
from casebook.domain.program.rubric import Rubric, WorkKind
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.observation import Observation
from casebook.evaluation.impartiality import conflicts_between, same_person
from casebook.evaluation.roster import Roster
from casebook.rules.marks import check_marks
from casebook.workflow.moderating.handed_in import HandedIn
from casebook.workflow.received import Received


@dataclass(frozen=True, slots=True)
class Seated:
    """A piece of work with the marks that are heard on it.

    Attributes:
        work: The case study or the observed session.
        rubric: What it is judged by.
        examiner: The id of a session's examiner.
        sheets: Grader's id -> the marks handed in.
        queue: Who may be asked, without the examiner; None where there is no list.
        refused: Why some of what was handed in is not heard, in a sentence each.
    """

    work: CaseStudy | Observation
    rubric: Rubric
    examiner: str | None
    sheets: Mapping[str, HandedIn]
    queue: tuple[str, ...] | None
    refused: tuple[str, ...]

    @property
    def marked(self) -> frozenset[str]:
        """The ids of all who have marked; an examiner has."""
        return frozenset({*self.sheets, *([self.examiner] if self.examiner else ())})

    @property
    def spare(self) -> tuple[str, ...] | None:
        """The ids of those who may still be asked."""
        if self.queue is None:
            return None
        return tuple(each for each in self.queue if each not in self.sheets)

    def latest(self, roster: Roster) -> str | None:
        """Who marked last; None where that is not known."""
        turns = self._turns(roster)
        if not turns or len(turns) < len(self.marked):
            return None
        last, grader = turns[-1]
        return grader if sum(turn == last for turn, _ in turns) == 1 else None

    def first(self, roster: Roster, count: int) -> tuple[str, ...]:
        """The ids of the first so many who marked; nobody where that is not known."""
        turns = self._turns(roster)
        if len(turns) < len(self.marked) or not 0 < count < len(turns):
            return ()
        if turns[count - 1][0] == turns[count][0]:
            return ()
        return tuple(sorted(grader for _, grader in turns[:count]))

    def _turns(self, roster: Roster) -> list[tuple[str, str]]:
        """Whose turn it was when: in the order drawn, else by the moment of their first seals.

        An examiner was there first. Who has neither place nor moment is left out.
        """
        turns = [("", self.examiner)] if self.examiner else []
        for grader, handed in self.sheets.items():
            if grader == self.examiner:
                continue
            if roster.draw is not None and self.queue is not None:
                turns.append((f"{self.queue.index(grader):09d}", grader))
            elif handed.moment is not None:
                turns.append((handed.moment, grader))
        return sorted(turns)


def seat(
    received: Received, roster: Roster, marks: Sequence[HandedIn]
) -> tuple[tuple[Seated, ...], tuple[str, ...]]:
    """Put marks to the works they are about.

    Returns:
        Each work that the program has a rubric for; and why marks belong to none of them.
    """
    benches = tuple(_benches(received, roster))
    ids = {each.work.id for each in benches}
    strays = (
        f"{each.path} is about `{each.sheet.work}`, which is no work of {received.path} that is "
        "marked"
        for each in marks
        if each.sheet.work not in ids
    )
    return tuple(each.seated(marks) for each in benches), tuple(strays)


def _benches(received: Received, roster: Roster) -> Iterator["_Bench"]:
    for piece in received.works():
        work = piece.record
        kind: WorkKind = "observation" if isinstance(work, Observation) else "case-study"
        rubric = received.program.rubric_for(kind)
        if rubric is not None:
            yield _Bench(received, roster, work, rubric)


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where the graders of one piece of work sit down."""

    received: Received
    roster: Roster
    work: CaseStudy | Observation
    rubric: Rubric

    def seated(self, marks: Sequence[HandedIn]) -> Seated:
        sheets: dict[str, HandedIn] = {}
        refused: list[str] = []
        for each in marks:
            if each.sheet.work != self.work.id:
                continue
            grader = self.roster.id_of(each.sheet.grader)
            faults = [*self._faults(each, grader)]
            if grader in sheets and not faults:
                other = sheets[grader].path
                faults = [f"and {other} are both by {grader} on {self.work.id}: give the newest"]
            refused += (f"{each.path} {fault}" for fault in faults)
            if not faults:
                sheets[grader] = each
        examiner = self._examiner
        queue = self.roster.queue(self.rubric.judges, examiner)
        refused += self._faults_of_examiner()
        refused += self._one_person_twice(sheets)
        refused += self._not_drawn(
            [each for each in sheets if each != examiner], queue or (), sheets
        )
        return Seated(self.work, self.rubric, examiner, sheets, queue, tuple(refused))

    @property
    def _examiner(self) -> str | None:
        return self.roster.id_of(self.work.examiner) if isinstance(self.work, Observation) else None

    def _faults(self, handed: HandedIn, grader: str) -> Iterator[str]:
        """Why a sheet is not heard, in a clause each."""
        sheet = handed.sheet
        if sheet.rubric != self.rubric.id:
            yield (
                f"marks by the rubric `{sheet.rubric}`; {self.work.id} is judged by "
                f"`{self.rubric.id}`"
            )
            return
        program = self.received.program
        if sheet.rubric_digest not in {self.rubric.digest, None}:
            yield (
                f"was marked by another wording of the rubric `{self.rubric.id}` than the "
                "submission's program has; `casebook rubric diff` shows what differs between two"
            )
        elif sheet.program_digest not in {program.digest_in_sheets, None}:
            yield (
                f"was marked for other rules of {program.rules.name} "
                f"({brief(str(sheet.program_digest))}) than those that count here "
                f"({brief(program.digest)}); name those it was marked for (--program FILE), or "
                "have the grader confirm it under these: `casebook mark change`"
            )
        yield from self._faults_of_person(handed, grader)
        bank = program.comment_bank(self.rubric.id)
        piece = Piece(handed.path, sheet, Places(handed.path))
        for finding in check_marks(piece, self.rubric, bank):
            if finding.severity is Severity.ERROR and finding.code != codes.UNMARKED.id:
                yield f"is no finished sheet: {finding.message}"

    def _faults_of_person(self, handed: HandedIn, grader: str) -> Iterator[str]:
        written = handed.sheet.grader
        listed = self.roster.grader(grader)
        if handed.sheet.conflict is None:
            yield "does not say whether anything stands between grader and candidate: `conflict`"
        main = self.received.portfolio.main.record
        for conflict in conflicts_between(listed or written, main, handed.sheet.conflict):
            yield f"is refused: {conflict.says}"
        if self.roster.listed is None or grader == self._examiner:
            return
        if listed is None:
            yield f"is by `{grader}` ({written.name}), who is not in the list of graders"
        elif not same_person(listed.name, written.name):
            yield f"is by {written.name}, and the list of graders has {listed.name} as `{grader}`"
        elif self.rubric.judges not in listed.grades:
            yield f"is by {listed.name}, who by the list of graders does not grade such work"

    def _faults_of_examiner(self) -> Iterator[str]:
        if not isinstance(self.work, Observation):
            return
        main = self.received.portfolio.main.record
        written = self.work.examiner
        listed = self.roster.grader(self._examiner or "")
        for conflict in conflicts_between(listed or written, main):
            yield f"{self.work.id} was examined by somebody who must not judge it: {conflict.says}"
        if listed is not None and not same_person(listed.name, written.name):
            yield (
                f"{self.work.id} names {written.name} as its examiner, and the list of graders has "
                f"{listed.name} as `{listed.id}`"
            )

    def _one_person_twice(self, sheets: Mapping[str, HandedIn]) -> Iterator[str]:
        """Two ids of one person, who would count as two graders."""
        names = {grader: each.sheet.grader.name for grader, each in sheets.items()}
        if isinstance(self.work, Observation) and self._examiner is not None:
            names[self._examiner] = self.work.examiner.name
        for one, other in combinations(sorted(names), 2):
            # Why the list is believed: it tells apart whom it names apart.
            listed = [self.roster.grader(each) for each in (one, other)]
            called = [found.name for found in listed if found]
            apart = len({" ".join(name.casefold().split()) for name in called}) > 1
            if not apart and same_person(names[one], names[other]):
                yield (
                    f"{self.work.id} is marked by `{one}` ({names[one]}) and `{other}` "
                    f"({names[other]}), who by name are one person; nobody counts twice"
                )

    def _not_drawn(
        self, graders: Sequence[str], queue: Sequence[str], sheets: Mapping[str, HandedIn]
    ) -> Iterator[str]:
        """Marks by those whom the draw did not name: the first drawn mark, and nobody else."""
        draw = self.roster.draw
        if draw is None:
            return
        asked = self.roster.asked(self.rubric.judges) - int(self._examiner is not None)
        drawn = queue[: max(asked, len(graders))]
        instead = ", ".join(self.roster.called(each) for each in drawn if each not in graders)
        for each in sorted(set(graders) - set(drawn)):
            why = self.roster.left_out.get(each)
            yield (
                f"{sheets[each].path} is by {self.roster.called(each)}, who was not drawn for "
                f"{self.work.id}{f' ({why})' if why else ''}: drawn was {instead or 'nobody'}; if "
                "the list of graders was another one then, name it: --graders FILE"
            )
