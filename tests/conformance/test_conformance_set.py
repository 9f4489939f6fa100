"""casebook, and a second verifier, judge every submission of the conformance set as they must."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from casebook import limits
from casebook.cli import main
from conformance.build import build
from conformance.case import STEPS, Case
from conformance.run import ACCEPTED, REFUSED, Ended, Outcome, run_set, score
from conformance.second_verifier import container, names, record, seal
from conformance.second_verifier.__main__ import verify

FEWEST = 150
"""So many submissions are in the set at least."""

LAST_COMMON = "signature"
"""The last step that the second verifier takes."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Case, ...]]:
    """The set's folder, and its cases."""
    folder = tmp_path_factory.mktemp("conformance") / "set"
    return folder, build(folder)


def casebook_verifies(arguments: Sequence[str]) -> Ended:
    """``casebook verify`` in this process."""
    done = CliRunner().invoke(main, ["verify", *arguments, "--format", "json"])
    return done.exit_code, done.stdout


def second_verifies(arguments: Sequence[str]) -> Ended:
    """The second verifier in this process."""
    file, *others = arguments
    given = dict(zip(others[::2], others[1::2], strict=True))
    keys = [given.get(option) for option in ("--identity", "--signers")]
    identity, signers = (Path(each) if each else None for each in keys)
    values = verify(Path(file).read_bytes(), identity, signers).values()
    return ACCEPTED if values["ok"] else REFUSED, json.dumps(values)


def faults(outcomes: Sequence[Outcome]) -> list[str]:
    return [f"{each.file}: {each.fault}" for each in outcomes if each.fault]


@pytest.mark.slow
def test_casebook_judges_every_submission_as_it_must(
    made: tuple[Path, tuple[Case, ...]],
) -> None:
    """Good ones are accepted; each hostile one is refused at its step, and at no other."""
    folder, cases = made
    outcomes = run_set(folder, casebook_verifies)
    assert len(outcomes) == len(cases) >= FEWEST
    assert faults(outcomes) == []


@pytest.mark.slow
def test_a_verifier_written_from_the_document_alone_agrees(
    made: tuple[Path, tuple[Case, ...]],
) -> None:
    """The page says enough: what was built from it judges as casebook does."""
    folder, cases = made
    outcomes = run_set(folder, second_verifies, up_to=LAST_COMMON)
    assert len(outcomes) > len(cases) * 0.8
    assert faults(outcomes) == []


@pytest.mark.slow
def test_the_protocol_runs_as_programs(made: tuple[Path, tuple[Case, ...]]) -> None:
    """The runner starts a verifier as a program, and ends with 0 when all is judged right."""
    runner = [sys.executable, "conformance/run.py", str(made[0]), "--only", "good-signed"]
    for verifier in ("casebook verify", "conformance.second_verifier"):
        module = f"{sys.executable} -m {verifier}"
        done = subprocess.run(
            [*runner, "--verifier", module, "--up-to", LAST_COMMON],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "4 of   4  in all" in done.stdout
        assert done.stdout.endswith("\nevery one judged as it must be\n")


def test_a_set_or_a_verifier_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Without a traceback, and with what makes or finds it."""
    (tmp_path / "expected.json").write_text(
        '{"cases": [{"file": "a.zip", "arguments": [], "verdict": "accept", "reach": "bag"}]}'
    )
    for folder, verifier in ((tmp_path / "set", "casebook"), (tmp_path, "nobody-has-this")):
        done = subprocess.run(
            [sys.executable, "-m", "conformance.run", folder, "--verifier", verifier],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert "there is no " in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_every_step_is_broken_alone(made: tuple[Path, tuple[Case, ...]]) -> None:
    """For each step of a verification there is a submission that breaks only it."""
    alone = {each.step for each in made[1] if each.alone and each.step}
    assert alone == set(STEPS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "ended, expected",
    [
        ((0, ""), "accepted:"),
        ((1, ""), "good, and refused"),
        ((3, ""), "broken:"),
        ((1, '{"steps": [{"id": "documents", "ok": false}]}'), "the first step"),
    ],
)
def test_a_verifier_that_does_not_look_is_found_out(
    made: tuple[Path, tuple[Case, ...]], ended: Ended, expected: str
) -> None:
    """One that always says the same has many faults, and its score tells."""
    outcomes = run_set(made[0], lambda _: ended)
    assert any(fault.partition(": ")[2].startswith(expected) for fault in faults(outcomes))
    *_, total, _, last = score(outcomes)
    assert total.endswith(f"of {len(outcomes)}  in all")
    assert last.endswith("judged wrong, marked FAIL above")


def test_the_second_verifier_keeps_to_the_same_limits() -> None:
    """Its figures, which were copied from docs/limits.md, are casebook's."""
    assert (container.ARCHIVE_BYTES, container.ENTRIES) == (
        limits.ARCHIVE_BYTES, limits.ARCHIVE_ENTRIES,
    )  # fmt: skip
    assert (container.TOTAL_BYTES, container.FILE_BYTES, container.RATIO) == (
        limits.ARCHIVE_TOTAL_BYTES, limits.ARCHIVE_FILE_BYTES, limits.ARCHIVE_RATIO,
    )  # fmt: skip
    assert (names.NAME_BYTES, names.NAME_PARTS, names.MARKS) == (
        limits.ARCHIVE_NAME_BYTES, limits.ARCHIVE_NAME_PARTS, limits.COMBINING_MARKS,
    )  # fmt: skip
    assert (seal.HEADER_BYTES, seal.STANZAS) == (limits.SEAL_HEADER_BYTES, limits.SEAL_STANZAS)
    assert (record.RECORD_BYTES, record.RECORD_DEPTH) == (
        limits.RECORD_BYTES, limits.RECORD_DEPTH,
    )  # fmt: skip
