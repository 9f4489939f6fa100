"""A candidate who looks for what identifies: what a check then says, and what travels."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image

CASE = "cases/01-low-back.yaml"
DAY = ("--date", "2026-07-01")

Found = Callable[[], list[tuple[str, int, int, str]]]
Run = Callable[..., Result]


def looked(run: Run, *words: str) -> tuple[set[tuple[str, str]], dict[str, Any]]:
    """What ``casebook privacy`` finds in the portfolio around: each path with its codes."""
    result = run("privacy", ".", "--format", "json", *words)
    values = json.loads(result.stdout)
    open_ones = [each for each in values["findings"] if each["severity"] != "note"]
    assert result.exit_code == (1 if open_ones else 0)
    return {(each["path"], each["code"]) for each in values["findings"]}, values


def write(portfolio: Path, text: str) -> int:
    """Put a line into the complaint; returns its number."""
    path = portfolio / CASE
    content = path.read_text("utf-8")
    path.write_text(content.replace("  complaint: >-\n", f"  complaint: >-\n    {text}\n"), "utf-8")
    return path.read_text("utf-8").splitlines().index(f"    {text}") + 1


def test_a_sound_sample_has_only_what_nobody_can_search(portfolio: Path, run: Run) -> None:
    del portfolio
    codes, values = looked(run)
    assert {code for _, code in codes} == {"CB613"}
    assert len(values["questions"]) >= 8


def test_what_is_found_waits_then_is_signed_off_then_out_of_date(
    portfolio: Path, run: Run, found: Found
) -> None:
    line = write(portfolio, "Seen on 12 March 2026.")
    assert found() == [(CASE, line, 13, "CB606"), ("portfolio.yaml", 1, 1, "CB614")]
    done = run("privacy", ".", "--sign-off", "Ana Ruiz", "--reason", "He agreed.", *DAY)
    assert done.exit_code == 0
    assert found() == [("privacy-review.json", 1, 1, "CB615")]
    write(portfolio, "Seen again.")
    assert ("privacy-review.json", 1, 1, "CB616") in found()


def test_a_listed_name_is_found_by_a_check_and_a_search(
    portfolio: Path, run: Run, found: Found
) -> None:
    (portfolio / "private-names.txt").write_text("Jane Hartigan\n", "utf-8")
    line = write(portfolio, "Hartigan came, or Hartigen.")
    assert [each for each in found() if each[0] == CASE] == [
        (CASE, line, 5, "CB608"),
        (CASE, line, 23, "CB610"),
    ]
    assert {(CASE, "CB608"), (CASE, "CB610")} <= looked(run)[0]


def test_a_list_under_another_name_protects_nobody_and_is_told(
    portfolio: Path, run: Run, found: Found
) -> None:
    (portfolio / "private-names.txt.txt").write_text("Jane Hartigan\n", "utf-8")
    told = ("private-names.txt.txt", 1, 1, "CB617")
    assert found() == [told]
    assert (told[0], told[3]) in looked(run)[0]
    assert run("submit", ".", *DAY).exit_code == 1
    (portfolio / "private-names.txt.txt").rename(portfolio / "private-names.txt")
    assert found() == []


def test_a_picture_and_a_name_of_a_file_tell(portfolio: Path, run: Run) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG", exif=exif.tobytes())
    (portfolio / "attachments/scan-2026-03-12.png").write_bytes(buffer.getvalue())
    path = "attachments/scan-2026-03-12.png"
    assert {(path, "CB611"), (path, "CB612")} <= looked(run)[0]


def test_a_form_that_is_the_private_list_is_refused(
    portfolio: Path, run: Run, found: Found
) -> None:
    (portfolio / "private-names.txt").write_text("Zyxwvut\n", "utf-8")
    path = portfolio / CASE
    text = path.read_text("utf-8").replace("form: attachments/consent-a.pdf",
                                           "form: private-names.txt")  # fmt: skip
    path.write_text(text, "utf-8")
    assert (CASE, 19, 9, "CB609") in found()
    result = run("submit", ".", *DAY)
    assert result.exit_code == 1
    assert not (portfolio / "build/submission.zip").exists()


@pytest.mark.slow
def test_the_list_is_in_nothing_that_is_made(small: Path, run: Run, tmp_path: Path) -> None:
    """Neither in pages, packet and submission, nor in what is opened from them."""
    (small / "private-names.txt").write_text("Zyxwvut Qponmlk\n", "utf-8")
    run("render", small, *DAY)
    assert run("submit", small, *DAY).exit_code == 0
    made = [path for path in (small / "build").rglob("*") if path.is_file()]
    assert len(made) > 5
    assert run("open", small / "build/submission.zip", tmp_path / "opened").exit_code in {0, 1}
    assert run("open", small / "build/packet.pdf", tmp_path / "packed").exit_code in {0, 1}
    for folder in (small / "build", tmp_path / "opened", tmp_path / "packed"):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert files
        for path in files:
            assert "private-names" not in path.name
            content = path.read_bytes()
            assert b"Zyxwvut" not in content
            assert b"Qponmlk" not in content
            assert b"private-names" not in content


def test_a_copy_for_publication_is_made_of_the_one_agreed_case(
    portfolio: Path, run: Run, tmp_path: Path
) -> None:
    shutil.rmtree(portfolio / "build", ignore_errors=True)
    write(portfolio, "Mrs Jones, 020 7946 0958.")
    result = run("redact", ".", "-o", tmp_path / "out", *DAY)
    assert result.exit_code == 0
    text = (tmp_path / "out/cases/case-1.yaml").read_text("utf-8")
    assert "[name], [telephone number]. A dull ache" in text
    assert run("check", tmp_path / "out/cases/case-1.yaml", *DAY).exit_code == 0
    assert run("privacy", tmp_path / "out").exit_code == 0
