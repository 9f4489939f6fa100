"""The page of findings names every code in its chapter."""

from casebook.diagnostics.catalogue import catalogue
from casebook.diagnostics.codes import all_codes


def test_the_page_has_a_row_for_every_code() -> None:
    """Each code has one row with its severity, and every hundred has a chapter."""
    page = catalogue()
    for code in all_codes():
        assert f"| {code.id} | {code.severity} | {code.title} |" in page
    assert page.count("\n## ") == len({code.id[2] for code in all_codes()})


def test_a_bar_in_a_text_does_not_break_the_table() -> None:
    """Every row of the page has four cells."""
    rows = [line for line in catalogue().splitlines() if line.startswith("| CB")]
    assert len(rows) == len(all_codes())
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5
