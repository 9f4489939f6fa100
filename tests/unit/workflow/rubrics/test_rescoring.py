"""What another wording of a rubric would make of results in files."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.program.rubric import Rubric
from casebook.errors import UsageError
from casebook.evaluation.lineage import filed
from casebook.workflow.programs import show_program
from casebook.workflow.results.files import write_new
from casebook.workflow.rubrics.rescoring import Rescoring, rescore_results
from tests.portfolios.issued_lines import (
    FIRST,
    appeal,
    decided,
    outcome_of,
    result,
    written,
)
from tests.portfolios.issued_lines import RUBRIC as SESSION
from tests.portfolios.moderated import issued_from, moderated_work
from tests.portfolios.results import RESULT_SHAPES, ResultShape, result_example
from tests.portfolios.rubrics import rubric_of

NKT = show_program("nkt")
RUBRIC = SESSION.model_copy(update={"pass_percent": 40.0})
"""One of two points is far from the pass mark, so that nobody asks for a further grader."""


def changed(**values: object) -> Rubric:
    """The rubric of these results with other values; they passed it from 40 %."""
    return RUBRIC.model_copy(update=values)


STRICT = changed(pass_percent=80.0)
"""One of two points, 50 %, fails by it; two pass."""

REWORDED = changed(title="Other words")


def nkt_result(
    mark: int,
    name: str,
    **values: Any,  # noqa: ANN401 - whatever a result may hold
) -> IssuedResult:
    """A result of the shipped program as it is now; one grader gave 0, 1 or 2 of 2."""
    work = moderated_work(NKT.rules.marking, RUBRIC, {"kim": {"safety": mark}}, work="low-back")
    usual: dict[str, Any] = {"candidate": name, "submission": f"{name:x<64}".encode().hex()[:64]}
    usual |= {"program": "nkt", "program_digest": NKT.digest, "issued": FIRST}
    return issued_from({RUBRIC: (work,)}, **{**usual, **values})


def seen(found: Rescoring) -> list[tuple[str, str, str]]:
    return [
        (each.filed.record.candidate, each.filed.record.result, each.rescored.after)
        for each in found.results
    ]


def test_each_result_is_told_with_what_would_become_of_it(tmp_path: Path) -> None:
    """Those that change come first, then by name."""
    written(tmp_path, one=nkt_result(2, "Ada"), two=nkt_result(1, "Bo"), three=nkt_result(0, "Cy"))
    found = rescore_results([tmp_path], STRICT)
    assert seen(found) == [("Bo", "pass", "fail"), ("Ada", "pass", "pass"), ("Cy", "fail", "fail")]
    assert found.verdicts == {("pass", "fail"): 1}
    assert [each.filed.record.candidate for each in found.changed] == ["Bo"]
    assert [(each.old, each.new, count) for each, count in found.wordings] == [(RUBRIC, STRICT, 3)]
    assert not found.changes_nothing


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    records = {f"r{mark}": nkt_result(mark, f"Ada {mark}") for mark in range(3)}
    paths = written(tmp_path, **records, late=nkt_result(2, "Ada 0", program_digest="0" * 128))
    found = [rescore_results(each, STRICT) for each in permutations(paths.values())]
    assert len(found) == 24  # Two results for one submission are left out, and two are told.
    first = (found[0].results, found[0].left_out, found[0].wordings, found[0].replaced)
    assert (len(first[0]), len(first[1])) == (2, 1)
    for each in found:
        assert (each.results, each.left_out, each.wordings, each.replaced) == first


@pytest.mark.parametrize("shape", RESULT_SHAPES.values(), ids=list(RESULT_SHAPES))
def test_a_rubric_that_nothing_changed_in_changes_no_result_whoever_made_it(
    shape: ResultShape, tmp_path: Path
) -> None:
    """Whatever the results: no program and no policy has to be known for it."""
    made = result_example(shape)
    write_new(tmp_path / "some.result.json", made)
    for rubric in made.rubrics:
        for wording in (rubric, rubric.model_copy(update={"title": "Other words"})):
            if not any(each.rubric == rubric.id for each in made.works):
                continue
            found = rescore_results([tmp_path], wording)
            assert len(found.results) == 1
            assert found.changes_nothing
            assert not found.left_out


def test_the_newest_of_a_line_is_looked_at(tmp_path: Path) -> None:
    first = nkt_result(1, "Ada", appeal_until=FIRST)
    ruling = decided(appeal(first, FIRST), FIRST, "upheld")
    better = outcome_of(ruling, first, nkt_result(2, "Ada"))
    written(tmp_path, first=first, appeal=ruling, second=better)
    found = rescore_results([tmp_path], STRICT)
    assert seen(found) == [("Ada", "pass", "pass")]
    assert found.results[0].filed.path.endswith("second.result.json")
    assert found.replaced == 1
    assert found.changes_nothing


def test_where_it_cannot_be_said_which_counts_nothing_is_said(tmp_path: Path) -> None:
    same = {"submission": "5b" * 32}
    written(tmp_path, one=nkt_result(2, "Ada", **same), two=nkt_result(1, "Ada", **same))
    found = rescore_results([tmp_path], STRICT)
    assert found.results == ()
    (left,) = found.left_out
    assert "which one counts cannot be said" in left.why
    assert not found.changes_nothing


def test_a_program_that_does_not_ship_has_to_be_named(tmp_path: Path) -> None:
    written(tmp_path, one=nkt_result(1, "Ada", program="walks"))
    (left,) = rescore_results([tmp_path], STRICT).left_out
    assert (left.why.split(",")[0], left.hint) == (
        "the program walks neither ships with casebook nor lies near the results",
        "name it: --program FILE",
    )  # fmt: skip
    assert rescore_results([tmp_path], REWORDED).changes_nothing


def test_another_program_that_is_named_does_not_do(tmp_path: Path, repository: Path) -> None:
    written(tmp_path, one=nkt_result(1, "Ada"))
    named = repository / "samples" / "grading" / "program"
    (left,) = rescore_results([tmp_path], STRICT, named).left_out
    assert left.why == "it is a result of the program nkt, and alder-vale is named"
    own = repository / "casebook" / "programs" / "nkt" / "program.yaml"
    assert seen(rescore_results([tmp_path], STRICT, own)) == [("Ada", "pass", "fail")]


def test_another_version_of_the_program_is_told_where_it_makes_the_same_result(
    tmp_path: Path,
) -> None:
    written(tmp_path, one=nkt_result(1, "Ada", program_digest="0" * 128), two=nkt_result(1, "Bo"))
    found = rescore_results([tmp_path], STRICT)
    assert [each.other_rules for each in found.results] == [True, False]


def test_a_policy_that_makes_another_result_is_told_and_not_used(tmp_path: Path) -> None:
    """Kim and lou gave 1 and 2: the higher was issued, and nkt's policy asks for one grader."""
    then = NKT.rules.marking.model_copy(update={"graders": 2, "within_tolerance": "higher"})
    marks = {"kim": {"safety": 1}, "lou": {"safety": 2}}
    work = moderated_work(then, RUBRIC, marks, work="low-back")
    made = issued_from({RUBRIC: (work,)}, program="nkt", program_version="1999")
    written(tmp_path, one=made)
    (left,) = rescore_results([tmp_path], STRICT).left_out
    assert left.why == (
        f"by the marking policy of nkt, version {NKT.rules.version}, and the rubric it was issued "
        "by, its marks come to other totals; it was issued as pass under version 1999"
    )
    assert left.hint is not None
    assert "--program" in left.hint


def test_a_result_without_its_wording_is_left_out(tmp_path: Path) -> None:
    made = nkt_result(1, "Ada").model_copy(update={"rubrics": (REWORDED,)})
    written(tmp_path, one=made)
    (left,) = rescore_results([tmp_path], STRICT).left_out
    assert left.why == "it does not hold the rubric session as its works were judged by it"


def test_results_of_other_rubrics_are_counted(tmp_path: Path) -> None:
    other = rubric_of({"id": "a"}, id="other")
    work = moderated_work(NKT.rules.marking, other, {"kim": {"a": 1}})
    written(tmp_path, one=nkt_result(1, "Ada"), two=issued_from({other: (work,)}, program="nkt"))
    found = rescore_results([tmp_path], STRICT)
    assert (len(found.results), found.unconcerned) == (1, 1)


def test_each_wording_is_compared_once_the_most_frequent_first(tmp_path: Path) -> None:
    older = changed(title="The first words")
    work = moderated_work(NKT.rules.marking, older, {"kim": {"safety": 1}})
    written(
        tmp_path, one=issued_from({older: (work,)}, program="nkt", candidate="Zoe"),
        two=nkt_result(1, "Ada"), three=nkt_result(2, "Bo"),
    )  # fmt: skip
    found = rescore_results([tmp_path], STRICT)
    assert [(each.old.title, count) for each, count in found.wordings] == [
        (RUBRIC.title, 2), ("The first words", 1),
    ]  # fmt: skip
    assert found.verdicts == {("pass", "fail"): 2}


def test_an_unknown_rubric_is_refused_with_what_may_be_meant(tmp_path: Path) -> None:
    written(tmp_path, one=nkt_result(1, "Ada"))
    with pytest.raises(UsageError, match="judged by a rubric 'sesion'") as caught:
        rescore_results([tmp_path], changed(id="sesion"))
    assert caught.value.hint == "did you mean `session`?"


def test_appeals_alone_are_no_results(tmp_path: Path) -> None:
    written(tmp_path, one=appeal(result(), FIRST))
    with pytest.raises(UsageError) as caught:
        rescore_results([tmp_path], STRICT)
    assert caught.value.hint is not None
    assert ".result.json" in caught.value.hint


def test_a_rubric_for_other_work_is_refused(tmp_path: Path) -> None:
    written(tmp_path, one=nkt_result(1, "Ada"))
    with pytest.raises(UsageError, match=r"of kind observation; in .*one\.result\.json it"):
        rescore_results([tmp_path], changed(judges="observation"))


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "bad.result.json").write_text('{"kind": "result", "format": 1}')
    found = rescore_results([tmp_path], STRICT)
    assert found.results == ()
    assert found.checked.report.findings
    assert not found.changes_nothing


def test_a_preview_of_one_result_is_the_result_as_it_was_read(tmp_path: Path) -> None:
    made = nkt_result(1, "Ada")
    path = written(tmp_path, one=made)["one"]
    assert rescore_results([path], STRICT).results[0].filed == filed(str(path), made)
