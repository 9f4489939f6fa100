"""What all works of a submission come to, with the requirements of its level."""

from collections.abc import Iterator, Sequence

from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import Eligibility, ResultName
from casebook.language import _
from casebook.language.forms import decimal, enumeration


def judge_overall(
    works: Sequence[ModeratedWork], eligibility: Eligibility
) -> tuple[ResultName, tuple[str, ...]]:
    """The result of a submission, with every reason.

    Incomplete while anything is still wanted for a work, even when another one has failed: only a
    whole result is issued. Then a pass when every work passes and every hard requirement is met.
    """
    needs = tuple(need.says for work in works for need in work.needs)
    if needs:
        return "incomplete", needs
    passed = all(work.result == "pass" for work in works) and eligibility.eligible
    return ("pass" if passed else "fail"), tuple(_reasons(works, eligibility))


def _reasons(works: Sequence[ModeratedWork], eligibility: Eligibility) -> Iterator[str]:
    yield from (_about(work) for work in works)
    for each in eligibility.requirements:
        if each.strength == "hard" and not each.met:
            yield _("a requirement is not met: {requirement} {why}").format(
                requirement=each.says, why=each.why
            )
    if eligibility.eligible:
        yield _("every requirement of the level is met")


def _about(work: ModeratedWork) -> str:
    failed = [
        _("'{title}'").format(title=each.title) for each in work.criteria if each.reached is False
    ]
    if failed:
        words = _("'{work}' is failed on {criteria}, which nothing makes up for")
    elif work.result == "fail":
        words = _("'{work}' is failed with {share}; passing begins at {pass_mark}")
    else:
        words = _("'{work}' is passed with {share}")
    return words.format(
        work=work.title,
        criteria=enumeration(failed),
        share=f"{work.shown_percent} %",
        pass_mark=f"{decimal(work.pass_percent)} %",
    )
