"""What a result's pages call its graders: their names, or numbers where marking was blind."""

import hashlib
from collections.abc import Mapping
from typing import Final, TypeAlias

from casebook.domain.canonical import canonical_json
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.language import _

Names: TypeAlias = Mapping[str, str]
"""Grader's id -> what a piece of work's pages call them, in the order they are called up."""

_BLIND: Final = "case-study"
"""The kind of work that blind marking is about; whoever observes a session is met."""


def grader_names(result: IssuedResult) -> Mapping[str, Names]:
    """Each work's graders by the work's id.

    Numbers go to the same grader in all of a result's works. They follow from the result's whole
    digest, which its pages do not print: neither names nor ids can be guessed from them.
    """
    numbers = _numbers(result)
    return {work.work: _of_work(work, numbers) for work in result.works}


def _numbers(result: IssuedResult) -> Mapping[str, int]:
    if not result.blind:
        return {}
    unnamed = {
        grader for work in result.works if work.judges == _BLIND for grader in work.evaluations
    }
    digest = result.digest

    def place(grader: str) -> str:
        return hashlib.sha256(canonical_json([digest, grader])).hexdigest()

    return {grader: number for number, grader in enumerate(sorted(unnamed, key=place), start=1)}


def _of_work(work: ModeratedWork, numbers: Mapping[str, int]) -> Names:
    if work.judges == _BLIND and numbers:
        ordered = sorted(work.evaluations, key=numbers.__getitem__)
        return {each: _("Grader {number}").format(number=numbers[each]) for each in ordered}
    names = {grader: evaluation.grader for grader, evaluation in work.evaluations.items()}
    return dict(sorted(names.items(), key=lambda each: (each[1].casefold(), each[0])))
