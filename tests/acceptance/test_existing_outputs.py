"""What stands there already is replaced only where casebook made it, or when it is told to."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casebook.resources import sample_dir

DAY = ("--date", "2026-07-01")
PROGRAM = sample_dir("reflexology") / "program" / "program.yaml"
FOREIGN = b"notes of the user's own\n"

Run = Callable[..., Result]


@pytest.mark.slow
def test_a_submission_replaces_an_earlier_one_but_no_file_of_the_users(
    small: Path, tmp_path: Path, run: Run
) -> None:
    target = tmp_path / "out.zip"
    target.write_bytes(FOREIGN)
    refused = run("submit", small, *DAY, "-o", target)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert target.read_bytes() == FOREIGN

    assert run("submit", small, *DAY, "-o", target, "--force").exit_code == 0
    first = target.read_bytes()
    assert zipfile.is_zipfile(target)
    assert run("submit", small, "--date", "2026-07-02", "-o", target).exit_code == 0
    assert target.read_bytes() != first


def test_pages_replace_earlier_pages_but_no_file_of_the_users(small: Path, run: Run) -> None:
    assert run("render", small, *DAY, "--html").exit_code == 0
    page = small / "build" / "cold-feet-01.html"
    page.write_bytes(page.read_bytes().replace(b"feet", b"feets"))
    assert run("render", small, *DAY, "--html").exit_code == 0
    assert b"feets" not in page.read_bytes()

    page.write_bytes(FOREIGN)
    refused = run("render", small, *DAY, "--html")
    assert refused.exit_code == 2
    assert str(page) in refused.stderr
    assert "--force" in refused.stderr
    assert page.read_bytes() == FOREIGN
    assert run("render", small, *DAY, "--html", "--force").exit_code == 0
    assert page.read_bytes() != FOREIGN


@pytest.mark.slow
def test_a_submission_is_opened_into_a_new_folder_alone(
    sent: Path, tmp_path: Path, run: Run
) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "notes.txt").write_bytes(FOREIGN)
    refused = run("open", sent, taken, "--program", PROGRAM)
    assert refused.exit_code == 2
    assert "is not empty" in refused.stderr
    assert [path.read_bytes() for path in taken.iterdir()] == [FOREIGN]

    a_file = run("open", sent, taken / "notes.txt", "--program", PROGRAM)
    assert a_file.exit_code == 2
    assert [path.read_bytes() for path in taken.iterdir()] == [FOREIGN]


@pytest.mark.slow
@pytest.mark.parametrize("words", [("submit",), ("render", "--html")], ids=["submit", "render"])
def test_an_output_below_a_file_is_one_clear_line(
    words: tuple[str, ...], small: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "notes.txt").write_bytes(FOREIGN)
    command, *options = words
    refused = run(command, small, *DAY, *options, "-o", tmp_path / "notes.txt" / "out")
    assert refused.exit_code in {2, 3}
    assert refused.stderr.startswith("casebook: ")
    assert (tmp_path / "notes.txt").read_bytes() == FOREIGN


def test_what_is_no_submission_fails_its_first_step_and_is_not_opened(
    tmp_path: Path, run: Run
) -> None:
    notes = tmp_path / "notes.zip"
    notes.write_bytes(FOREIGN)
    verified = run("verify", notes)
    assert verified.exit_code == 1
    assert verified.stdout.startswith("1. FAIL")
    opened = run("open", notes, tmp_path / "opened")
    assert opened.exit_code == 1
    assert not (tmp_path / "opened").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["packet", "con", "cold-feet-01"])
def test_no_page_takes_the_place_of_another(name: str, small: Path, run: Run) -> None:
    """Not even when a work is named like the packet, like a device of Windows, or like another."""
    case = small / "cases" / "desk-shoulders-01.yaml"
    text = case.read_text("utf-8")
    case.write_text(text.replace("id: desk-shoulders-01", f"id: {name}"), encoding="utf-8")
    rendered = run("render", small, *DAY, "--html")
    pages = [Path(line) for line in rendered.stdout.splitlines()]
    titles = [path.read_text("utf-8").partition("<title>")[2].partition("<")[0] for path in pages]
    # Five documentations and the packet.
    assert len(set(pages)) == len(set(titles)) == 6
    assert not any(path.stem == "con" for path in pages)
