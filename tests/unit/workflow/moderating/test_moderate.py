"""Marks on a submission become one result, or it is said whose mark is wanted."""

import json
import random
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebook.domain.marking.sealed_marks import SealedMarks
from casebook.errors import UnacceptableWork, UsageError
from casebook.source.load import load
from casebook.workflow.moderating.handed_in import read_pile
from casebook.workflow.moderating.issue import issue, write_result
from casebook.workflow.moderating.moderate import (
    Moderation,
    OfficeChoices,
    moderate,
    receive_for_office,
)
from casebook.workflow.results.files import read_result, record_bytes
from tests.portfolios.keys import made_key
from tests.portfolios.office import ON, Office

DRAW = "graders: 1, draw: {seed: a seed}"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def moderated(folder: Path, *sheets: Path, **choices: object) -> Moderation:
    chosen = OfficeChoices(ON, **choices)  # type: ignore[arg-type]
    pile = read_pile(sheets, unsealed=chosen.unsealed)
    return moderate(receive_for_office(folder, chosen), pile, chosen)


def needs(found: Moderation) -> list[str]:
    return [need.says for work in found.works for need in work.needs]


def test_two_sheets_make_a_result(office: Office) -> None:
    """Qualities 2 and 3 are 75 and 100 %: their mean is 87.5; the session has 2 + 1 and 1 of 1."""
    folder = office.submission()
    found = moderated(folder, office.mark(folder, "ana", (1, 2)), office.mark(folder, "bo", (1, 3)))
    case, session = found.works
    assert (found.result, found.complete, found.refused) == ("pass", True, ())
    assert (case.percent, case.counted, case.title) == (
        87.5, ("ana", "bo"), "Heel pain on the stairs: a case report",
    )  # fmt: skip
    # 2/2, 1/2 and 1/1 by equal weight: 2.5 / 3.
    assert session.percent == pytest.approx(100 * 2.5 / 3)
    assert session.counted == ("Robin Hale",)
    assert [(each.work, each.grader, each.seal is None) for each in found.seals] == [
        ("heel", "ana", False), ("heel", "bo", False), ("observed", "Robin Hale", True),
    ]  # fmt: skip


def test_nobodys_marks_are_told_while_somebody_asked_has_not_marked(office: Office) -> None:
    """One of two has sealed: not even the finished session shows a mark."""
    folder = office.submission()
    found = moderated(folder, office.mark(folder, "ana", (0, 2)))
    assert found.result == "incomplete"
    (need,) = needs(found)
    assert need == "one more grader marks heel: the office chooses among Bo Lind (bo), Cem Oz (cem)"
    told = json.dumps([work.model_dump(mode="json") for work in found.works])
    assert '"level": 0' not in told
    assert all(not work.evaluations and not work.rules for work in found.works)


def test_a_further_grader_settles_a_dispute_by_dated_seals(office: Office) -> None:
    """25 and 100 %: cem's 75 lies within 30 of bo's 100, and the reason for asking is told."""
    folder = office.submission(policy="graders: 2, tolerance_percent: 30")
    sheets = [
        office.mark(folder, "ana", (1, 0), "2026-06-30T10:00:00Z"),
        office.mark(folder, "bo", (1, 3), "2026-06-30T10:05:00Z"),
    ]
    assert needs(moderated(folder, *sheets)) == [
        "one more grader marks heel as a further grader: Cem Oz (cem)"
    ]
    sheets.append(office.mark(folder, "cem", (1, 2), "2026-06-30T12:00:00Z"))
    case = moderated(folder, *sheets).works[0]
    assert (case.percent, case.counted) == (87.5, ("bo", "cem"))
    assert [each.rule for each in case.rules] == ["graders", "beyond-tolerance", "further-grader"]
    assert case.rules[1].says.startswith("Before a further grader marked: ")


def test_a_discussion_ends_with_dated_changes(office: Office) -> None:
    """After bo's change the same command gives the result, and the seal is the newest one."""
    folder = office.submission(
        policy="graders: 2, tolerance_percent: 30, beyond_tolerance: discussion"
    )
    sheets = [office.mark(folder, "ana", (1, 0)), office.mark(folder, "bo", (1, 3))]
    first = moderated(folder, *sheets)
    assert needs(first)[0].startswith("Ana Ruiz (ana) and Bo Lind (bo) discuss heel")
    assert first.works[0].evaluations, "who discuss have sealed, and may see each other's marks"
    office.remark(folder, "bo", (1, 1), "2026-07-01T09:00:00Z")
    after = moderated(folder, *sheets)
    assert (after.works[0].percent, after.result) == (37.5, "fail")
    assert [each.entries for each in after.seals if each.grader == "bo"] == [2]


def test_the_same_inputs_in_any_order_give_the_same_bytes(office: Office) -> None:
    """Sheets, and copies of them, shuffled."""
    folder = office.submission()
    sheets = [office.mark(folder, name, (1, 2)) for name in ("ana", "bo", "cem")]
    copies = [Path(shutil.copy(each, office.root / f"copy-{each.name}")) for each in sheets]
    found = set()
    for number in range(6):
        shuffled = [*sheets, *copies]
        random.Random(number).shuffle(shuffled)
        found.add(record_bytes(issue(moderated(folder, *shuffled), ON)))
    assert len(found) == 1


def test_a_result_reads_back_as_the_record_it_was(office: Office, tmp_path: Path) -> None:
    """Written, read by `check`'s reader without a finding, and equal; with its last day."""
    folder = office.submission(policy="graders: 1, appeal_days: 30, blind: true")
    result = issue(moderated(folder, office.mark(folder, "ana", (0, 3))), ON)
    path = tmp_path / "s01.result.json"
    assert write_result(path, result) == "issued"
    loaded = load(str(path), path.read_bytes())
    assert not loaded.findings
    assert loaded.piece is not None
    assert loaded.piece.record.without_own_digest == result
    assert (result.result, result.appeal_until, result.blind) == ("fail", date(2026, 7, 31), True)
    assert {each.id for each in result.rubrics} == {"case", "session"}


def test_a_session_that_lacks_times_reads_back_too(office: Office, tmp_path: Path) -> None:
    """A test without a retest or a side leaves figures out; the result holds that."""
    folder = office.submission(policy="graders: 1")
    observation = folder / "observation.yaml"
    text = observation.read_text("utf-8").replace(", side: left", "")
    more = '  - {at: "02:00", test: psoas, result: inhibited}\n'
    more += '  - {at: "02:10", until: "02:30", release: diaphragm}\n'
    observation.write_text(text.replace("marks:", f"{more}marks:"), "utf-8")
    result = issue(moderated(folder, office.mark(folder, "ana", (1, 3))), ON)
    write_result(tmp_path / "r.result.json", result)
    assert read_result(tmp_path / "r.result.json").record == result


def test_a_result_is_never_replaced(office: Office, tmp_path: Path) -> None:
    """The same again is left alone, another day too; other marks are refused, and other files."""
    folder = office.submission(policy="graders: 1")
    path = tmp_path / "r.result.json"
    sheet = office.mark(folder, "ana", (1, 3))
    write_result(path, issue(moderated(folder, sheet), ON))
    before = path.read_bytes()
    assert write_result(path, issue(moderated(folder, sheet), date(2026, 7, 9))) == "issued before"
    office.remark(folder, "ana", (1, 2), "2026-07-01T09:00:00Z")
    with pytest.raises(UsageError, match="says something else"):
        write_result(path, issue(moderated(folder, sheet), ON))
    assert path.read_bytes() == before
    path.write_text("my notes", "utf-8")
    with pytest.raises(UsageError, match="never replaced"):
        write_result(path, issue(moderated(folder, sheet), ON))


@pytest.mark.parametrize(
    "more, says",
    [
        ({"rubric_digest": "0" * 64}, "another wording of the rubric `case`"),
        ({"rubric": "session"}, "marks by the rubric `session`; heel is judged by `case`"),
        ({"work": "knee"}, "is about `knee`, which is no work of"),
        ({"conflict": "taught"}, "is refused: the mark sheet says that its grader taught"),
        ({"conflict": None}, "does not say whether anything stands between"),
        ({"grader": {"name": "Zoe Q", "id": "zoe"}}, "`zoe` (Zoe Q), who is not in the list"),
        ({"grader": {"name": "Zoe Q", "id": "bo"}}, "and the list of graders has Bo Lind as `bo`"),
        ({"grader": {"name": "Dee Ford", "id": "dee"}}, "does not grade such work"),
        ({"grader": {"name": "Kim s01", "id": "bo"}}, "the list of graders has Bo Lind"),
        ({"marks": [{"criterion": "safe", "level": 7}]}, "is no finished sheet: `safe` has no"),
    ],
)
def test_marks_that_must_not_be_heard_are_refused_by_name(
    office: Office, more: dict[str, Any], says: str
) -> None:
    """One fault each; nothing is judged then."""
    folder = office.submission()
    good = office.mark(folder, "ana", (1, 2))
    bad = office.mark(folder, "bo", (1, 2), **more)
    found = moderated(folder, good, bad)
    assert not found.complete
    assert not found.works
    assert any(says in each and str(bad) in each for each in found.refused)


def test_a_grader_who_declares_a_conflict_anywhere_is_refused(office: Office) -> None:
    """By the candidate's own words in the portfolio."""
    folder = office.submission(more="ties: {treated_by: [Bo Lind]}\n")
    bad = office.mark(folder, "bo", (1, 2))
    found = moderated(folder, bad)
    assert found.refused == (
        f"{bad} is refused: the portfolio says that Bo Lind treated the candidate",
    )


def test_an_examiner_who_must_not_judge_is_refused(office: Office) -> None:
    """The session's marks stand in the submission itself."""
    folder = office.submission(policy="graders: 1", more="ties: {taught_by: [Robin Hale]}\n")
    found = moderated(folder, office.mark(folder, "ana", (1, 2)))
    assert "observed was examined by somebody who must not judge it" in found.refused[0]


def test_two_chains_by_one_grader_are_refused(office: Office) -> None:
    """An older copy beside the newer one: which counts, the office has to say."""
    folder = office.submission(policy="graders: 1")
    older = shutil.copy(office.mark(folder, "ana", (1, 2)), office.root / "older.sealed.json")
    newer = office.remark(folder, "ana", (1, 3), "2026-07-01T09:00:00Z")
    found = moderated(folder, Path(older), newer)
    assert "are both by ana on heel: give the newest" in found.refused[0]


def test_a_broken_chain_is_refused(office: Office) -> None:
    """A moment was edited after sealing."""
    folder = office.submission(policy="graders: 1")
    path = office.mark(folder, "ana", (1, 2))
    path.write_text(path.read_text("utf-8").replace("10:00:00Z", "11:00:00Z"), "utf-8")
    found = moderated(folder, path)
    assert "is not as it was sealed: entry 1 is not as it was sealed" in found.refused[0]


def test_only_who_was_drawn_is_heard(office: Office) -> None:
    """The refusal names who was drawn; the first of the draw is heard, and the draw recorded."""
    folder = office.submission(policy=DRAW)
    first = moderated(folder)
    drawn = first.roster.queue("case-study")
    assert drawn is not None
    assert needs(first) == [f"{first.roster.called(drawn[0])} marks heel"]
    wrong = office.mark(folder, drawn[1], (1, 2))
    found = moderated(folder, wrong)
    assert "was not drawn for heel: drawn was" in found.refused[0]
    assert first.roster.called(drawn[0]) in found.refused[0]
    wrong.unlink()
    done = moderated(folder, office.mark(folder, drawn[0], (1, 2)))
    result = issue(done, ON)
    assert result.draw is not None
    assert result.draw == done.roster.draw
    assert tuple(each for each in result.draw.order if each != "dee") == drawn


def test_drawn_graders_may_seal_in_any_order(office: Office) -> None:
    """The second of two has sealed first: the first one is wanted, and nobody is refused."""
    folder = office.submission(policy="graders: 2, draw: {seed: a seed}")
    drawn = moderated(folder).roster.queue("case-study")
    assert drawn is not None
    found = moderated(folder, office.mark(folder, drawn[1], (1, 2)))
    assert not found.refused
    assert needs(found) == [f"{found.roster.called(drawn[0])} marks heel"]


def test_a_draw_wants_its_list(office: Office) -> None:
    """Without graders.yaml nobody can be drawn."""
    folder = office.submission(policy=DRAW)
    (office.root / "graders.yaml").unlink()
    with pytest.raises(UnacceptableWork, match="there is no list of them"):
        moderated(folder)


def test_unsealed_sheets_count_only_where_nobody_is_to_be_blind(
    office: Office, tmp_path: Path
) -> None:
    """One grader who knows the candidate may hand in a plain sheet, and the result says so."""
    folder = office.submission(policy="graders: 1")
    sheet = tmp_path / "heel.ana.yaml"
    values = office.sheet(folder, "ana", (1, 2)).model_dump(mode="json", exclude_none=True)
    sheet.write_text(json.dumps(values), "utf-8")
    assert "is not sealed" in moderated(folder, sheet).refused[0]
    found = moderated(folder, sheet, unsealed=True)
    assert (
        found.works[0].rules[0].says == "1 grader has marked the work. The marks were not sealed."
    )
    assert found.seals[0].seal is None
    blind = office.submission("s02", policy="graders: 1, blind: true")
    with pytest.raises(UsageError, match="not sealed count only where"):
        moderated(blind, sheet, unsealed=True)


def test_an_examiners_sealed_marks_take_the_place_of_those_in_the_record(office: Office) -> None:
    """After a discussion the examiner changes marks that the submission holds unchangeably."""
    folder = office.submission(policy="graders: 1")
    case = office.mark(folder, "ana", (1, 3))
    session = office.mark_session(folder, "robin", "Robin Hale", (2, 2))
    found = moderated(folder, case, session)
    assert "who is not in the list of graders" in found.refused[0]
    text = folder / "observation.yaml"
    text.write_text(text.read_text("utf-8").replace("Robin Hale}", "Robin Hale, id: robin}"))
    case = office.mark(folder, "ana", (1, 3))
    session = office.mark_session(folder, "robin", "Robin Hale", (2, 2))
    work = moderated(folder, case, session).works[1]
    assert (work.percent, work.counted) == (100, ("robin",))
    assert "The examiner's sealed marks count" in work.rules[0].says


def test_a_session_may_have_a_second_grader_beside_its_examiner(office: Office) -> None:
    """2/2, 1/2, 1/1 and 2/2, 2/2, 1/1: the figure from the protocol is the same for both."""
    folder = office.submission(policy="graders: 1, session_graders: 2")
    case = office.mark(folder, "ana", (1, 3))
    (need,) = needs(moderated(folder, case))
    assert need.startswith("one more grader marks observed: the office chooses among Ana Ruiz")
    found = moderated(folder, case, office.mark_session(folder, "dee", "Dee Ford", (2, 2)))
    session = found.works[1]
    assert session.criteria[2].levels == {"Robin Hale": 1, "dee": 1}
    assert session.criteria[1].level == 1.5
    assert session.counted == ("Robin Hale", "dee")


def test_an_examiner_completes_what_is_not_marked_yet(office: Office) -> None:
    """Marks missing in the session's record are wanted from its examiner."""
    folder = office.submission(policy="graders: 1")
    text = folder / "observation.yaml"
    text.write_text(text.read_text("utf-8").replace("  - {criterion: explains, level: 1}\n", ""))
    found = moderated(folder, office.mark(folder, "ana", (1, 3)))
    assert needs(found) == ["Robin Hale completes observed: no mark yet for 'Explaining'"]
    assert found.works[0].result == "pass"


def test_an_examiner_who_completes_marks_is_not_shown_a_second_graders(office: Office) -> None:
    """Else the marks still to come would follow those that are there."""
    folder = office.submission(policy="graders: 1, session_graders: 2")
    text = folder / "observation.yaml"
    text.write_text(text.read_text("utf-8").replace("  - {criterion: explains, level: 1}\n", ""))
    sheets = [
        office.mark(folder, "ana", (1, 3)), office.mark_session(folder, "dee", "Dee Ford", (2, 2)),
    ]  # fmt: skip
    found = moderated(folder, *sheets)
    assert needs(found) == ["Robin Hale completes observed: no mark yet for 'Explaining'"]
    assert all(not work.evaluations and not work.rules for work in found.works)


def test_nobody_counts_twice_under_two_ids(office: Office) -> None:
    """The list tells apart whom it names apart; without one, the names on the sheets do."""
    folder = office.submission()
    graders = office.root / "graders.yaml"
    listed = graders.read_text("utf-8")
    graders.write_text(f"{listed}  - {{id: ana-2, name: Ana Ruiz}}\n", "utf-8")
    own, same = office.mark(folder, "ana", (1, 2)), {"name": "Ana Ruiz", "id": "ana-2"}
    twice = office.mark(folder, "ana-2", (1, 3), grader=same)
    (why,) = moderated(folder, own, twice).refused
    assert "`ana` (Ana Ruiz) and `ana-2` (Ana Ruiz), who by name are one person" in why
    other = {"name": "Ana B. Ruiz", "id": "ana-2"}
    twice = office.mark(folder, "ana-2", (1, 3), grader=other)
    graders.unlink()
    assert "who by name are one person" in moderated(folder, own, twice).refused[0]
    graders.write_text(f"{listed}  - {{id: ana-2, name: Ana B. Ruiz}}\n", "utf-8")
    assert moderated(folder, own, twice).complete


def test_an_examiner_does_not_count_again_as_a_grader(office: Office) -> None:
    """The record has the name alone, the sheet an id too."""
    folder = office.submission(policy="graders: 1, session_graders: 2")
    (office.root / "graders.yaml").unlink()
    session = office.mark_session(folder, "robin", "Robin Hale", (2, 2))
    (why,) = moderated(folder, office.mark(folder, "ana", (1, 3)), session).refused
    assert "observed is marked by `Robin Hale` (Robin Hale) and `robin` (Robin Hale)" in why


def test_an_examiner_under_a_listed_graders_id_is_refused(office: Office) -> None:
    """A candidate's file could otherwise lend a stranger the name of a grader."""
    folder = office.submission(policy="graders: 1")
    text = folder / "observation.yaml"
    text.write_text(text.read_text("utf-8").replace("Robin Hale}", "Doctor Nobody, id: dee}"))
    (why,) = moderated(folder, office.mark(folder, "ana", (1, 3))).refused
    assert why == (
        "observed names Doctor Nobody as its examiner, and the list of graders has Dee Ford as "
        "`dee`"
    )


def test_what_was_believed_is_told_to_the_office(office: Office) -> None:
    """Rules out of the submission, its sender, an examiner who is in no list, and its faults."""
    folder = office.submission(policy="graders: 1, most_graders: 1")
    sheet = office.mark(folder, "ana", (1, 3))
    rules, sender, examiner = moderated(folder, sheet).cautions
    assert sender.startswith("nobody has looked who signed it; --signers FILE takes only")
    assert rules.endswith("and were believed; to hold them against your own, name those: --program "
                          "FILE")  # fmt: skip
    assert examiner == "Robin Hale, the examiner of observed, is not in the list of graders"
    own = folder / "program" / "program.yaml"
    assert moderated(folder, sheet, program=own).cautions == (sender, examiner)
    (folder / "attachments" / "consent-b.pdf").unlink()
    sheets = [office.mark(folder, who, (1, 3)) for who in ("ana", "bo")]
    assert moderated(folder, *sheets, program=own).cautions == (
        sender,
        "the submission has 1 fault, which `casebook check` tells",
        examiner,
        "2 graders have marked heel, and the policy asks 1 at most",
    )


def test_the_sentences_are_in_the_candidates_language(office: Office) -> None:
    """What a German portfolio's candidate reads."""
    folder = office.submission(policy="graders: 1", more="language: de\n")
    found = moderated(folder, office.mark(folder, "ana", (1, 3)))
    assert found.works[0].rules[0].says == "1 Person hat die Arbeit bewertet."
    assert found.works[1].title == "Beobachtete Sitzung"


def test_an_office_may_insist_on_its_own_rules(office: Office) -> None:
    """A candidate's copy of the program with another policy is not accepted under --program."""
    folder = office.submission(policy="graders: 1")
    own = shutil.copytree(folder / "program", office.root / "rules")
    sheet = office.mark(folder, "ana", (1, 3))
    assert moderated(folder, sheet, program=Path(own) / "program.yaml").complete
    program = folder / "program" / "program.yaml"
    program.write_text(program.read_text("utf-8").replace("graders: 1", "graders: 2"), "utf-8")
    with pytest.raises(UnacceptableWork, match="made by other rules than the rules you named"):
        moderated(folder, sheet, program=Path(own) / "program.yaml")


def test_marks_for_other_rules_are_not_heard(office: Office) -> None:
    """Another policy with the same rubrics: the submission's digest does not tell the two apart."""
    folder = office.submission(policy="graders: 2")
    asked = receive_for_office(folder, OfficeChoices(ON))
    held = {"program_digest": asked.program.digest_in_sheets}
    sheets = [office.mark(folder, who, (1, 3), **held) for who in ("ana", "bo")]
    assert moderated(folder, *sheets).complete
    program = folder / "program" / "program.yaml"
    program.write_text(program.read_text("utf-8").replace("graders: 2", "graders: 1"), "utf-8")
    other = receive_for_office(folder, OfficeChoices(ON))
    assert other.digest == asked.digest
    found = moderated(folder, *sheets)
    assert not found.complete
    assert len(found.refused) == 2
    assert "was marked for other rules of Studio School" in found.refused[0]
    confirmed = [
        office.remark(
            folder, who, (1, 3), "2026-07-01T09:00:00Z",
            program_digest=other.program.digest_in_sheets,
        )
        for who in ("ana", "bo")
    ]  # fmt: skip
    assert moderated(folder, *confirmed).complete, "the remedy that is named"


def test_what_an_office_signs_goes_by_rules_that_it_names(office: Office) -> None:
    folder = office.submission(policy="graders: 1")
    signing = OfficeChoices(ON, key=made_key(1))
    with pytest.raises(UsageError, match="what an office signs goes by its own") as refusal:
        receive_for_office(folder, signing)
    assert refusal.value.hint == "name yours: --program FILE"
    named = replace(signing, program=folder / "program")
    assert receive_for_office(folder, named).own is not None


def test_a_program_without_rubrics_judges_nothing(office: Office) -> None:
    """There is no result to make."""
    folder = office.submission()
    program = folder / "program" / "program.yaml"
    lines = program.read_text("utf-8").splitlines()
    program.write_text("\n".join(each for each in lines if not each.startswith("rubrics")), "utf-8")
    with pytest.raises(UsageError, match="no rubric for its works"):
        moderated(folder)


def test_the_fixture_seals_what_it_says(office: Office) -> None:
    """The office of these tests writes chains that hold."""
    folder = office.submission()
    path = office.mark(folder, "ana", (1, 2))
    sealed = SealedMarks.model_validate(json.loads(path.read_text("utf-8")))
    assert sealed.sheet().marks[1].level == 2


def test_who_came_last_is_told_by_the_seals(office: Office) -> None:
    """Bo's 100 % alone counts when bo sealed later; at one moment nobody came last."""
    folder = office.submission(policy="graders: 1, with_further_grader: further-grader")
    ana = office.mark(folder, "ana", (1, 0), "2026-06-30T10:00:00Z")
    later = office.mark(folder, "bo", (1, 3), "2026-06-30T10:00:01Z")
    case = moderated(folder, ana, later).works[0]
    assert (case.percent, case.counted) == (100, ("bo",))
    at_once = office.mark(folder, "bo", (1, 3), "2026-06-30T10:00:00Z")
    found = moderated(folder, ana, at_once)
    assert [need.what for need in found.works[0].needs] == ["discussion"]


def test_who_came_last_is_told_by_the_draw_where_there_is_one(office: Office) -> None:
    """The second of the draw is the further grader, whoever sealed first."""
    folder = office.submission(policy=f"{DRAW}, with_further_grader: further-grader")
    drawn = moderated(folder).roster.queue("case-study")
    assert drawn is not None
    sheets = [
        office.mark(folder, drawn[0], (1, 0), "2026-06-30T12:00:00Z"),
        office.mark(folder, drawn[1], (1, 3), "2026-06-30T10:00:00Z"),
    ]
    assert moderated(folder, *sheets).works[0].counted == (drawn[1],)


def test_why_a_further_grader_was_asked_is_not_told_where_it_cannot_be_known(
    office: Office,
) -> None:
    """Three who sealed at one moment: the figures are the same, and no first two are made up."""
    folder = office.submission(policy="graders: 2, tolerance_percent: 30")
    sheets = [
        office.mark(folder, "ana", (1, 0)),
        office.mark(folder, "bo", (1, 3)),
        office.mark(folder, "cem", (1, 2)),
    ]
    case = moderated(folder, *sheets).works[0]
    assert (case.percent, case.counted) == (87.5, ("bo", "cem"))
    assert [each.rule for each in case.rules] == ["graders", "further-grader"]
