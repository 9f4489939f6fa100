"""Results are put together by candidate and program, and each is told by the rules at hand."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebook.domain.outcome.issued import IssuedResult
from casebook.errors import UsageError
from casebook.workflow.advance import Advancing, Aim, advance_candidates
from casebook.workflow.programs import show_program
from tests.portfolios.issued_lines import appeal, decided, outcome_of, result, written

ON = date(2026, 9, 1)


def advancing(folder: Path, *, on: date = ON, **records: Any) -> Advancing:  # noqa: ANN401
    written(folder, **records)
    return advance_candidates([folder], Aim(on))


def test_each_candidate_is_told_by_name(tmp_path: Path) -> None:
    """Capitals and spaces in a name make no difference; levels of one person come together."""
    found = advancing(
        tmp_path,
        z=result(candidate="Zoé Lane", submission="11"),
        b=result(2, candidate="bo  LEE", submission="22"),
        a=result(candidate="Bo Lee", submission="33"),
    )
    assert [each.candidate for each in found.candidates] == ["Bo Lee", "Zoé Lane"]
    assert [len(each.standings) for each in found.candidates] == [2, 1]
    assert found.goes_on


def test_the_shipped_program_opens_level_two_and_lets_assist_at_level_one(tmp_path: Path) -> None:
    """Certified on 1 July 2026: two years, and a class from 1 August on would suit."""
    (found,) = advancing(tmp_path, r=result()).candidates
    assert (found.standings[0].since, found.standings[0].until) == ("2026-07-01", "2028-07-01")
    assert found.may_now == ("Assist at a Level One class.",)
    assert found.next_level is not None
    assert [each.id for each in found.next_level.requirements] == [
        "certified-level-one", "month-before-class",
    ]  # fmt: skip
    assert "2026-08-01 or later" in found.next_level.requirements[1].why


def test_the_shipped_program_restarts_the_listing_at_a_higher_level(tmp_path: Path) -> None:
    """Level One of 1 July 2026 lasts as long as Level Two of 1 March 2028: to 1 March 2030."""
    (found,) = advancing(
        tmp_path, on=date(2028, 7, 2), one=result(),
        two=result(2, on=date(2028, 3, 1), submission="22"),
    ).candidates  # fmt: skip
    assert [each.until for each in found.standings] == ["2030-03-01", "2030-03-01"]
    assert found.level == 2


def test_a_result_that_another_follows_gives_way_even_when_it_alone_is_named(
    tmp_path: Path,
) -> None:
    old = result(mark=0, appeal_until=date(2026, 8, 1))
    ruling = decided(appeal(old, date(2026, 7, 10)), date(2026, 7, 20), "upheld")
    paths = written(tmp_path, old=old, a=ruling, last=outcome_of(ruling, old, result()))
    found = advance_candidates([paths["old"]], Aim(ON))
    assert found.goes_on
    assert found.gaps == ()
    assert found.candidates[0].standings[0].since == "2026-07-20"


def test_a_newest_result_by_itself_counts_and_what_it_follows_is_missed(tmp_path: Path) -> None:
    old = result(mark=0, appeal_until=date(2026, 8, 1))
    ruling = decided(appeal(old, date(2026, 7, 10)), date(2026, 7, 20), "upheld")
    found = advancing(tmp_path, last=outcome_of(ruling, old, result()))
    assert [each.goes_on for each in found.candidates] == [True]
    assert not found.goes_on, "nobody can tell whether there was such an appeal"
    assert len(found.gaps) == 2


def test_of_two_results_for_one_submission_neither_counts(tmp_path: Path) -> None:
    found = advancing(tmp_path, a=result(mark=0), b=result(), c=result(2, submission="22"))
    assert "which one counts cannot be said" in found.left_out[0]
    assert [[each.level for each in one.standings] for one in found.candidates] == [[2]]
    assert not found.goes_on


def test_results_of_programs_that_are_not_at_hand_are_left_out_and_told(tmp_path: Path) -> None:
    found = advancing(tmp_path, a=result(), b=result(program="own", submission="22"))
    assert len(found.candidates) == 1
    (sentence,) = found.left_out
    assert sentence == (
        f"{tmp_path / 'b.result.json'}: the program own neither ships with casebook nor lies near "
        "the results; name it: --program FILE"
    )
    assert not found.goes_on


def of_riverside(repository: Path, **values: Any) -> IssuedResult:  # noqa: ANN401
    """A result by the rules of the sample of reflexology."""
    program = show_program(str(repository / "samples" / "reflexology" / "program"))
    rules = {"program_version": program.rules.version, "program_digest": program.digest}
    return result(**{"program": "riverside-reflexology", **rules, **values})


def test_a_result_by_other_rules_of_the_version_at_hand_counts_nowhere(
    tmp_path: Path, repository: Path
) -> None:
    """Somebody's own pass mark under the office's id and version; the others are told all the same.

    The same holds of rules that are named and of those that ship.
    """
    program = repository / "samples" / "reflexology" / "program"
    paths = written(
        tmp_path,
        theirs=of_riverside(repository, program_digest="ab" * 64, candidate="Eve"),
        ours=of_riverside(repository, submission="22"),
    )
    found = advance_candidates([tmp_path], Aim(ON), program)
    assert [each.candidate for each in found.candidates] == ["Jo Példa"]
    (sentence,) = found.left_out
    assert sentence.startswith(f"{paths['theirs']}: it was made by other rules (abababababab) than")
    assert not found.goes_on
    shipped = show_program("nkt").rules.version
    alone = advancing(tmp_path / "nkt", r=result(program_version=shipped))
    assert (alone.candidates, alone.goes_on) == ((), False)
    assert "it was made by other rules" in alone.left_out[0]


def test_results_that_call_different_rules_by_one_version_count_nowhere(tmp_path: Path) -> None:
    """An older version, which is not at hand: nobody can say which of the two is the office's."""
    found = advancing(
        tmp_path,
        a=result(program_version="1999"),
        b=result(program_version="1999", program_digest="cd" * 64, submission="22"),
        c=result(2, program_version="2001", submission="33"),
    )
    assert len(found.left_out) == 2
    told = found.left_out[0]
    assert "different rules in the results that name it (abababababab, cdcdcdcdcdcd)" in told
    assert [[one.level for one in each.standings] for each in found.candidates] == [[2]]


def test_a_program_of_ones_own_is_found_near_its_results(tmp_path: Path, repository: Path) -> None:
    """One folder above them; where it is not, and nothing else can be told, that is the answer."""
    path = written(tmp_path / "results", a=of_riverside(repository))["a"]
    with pytest.raises(UsageError, match="nor lies near the results") as refusal:
        advance_candidates([path], Aim(ON))
    assert refusal.value.hint == "name it: --program FILE"
    shutil.copytree(repository / "samples" / "reflexology" / "program", tmp_path / "program")
    (found,) = advance_candidates([path], Aim(ON)).candidates
    assert (found.program, found.goes_on) == ("riverside-reflexology", True)


def test_a_program_of_ones_own_is_named(tmp_path: Path, repository: Path) -> None:
    program = repository / "samples" / "reflexology" / "program"
    paths = written(tmp_path, a=of_riverside(repository), b=result(submission="22"))
    found = advance_candidates([tmp_path], Aim(ON), program)
    (one,) = found.candidates
    assert (one.program, one.next_level, one.goes_on) == ("riverside-reflexology", None, True)
    (sentence,) = found.left_out
    assert sentence == (
        f"{paths['b']}: it is a result of the program nkt, and riverside-reflexology is named; "
        "name the program nkt: --program FILE"
    )
    with pytest.raises(UsageError, match="is a result of the program nkt"):
        advance_candidates([paths["b"]], Aim(ON), program)


def test_a_level_that_the_program_does_not_have_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, r=result())["r"]
    with pytest.raises(UsageError, match="nkt has no level 4"):
        advance_candidates([path], Aim(ON, level=4))


def test_appeals_alone_are_no_results(tmp_path: Path) -> None:
    path = written(tmp_path, a=appeal(result(), ON))["a"]
    with pytest.raises(UsageError, match="there is no result among the files"):
        advance_candidates([path], Aim(ON))


def test_an_appeal_whose_result_is_not_here_is_told(tmp_path: Path) -> None:
    found = advancing(tmp_path, r=result(), a=appeal(result(submission="99"), ON))
    assert len(found.gaps) == 1
    assert "is against the result" in found.gaps[0]


def test_an_unreadable_file_is_found_and_the_others_are_judged(tmp_path: Path) -> None:
    (tmp_path / "x.result.json").write_text("kind: result\nformat: 1\n")
    found = advancing(tmp_path, r=result())
    assert len(found.candidates) == 1
    assert not found.goes_on
