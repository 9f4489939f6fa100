"""A portfolio names the files it was read from."""

from pathlib import Path

from casebook.source.folder import DiskFolder
from casebook.source.portfolio import read_portfolio


def test_the_sources_are_the_portfolio_first_then_its_works_and_its_program(
    repository: Path,
) -> None:
    """Every file read is named once, the portfolio's own first."""
    sample = repository / "samples" / "reflexology"
    portfolio = read_portfolio(DiskFolder(sample)).portfolio
    assert portfolio is not None
    paths = portfolio.source_paths
    assert paths[0] == "portfolio.yaml"
    assert paths[-2:] == ("program/program.yaml", "program/rubrics/documentation.yaml")
    assert sorted(paths) == sorted(set(paths))
    assert all((sample / path).is_file() for path in paths)
