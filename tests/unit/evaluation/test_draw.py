"""Who grades is drawn: replayable, balanced, and nobody is drawn who must not judge."""

import hashlib
import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.marking.graders import Declaration, ListedGrader
from casebook.domain.portfolio import Candidate, Course, PortfolioFile, Ties
from casebook.domain.program.marking_policy import Draw
from casebook.evaluation.draw import draw_graders, drawn_order, is_marked_twice

POOL = ("ames", "brandt", "castell", "dunne")


def digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def main(**more: object) -> PortfolioFile:
    values = {"kind": "portfolio", "format": 1, "program": "own", "level": 1}
    return PortfolioFile.model_validate(
        {**values, "candidate": Candidate(name="Robin Hale"), **more}
    )


def test_the_order_is_that_of_the_hashes_as_documented() -> None:
    """SHA-256 over the JSON list [seed, digest, id], without spaces, sorted as hexadecimal."""

    def by_hand(grader: str) -> str:
        text = json.dumps(["seed", digest(1), grader], separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    assert drawn_order("seed", digest(1), POOL) == tuple(sorted(POOL, key=by_hand))


@given(
    seed=st.text(min_size=1, max_size=20).filter(str.isprintable),
    number=st.integers(0, 10**6),
    pool=st.lists(st.from_regex("[a-z][a-z0-9]{0,8}", fullmatch=True), unique=True, max_size=12),
    data=st.data(),
)
def test_a_draw_is_a_permutation_whatever_the_order_of_the_list(
    seed: str, number: int, pool: list[str], data: st.DataObject
) -> None:
    """Everybody of the pool once, and the same order for the list in any order."""
    drawn = drawn_order(seed, digest(number), pool)
    assert sorted(drawn) == sorted(pool)
    assert drawn_order(seed, digest(number), data.draw(st.permutations(pool))) == drawn


def test_leaving_one_out_keeps_the_order_of_the_others() -> None:
    """Who goes away changes nobody else's place."""
    whole = drawn_order("seed", digest(7), POOL)
    for gone in POOL:
        left = tuple(each for each in whole if each != gone)
        assert drawn_order("seed", digest(7), [each for each in POOL if each != gone]) == left


def test_many_draws_are_balanced() -> None:
    """Of 2,000 submissions each of four graders comes first in about 500.

    One count has the standard deviation sqrt(2000 * 1/4 * 3/4) = 19.4; five of them are 97.
    """
    first = Counter(drawn_order("a seed", digest(number), POOL)[0] for number in range(2_000))
    assert set(first) == set(POOL)
    assert all(abs(count - 500) < 97 for count in first.values())


@pytest.mark.parametrize("percent, least, most", [(0, 0, 0), (100, 2_000, 2_000), (10, 133, 267)])
def test_the_share_marked_twice_is_drawn(percent: float, least: int, most: int) -> None:
    """Of 2,000 at 10 % about 200: five times sqrt(2000 * 0.1 * 0.9) = 13.4 are 67."""
    draw = Draw(seed="a seed", second_percent=percent)
    twice = sum(is_marked_twice(draw, digest(number)) for number in range(2_000))
    assert least <= twice <= most


def test_the_share_is_that_of_a_hash_as_documented() -> None:
    """SHA-256 over [seed, digest, "second"] as a fraction of all its values, in percent."""
    found = []
    for number in range(200):
        text = json.dumps(["a seed", digest(number), "second"], separators=(",", ":"))
        share = int(hashlib.sha256(text.encode()).hexdigest(), 16) / 2**256
        found.append(100 * share < 30)
    draw = Draw(seed="a seed", second_percent=30)
    assert [is_marked_twice(draw, digest(number)) for number in range(200)] == found
    assert len(set(found)) == 2


def test_a_draw_is_of_its_seed_and_its_submission() -> None:
    """Whoever has the two draws the same again, and another of either gives other draws."""
    listed = [ListedGrader(id=each, name=f"Grader {each.title()}") for each in POOL]
    orders: dict[str, list[tuple[str, ...]]] = {"one": [], "two": []}
    for seed, drawn in orders.items():
        draw = Draw(seed=seed, second_percent=50)
        for number in range(40):
            record = draw_graders(draw, digest(number), listed, main())
            assert (record.pool, record.left_out) == (POOL, {})
            assert record.order == drawn_order(seed, digest(number), POOL)
            assert record.marked_twice is is_marked_twice(draw, digest(number))
            drawn.append(record.order)
    assert orders["one"] != orders["two"]
    assert len(set(orders["one"])) > 1


def test_whoever_must_not_judge_or_is_away_is_left_out_with_the_reason() -> None:
    """The instructor, one who declares it, one the candidate names, and one who is away."""
    listed = [
        ListedGrader(id="a", name="Ana Lima"),
        ListedGrader(
            id="b", name="Ben", declares=(Declaration(candidate="hale, robin", relation="close"),)
        ),
        ListedGrader(id="c", name="Cleo Marsh"),
        ListedGrader(id="d", name="Dee", away=True),
        ListedGrader(id="e", name="Eve"),
        ListedGrader(id="f", name="Flo Ng"),
    ]
    who = main(
        course=Course(finished=date(2026, 1, 10), hours=15, instructor="Ana Lima"),
        ties=Ties(treated_by=["Cleo Marsh", "Flo Ng"], close_to=["Flo Ng"]),
    )
    record = draw_graders(Draw(seed="s"), digest(1), listed, who)
    assert (record.pool, record.order, record.seed) == (("e",), ("e",), "s")
    says = "the portfolio says that"
    assert record.left_out == {
        "a": "the portfolio names Ana Lima as instructor of the candidate's course",
        "b": "the list of graders says that Ben is close to the candidate",
        "c": f"{says} Cleo Marsh treated the candidate",
        "d": "Dee is away",
        "f": f"{says} Flo Ng treated the candidate; {says} Flo Ng is close to the candidate",
    }


def test_other_submissions_change_no_draw() -> None:
    """A draw takes one submission alone: drawing others in between changes nothing."""
    before = drawn_order("s", digest(1), POOL)
    for number in range(50):
        drawn_order("s", digest(number), POOL)
    assert drawn_order("s", digest(1), POOL) == before
