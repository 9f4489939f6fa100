"""The stated minimums."""

from casebook.evaluation.agreement.catalogue import KINDS
from casebook.evaluation.agreement.minimums import MINIMUMS, Minimum, normal_error_works


def test_every_figure_has_a_minimum_with_a_reason() -> None:
    kinds = {kind for each in KINDS.values() for kind in each}
    assert len(kinds) > 10
    assert {kind.family for kind in kinds} | {"candidates", "severity"} == set(MINIMUMS)
    assert all(kind.minimum.works >= 5 for kind in kinds)
    assert all(kind.minimum.reason for kind in kinds)


def test_a_refusal_says_what_is_wanted_and_what_is_there() -> None:
    minimum = Minimum(10, "works", "fewer are noise")
    assert minimum.shortfall(0).endswith("because fewer are noise; there is none")
    assert minimum.shortfall(1).endswith("there is 1")
    assert minimum.shortfall(9) == ("10 works are needed, because fewer are noise; there are 9")


def test_kappas_error_takes_twice_the_square_of_the_levels() -> None:
    """Cicchetti 1981: about 20 for 3 levels, 200 for 10."""
    assert (normal_error_works(3), normal_error_works(10)) == (18, 200)
