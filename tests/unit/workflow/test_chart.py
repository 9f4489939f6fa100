"""A chart is drawn of one piece of work, or it is said why not."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from casebook.errors import UsageError
from casebook.workflow.chart import ChartKind, chart_path, write_chart


def case_of(studio: Path) -> Path:
    return studio / "cases" / "heel.yaml"


def drawn(path: Path, kind: ChartKind) -> str:
    found = chart_path(path, kind).drawn
    assert found is not None
    return found


def titles(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter() if node.tag.endswith("}title")]


@pytest.mark.parametrize(
    "file, kind, title",
    [
        ("cases/heel.yaml", "map", "Compensation map"),
        ("cases/heel.yaml", "body", "Body chart"),
        ("cases/heel.yaml", "outcomes", "Outcomes by day"),
        ("observation.yaml", "map", "Compensation map"),
        ("observation.yaml", "body", "Body chart"),
        ("observation.yaml", "timeline", "Cycles of the session and their windows"),
        ("observation.yaml", "scores", "Points by criterion"),
    ],
)
def test_a_chart_stands_by_itself(studio: Path, file: str, kind: ChartKind, title: str) -> None:
    """It has its title, its words, white paper and no link to anything outside."""
    svg = drawn(studio / file, kind)
    assert titles(svg) == [title]
    root = ET.fromstring(svg)
    assert root[1].text
    assert root[2].get("fill") == "#ffffff"
    assert "href" not in svg
    assert svg.count("http") == 1  # The name of SVG itself.
    assert float(root.get("width", "nan")) == 580 + 2 * 16


def test_a_mark_sheet_has_its_scores(repository: Path) -> None:
    sheet = repository / "samples" / "grading" / "low-back-01.yaml"
    assert titles(drawn(sheet, "scores")) == ["Points by criterion"]


def test_outcomes_are_one_picture_with_ranges_of_motion_in_it(repository: Path) -> None:
    case = repository / "samples" / "nkt-level-1" / "cases" / "03-shoulder-scar.yaml"
    svg = drawn(case, "outcomes")
    assert "Shoulder flexion, right" in svg
    assert "QuickDASH" in svg
    assert svg.count("<svg") == 1


def test_the_same_file_gives_the_same_bytes(studio: Path) -> None:
    assert drawn(case_of(studio), "map") == drawn(case_of(studio), "map")


@pytest.mark.parametrize(
    "file, kind, hint",
    [
        ("cases/heel.yaml", "timeline", "it has: map, body, outcomes"),
        ("observation.yaml", "outcomes", "it has: map, body, timeline, scores"),
        ("program/program.yaml", "map", "charts are drawn of a case study"),
    ],
)
def test_a_chart_that_does_not_fit_is_refused_with_those_that_do(
    studio: Path, file: str, kind: ChartKind, hint: str
) -> None:
    with pytest.raises(UsageError, match=f"has no chart `{kind}`") as refused:
        chart_path(studio / file, kind)
    assert (refused.value.hint or "").startswith(hint)


def test_a_whole_portfolio_has_no_chart(studio: Path) -> None:
    for path in (studio, studio / "portfolio.yaml"):
        with pytest.raises(UsageError, match="not a whole portfolio"):
            chart_path(path, "map")


@pytest.mark.parametrize("kind", ["map", "body", "outcomes"])
def test_a_file_with_nothing_to_draw_is_told_what_it_takes(studio: Path, kind: ChartKind) -> None:
    case = case_of(studio)
    before, _, after = case.read_text("utf-8").partition("sessions:")
    case.write_text(f"{before}{after[after.index('figures:') :]}", "utf-8")
    with pytest.raises(UsageError, match="nothing to draw") as refused:
        chart_path(case, kind)
    assert (refused.value.hint or "").startswith("it takes")


def test_a_session_without_a_cycle_has_neither_map_nor_timeline(studio: Path) -> None:
    session = studio / "observation.yaml"
    kept = [line for line in session.read_text("utf-8").splitlines() if "release" not in line]
    session.write_text("\n".join(kept), "utf-8")
    with pytest.raises(UsageError, match="nothing to draw"):
        chart_path(session, "map")
    with pytest.raises(UsageError, match="nothing to draw"):
        chart_path(session, "body")
    with pytest.raises(UsageError, match="nothing to draw"):
        chart_path(session, "timeline")


def test_a_session_outside_a_portfolio_needs_its_program(studio: Path, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere" / "observation.yaml"
    alone.parent.mkdir()
    alone.write_bytes((studio / "observation.yaml").read_bytes())
    with pytest.raises(UsageError, match="nothing says which program"):
        chart_path(alone, "timeline")
    program = studio / "program" / "program.yaml"
    assert chart_path(alone, "timeline", program).drawn is not None


def test_a_case_outside_a_portfolio_needs_none(studio: Path, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere" / "heel.yaml"
    alone.parent.mkdir()
    alone.write_bytes(case_of(studio).read_bytes())
    assert "quadratus lumborum" in drawn(alone, "map")


def test_a_file_with_faults_is_not_drawn(studio: Path) -> None:
    case = case_of(studio)
    case.write_text(f"{case.read_text('utf-8')}\nhobby: rowing\n", "utf-8")
    found = chart_path(case, "map")
    assert found.drawn is None
    assert found.checked.report.findings


def test_a_chart_speaks_the_portfolios_language(studio: Path) -> None:
    """German writes six and a half with a comma."""
    case, main = case_of(studio), studio / "portfolio.yaml"
    case.write_text(case.read_text("utf-8").replace("nprs: 6", "nprs: 6.5"), "utf-8")
    assert ">6.5<" in drawn(case, "outcomes")
    main.write_text(f"{main.read_text('utf-8')}\nlanguage: de\n", "utf-8")
    assert ">6,5<" in drawn(case, "outcomes")


def test_a_chart_is_written_and_made_anew_but_over_nothing_else(
    studio: Path, tmp_path: Path
) -> None:
    svg = drawn(case_of(studio), "map")
    target = tmp_path / "map.svg"
    for _time in range(2):
        write_chart(svg, target, case_of(studio))
    assert target.read_text("utf-8") == svg
    target.write_text("<svg>mine</svg>", "utf-8")
    with pytest.raises(UsageError, match="did not make it"):
        write_chart(svg, target, case_of(studio))


def test_the_portfolios_own_pictures_are_kept_whatever_is_forced(studio: Path) -> None:
    own = studio / "attachments" / "drawing.svg"
    own.write_text("<svg>mine</svg>", "utf-8")
    with pytest.raises(UsageError, match="own files"):
        write_chart(drawn(case_of(studio), "map"), own, case_of(studio), force=True)


@pytest.mark.parametrize(
    "target, hint",
    [("map.png", "name it map.svg"), ("", "name it chart.svg"), ("..", "name it chart.svg")],
)
def test_a_chart_is_written_as_svg_and_nothing_else(studio: Path, target: str, hint: str) -> None:
    with pytest.raises(UsageError, match="SVG") as refused:
        write_chart("<svg/>", Path(target), case_of(studio))
    assert refused.value.hint == hint
