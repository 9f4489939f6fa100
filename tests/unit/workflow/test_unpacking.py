"""A submission's zip has to be named and dated as its record leads to."""

from datetime import date
from pathlib import Path

import pytest

from casebook.bundle.archive import parse_archive, write_archive
from casebook.workflow.reader import ANYBODY
from casebook.workflow.unpacking import take_apart, unpack
from casebook.workflow.verification import Step
from tests.hostile.mutations.of_zips import retopped
from tests.hostile.zips import read_entries

OWN_FOLDER = "studio-level-1-kim-larsen"
OWN_DAY = date(2026, 7, 1)


def record_step(content: bytes) -> Step:
    steps, sent = take_apart(content, ANYBODY)
    assert sent is not None
    taken = {step.id: step for step in steps.all()}
    assert taken["container"].ok
    assert taken["bag"].ok
    assert taken["inventory"].ok
    return taken["record"]


def test_a_submission_has_the_folder_and_the_day_of_its_record(sent: Path) -> None:
    archive = parse_archive(sent.read_bytes())
    assert (archive.top, archive.moment) == (OWN_FOLDER, OWN_DAY)
    assert record_step(sent.read_bytes()).ok


@pytest.mark.parametrize(
    "folder, day, told",
    [
        ("elsewhere", OWN_DAY, f"unpacks to 'elsewhere', by submission.json to '{OWN_FOLDER}'"),
        (OWN_FOLDER, date(2026, 6, 30), "is dated 2026-06-30, submission.json says 2026-07-01"),
    ],
)
def test_another_folder_or_day_is_told(sent: Path, folder: str, day: date, told: str) -> None:
    files = parse_archive(sent.read_bytes()).files
    step = record_step(write_archive(files, folder, day))
    assert (step.ok, step.detail) == (False, f"the zip {told}")


def test_a_name_of_a_folder_does_not_steer_the_terminal(sent: Path) -> None:
    """Whatever passes the reader of zips can be printed as it is."""
    entries = read_entries(sent.read_bytes())
    for top in ("a\x1b[2J", "a\u202eb", "a\u200bb", "a\nb"):
        steps, taken = take_apart(retopped(entries, top.encode()), ANYBODY)
        assert taken is None
        assert steps.all()[0].detail.isprintable()


def test_what_is_no_submission_gets_no_further_than_its_container(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear office")
    steps, sent = unpack(path)
    assert sent is None
    assert [step.ok for step in steps.all()][:2] == [False, None]


@pytest.mark.parametrize(
    "content, told",
    [
        (b"-----BEGIN SSH SIGNATURE-----\n", "it is a signature, and no submission; name the file"),
        (b"ssh-ed25519 AAAA\n", "it is a public key, and no submission"),
        (b"something else", "it is not a zip"),
        (b"", "it is not a zip"),
    ],
)
def test_what_is_no_submission_at_all_is_told_by_what_it_is(content: bytes, told: str) -> None:
    steps, sent = take_apart(content, ANYBODY)
    container = steps.all()[0]
    assert (sent, container.id, container.ok) == (None, "container", False)
    assert told in container.detail
