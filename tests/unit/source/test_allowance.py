"""What the files of a portfolio hold together has limits beside those of each file."""

from collections.abc import Callable
from functools import partial

import pytest

from casebook.diagnostics.place import Place
from casebook.limits import FILE_BYTES, PORTFOLIO_TEXT_BYTES, PORTFOLIO_WORKS
from casebook.source import portfolio
from casebook.source.allowance import Allowance
from casebook.source.folder import MemoryFolder
from casebook.source.portfolio import PortfolioReading, read_portfolio
from casebook.source.program import find_program

MAIN = b"kind: portfolio\nformat: 1\nprogram: nkt\nlevel: 1\ncandidate: {name: Jordan}\n"
CASE = b"kind: case-study\nformat: 1\nid: a\ntitle: T\nclient: {pseudonym: A}\n"
OWN = MAIN.replace(b"program: nkt", b"program: program/program.yaml")

Allow = Callable[..., None]


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Allow:
    """Gives portfolios less than they have."""

    def less(**most: int) -> None:
        monkeypatch.setattr(portfolio, "Allowance", partial(Allowance, **most))

    return less


def read(cases: list[bytes], main: bytes = MAIN) -> PortfolioReading:
    files = {f"cases/c{number:04}.yaml": content for number, content in enumerate(cases)}
    return read_portfolio(MemoryFolder("portfolio", {"portfolio.yaml": main, **files}))


def found(reading: PortfolioReading) -> list[tuple[str, str]]:
    return [(each.place.path, each.code) for each in reading.findings]


def test_files_within_their_own_limits_are_too_much_together() -> None:
    """Three files of 1.9 million bytes: the third does not fit, and one finding says so."""
    case = CASE + b"# " + b"x" * 1_900_000 + b"\n"
    assert len(case) < FILE_BYTES
    reading = read([case] * 4)
    assert found(reading) == [("cases/c0002.yaml", "CB123")]
    assert f"{PORTFOLIO_TEXT_BYTES:,} bytes" in reading.findings[0].message
    assert reading.findings[0].hint
    assert reading.portfolio is None
    assert list(reading.contents) == ["portfolio.yaml", "cases/c0000.yaml", "cases/c0001.yaml"]


def test_more_works_than_a_portfolio_has_are_not_read_at_all() -> None:
    """The count is known by the names alone."""
    assert read([CASE] * PORTFOLIO_WORKS).portfolio is not None
    reading = read([CASE] * (PORTFOLIO_WORKS + 1))
    assert found(reading) == [("portfolio.yaml", "CB123")]
    assert "201 case studies and sessions; a portfolio has at most 200" in (
        reading.findings[0].message
    )
    assert (reading.portfolio, reading.contents) == (None, {})


def test_values_count_in_all_files_together(allow: Allow) -> None:
    """The portfolio's own file has 7 (its five keys' values, the name, the whole), a case 7 too."""
    allow(nodes=21)
    assert read([CASE] * 2).portfolio is not None
    reading = read([CASE] * 4)
    assert found(reading) == [("cases/c0002.yaml", "CB123")]
    assert list(reading.contents)[-1] == "cases/c0002.yaml"


def test_a_file_that_gives_no_record_counts_too(allow: Allow) -> None:
    """Its reading costs as much: a fault at its end does not make it free."""
    allow(nodes=20)
    broken = b"a: [1, 2, 3, 4, 5, 6, 7, 8, 9]\nb: *c\n"
    reading = read([broken] * 3)
    # 7 values of the portfolio's own file and 12 of the first: the whole, a list of nine, an alias.
    assert found(reading) == [
        ("cases/c0000.yaml", "CB108"),
        ("cases/c0001.yaml", "CB108"),
        ("cases/c0001.yaml", "CB123"),
    ]


def test_a_file_that_is_refused_unread_counts_no_further_than_the_limit_of_one() -> None:
    """Of a file that is too large by itself only that is said."""
    assert found(read([b"#" * 9_000_000])) == [("cases/c0000.yaml", "CB103")]


def test_a_portfolio_s_own_program_counts_with_it(allow: Allow) -> None:
    """Its files are texts that the sender wrote as well."""
    allow(text_bytes=len(OWN) + 10)
    program = {"portfolio.yaml": OWN, "program/program.yaml": b"kind: program\n"}
    reading = read_portfolio(MemoryFolder("portfolio", program))
    assert found(reading) == [("program/program.yaml", "CB123")]
    assert reading.portfolio is None


def test_a_program_by_itself_has_as_much_as_a_portfolio() -> None:
    """Its rubrics are many files as well: the ones behind the limit are not read."""
    main = (
        "kind: program\nformat: 1\nid: own\nname: Own\nversion: '1'\nowner: Us\nnotice: N.\n"
        "case_study: {required: []}\ncertificate: {title: T, statement: S}\n"
        "levels: [{level: 1, name: One, requirements: "
        "[{id: c, says: Go., needs: course, course_hours: 15}]}]\n"
        f"rubrics: [{', '.join(f'r{number}.yaml' for number in range(4))}]\n"
    )
    rubric = b"kind: rubric\n# " + b"x" * 1_900_000 + b"\n"
    files = {f"r{number}.yaml": rubric for number in range(4)}
    folder = MemoryFolder("program", {"program.yaml": main.encode(), **files})
    reading = find_program("program.yaml", folder, Place("portfolio.yaml"))
    assert [each.place.path for each in reading.findings if each.code == "CB123"] == ["r2.yaml"]
    assert reading.program is None
    assert set(reading.files) == {"program.yaml", "r0.yaml", "r1.yaml"}
