"""Steps keep their order, name the first few problems, and say what was not looked at."""

from casebook.workflow.verification import TITLES, Step, Steps, VerificationReport

THREE = {"a": "first", "b": "second", "c": "third"}


def test_a_step_without_problems_holds() -> None:
    steps = Steps({"a": "first"})
    steps.note("a", [], "all is well")
    assert steps.all() == (Step("a", "first", ok=True, detail="all is well"),)


def test_a_step_names_three_of_its_problems_and_counts_the_rest() -> None:
    steps = Steps({"a": "first"})
    steps.note("a", ["one", "two", "three"], "all is well")
    assert steps.all()[0].detail == "one; two; three"
    steps.note("a", ["one", "two", "three", "four", "five"], "all is well")
    assert steps.all()[0] == Step("a", "first", ok=False, detail="one; two; three; and 2 more")


def test_steps_stand_in_their_order_whenever_they_were_taken() -> None:
    steps = Steps(THREE)
    steps.note("c", [], "well")
    steps.leave_open("b", "cannot tell")
    assert [(step.id, step.ok) for step in steps.all()] == [("a", None), ("b", None), ("c", True)]
    assert "not looked at" in steps.all()[0].detail


def test_a_report_is_good_when_every_step_holds() -> None:
    held, failed = Step("a", "t", ok=True, detail=""), Step("b", "t", ok=False, detail="")
    left = Step("c", "t", ok=None, detail="")
    assert VerificationReport((held, held)).ok
    assert not VerificationReport((held, failed)).ok
    assert not VerificationReport((held, left)).ok


def test_each_step_says_in_words_what_it_claims() -> None:
    assert list(TITLES) == [
        "container", "bag", "record", "inventory", "recipient", "signature", "program", "sources",
        "check", "results", "documents",
    ]  # fmt: skip


def test_a_step_on_occasion_stands_there_only_when_it_was_taken_or_asked_for() -> None:
    titles = {"record": "r", "signature": "s", "documents": "d"}
    assert [each.id for each in Steps(titles).all()] == ["record"]
    steps = Steps(titles, asked={"documents"})
    steps.note("signature", [], "well")
    assert [(each.id, each.ok) for each in steps.all()] == [
        ("record", None), ("signature", True), ("documents", None),
    ]  # fmt: skip
