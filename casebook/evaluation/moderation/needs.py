"""What is still wanted before there is a result, in a form that an office can act on.

Why in English alone: it is the office's; what a candidate reads is in the sentences of the rules.
No need tells anything of the marks that are there, so that it can be handed on to whoever is
asked.
"""

from collections.abc import Iterator

from casebook.domain.outcome.moderation import Need
from casebook.domain.outcome.results import Unscored
from casebook.evaluation.moderation.panel import Panel


def missing_marks(panel: Panel) -> tuple[Need, ...]:
    """Whose marks are wanted until as many have marked as are asked at first."""
    return _marks_wanted(panel, panel.asked - len(panel.marked), "")


def further_mark(panel: Panel) -> tuple[Need, ...]:
    """Whose mark is wanted beside those that are there."""
    return _marks_wanted(panel, 1, " as a further grader")


def missing_levels(panel: Panel) -> Iterator[Need]:
    """What has to be added to marks that were handed in incomplete."""
    by_hand = {each.id for each in panel.rubric.criteria if each.from_protocol is None}
    figures: dict[str, str] = {}
    for grader in panel.graders:
        unscored = [
            each for each in panel.evaluations[grader].criteria if isinstance(each, Unscored)
        ]
        figures |= {each.title: each.why for each in unscored if each.criterion not in by_hand}
        wanting = [f"'{each.title}'" for each in unscored if each.criterion in by_hand]
        if wanting:
            yield Need(
                what="completion",
                graders=(grader,),
                says=f"{panel.called(grader)} completes {panel.work}: no mark yet for "
                f"{', '.join(wanting)}",
            )
    if figures:
        said = "; ".join(f"'{title}': {why}" for title, why in figures.items())
        yield Need(
            what="completion",
            graders=(),
            says=f"the record of {panel.work} is completed: {said}",
        )


def discussion(panel: Panel) -> tuple[Need, ...]:
    """Who has to talk: all who have marked, who are two at least where marks differ."""
    *others, last = (panel.called(each) for each in panel.graders)
    who = f"{', '.join(others)} and {last}"
    return (
        Need(
            what="discussion",
            graders=panel.graders,
            says=f"{who} discuss {panel.work}; what they change is entered with "
            "`casebook mark change`, and then it is moderated again",
        ),
    )


def _marks_wanted(panel: Panel, count: int, role: str) -> tuple[Need, ...]:
    if count <= 0:
        return ()
    spare = panel.spare or ()
    if panel.drawn and len(spare) >= count:
        return tuple(
            Need(
                what="mark",
                graders=(grader,),
                says=f"{panel.called(grader)} marks {panel.work}{role}",
            )
            for grader in spare[:count]
        )
    many = "one more grader marks" if count == 1 else f"{count} more graders mark"
    called = ", ".join(panel.called(each) for each in spare)
    if panel.spare is None:
        choice = "the office chooses"
    elif len(spare) < count:
        choice = f"the list of graders leaves only {called}" if called else "nobody listed is left"
    else:
        choice = called if len(spare) == count else f"the office chooses among {called}"
    return (Need(what="mark", graders=spare, says=f"{many} {panel.work}{role}: {choice}"),)
