"""Options that several commands share are read alike."""

from datetime import date

import click
import pytest
from click.testing import CliRunner

from casebook.cli.options import date_option, today


@click.command()
@date_option
def told_the_day(on: date) -> None:
    click.echo(on.isoformat())


def test_a_day_is_read_as_it_is_written() -> None:
    assert CliRunner().invoke(told_the_day, ["--date", "2026-07-01"]).output == "2026-07-01\n"


def test_without_a_day_it_is_today() -> None:
    before = today()
    said = CliRunner().invoke(told_the_day, []).output.strip()
    assert before <= date.fromisoformat(said) <= today()


@pytest.mark.parametrize(
    "written,words",
    [
        ("1 July", "'1 July' is no day; write it as 2026-07-01"),
        ("2026-02-30", "is no day"),
        ("1979-12-31", "not between 1980 and 2107"),
        ("9999-12-31", "not between 1980 and 2107"),
    ],
)
def test_what_is_no_day_that_a_submission_can_have_is_refused(written: str, words: str) -> None:
    result = CliRunner().invoke(told_the_day, ["--date", written])
    assert result.exit_code == 2
    assert words in result.output
