"""What is no file, no file that may be read, or none that belongs to the folder."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from click.testing import Result

DAY = ("--date", "2026-07-01")
CASE = "cases/01-low-back.yaml"

Found = Callable[[], list[tuple[str, int, int, str]]]
Run = Callable[..., Result]
Check = Callable[..., list[dict[str, Any]]]


def replace_form(portfolio: Path, form: str) -> tuple[int, int]:
    """Name another consent form in the first case; returns the place of the name."""
    text = (portfolio / CASE).read_text("utf-8")
    lines = text.splitlines()
    number = lines.index("  form: attachments/consent-a.pdf") + 1
    (portfolio / CASE).write_text(
        text.replace("form: attachments/consent-a.pdf", f"form: {form}"), encoding="utf-8"
    )
    return number, len("  form: ") + 1


@pytest.mark.parametrize(
    "form",
    [
        "../consent-a.pdf", "attachments/../../consent-a.pdf", "/etc/hostname", "attachments//a",
        '"C:/forms/a.pdf"', r"attachments\consent-a.pdf", "attachments/..", '"attachments/\\0.pdf"',
    ],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_folder_is_refused_where_it_stands(
    form: str, portfolio: Path, found: Found
) -> None:
    line, column = replace_form(portfolio, form)
    places = found()
    assert (CASE, line, column, "CB308") in places
    # The form that is no longer named by anything is noticed as well, and a NUL by itself.
    hidden = {"CB112"} if "\\0" in form else set()
    assert {code for *_, code in places} == {"CB308", "CB315", *hidden}


@pytest.mark.parametrize("form", [".git/config", "yaml.py", ".envrc", "build/START.html"])
def test_a_file_that_a_program_acts_on_for_its_name_is_not_handed_in(
    form: str, portfolio: Path, found: Found, run: Run
) -> None:
    """Whoever opens the submission would have it on their computer."""
    (portfolio / form).parent.mkdir(exist_ok=True)
    (portfolio / form).write_bytes(b"import os\n")
    line, column = replace_form(portfolio, form)
    assert (CASE, line, column, "CB317") in found()
    assert run("submit", ".", *DAY).exit_code == 1
    assert not (portfolio / "build" / "submission.zip").exists()


def test_more_works_than_a_portfolio_may_have_are_told_and_not_read(
    portfolio: Path, check: Check
) -> None:
    case = (portfolio / CASE).read_bytes()
    for number in range(200):
        (portfolio / "cases" / f"more-{number}.yaml").write_bytes(case)
    assert [(each["path"], each["code"]) for each in check(".")] == [("portfolio.yaml", "CB123")]


def test_a_private_key_is_never_handed_in(
    portfolio: Path, found: Found, run: Run, tmp_path: Path
) -> None:
    """Not even where it is called a form."""
    assert run("key", "new", tmp_path / "signing-key", "--no-passphrase").exit_code == 0
    (portfolio / "attachments" / "consent-a.pdf").write_bytes(
        (tmp_path / "signing-key").read_bytes()
    )
    assert {code for *_, code in found()} == {"CB620"}
    assert run("submit", ".", *DAY).exit_code == 1
    assert not (portfolio / "build").exists()


def test_an_attachment_that_is_a_link_out_of_the_folder_is_refused(
    portfolio: Path, tmp_path: Path, found: Found, run: Run
) -> None:
    (tmp_path / "elsewhere.pdf").write_bytes(b"%PDF-1.4 somebody else's\n")
    form = portfolio / "attachments" / "consent-a.pdf"
    form.unlink()
    form.symlink_to(tmp_path / "elsewhere.pdf")
    line, column = replace_form(portfolio, "attachments/consent-a.pdf")
    assert found() == [(CASE, line, column, "CB308")]
    assert run("submit", ".", *DAY).exit_code == 1
    assert not (portfolio / "build").exists()


def test_an_attachment_that_is_a_link_inside_the_folder_is_taken(
    portfolio: Path, found: Found
) -> None:
    form = portfolio / "attachments" / "consent-a.pdf"
    form.rename(portfolio / "forms.pdf")
    form.symlink_to(Path("..") / "forms.pdf")
    assert found() == []


def test_a_case_that_is_a_link_out_of_the_folder_is_not_read(
    portfolio: Path, tmp_path: Path, found: Found
) -> None:
    (tmp_path / "secret.yaml").write_text("kind: case-study\nsecret: 1\n")
    (portfolio / "cases" / "04-new.yaml").symlink_to(tmp_path / "secret.yaml")
    assert found() == [("cases/04-new.yaml", 1, 1, "CB308")]


@pytest.mark.parametrize("target", ["nowhere.yaml", "04-new.yaml"])
def test_a_case_that_is_a_link_to_nothing_or_to_itself_is_a_finding(
    target: str, portfolio: Path, found: Found
) -> None:
    (portfolio / "cases" / "04-new.yaml").symlink_to(target)
    assert found() == [("cases/04-new.yaml", 1, 1, "CB101")]


def test_a_folder_in_the_place_of_an_attachment_is_a_finding(
    portfolio: Path, found: Found, run: Run
) -> None:
    (portfolio / "attachments" / "consent-a.pdf").unlink()
    (portfolio / "attachments" / "consent-a.pdf").mkdir()
    line, column = replace_form(portfolio, "attachments/consent-a.pdf")
    assert found() == [(CASE, line, column, "CB101")]
    assert run("submit", ".", *DAY).exit_code == 1


@pytest.mark.parametrize("command", ["check", "score", "render", "submit", "verify"])
def test_a_folder_that_is_no_portfolio_is_one_clear_line(
    command: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "portfolio.yaml").mkdir()
    (tmp_path / "cases").mkdir()
    refused = run(command, tmp_path)
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    assert str(tmp_path) in refused.stderr


@pytest.mark.parametrize("command", ["check", "score", "render", "submit", "verify"])
@pytest.mark.parametrize("name", ["nowhere", "nowhere/portfolio.yaml", "n\tw\nhere", "n" * 300])
def test_a_path_that_leads_to_nothing_is_one_clear_line(
    command: str, name: str, tmp_path: Path, run: Run
) -> None:
    refused = run(command, tmp_path / name)
    assert refused.exit_code in {2, 3}
    assert refused.stdout == ""
    assert refused.stderr.startswith("casebook: ")
    assert len(refused.stderr.splitlines()) == 1


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """A function that takes away the right to read a file, even from somebody who may read all."""

    def take_away(path: Path) -> None:
        path.chmod(0)
        original: Callable[..., IO[Any]] = Path.open

        def refusing(self: Path, *words: object, **extra: object) -> IO[Any]:
            if self.name == path.name:
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
            return original(self, *words, **extra)

        monkeypatch.setattr(Path, "open", refusing)

    return take_away


def test_a_file_that_may_not_be_read_is_a_finding_in_a_portfolio_and_ends_a_command_alone(
    portfolio: Path, found: Found, run: Run, refuse: Callable[[Path], None]
) -> None:
    refuse(portfolio / CASE)
    assert (CASE, 1, 1, "CB101") in found()
    alone = run("check", CASE)
    assert alone.exit_code == 3
    assert alone.stderr.startswith("casebook: cannot read cases/01-low-back.yaml: permission is")
    assert run("submit", ".", *DAY).exit_code == 1


def test_a_consent_form_that_may_not_be_read_is_a_finding(
    portfolio: Path, found: Found, refuse: Callable[[Path], None]
) -> None:
    line, column = replace_form(portfolio, "attachments/consent-a.pdf")
    refuse(portfolio / "attachments" / "consent-a.pdf")
    assert found() == [(CASE, line, column, "CB101")]


def test_a_pipe_in_the_place_of_a_case_is_not_waited_for(
    portfolio: Path, found: Found, run: Run
) -> None:
    os.mkfifo(portfolio / "cases" / "04-new.yaml")
    assert found() == [("cases/04-new.yaml", 1, 1, "CB101")]
    assert run("check", "cases/04-new.yaml").exit_code == 2
