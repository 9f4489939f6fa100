"""The variances that a mark is made of, phi and the standard error."""

import pytest

from casebook.evaluation.agreement.components import Components, phi, standard_error
from casebook.evaluation.agreement.figures import Undefined

PARTS = Components(of_works=4, of_graders=1, of_rest=3, set_to_zero=())


def test_phi_counts_all_that_is_not_the_work_against_it() -> None:
    """4 / (4 + (1 + 3)) for one grader, 4 / (4 + (1 + 3) / 4) for four."""
    assert phi(PARTS) == pytest.approx(0.5)
    assert phi(PARTS, 4) == pytest.approx(0.8)


def test_the_standard_error_is_what_is_left_of_the_spread() -> None:
    """10 * sqrt(1 - 0.84) = 4; of the parts above sqrt(8) * sqrt(1/2) = 2 = sqrt(1 + 3)."""
    assert standard_error(10, 0.84) == pytest.approx(4)
    assert standard_error(8**0.5, phi(PARTS)) == pytest.approx(PARTS.of_error**0.5)
    assert standard_error(10, 1.0000001) == 0


def test_without_variance_there_is_no_phi() -> None:
    with pytest.raises(Undefined, match=r"^the marks do not differ at all$"):
        phi(Components(0, 0, 0, ()))
