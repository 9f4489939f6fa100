"""An office reads a panel's estimates, and every slip in the table is told at its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

SOUND = """round,judge,item,expected
1,A,one,0.5
1,A,two,0.5
1,B,one,0.6
1,B,two,0.4
1,C,one,0.7
1,C,two,0.3
"""


def test_a_whole_table_gives_a_cut(tmp_path: Path, run: Run) -> None:
    """Each judge expects 1 of 2 points: the cut is 50 %."""
    table = tmp_path / "judges.csv"
    table.write_text(SOUND, encoding="utf-8")
    result = run("standard", table, "--method", "angoff")
    assert result.exit_code == 0
    assert "50" in result.stdout


@pytest.mark.parametrize(
    "row, instead, said",
    [
        ("1,B,two,0.4\n", "1,B\n", ":5:3: CB116 this row has 2 cells, and there are 4 columns"),
        ("1,B,two,0.4\n", "", ":4:3: CB850 `B` has no estimate in round 1 for `two`"),
    ],
)
def test_a_slip_in_the_table_is_told_where_it_stands(
    tmp_path: Path, run: Run, row: str, instead: str, said: str
) -> None:
    """No cut is made of what is left."""
    table = tmp_path / "judges.csv"
    table.write_text(SOUND.replace(row, instead), encoding="utf-8")
    result = run("standard", table, "--method", "angoff")
    assert result.exit_code == 1
    assert f"{table}{said}" in result.stderr
    assert "no cut" in result.stdout
