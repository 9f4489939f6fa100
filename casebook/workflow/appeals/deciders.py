"""Who may decide about an appeal: nobody who graded the work, and nobody close to the candidate."""

from collections.abc import Iterable
from pathlib import Path

from casebook.domain.marking.graders import GradersFile, ListedGrader
from casebook.domain.marking.marks import Grader
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.portfolio import Candidate, PortfolioFile
from casebook.errors import UnacceptableWork
from casebook.evaluation.impartiality import conflicts_between, same_person
from casebook.workflow.moderating.grader_list import grader_list
from casebook.workflow.received import as_handed_in


def impartial(
    name: str,
    results: Iterable[IssuedResult],
    near: Path,
    graders_path: Path | None = None,
    submission: Path | None = None,
) -> str:
    """The name of somebody who may decide about an appeal.

    Args:
        name: Their name, or their id in the list of graders.
        results: The result appealed against, and the one that new marks came to.
        near: Where the list of graders is looked for.
        graders_path: The list of graders itself.
        submission: What was handed in, for what the candidate declares in it.

    Raises:
        UnacceptableWork: They graded the work, or something lies between them and the candidate.
    """
    found = tuple(results)
    listed = grader_list(near, graders_path)
    person = _person(name, listed)
    for result in found:
        for grader in _graders(result, listed):
            if name == grader or same_person(person.name, grader):
                raise UnacceptableWork(
                    f"{name} graded this work and cannot decide about an appeal against it",
                    hint="let somebody decide who has not graded it",
                )
    for conflict in conflicts_between(person, _candidates_file(found[0], submission)):
        raise UnacceptableWork(
            f"{name} cannot decide about this appeal: {conflict.says}",
            hint="let somebody decide who has nothing to do with the candidate",
        )
    return person.name if person.id == name else name


def _person(name: str, listed: GradersFile | None) -> ListedGrader | Grader:
    """Somebody as the list of graders has them, by id or name; else the bare name."""
    for each in listed.graders if listed else ():
        if each.id == name or same_person(each.name, name):
            return each
    return Grader(name=name)


def _graders(result: IssuedResult, listed: GradersFile | None) -> set[str]:
    """Ids and names of all who marked, whether or not their marks were counted."""
    ids = {each.grader for each in result.seals}
    named = {each.grader for work in result.works for each in work.evaluations.values()}
    ids |= {each for work in result.works for each in work.evaluations}
    names = {found.name for each in ids if listed and (found := listed.grader(each))}
    return ids | named | names


def _candidates_file(result: IssuedResult, submission: Path | None) -> PortfolioFile:
    """What the candidate handed in about themselves; without a submission their name alone."""
    if submission is None:
        return PortfolioFile(
            kind="portfolio",
            format=1,
            program=result.program,
            level=result.level,
            candidate=Candidate(name=result.candidate),
        )
    received = as_handed_in(submission, result.issued)
    if received.digest != result.submission:
        raise UnacceptableWork(
            f"{submission} is not the submission that the result is about, or it was changed",
            hint="name the submission as it was received",
        )
    return received.portfolio.main.record
