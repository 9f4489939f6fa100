"""Whether a must-pass criterion is failed: no other mark makes up for it, so it needs agreement."""

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.domain.outcome.moderation import RuleFired, RuleName
from casebook.domain.program.rubric import Criterion
from casebook.evaluation.moderation.panel import Follow, Panel, Ruling
from casebook.language import _


@dataclass(frozen=True, slots=True)
class MustPassRuling:
    """What the graders found, and what it comes to.

    Attributes:
        reached: Must-pass criterion's id -> whether it is passed; None while that is disputed.
    """

    ruling: Ruling
    reached: Mapping[str, bool | None]

    @property
    def failed(self) -> tuple[str, ...]:
        """The criteria that are failed for good."""
        return tuple(each for each, reached in self.reached.items() if reached is False)


def judge_must_pass(panel: Panel) -> MustPassRuling:
    """Hold each must-pass criterion to the policy.

    With agreement asked for: failed when all see it failed, and from three graders on when more
    than half do. Two who differ, and as many on one side as on the other, have not agreed.
    Without: one who sees it failed is enough.
    """
    fired: list[RuleFired] = []
    reached: dict[str, bool | None] = {}
    for criterion in panel.rubric.criteria:
        if criterion.must_pass is None:
            continue
        levels = panel.complete_levels(criterion.id, panel.graders)
        against = sum(level < criterion.must_pass.level for level in levels)
        reached[criterion.id] = _verdict(panel, against)
        if against:
            fired.append(_sentence(panel, criterion, against))
    follow: Follow | None = "further-grader" if None in reached.values() else None
    return MustPassRuling(Ruling(tuple(fired), follow), reached)


def _verdict(panel: Panel, against: int) -> bool | None:
    """Whether a criterion is passed that so many graders see failed; None for half of them."""
    count = len(panel.graders)
    if not panel.policy.must_pass_agreement:
        return against == 0
    return None if 2 * against == count else 2 * against < count


def _sentence(panel: Panel, criterion: Criterion, against: int) -> RuleFired:
    count = len(panel.graders)
    reached = _verdict(panel, against)
    rule: RuleName = "must-pass-agreed"
    if against == count == 1:
        words = _("The grader found the must-pass criterion '{criterion}' failed.")
    elif against == count:
        words = _("All graders found the must-pass criterion '{criterion}' failed.")
    elif not panel.policy.must_pass_agreement:
        words = _(
            "{against} of {count} graders found the must-pass criterion '{criterion}' failed, and "
            "one is enough."
        )
    elif reached is None:
        rule = "must-pass-dispute"
        words = _(
            "{against} of {count} graders found the must-pass criterion '{criterion}' failed, and "
            "that needs agreement."
        )
    elif reached:
        words = _(
            "{against} of {count} graders found the must-pass criterion '{criterion}' failed. Most "
            "did not, so it is passed."
        )
    else:
        words = _(
            "{against} of {count} graders found the must-pass criterion '{criterion}' failed. Most "
            "did, so it is failed."
        )
    said = words.format(against=against, count=count, criterion=criterion.title)
    return RuleFired(rule=rule, says=said, criterion=criterion.id)
