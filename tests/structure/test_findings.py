"""The page of all findings."""

from pathlib import Path

from casebook.diagnostics.catalogue import catalogue
from casebook.diagnostics.codes import all_codes


def test_the_page_is_what_the_codes_say(repository: Path) -> None:
    """``python -m casebook.diagnostics.catalogue > docs/findings.md`` changes nothing."""
    page = (repository / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == catalogue()


def test_no_code_is_given_out_twice() -> None:
    codes = [code.id for code in all_codes()]
    assert len(codes) > 50
    assert len(set(codes)) == len(codes)
