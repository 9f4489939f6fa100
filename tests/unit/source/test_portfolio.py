"""A portfolio folder is read whole: every file of it, and all faults at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from casebook.errors import MachineError, UsageError
from casebook.limits import FILE_BYTES, LARGEST_READ_BYTES
from casebook.source.folder import DiskFolder, MemoryFolder
from casebook.source.portfolio import (
    PortfolioReading,
    is_portfolio,
    language_around,
    open_portfolio,
    portfolio_around,
    program_around,
    read_portfolio,
)

Write: TypeAlias = Callable[[dict[str, str]], Path]

MAIN = "kind: portfolio\nformat: 1\nprogram: nkt\nlevel: 1\ncandidate: {name: Jordan}\n"
CASE = "kind: case-study\nformat: 1\nid: a\ntitle: T\nclient: {pseudonym: A}\n"
SESSION = (
    "kind: observation\nformat: 1\nid: seen\ndate: 2026-06-20\nmode: video\n"
    "examiner: {name: Robin}\nclient: {pseudonym: D}\n"
)
FILES = {"portfolio.yaml": MAIN, "cases/a.yaml": CASE, "observation.yaml": SESSION}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the files of a portfolio and gives their folder."""

    def to_disk(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return to_disk


def read(files: dict[str, str]) -> PortfolioReading:
    contents = {name: text.encode() for name, text in files.items()}
    return read_portfolio(MemoryFolder("portfolio", contents))


def findings(reading: PortfolioReading) -> list[tuple[str, int, str]]:
    return [(each.place.path, each.place.span.line, each.code) for each in reading.findings]


def test_a_sound_portfolio_gives_all_its_pieces() -> None:
    """Its own file, the program it names, its cases and its observed session."""
    reading = read(FILES | {"cases/b.yml": CASE, "observation-2.yml": SESSION})
    assert reading.findings == ()
    portfolio = reading.portfolio
    assert portfolio is not None
    assert [piece.path for piece in portfolio.cases] == ["cases/a.yaml", "cases/b.yml"]
    assert len(portfolio.observations) == 2
    assert portfolio.program.rules.id == "nkt"
    assert (portfolio.unread, portfolio.program_files) == ((), ())
    assert set(reading.contents) == set(FILES) | {"cases/b.yml", "observation-2.yml"}


def test_the_same_folder_reads_the_same_from_the_disk(write: Write) -> None:
    """Whether on the disk or in memory, records and findings are equal."""
    on_disk, in_memory = read_portfolio(DiskFolder(write(FILES))), read(FILES)
    assert on_disk.portfolio is not None
    assert in_memory.portfolio is not None
    assert on_disk.portfolio.cases == in_memory.portfolio.cases
    assert on_disk.findings == in_memory.findings


def test_one_broken_file_hides_no_other() -> None:
    """Faults of three files are found at once, and what gave no record is named."""
    reading = read(
        {
            "portfolio.yaml": MAIN.replace("level: 1", "level: one\ncourse: {finished: soon}"),
            "cases/a.yaml": "kind: case-study\nformat: 1\nid: [",
            "cases/b.yaml": "kind: observation\nformat: 1\n",
            "observation.yaml": SESSION.replace("video", "telephone"),
        }
    )
    assert sorted(findings(reading)) == [
        ("cases/a.yaml", 3, "CB105"), ("cases/b.yaml", 1, "CB207"),
        ("observation.yaml", 5, "CB205"), ("portfolio.yaml", 4, "CB203"),
        ("portfolio.yaml", 5, "CB201"), ("portfolio.yaml", 5, "CB203"),
    ]  # fmt: skip
    assert reading.portfolio is not None


def test_files_that_gave_nothing_are_counted_as_unread() -> None:
    """So that a broken case study is not also called one too few."""
    reading = read(FILES | {"cases/b.yaml": "- x\n"})
    assert reading.portfolio is not None
    assert reading.portfolio.unread == ("cases/b.yaml",)


@pytest.mark.parametrize(
    "name", ["case-b.yaml", "notes.yml", "cases/old/b.yaml", "cases/b.yaml.txt", "cases/b.docx"]
)
def test_a_file_in_the_wrong_place_is_warned_of(name: str) -> None:
    """A case beside its folder, below it, or saved under another ending would be missed."""
    reading = read(FILES | {name: CASE})
    assert findings(reading) == [(name, 1, "CB315")]


def test_other_files_are_nobodys_business() -> None:
    """Notes, attachments and hidden files draw no warning."""
    files = {"notes.txt": "x", "attachments/a.pdf": "x", ".notes.yaml": "x", "build/a.yaml": "x"}
    assert read(FILES | files).findings == ()


def test_a_program_of_its_own_is_a_part_of_the_portfolio() -> None:
    """Its files are read, kept and counted among the sources, and its faults are found."""
    files = FILES | {
        "portfolio.yaml": MAIN.replace("nkt", "rules/program.yaml"),
        "rules/program.yaml": "kind: program\nformat: 1\n",
    }
    reading = read(files)
    assert reading.portfolio is None
    assert "rules/program.yaml" in reading.contents
    assert {path for path, _, _ in findings(reading)} == {"rules/program.yaml"}


@pytest.mark.parametrize(
    "program, code",
    [("nkd", "CB311"), ("rules/program.yaml", "CB311"), ("../program.yaml", "CB308")],
)
def test_a_program_that_is_not_there_is_found_at_its_name(program: str, code: str) -> None:
    """The place is the value of ``program``."""
    reading = read(FILES | {"portfolio.yaml": MAIN.replace("nkt", program)})
    assert findings(reading) == [("portfolio.yaml", 3, code)]


def test_a_file_of_ten_megabytes_is_told_its_size(write: Write) -> None:
    """It is one finding about that file, and the others are still read."""
    folder = write(FILES | {"cases/b.yaml": "#" * 5 * FILE_BYTES})
    reading = read_portfolio(DiskFolder(folder))
    assert findings(reading) == [("cases/b.yaml", 1, "CB103")]


def test_what_cannot_be_read_is_a_finding_without_the_path_of_the_machine(write: Write) -> None:
    """A folder where a file belongs, and a file far too large."""
    folder = write(FILES)
    (folder / "cases" / "b.yaml").symlink_to(folder / "cases")
    with (folder / "cases" / "c.yaml").open("wb") as large:
        large.truncate(LARGEST_READ_BYTES + 1)
    reading = read_portfolio(DiskFolder(folder))
    assert sorted(findings(reading)) == [("cases/c.yaml", 1, "CB101")]
    assert str(folder) not in reading.findings[0].message


def test_a_file_behind_a_link_out_of_the_folder_is_not_read(
    write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A submission holds the portfolio's folder and nothing else."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.yaml"
    elsewhere.write_text(CASE)
    folder = write(FILES)
    (folder / "cases" / "b.yaml").symlink_to(elsewhere)
    reading = read_portfolio(DiskFolder(folder))
    assert findings(reading) == [("cases/b.yaml", 1, "CB308")]
    assert reading.portfolio is not None
    assert reading.portfolio.unread == ("cases/b.yaml",)


# --- finding a portfolio on the disk ---------------------------------------------------------


def test_a_portfolio_is_found_around_its_files(write: Write) -> None:
    """From a file in it and from one in ``cases``, but not from two folders down."""
    folder = write(FILES | {"cases/old/b.yaml": CASE})
    assert is_portfolio(folder)
    assert portfolio_around(folder / "observation.yaml") == folder
    assert portfolio_around(folder / "cases" / "a.yaml") == folder
    assert portfolio_around(folder / "cases" / "old" / "b.yaml") is None


def test_the_program_of_a_file_is_that_of_the_portfolio_around_it(write: Write) -> None:
    """Without a portfolio, and in one that names no program, there is none."""
    folder = write(FILES)
    reading = program_around(folder / "cases" / "a.yaml")
    assert reading is not None
    assert reading.program is not None
    assert program_around(folder / "cases" / "old" / "b.yaml") is None
    write({"portfolio.yaml": "kind: portfolio\n"})
    assert program_around(folder / "cases" / "a.yaml") is None


def test_the_language_of_a_file_is_that_of_the_portfolio_around_it(write: Write) -> None:
    """English where no portfolio names another, and where there is none."""
    folder = write(FILES)
    assert language_around(folder / "cases" / "a.yaml") == "en"
    assert language_around(folder / "cases" / "old" / "b.yaml") == "en"
    write({"portfolio.yaml": f"{MAIN}language: fr\n"})
    assert language_around(folder / "cases" / "a.yaml") == "fr"


@pytest.mark.parametrize(
    "name, said, hint",
    [
        ("nowhere", "there is no folder", "spelt"),
        ("cases", "is no portfolio", "name the portfolio itself"),
        ("observation.yaml", "is a file", "name the folder"),
    ],
)
def test_what_is_no_portfolio_is_refused_with_what_was_meant(
    write: Write, name: str, said: str, hint: str
) -> None:
    """A wrong name, a folder of the portfolio and a file of it each have their own remedy."""
    folder = write(FILES)
    with pytest.raises(UsageError, match=said) as caught:
        open_portfolio(folder / name)
    assert caught.value.hint is not None
    assert hint in caught.value.hint


def test_a_folder_without_a_portfolio_is_refused(tmp_path: Path) -> None:
    """An empty one can become one; one with files may be another folder than was meant."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        open_portfolio(tmp_path / "empty")
    assert "casebook new" in str(caught.value.hint)
    (tmp_path / "full" / "below").mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        open_portfolio(tmp_path / "full")
    assert "name the folder that holds" in str(caught.value.hint)


def test_a_portfolio_on_the_disk_is_opened(write: Write) -> None:
    """Its folder is handed on for reading."""
    folder = write(FILES)
    assert open_portfolio(folder) == DiskFolder(folder)


def test_a_file_that_the_machine_keeps_back_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it will not even say whether the file is there, the file counts as unread."""

    def refuse(_: MemoryFolder, name: str) -> bool:
        raise MachineError(f"cannot look into {name}", hint="ask who may read it")

    monkeypatch.setattr(MemoryFolder, "holds", refuse)
    reading = read(FILES)
    assert reading.portfolio is None
    assert {code for _, _, code in findings(reading)} == {"CB101", "CB114"}
