"""The protocol walk: what a cycle is, how long it took, and what departed from the order."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.program.protocol import Protocol, Window
from casebook.domain.work.cycles import Action, Cycle, Fault, FaultKind, Timing, follow, timing_of
from casebook.domain.work.steps import ReleaseStep, RetestStep, TestStep

WINDOW = Window(sure_seconds=30, limit_seconds=60)
PROTOCOL = Protocol(name="Test, release, retest", describes="In words.", window=WINDOW)
CLOSING = PROTOCOL.model_copy(update={"failed_retest_opens_window": False})


def walk(text: str, protocol: Protocol = PROTOCOL) -> tuple[Sequence[Cycle], Sequence[Fault]]:
    """Follow a session written as one step a line: ``45 test gmax left -`` and the like.

    A step begins at a second (``52-77`` for a stretch, ``+25`` for a duration alone, ``?`` for no
    time), names a structure and a side (``.`` for none), and ends with ``-`` or ``fires``.
    """
    actions = []
    for index, line in enumerate(text.split("\n") if text else ()):
        when, kind, name, side, *result = line.split()
        lasts_s = int(when[1:]) if when.startswith("+") else None
        timed = when[0].isdigit()
        begins_s, ends_s = (
            (int(when.split("-")[0]), int(when.split("-")[-1])) if timed else (None,) * 2
        )
        actions.append(Action(index, step(kind, name, side, *result), begins_s, ends_s, lasts_s))
    return follow(actions, protocol)


def step(kind: str, name: str, side: str, result: str = "") -> TestStep | ReleaseStep | RetestStep:
    values = {kind: name, "side": None if side == "." else side}
    if kind == "release":
        return ReleaseStep.model_validate(values)
    values["result"] = "inhibited" if result == "-" else result
    return (TestStep if kind == "test" else RetestStep).model_validate(values)


def kinds(faults: Sequence[Fault]) -> list[tuple[FaultKind, int]]:
    return [(fault.kind, fault.index) for fault in faults]


def test_one_cycle_with_its_times() -> None:
    """Failed test at 0:45, release 0:52 to 1:17, retest at 1:24."""
    (cycle,), faults = walk("45 test gmax left -\n52-77 release QL left\n84 retest gmax left fires")
    assert faults == ()
    assert cycle.opened_s == 45
    assert cycle.work_s == 32  # 77 - 45: more than 30, so inside and not surely inside
    assert cycle.timing is Timing.INSIDE
    assert cycle.to_retest_s == 39  # 84 - 45
    assert cycle.restored is True
    assert (cycle.releases, cycle.release_indexes) == (["QL (left)"], [1])


@pytest.mark.parametrize(
    "work_s, timing",
    [
        (None, Timing.UNKNOWN),
        (-1, Timing.UNKNOWN),
        (0, Timing.SURELY_INSIDE),
        (30, Timing.SURELY_INSIDE),
        (31, Timing.INSIDE),
        (60, Timing.INSIDE),
        (61, Timing.LATE),
    ],
)
def test_limits_belong_to_the_window(work_s: int | None, timing: Timing) -> None:
    """Up to the sure part is surely inside, up to the limit inside, and both limits count as in."""
    assert timing_of(work_s, WINDOW) is timing


def test_late_work_is_a_fault_at_the_release() -> None:
    """Work that ends 61 s after the failed test is late, and the fault is the release's."""
    (cycle,), (fault,) = walk(
        "0 test gmax left -\n40-61 release QL left\n65 retest gmax left fires"
    )
    assert cycle.timing is Timing.LATE
    assert kinds([fault]) == [(FaultKind.RELEASE_LATE, 1)]
    assert fault.fact == (
        "work for gmax (left) ended 61 s after its failed test at 00:00; "
        "the window closes after 60 s"
    )


def test_work_ends_with_the_last_release() -> None:
    """Of two releases at once the one that ends later closes the work: 50 s, not 20 s."""
    (cycle,), faults = walk(
        "0 test gmax left -\n5-50 release QL left\n10-20 release psoas left\n"
        "55 retest gmax left fires"
    )
    assert faults == ()
    assert cycle.work_s == 50
    assert cycle.releases == ["QL (left)", "psoas (left)"]


def test_only_the_first_late_release_is_named() -> None:
    """Two releases behind the window are one fault, at the first of them."""
    _, faults = walk(
        "0 test gmax left -\n40-70 release QL left\n80-90 release psoas left\n"
        "95 retest gmax left fires"
    )
    assert kinds(faults) == [(FaultKind.RELEASE_LATE, 1)]
    assert "ended 90 s" in faults[0].fact


def test_a_failed_retest_opens_the_next_window() -> None:
    """The first release does not hold, the second does: two cycles and nothing at fault."""
    cycles, faults = walk(
        "0 test gmax left -\n5-20 release QL left\n25 retest gmax left -\n"
        "30-50 release psoas left\n55 retest gmax left fires"
    )
    assert faults == ()
    first, second = cycles
    assert (first.restored, second.restored) == (False, True)
    assert second.opened_s == 25
    assert second.work_s == 25  # 50 - 25: counted from the failed retest
    assert second.releases == ["psoas (left)"]


def test_where_a_failed_retest_opens_nothing_a_new_test_has_to() -> None:
    """A program may ask for a new failed test; work without it is a fault."""
    text = (
        "0 test gmax left -\n5-20 release QL left\n25 retest gmax left -\n"
        "30-50 release psoas left\n55 retest gmax left fires"
    )
    cycles, faults = walk(text, CLOSING)
    assert len(cycles) == 1
    assert kinds(faults) == [
        (FaultKind.NOT_RESTORED, 2),
        (FaultKind.RELEASE_WITHOUT_TEST, 3),
        (FaultKind.RETEST_WITHOUT_TEST, 4),
    ]


def test_searching_is_neither_a_cycle_nor_a_fault() -> None:
    """Tests that fail and are not worked for, and tests that hold, look for the pattern."""
    assert walk("0 test gmax left -\n9 test psoas left fires\n20 test gmed left -") == ((), ())


def test_testing_again_before_any_work_opens_a_new_window() -> None:
    """The time counts from the last failed test, not from one of the search."""
    (cycle,), faults = walk(
        "0 test gmax left -\n100 test gmax left -\n105-120 release QL left\n"
        "125 retest gmax left fires"
    )
    assert faults == ()
    assert (cycle.opened_s, cycle.work_s) == (100, 20)


def test_a_test_that_holds_closes_the_window_of_the_one_that_failed() -> None:
    """When the muscle fires before any work, work on it has no failed test."""
    cycles, faults = walk("0 test gmax left -\n9 test gmax left fires\n15-20 release QL left")
    assert cycles == ()
    assert kinds(faults) == [(FaultKind.RELEASE_WITHOUT_TEST, 2)]


def test_work_without_a_failed_test_is_a_fault() -> None:
    """No window was open when the release began."""
    _, faults = walk("0 test gmax left fires\n5-20 release QL .")
    assert kinds(faults) == [(FaultKind.RELEASE_WITHOUT_TEST, 1)]
    assert faults[0].fact == "QL was released with no failed test before it"


def test_a_retest_needs_a_test_of_the_same_muscle_and_side() -> None:
    """The other side is another muscle, and the fault names the side that was tested."""
    _, faults = walk(
        "0 test gmax left -\n5-20 release QL left\n25 retest gmax right fires\n"
        "30 retest psoas left fires"
    )
    assert kinds(faults) == [
        (FaultKind.NOT_RETESTED, 1),
        (FaultKind.RETEST_WITHOUT_TEST, 2),
        (FaultKind.RETEST_WITHOUT_TEST, 3),
    ]
    assert faults[1].fact == (
        "gmax (right) was retested with no failed test of it before; "
        "its failed test is of gmax (left)"
    )
    assert faults[2].fact == "psoas (left) was retested with no failed test of it before"


def test_a_retest_needs_work_since_the_failed_test() -> None:
    """Testing twice in a row is no cycle."""
    cycles, faults = walk("0 test gmax left -\n9 retest gmax left fires")
    assert cycles == ()
    assert kinds(faults) == [(FaultKind.RETEST_WITHOUT_RELEASE, 1)]


def test_work_that_is_never_retested_is_a_fault_of_its_last_release() -> None:
    """The cycle is counted, without a retest and with its timing."""
    (cycle,), faults = walk("0 test gmax left -\n5-20 release QL left\n21-29 release psoas left")
    assert kinds(faults) == [(FaultKind.NOT_RETESTED, 2)]
    assert (cycle.retest_index, cycle.restored, cycle.to_retest_s) == (None, None, None)
    assert cycle.timing is Timing.SURELY_INSIDE


def test_a_muscle_left_inhibited_is_a_fault_of_its_last_retest() -> None:
    """Each muscle counts once, by its last retest, whatever was tried before."""
    _, faults = walk(
        "0 test gmax left -\n5-20 release QL left\n25 retest gmax left -\n"
        "30-50 release psoas left\n55 retest gmax left -"
    )
    assert kinds(faults) == [(FaultKind.NOT_RESTORED, 4)]


def test_one_release_between_two_tests_belongs_to_the_muscle_retested_first() -> None:
    """What was released while two tests were open is claimed by the first retest."""
    cycles, faults = walk(
        "0 test gmax left -\n5 test gmed left -\n10-20 release TFL left\n"
        "25 retest gmed left fires\n30-40 release QL left\n45 retest gmax left fires"
    )
    assert faults == ()
    assert [(cycle.muscle, cycle.releases) for cycle in cycles] == [
        ("gmax", ["QL (left)"]), ("gmed", ["TFL (left)"]),
    ]  # fmt: skip


def test_one_release_may_serve_two_muscles() -> None:
    """A second retest without any work of its own takes the release that the first one claimed."""
    cycles, faults = walk(
        "0 test gmax left -\n5 test gmed left -\n10-20 release TFL left\n"
        "25 retest gmed left fires\n30 retest gmax left fires"
    )
    assert faults == ()
    assert [cycle.work_s for cycle in cycles] == [20, 15]  # 20 - 0 and 20 - 5


def test_a_release_that_was_claimed_is_nobodys_unfinished_work() -> None:
    """A test of the search, still open at the end, is not called worked for."""
    cycles, faults = walk(
        "0 test gmed left -\n20 test gmax left -\n25-40 release QL left\n45 retest gmax left fires"
    )
    assert faults == ()
    assert [cycle.muscle for cycle in cycles] == ["gmax"]


def test_a_retest_settles_every_earlier_test_of_its_muscle() -> None:
    """Tested in the search, worked for elsewhere, tested and restored: one more retest is loose."""
    cycles, faults = walk(
        "0 test gmax left -\n5 test gmed left -\n10-20 release TFL left\n"
        "25 test gmax left -\n30-40 release QL left\n45 retest gmax left fires\n"
        "50 retest gmed left fires\n300 retest gmax left fires"
    )
    # The first test of gmax saw TFL, which gmed's retest claims; nothing of it is late at 300 s.
    assert [(cycle.muscle, cycle.opened_s) for cycle in cycles] == [("gmed", 5), ("gmax", 25)]
    assert kinds(faults) == [(FaultKind.RETEST_WITHOUT_TEST, 7)]


def test_work_overtaken_by_a_new_test_was_never_retested() -> None:
    """A first release, a new failed test and a second release: the first has no retest."""
    cycles, faults = walk(
        "0 test gmax left -\n50-80 release QL left\n90 test gmax left -\n"
        "95-110 release psoas left\n115 retest gmax left fires"
    )
    assert [(cycle.opened_s, cycle.timing, cycle.restored) for cycle in cycles] == [
        (0, Timing.LATE, None),  # 80 - 0 s
        (90, Timing.SURELY_INSIDE, True),  # 110 - 90 s
    ]
    assert sorted(kinds(faults)) == sorted(
        [(FaultKind.RELEASE_LATE, 1), (FaultKind.NOT_RETESTED, 1)]
    )


def test_without_times_only_lateness_can_be_known() -> None:
    """Durations of 40 and 25 s prove 65 s of work; 40 s alone prove nothing about the window."""
    (late,), faults = walk(
        "? test gmax left -\n+40 release QL left\n+25 release psoas left\n? retest gmax left fires"
    )
    assert (late.work_s, late.timing) == (65, Timing.LATE)
    assert faults[0].fact == "work for gmax (left) took 65 s; the window closes after 60 s"
    (open_,), faults = walk("? test gmax left -\n+40 release QL left\n? retest gmax left fires")
    assert (open_.work_s, open_.timing, faults) == (40, Timing.UNKNOWN, ())
    (unknown,), _ = walk("? test gmax left -\n? release QL left\n? retest gmax left fires")
    assert (unknown.work_s, unknown.to_retest_s) == (None, None)


def test_names_are_compared_as_the_naming_says() -> None:
    """With a naming that knows synonyms, QL is tested and quadratus lumborum retested."""
    actions = [
        Action(0, step("test", "QL", "left", "-"), 0, 0),
        Action(1, step("release", "psoas", "left"), 5, 20),
        Action(2, step("retest", "Quadratus lumborum", "left", "fires"), 25, 25),
    ]
    known = {"QL": "ql", "Quadratus lumborum": "ql"}
    cycles, faults = follow(actions, PROTOCOL, lambda name: known.get(name, name))
    assert (len(cycles), faults) == (1, ())
    assert follow(actions, PROTOCOL)[0][0].retest_index is None


# --- laws ------------------------------------------------------------------------------------

MUSCLES = ("gmax", "gmed", "psoas")
STEPS = st.one_of(
    st.builds(
        step,
        st.sampled_from(["test", "retest"]),
        st.sampled_from(MUSCLES),
        st.sampled_from([".", "left", "right"]),
        st.sampled_from(["-", "fires"]),
    ),
    st.builds(step, st.just("release"), st.sampled_from(["QL", "TFL"]), st.just("left")),
)


@st.composite
def sessions(draw: st.DrawFn) -> list[Action]:
    """Random steps, with times that need not be in order, or with none."""
    steps = draw(st.lists(STEPS, max_size=14))
    timed = draw(st.booleans())
    actions = []
    for index, each in enumerate(steps):
        begins_s, lasts_s = draw(st.integers(0, 300)), draw(st.integers(0, 70))
        if timed:
            actions.append(Action(index, each, begins_s, begins_s + lasts_s, lasts_s))
        else:
            actions.append(Action(index, each, lasts_s=draw(st.none() | st.just(lasts_s))))
    return actions


PROTOCOLS = st.sampled_from([PROTOCOL, CLOSING])


@given(sessions(), PROTOCOLS)
def test_any_session_can_be_followed(actions: list[Action], protocol: Protocol) -> None:
    """Whatever was recorded, cycles begin with a failed test and every fault has its step."""
    cycles, faults = follow(actions, protocol)
    for cycle in cycles:
        opening = actions[cycle.test_index].step
        assert isinstance(opening, TestStep | RetestStep)
        assert opening.result == "inhibited"
        assert cycle.release_indexes
        assert all(isinstance(actions[i].step, ReleaseStep) for i in cycle.release_indexes)
        assert cycle.test_index < min(cycle.release_indexes)
        if cycle.retest_index is not None:
            assert max(cycle.release_indexes) < cycle.retest_index
    assert [cycle.test_index for cycle in cycles] == sorted(cycle.test_index for cycle in cycles)
    assert all(0 <= fault.index < len(actions) for fault in faults)
    assert all(fault.fact for fault in faults)


@given(sessions(), PROTOCOLS)
def test_a_claimed_release_is_not_counted_again(actions: list[Action], protocol: Protocol) -> None:
    """Unless nothing else was done for it, a cycle has no work that an earlier retest claimed."""
    cycles, _ = follow(actions, protocol)
    retested = [cycle for cycle in cycles if cycle.retest_index is not None]
    claimed: set[int] = set()
    for cycle in sorted(retested, key=lambda each: each.retest_index or 0):
        own = set(cycle.release_indexes)
        assert own <= claimed or not own & claimed
        claimed |= own
    counts = Counter(index for cycle in cycles for index in cycle.release_indexes)
    for cycle in cycles:
        if cycle.retest_index is None:
            assert all(counts[index] == 1 for index in cycle.release_indexes)


def renamed(actions: Sequence[Action], names: dict[str, str]) -> list[Action]:
    result = []
    for action in actions:
        values = action.step.model_dump()
        for key in ("test", "retest"):
            if key in values:
                values[key] = names[values[key]]
        changed = type(action.step).model_validate(values)
        result.append(Action(action.index, changed, action.begins_s, action.ends_s, action.lasts_s))
    return result


@given(sessions(), st.permutations(MUSCLES), PROTOCOLS)
def test_the_names_of_muscles_do_not_matter(
    actions: list[Action], order: list[str], protocol: Protocol
) -> None:
    """Exchanging names throughout changes neither cycles, times nor faults."""
    names = dict(zip(MUSCLES, order, strict=True))
    cycles, faults = follow(actions, protocol)
    other_cycles, other_faults = follow(renamed(actions, names), protocol)
    assert kinds(other_faults) == kinds(faults)
    assert [
        (c.test_index, c.release_indexes, c.retest_index, c.work_s, c.timing, c.restored)
        for c in other_cycles
    ] == [
        (c.test_index, c.release_indexes, c.retest_index, c.work_s, c.timing, c.restored)
        for c in cycles
    ]
    assert [c.muscle for c in other_cycles] == [names[c.muscle] for c in cycles]


CYCLES = st.lists(
    st.tuples(
        st.sampled_from(MUSCLES), st.sampled_from(["left", "right"]),
        st.integers(0, 20), st.integers(0, 40), st.integers(0, 30),
    ),
    max_size=6,
)  # fmt: skip


@given(CYCLES)
def test_a_session_that_keeps_the_protocol_has_no_faults(
    worked: list[tuple[str, str, int, int, int]],
) -> None:
    """Test, release inside 60 s, retest that fires: as many cycles as were worked, no fault."""
    actions: list[Action] = []
    now_s = 0
    for muscle, side, pause_s, work_s, rest_s in worked:
        release_s, end_s = now_s + pause_s, now_s + pause_s + work_s
        for each, begins_s, ends_s in (
            (step("test", muscle, side, "-"), now_s, now_s),
            (step("release", "QL", "left"), release_s, end_s),
            (step("retest", muscle, side, "fires"), end_s, end_s),
        ):
            actions.append(Action(len(actions), each, begins_s, ends_s, ends_s - begins_s))
        now_s = end_s + rest_s
    cycles, faults = follow(actions, PROTOCOL)
    assert faults == ()
    assert len(cycles) == len(worked)
    assert all(cycle.restored and cycle.timing is not Timing.LATE for cycle in cycles)
    assert [cycle.work_s for cycle in cycles] == [
        pause_s + work_s for _, _, pause_s, work_s, _ in worked
    ]
