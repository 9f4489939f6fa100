"""``casebook render`` names the pages it made, or says why it made none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import CliRunner, Result

from casebook.cli import main

Run: TypeAlias = Callable[..., Result]


def test_the_pages_made_are_the_result(run: Run, studio: Path) -> None:
    result = run("render", studio)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"studio/build/{name}"
        for name in (
            "heel.pdf", "heel.html", "observed.pdf", "observed.html", "packet.pdf", "packet.html",
        )
    ]  # fmt: skip


def test_one_form_can_be_chosen(run: Run, studio: Path) -> None:
    pdf = run("render", studio / "cases" / "heel.yaml", "--pdf", "-o", "out")
    html = run("render", studio / "cases" / "heel.yaml", "--html", "-o", "out")
    assert (pdf.stdout, html.stdout) == ("out/heel.pdf\n", "out/heel.html\n")


def test_what_a_draft_lacks_is_counted_beside_the_pages(run: Run, studio: Path) -> None:
    (studio / "attachments" / "consent-a.pdf").unlink()
    result = run("render", studio, "--html")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr == (
        "6 files checked: 1 error; see casebook check studio --date 2026-07-01\n"
    )


def test_a_day_that_was_not_given_is_not_repeated(studio: Path) -> None:
    (studio / "attachments" / "consent-a.pdf").unlink()
    result = CliRunner().invoke(main, ["render", str(studio), "--html"])
    assert result.stderr.endswith("see casebook check studio\n")


def test_without_pages_what_stops_them_is_told_and_nothing_else(run: Run, studio: Path) -> None:
    (studio / "attachments" / "foot.png").unlink()
    (studio / "attachments" / "consent-a.pdf").unlink()
    result = run("render", studio)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0].startswith("studio/cases/heel.yaml:18:12: CB307 ")
    assert "consent-a" not in result.stderr
    assert result.stderr.splitlines()[-1] == (
        "casebook: no pages are made: the finding above stops them; mend that, then render again"
    )


def test_a_case_that_can_be_read_is_named_when_another_file_cannot(run: Run, studio: Path) -> None:
    main_file = studio / "portfolio.yaml"
    main_file.write_text(f"{main_file.read_text('utf-8')}\nhobby: rowing\n", "utf-8")
    result = run("render", studio / "portfolio.yaml")
    assert result.exit_code == 1
    alone = "casebook render studio/cases/heel.yaml"
    assert f"one case alone can be made already: `{alone}`" in result.stderr
    assert run(*alone.split()[1:], "--html").exit_code == 0


def test_json_holds_pages_and_findings(run: Run, studio: Path) -> None:
    made = json.loads(run("render", studio, "--html", "--format", "json").stdout)
    assert made["written"] == [
        "studio/build/heel.html", "studio/build/observed.html", "studio/build/packet.html",
    ]  # fmt: skip
    assert made["summary"]["errors"] == 0
    (studio / "attachments" / "foot.png").unlink()
    result = run("render", studio, "--format", "json")
    assert result.exit_code == 1
    values = json.loads(result.stdout)
    assert values["written"] == []
    assert [each["code"] for each in values["findings"]] == ["CB307"]


def test_a_file_of_the_users_is_kept_unless_forced(run: Run, studio: Path) -> None:
    (studio / "build").mkdir()
    (studio / "build" / "heel.pdf").write_bytes(b"mine")
    result = run("render", studio, "--pdf")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert run("render", studio, "--pdf", "--force").exit_code == 0
