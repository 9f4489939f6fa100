"""A person's name is known again however it is typed."""

import pytest

from casebook.domain.names import folded_name


@pytest.mark.parametrize("typed", ["josé  ruiz", "JOSÉ RUIZ", " Jose\u0301 Ruiz", "José\u00a0Ruiz"])
def test_one_name_in_several_spellings_is_one(typed: str) -> None:
    assert folded_name(typed) == folded_name("José Ruiz")


@pytest.mark.parametrize("other", ["Jose Ruiz", "Ruiz José", "José Ruis"])
def test_another_name_is_another(other: str) -> None:
    assert folded_name(other) != folded_name("José Ruiz")
