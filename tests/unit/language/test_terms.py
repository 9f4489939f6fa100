"""Every word of a closed list that files may hold can be said."""

from collections.abc import Callable
from typing import get_args

import pytest

from casebook.domain.outcome.results import ResultName
from casebook.domain.work.consent import Scope
from casebook.domain.work.cycles import Timing
from casebook.domain.work.observation import Observation
from casebook.domain.work.sessions import AdverseEvent, Joint, Plane
from casebook.domain.work.site import Side
from casebook.domain.work.steps import TestResult
from casebook.language import speaking, terms

LISTS = {
    terms.side: get_args(Side),
    terms.finding: get_args(TestResult),
    terms.timing: tuple(each.value for each in Timing),
    terms.severity: get_args(AdverseEvent.model_fields["severity"].annotation),
    terms.mode: get_args(Observation.model_fields["mode"].annotation),
    terms.result: get_args(ResultName),
    terms.purpose: get_args(Scope),
    terms.joint: get_args(Joint),
    terms.plane: get_args(Plane),
}


@pytest.mark.parametrize("say", LISTS, ids=lambda say: say.__name__)
def test_every_word_of_the_list_can_be_said(say: Callable[[str], str]) -> None:
    assert LISTS[say]
    said = [say(word) for word in LISTS[say]]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("say", LISTS, ids=lambda say: say.__name__)
def test_two_words_of_a_list_never_become_one(say: Callable[[str], str]) -> None:
    for language in ("de", "es", "fr"):
        with speaking(language):
            said = [say(word) for word in LISTS[say]]
        assert len(set(said)) == len(said)


def test_a_structure_stands_alone_or_with_its_side_behind_it() -> None:
    assert terms.with_side("psoas", "") == "psoas"
    assert terms.with_side("psoas", terms.side("both")) == "psoas, both sides"
