"""Mutants of a signed submission: none makes casebook stumble, none is taken for the original."""

from dataclasses import replace
from typing import Final

import pytest

from casebook.workflow import unpacking
from casebook.workflow.unpacking import take_apart
from casebook.workflow.verification import Steps
from tests.hostile.mutations import campaign as campaigns
from tests.hostile.mutations.campaign import (
    CRASHED,
    DECIDING,
    FORGED,
    MUTATIONS,
    SAME_FILES,
    campaign,
    campaign_of_works,
    mutant,
)
from tests.hostile.mutations.sample import FORGERS, OWN, reader, sample, submission
from tests.hostile.zips import Zip

SEED: Final = 20260701
BELIEVED: Final = reader()
SMALL: Final = submission({"portfolio/portfolio.yaml": b"kind: portfolio\n"}, OWN)


def holds(content: bytes) -> bool:
    """Whether every step up to the signature holds."""
    steps, _ = take_apart(content, BELIEVED)
    taken = {step.id: step for step in steps.all()}
    return all(taken[each].ok for each in DECIDING)


def test_what_is_mutated_holds_as_it_is() -> None:
    assert holds(sample().content)
    assert holds(sample().other)
    assert holds(SMALL)
    assert not holds(submission({"portfolio/portfolio.yaml": b"kind: portfolio\n"}, FORGERS))


def test_every_kind_of_mutation_is_tried_and_refused() -> None:
    """Twenty of each kind; those that repack the same files are the only ones to be accepted."""
    tally = campaign(SEED, range(20 * len(MUTATIONS)))
    assert tally.wrong == []
    kinds = {kind for kind, _ in tally.counts}
    assert len(kinds) == len(MUTATIONS)
    assert {kind for kind, ended in tally.counts if ended == SAME_FILES} <= {
        "packed_otherwise",
        "with_another_order",
        "with_damaged_deflate",
    }
    for step in DECIDING:
        assert tally.of(step) > 0


@pytest.mark.slow
def test_ten_thousand_mutants_are_refused() -> None:
    tally = campaign(SEED, range(10_000))
    assert tally.wrong == []
    assert (tally.of(CRASHED), tally.of(FORGED)) == (0, 0)
    assert sum(tally.counts.values()) == 10_000


@pytest.mark.slow
def test_a_verification_of_nonsense_comes_to_an_end() -> None:
    """A thousand unsigned submissions whose works say anything; each step is taken."""
    tally = campaign_of_works(SEED, range(1_000))
    assert tally.wrong == []
    for step in ("sources", "check", "results", "program"):
        assert tally.of(step) > 0


def test_a_mutant_can_be_made_again_whatever_was_made_before_it() -> None:
    original = sample()
    numbers = range(30 * len(MUTATIONS))
    forwards = {number: mutant(SEED, number, original) for number in numbers}
    backwards = {number: mutant(SEED, number, original) for number in reversed(numbers)}
    assert forwards == backwards
    assert forwards[77] != mutant(SEED + 1, 77, original)


def test_a_campaign_notices_when_signatures_are_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verification that takes every signature lets whole forgeries pass, and they are counted."""

    def held(bag: object, record: object, reader: object, steps: Steps) -> None:
        steps.note("signature", [], "")

    monkeypatch.setattr(unpacking, "hold_signature", held)
    tally = campaign(SEED, range(4 * len(MUTATIONS)))
    assert tally.of(FORGED) > 0
    assert {what.partition(":")[0] for _, what in tally.wrong} >= {"with_an_inventory_that_agrees"}


def test_a_campaign_notices_when_casebook_stumbles(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(content: bytes) -> None:
        raise IndexError(len(content))

    monkeypatch.setattr(unpacking, "parse_archive", stumble)
    tally = campaign(SEED, range(10))
    assert tally.of(CRASHED) == len(tally.wrong) == 10


def test_a_campaign_knows_the_same_files_packed_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    original = sample()
    turned = Zip(tuple(reversed(original.entries))).build()
    renamed = tuple(replace(each, name=each.name + b"2") for each in original.entries)
    assert campaigns._accepted(original.content, original) == campaigns.UNCHANGED
    assert campaigns._accepted(turned, original) == SAME_FILES
    assert campaigns._accepted(Zip(renamed).build(), original) == FORGED


def test_a_bit_turned_in_any_byte_of_a_signed_submission_is_found() -> None:
    for at, value in enumerate(SMALL):
        assert not holds(with_byte(at, value ^ 1 << at % 8)), at


@pytest.mark.slow
def test_every_single_byte_changed_in_a_signed_submission_is_found() -> None:
    """All eight bits of every byte, and four telling values of it."""
    tried = 0
    for at, value in enumerate(SMALL):
        others = {value ^ 1 << bit for bit in range(8)} | {0, 0x20, 0x7F, 0xFF, value ^ 0x20}
        for other in others - {value}:
            tried += 1
            assert not holds(with_byte(at, other)), (at, other)
    assert tried > 8 * len(SMALL)


@pytest.mark.slow
def test_every_byte_left_out_or_put_in_twice_is_found() -> None:
    for at in range(len(SMALL)):
        assert not holds(SMALL[:at] + SMALL[at + 1 :])
        assert not holds(SMALL[: at + 1] + SMALL[at:])


def with_byte(at: int, value: int) -> bytes:
    return SMALL[:at] + bytes([value]) + SMALL[at + 1 :]
