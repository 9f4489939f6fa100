"""What a proposal would do."""

from casebook.evaluation.standard_setting.proposal import (
    Consequence,
    MarkedWork,
    consequences,
    proposed_percent,
)


def test_works_at_the_mark_pass_unless_a_must_pass_criterion_is_failed() -> None:
    works = [MarkedWork(50), MarkedWork(60), MarkedWork(70), MarkedWork(90, safe=False)]
    assert consequences(works, (70, 60)) == (Consequence(70, 1, 3), Consequence(60, 2, 2))


def test_a_cut_is_written_with_one_decimal() -> None:
    assert proposed_percent(63.4499) == 63.4
