"""Slips that YAML and the records let pass, and that somebody would be sorry about later."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

CASE = "cases/01-low-back.yaml"

Check = Callable[..., list[dict[str, Any]]]
Found = Callable[[], list[tuple[str, int, int, str]]]
Run = Callable[..., Result]


def change(path: Path, old: str, new: str) -> int:
    """Replace a text that stands in a file, and return the line it stood on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_text_behind_a_hash_is_warned_of(portfolio: Path, found: Found) -> None:
    old = "occupation: delivery driver"
    line = change(portfolio / CASE, old, f"{old}, #1 in town")
    [(path, where, _, code)] = found()
    assert (path, where, code) == (CASE, line, "CB113")


def test_a_broken_portfolio_file_is_no_sign_that_the_rest_is_well(
    portfolio: Path, check: Check
) -> None:
    (portfolio / "portfolio.yaml").write_text("kind: portfolio\nformat: [1\n", encoding="utf-8")
    assert {each["code"] for each in check(".")} == {"CB105", "CB114"}


def test_two_cases_with_one_title_are_warned_of(portfolio: Path, found: Found) -> None:
    first, second = (title_of(portfolio / "cases" / name) for name in
                     ("01-low-back.yaml", "02-neck-headache.yaml"))  # fmt: skip
    line = change(portfolio / "cases/02-neck-headache.yaml", second, first)
    assert found() == [("cases/02-neck-headache.yaml", line, 8, "CB316")]


def test_a_past_deadline_that_is_only_advised_is_a_warning(portfolio: Path, found: Found) -> None:
    """Half a year after 15 December is 15 June, and the samples are judged on 1 July."""
    line = change(portfolio / "portfolio.yaml", "finished: 2026-02-15", "finished: 2025-12-15")
    assert found() == [("portfolio.yaml", line, 13, "CB702")]


def test_a_protocol_without_an_observed_session_is_noted(tmp_path: Path, run: Run) -> None:
    program = tmp_path / "program.yaml"
    program.write_text(
        "kind: program\nformat: 1\nid: own\nname: Own\nversion: '1'\nowner: Us\nnotice: None.\n"
        "levels:\n  - level: 1\n    name: One\n    requirements:\n"
        "      - {id: c, needs: course, says: Go., course_hours: 15}\n"
        "case_study: {required: [program_sections.map]}\n"
        "protocol: {name: P, describes: D, window: {sure_seconds: 30, limit_seconds: 60}}\n"
        "certificate: {title: T, statement: S}\n",
        encoding="utf-8",
    )
    shown = run("check", program, "--date", "2026-07-01").stdout
    assert "CB905" in shown
    assert "declare `map` under case_study.sections" in shown


def test_a_retest_before_the_release_has_ended_is_found(tmp_path: Path, check: Check) -> None:
    session = tmp_path / "observation.yaml"
    session.write_text(
        "kind: observation\nformat: 1\nid: a\ndate: 2026-06-20\nmode: video\n"
        "examiner: {name: Robin}\nclient: {pseudonym: Client D}\n"
        "consent: {scope: [record], signed: 2026-06-20, form: a.pdf}\n"
        "events:\n"
        '  - {at: "00:45", test: gluteus maximus, side: left, result: inhibited}\n'
        '  - {at: "00:52", until: "1:57", release: quadratus lumborum, side: left}\n'
        '  - {at: "01:24", retest: gluteus maximus, side: left, result: fires}\n',
        encoding="utf-8",
    )
    (tmp_path / "portfolio.yaml").write_text(
        "kind: portfolio\nformat: 1\nprogram: nkt\nlevel: 1\ncandidate: {name: Jo}\n",
        encoding="utf-8",
    )
    faults = [each for each in check(tmp_path) if each["code"] == "CB209"]
    assert [(each["line"], each["column"]) for each in faults] == [(12, 10)]
    assert faults[0]["message"] == (
        "the retest at 01:24 begins before the release at 00:52 ends at 01:57"
    )


def title_of(path: Path) -> str:
    """The line of a case's title."""
    return next(line for line in path.read_text("utf-8").splitlines() if line.startswith("title:"))
