"""Only files that no program runs for their names are handed in."""

import pytest

from casebook.domain.handed_in import Role, kind_fault


@pytest.mark.parametrize(
    "path,role",
    [
        ("portfolio.yaml", "source"),
        ("cases/heel.yml", "source"),
        ("privacy-review.json", "source"),
        ("attachments/Einwilligung Jürgen.PDF", "attachment"),
        ("attachments/v1.2/foot.JPEG", "attachment"),
        ("program/rubrics/session.yaml", "program"),
        ("program/logo.png", "program"),
        ("evaluation/heel.json", "evaluation"),
        ("documents/packet.pdf", "document"),
        ("attachments/build.pdf", "attachment"),
    ],
)
def test_what_a_portfolio_is_made_of_is_handed_in(path: str, role: Role) -> None:
    assert kind_fault(path, role) is None


@pytest.mark.parametrize(
    "path",
    [
        "yaml.py", "attachments/run.sh", "attachments/form.pdf.exe", "attachments/form.lnk",
        "desktop.ini", "Makefile", "attachments/form", "attachments/page.html", "a.svg", "a.docx",
    ],
)  # fmt: skip
def test_a_name_that_a_program_may_act_on_is_not(path: str) -> None:
    assert kind_fault(path, "attachment") == (
        "is no file of a kind that is handed in (pdf, png, jpg or jpeg)"
    )


@pytest.mark.parametrize(
    "path", [".git/config", ".git/form.pdf", ".envrc", "a/.vscode/x.png", ".pdf", "a/.b.pdf"]
)
def test_nothing_hidden_is(path: str) -> None:
    assert kind_fault(path, "attachment") == "is hidden, or lies in a hidden folder"


@pytest.mark.parametrize("path", ["build/packet.pdf", "a/BUILD/form.pdf"])
def test_nothing_is_taken_from_where_casebook_writes(path: str) -> None:
    assert kind_fault(path, "attachment") == "lies in build/, where only casebook puts files"
