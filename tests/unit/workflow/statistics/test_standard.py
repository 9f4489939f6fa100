"""A proposal from files, and who would pass by it."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.evaluation.standard_setting.angoff import AngoffPanel
from casebook.evaluation.standard_setting.borderline_group import BorderlineGroup
from casebook.evaluation.standard_setting.borderline_regression import BorderlineRegression
from casebook.evaluation.standard_setting.contrasting_groups import ContrastingGroups
from casebook.evaluation.standard_setting.estimate import Refusal
from casebook.workflow.statistics.standard import StandardSetting, set_standard
from casebook.workflow.statistics.standard_choices import METHODS, Choices, Method
from casebook.workflow.statistics.standard_picture import check_picture, write_picture
from tests.portfolios.rated import write_school, write_sheet, write_sheets


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Sixteen rated sheets beside their program, whose pass mark is 80."""
    write_sheets(tmp_path)
    return tmp_path


def by(method: Method, *paths: Path, **choices: object) -> StandardSetting:
    return set_standard(paths, method, Choices(**choices))  # type: ignore[arg-type]


def effects(setting: StandardSetting) -> list[tuple[float, int, int]]:
    return [(each.pass_percent, each.passing, each.failing) for each in setting.effects]


JUDGES = "round,judge,item,expected\n" + "".join(
    f"{number},{judge},safe,1\n{number},{judge},quality,{points}\n"
    for number, judges in ((1, {"A": 2, "B": 8, "C": 14}), (2, {"A": 6, "B": 8, "C": 10}))
    for judge, points in judges.items()
)


@pytest.fixture
def table(desk: Path) -> Path:
    """Two rounds of three judges; the second brings them together."""
    path = desk / "judges.csv"
    path.write_text(JUDGES, "utf-8")
    return path


def test_the_line_through_the_sheets_by_hand(desk: Path) -> None:
    """See ``write_sheets``: 10 points a rating, and 66.25 at borderline."""
    # Within a rating totals lie 6.25, 1.25, 1.25, 6.25 from the line: SSE = 4 * 81.25 = 325,
    # s^2 = 325 / 14; S_GG = 4 * (2.25 + 0.25 + 0.25 + 2.25) = 20;
    # SE^2 = s^2 * (1/16 + 0.5^2 / 20) = s^2 * 0.075.
    setting = by("borderline-regression", desk)
    found = setting.outcome
    assert isinstance(found, BorderlineRegression)
    assert (found.slope, found.cut.value) == pytest.approx((10, 66.25))
    assert found.cut.standard_error == pytest.approx((325 / 14 * 0.075) ** 0.5)
    assert setting.proposal == 66.2
    # At 80: 80 is 50 + 2.5 * 12, so that pass-3 (13) and all four good pass: 5. At 66.2, quality
    # from 6.48: borderline 7 and 9, and all of pass and good: 10.
    assert effects(setting) == [(80, 5, 11), (66.2, 10, 6)]
    assert [(each.step.id, each.sheets, each.mean, each.part) for each in setting.ratings] == [
        ("fail", 4, 56.25, None),
        ("borderline", 4, 66.25, "borderline"),
        ("pass", 4, 76.25, None),
        ("good", 4, 86.25, None),
    ]


def test_other_positions_and_another_borderline_give_another_cut(desk: Path) -> None:
    moved = by("borderline-regression", desk, positions={"good": 9.0})
    plain = by("borderline-regression", desk)
    assert moved.proposal != plain.proposal
    assert by("borderline-regression", desk, borderline="pass").proposal == 76.2


def test_sheets_that_fail_a_must_pass_criterion_pass_at_no_mark(desk: Path) -> None:
    before = effects(by("borderline-regression", desk))
    write_sheet(desk / "unsafe.yaml", 20, "borderline", safe=0, work="unsafe")
    write_sheet(desk / "safe.yaml", 20, "borderline", work="safe")
    after = effects(by("borderline-regression", desk))
    assert [(after[0][1] - before[0][1]), (after[0][2] - before[0][2])] == [1, 1]


def test_a_sheet_without_a_rating_is_left_out(desk: Path) -> None:
    sheet = write_sheet(desk / "unrated.yaml", 20, None, work="unrated")
    setting = by("borderline-regression", desk)
    assert len(setting.sheets) == 16
    assert [(each.path, each.why) for each in setting.left_out] == [
        (str(sheet), "it has no global rating")
    ]


def test_too_few_borderline_sheets_are_refused_with_what_there_is(desk: Path) -> None:
    setting = by("borderline-group", desk)
    assert isinstance(setting.outcome, Refusal)
    assert setting.proposal is None
    assert setting.effects == ()
    assert [each.sheets for each in setting.ratings] == [4, 4, 4, 4]


def test_the_borderline_group_is_its_sheets_alone(desk: Path) -> None:
    write_sheet(desk / "more.yaml", 4, "borderline", work="more")
    setting = by("borderline-group", desk)
    assert isinstance(setting.outcome, BorderlineGroup)
    # Quality 4, 4, 6, 7, 9: mean 6, total 65.
    assert setting.proposal == 65


def test_contrasting_groups_lie_on_either_side_of_borderline(desk: Path) -> None:
    write_sheet(desk / "more.yaml", 9, "fail", work="more")
    setting = by("contrasting-groups", desk)
    assert isinstance(setting.outcome, ContrastingGroups)
    assert (setting.outcome.failing.sheets, setting.outcome.passing.sheets) == (5, 8)
    assert [each.part for each in setting.ratings] == ["failing", None, "passing", "passing"]
    both = by("contrasting-groups", desk, failing=("fail", "borderline"), passing=("good",))
    assert isinstance(both.outcome, Refusal)
    assert "4 sheets are rated as clearly passing" in both.outcome.why


def test_judges_by_the_rubric_of_a_program(table: Path) -> None:
    # Judge B: safe 1 of 1, quality 8 of 20: (1 + 0.4) / 2 = 70 %. Round 1: 55, 70, 85; round 2:
    # 65, 70, 75: mean 70, SD 5.
    setting = by(
        "modified-angoff", table, program_path=table.parent / "program.yaml", rubric_id="case"
    )
    assert isinstance(setting.outcome, AngoffPanel)
    assert setting.proposal == 70
    assert (setting.outcome.rounds[0].sd, setting.outcome.final.sd) == pytest.approx((15, 5))
    assert setting.effects == ()


def test_judges_with_sheets_to_try_the_proposal_on(table: Path, desk: Path) -> None:
    """The rubric is that of the sheets; a sheet without a rating will do."""
    write_sheet(desk / "unrated.yaml", 20, None, work="unrated")
    setting = by("modified-angoff", desk, table)
    # At 70, quality from 8: borderline 9, all of pass and good, and the unrated one.
    assert effects(setting) == [(80, 6, 11), (70, 10, 7)]


def test_a_table_with_faults_gives_no_cut(table: Path, desk: Path) -> None:
    table.write_text(JUDGES.replace("1,A,safe,1", "1,A,safe,x"), "utf-8")
    setting = by("modified-angoff", table, desk)
    assert isinstance(setting.outcome, Refusal)
    assert [each.code for each in setting.checked.report.findings] == ["CB203"]


def test_rounds_have_to_fit_the_method(table: Path, desk: Path) -> None:
    with pytest.raises(UsageError, match="2 rounds"):
        by("angoff", table, desk)
    table.write_text(JUDGES.partition("2,A")[0], "utf-8")
    assert by("angoff", table, desk).proposal == 70
    with pytest.raises(UsageError, match="one round"):
        by("modified-angoff", table, desk)


def test_each_method_wants_its_own_files(table: Path, desk: Path) -> None:
    with pytest.raises(UsageError, match="a judges' table has no marks"):
        by("borderline-group", table, desk)
    with pytest.raises(UsageError, match="named are: none"):
        by("angoff", desk)
    with pytest.raises(UsageError, match="named are: 2"):
        by("angoff", table, table)


def test_a_choice_that_changes_nothing_is_refused() -> None:
    choices = {
        "--borderline": Choices(borderline="x"), "--position": Choices(positions={"x": 1}),
        "--failing": Choices(failing=("x",)), "--passing": Choices(passing=("x",)),
    }  # fmt: skip
    refused = []
    for option, choice in choices.items():
        for method in METHODS:
            try:
                set_standard([Path("nothing.yaml")], method, choice)
            except UsageError as error:
                refused += [(option, method)] if "changes nothing" in str(error) else []
    assert len(refused) == 2 + 4 + 4 + 4


def test_without_a_sheet_there_is_no_cut(tmp_path: Path) -> None:
    write_school(tmp_path)
    for choices, said in (({}, "no sheet that"), ({"rubric_id": "x"}, "no sheet of the rubric")):
        outcome = by("borderline-group", tmp_path, **choices).outcome
        assert isinstance(outcome, Refusal)
        assert said in outcome.why


def test_the_picture_shows_every_sheet_and_is_casebook_s_own(desk: Path, tmp_path: Path) -> None:
    picture = tmp_path / "out" / "line.svg"
    setting = by("borderline-regression", desk)
    assert write_picture(setting, picture)
    root = ET.fromstring(picture.read_text("utf-8"))
    dots = [node for node in root.iter() if node.get("class") == "dot"]
    assert len(dots) == 16 + 1, "one for each sheet and one in the key"
    assert write_picture(setting, picture), "what casebook made it makes anew"
    picture.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="did not make it"):
        write_picture(setting, picture)
    assert write_picture(setting, picture, force=True)


def test_a_refusal_has_no_picture(tmp_path: Path) -> None:
    write_school(tmp_path)
    setting = by("borderline-regression", tmp_path)
    assert not write_picture(setting, tmp_path / "line.svg")
    assert not (tmp_path / "line.svg").exists()


def test_a_picture_is_an_svg_of_a_regression() -> None:
    with pytest.raises(UsageError, match="the picture is an SVG") as caught:
        check_picture(Path("line.png"), "borderline-regression")
    assert "line.svg" in str(caught.value.hint)
    with pytest.raises(UsageError, match="has no picture"):
        check_picture(Path("line.svg"), "angoff")
