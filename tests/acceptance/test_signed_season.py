"""From a candidate's key to a result that counts: signed, sealed, marked, moderated, relied on."""

import shutil
from pathlib import Path

import pytest

from casebook.resources import samples_dir
from tests.acceptance.conftest import Run

WHO = ("brandt", "castell", "office", "brid")
DAY = ("--date", "2026-07-06")

pytestmark = pytest.mark.slow


def submitted(run: Run, key: str) -> None:
    """The sample's portfolio as its candidate sends it, signed with a key."""
    sent = run(
        "submit", "portfolios/s01", "--sign", key, "-o", "submissions/s01.zip", "--date",
        "2026-06-20",
    )  # fmt: skip
    assert sent.exit_code == 0, sent.output


@pytest.fixture
def office(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One submission of the sample with its two finished sheets, and everybody's keys."""
    folder = tmp_path / "office"
    folder.mkdir()
    sample = samples_dir() / "grading"
    shutil.copytree(sample / "submissions" / "s01", folder / "portfolios" / "s01")
    for part in ("marks/s01", "program"):
        shutil.copytree(sample / part, folder / part)
    (folder / "submissions").mkdir()
    shutil.copy(samples_dir() / "grading" / "graders.yaml", folder)
    monkeypatch.chdir(folder)
    lines = []
    for who in WHO:
        assert run("key", "new", who, "--no-passphrase").exit_code == 0
        what = {"office": "result", "brid": "submission"}.get(who, "marks")
        lines.append(run("key", "show", who, "--as", who, "--for", what).stdout)
    Path("signers").write_text("".join(lines), "utf-8")
    assert run("key", "new", "office.age", "--sealing").exit_code == 0
    return folder


@pytest.fixture
def marked(office: Path, run: Run) -> Path:
    """The folder of the sheets on what Brid signed, each sealed and signed by its grader."""
    submitted(run, "brid")
    for who in ("brandt", "castell"):
        sheet = f"marks/s01/calf-run-01.{who}.yaml"
        sealed = run("mark", "seal", sheet, "--submissions", "submissions", "--sign", who, *DAY)
        assert sealed.exit_code == 0, sealed.output
    return office / "marks"


def moderate(run: Run) -> tuple[int, str]:
    result = run(
        "moderate", "submissions", "marks", "-o", "results", "--program", "program/program.yaml",
        "--signers", "signers", "--sign", "office", *DAY,
    )  # fmt: skip
    return result.exit_code, result.output


def test_what_everybody_signed_becomes_a_result_that_counts(marked: Path, run: Run) -> None:
    code, said = moderate(run)
    assert code == 0, said
    (result,) = Path("results").glob("*.result.json")
    checked = run("key", "check", result, *marked.glob("*/*.sealed.json"), "--signers", "signers")
    assert checked.exit_code == 0, checked.output
    assert run("advance", "results", "--signers", "signers", *DAY).exit_code == 0


def test_marks_that_a_colleague_signed_are_not_moderated(marked: Path, run: Run) -> None:
    """Castell's sheet, signed anew with Brandt's key."""
    theirs = marked / "s01/calf-run-01.castell.sealed.json"
    theirs.with_name(f"{theirs.name}.sig").unlink()
    assert run("key", "sign", theirs, "--sign", "brandt").exit_code == 0
    code, said = moderate(run)
    assert code == 1
    assert "castell" in said
    assert not list(Path("results").glob("*.result.json"))


def test_a_submission_that_a_stranger_signed_gets_no_result(marked: Path, run: Run) -> None:
    """The same work, marked by the same graders, and signed by nobody whom the office knows."""
    Path("submissions/s01.zip").unlink()
    assert run("key", "new", "eve", "--no-passphrase").exit_code == 0
    submitted(run, "eve")
    code, said = moderate(run)
    assert code == 1
    assert "is not among the signers" in " ".join(said.split())
    assert not Path("results").exists()


def test_a_result_without_its_signature_counts_nowhere(marked: Path, run: Run) -> None:
    assert marked.is_dir()
    assert moderate(run)[0] == 0
    (signature,) = Path("results").glob("*.sig")
    signature.unlink()
    told = run("advance", "results", "--signers", "signers", *DAY)
    assert told.exit_code == 1
    assert " CB820 " in told.output


def test_a_submission_comes_signed_and_sealed_to_the_office_alone(office: Path, run: Run) -> None:
    recipient = run("key", "show", "office.age").stdout.split()[-1]
    sent = run(
        "submit", "portfolios/s01", "--sign", "brid", "--seal", recipient, "-o", "s01.zip.age",
        "--date", "2026-06-20",
    )  # fmt: skip
    assert sent.exit_code == 0, sent.output
    trusted = ("--signers", "signers", "--as", "brid", "--program", "program/program.yaml")
    seen = run("verify", "s01.zip.age", "--identity", "office.age", *trusted)
    assert seen.exit_code == 0, seen.output
    assert run("key", "new", "other.age", "--sealing").exit_code == 0
    assert run("verify", "s01.zip.age", "--identity", "other.age", *trusted).exit_code == 1
    assert run("unseal", "s01.zip.age", "--identity", "office.age").exit_code == 0
    assert run("verify", office / "s01.zip", *trusted).exit_code == 0
