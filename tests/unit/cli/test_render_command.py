"""``casebook render`` names the pages it made, or says why it made none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from click.testing import Result

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
    assert result.stderr == "6 files checked: 1 error; see casebook check studio\n"


def test_without_pages_every_finding_is_told(run: Run, studio: Path) -> None:
    (studio / "attachments" / "foot.png").unlink()
    result = run("render", studio)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0].startswith("studio/cases/heel.yaml:18:12: CB307 ")
    assert result.stderr.splitlines()[-1].startswith("casebook: no pages are made; ")


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
