"""A portfolio is read and held to every rule at once, and findings can be named from outside."""

import os
from datetime import date
from pathlib import Path

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Report
from casebook.diagnostics.place import Place
from casebook.source.folder import DiskFolder
from casebook.workflow.examination import examine_portfolio, has_faults_of_form, shown_below


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def found(root: Path, on: date) -> list[tuple[str, str]]:
    report = examine_portfolio(DiskFolder(root), on).report
    return [(each.place.path, each.code) for each in report.findings]


def test_a_sound_portfolio_is_eligible_and_nothing_is_found(studio: Path, on: date) -> None:
    examined = examine_portfolio(DiskFolder(studio), on)
    assert examined.report.findings == ()
    assert examined.report.files == 6
    assert examined.on == on
    assert examined.eligibility is not None
    assert examined.eligibility.eligible


def test_every_rule_has_its_say(studio: Path, on: date) -> None:
    """One fault each for a case, a session, ids, attachments, strays and the requirements."""
    replace(studio / "cases" / "heel.yaml", "introduction:", "client_perspective:")
    replace(studio / "observation.yaml", "id: observed", "id: heel")
    replace(studio / "observation.yaml", "criterion: safety", "criterion: sefety")
    replace(studio / "portfolio.yaml", "hours: 10", "hours: 9")
    (studio / "attachments" / "consent-b.pdf").rename(studio / "attachments" / "old.pdf")
    assert found(studio, on) == [
        ("attachments/old.pdf", "CB315"),
        ("cases/heel.yaml", "CB401"),
        ("observation.yaml", "CB301"),
        ("observation.yaml", "CB307"),
        ("observation.yaml", "CB804"),
        ("observation.yaml", "CB801"),
        ("portfolio.yaml", "CB701"),
    ]


def test_the_practitioner_is_asked_for_once_in_the_portfolio(studio: Path, on: date) -> None:
    replace(
        studio / "program" / "program.yaml",
        "[consent, introduction]",
        "[consent, introduction, practitioner.training]",
    )
    assert found(studio, on) == [("portfolio.yaml", "CB401")]


def test_a_level_that_the_program_lacks_leaves_eligibility_open(studio: Path, on: date) -> None:
    replace(studio / "portfolio.yaml", "level: 1", "level: 2")
    examined = examine_portfolio(DiskFolder(studio), on)
    assert examined.eligibility is None
    assert [each.code for each in examined.report.findings] == ["CB312"]


def test_a_portfolios_own_program_is_held_to_the_rules_of_programs(studio: Path, on: date) -> None:
    replace(studio / "program" / "program.yaml", "introduction]", "introduction, afterword]")
    assert ("program/program.yaml", "CB901") in found(studio, on)


def test_what_cannot_be_read_leaves_no_portfolio(studio: Path, on: date) -> None:
    (studio / "portfolio.yaml").write_text("", "utf-8")
    examined = examine_portfolio(DiskFolder(studio), on)
    assert examined.portfolio is None
    assert examined.eligibility is None
    assert not examined.report.acceptable


def test_faults_of_form_are_told_from_the_others() -> None:
    """A warning of the same hundreds, were there one, would keep nothing from being read."""
    place = Place("x.yaml")
    assert has_faults_of_form([codes.BROKEN_YAML.at(place, "broken")])
    assert has_faults_of_form([codes.UNKNOWN_KEY.at(place, "unknown")])
    assert not has_faults_of_form([codes.UNKNOWN_KEY.at(place, "unknown", soft=True)])
    assert not has_faults_of_form([codes.NO_CONSENT.at(place, "no consent")])
    assert not has_faults_of_form([])


def test_findings_are_called_by_the_way_the_user_got_to_them() -> None:
    """``..`` and ``.`` are folded, so that the names can be clicked and compared."""
    report = Report.of([codes.UNREADABLE.at(Place("cases/a.yaml"), "no")], 1)
    checked = shown_below(Path("here") / ".." / "mine", report, {"cases/a.yaml": b"x"})
    name = os.path.join("mine", "cases", "a.yaml")  # noqa: PTH118 - as the system writes it
    assert [each.place.path for each in checked.report.findings] == [name]
    assert checked.sources == {name: b"x"}
