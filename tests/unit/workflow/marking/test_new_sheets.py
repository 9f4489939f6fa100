"""A grader gets a sheet for each work: with the rubric, without what is not to be known."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casebook.domain.marking.marks import MarkSheet
from casebook.errors import UnacceptableWork, UsageError
from casebook.resources import sample_dir
from casebook.source.load import load
from casebook.workflow.marking.new_sheets import NewSheets, SheetChoices, new_sheets
from casebook.workflow.received import receive

New = Callable[..., NewSheets]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def sheet_in(path: Path) -> MarkSheet:
    """The record of a sheet that has no fault of form."""
    loaded = load(path.name, path.read_bytes(), expect="mark-sheet")
    assert loaded.findings == ()
    assert loaded.piece is not None
    record = loaded.piece.record
    assert isinstance(record, MarkSheet)
    return record


def make_blind(studio: Path) -> None:
    replace(studio / "program" / "program.yaml", "rubrics:", "marking: {blind: true}\nrubrics:")


def test_a_sheet_says_what_it_is_about_and_leaves_the_marks_to_the_grader(
    new: New, graders: Path, studio: Path, on: date
) -> None:
    (path,) = new().sheets
    assert path == studio.parent / "marks" / "heel.ana.yaml"
    sheet, received = sheet_in(path), receive(studio, on)
    rubric = received.program.rubric("case")
    assert rubric is not None
    assert (sheet.work, sheet.rubric, sheet.level, sheet.program) == (
        "heel", "case", 1, "program/program.yaml",
    )  # fmt: skip
    assert (sheet.submission, sheet.rubric_digest) == (received.digest, rubric.digest)
    assert (sheet.candidate, sheet.conflict) == ("Kim Larsen", None)
    assert (sheet.grader.id, sheet.grader.name) == ("ana", "Ana Ruiz")
    assert sheet.grader.credentials == "Teacher of anatomy"
    assert [(mark.criterion, mark.level, mark.note) for mark in sheet.marks] == [
        ("clear", None, None)
    ]


def test_the_levels_and_the_reasons_stand_in_the_sheet_as_comments(new: New, graders: Path) -> None:
    (path,) = new("ana", works=("observed",)).sheets
    comments = "\n".join(
        line for line in path.read_text("utf-8").splitlines() if line.lstrip().startswith("#")
    )
    assert "  # 1. SAFETY" in comments
    assert "  #   0  unsafe: The client was at risk." in comments
    assert "  # Must be passed, with 1 or more: Nothing makes up for harm." in comments
    assert "  # Below that, write `at` and `note`." in comments
    assert "#   pass   Pass" in comments
    assert "Cycles closed" in comments
    assert [mark.criterion for mark in sheet_in(path).marks] == ["safety", "explains"]


def test_comments_of_the_bank_can_be_reused_by_their_names(on: date, tmp_path: Path) -> None:
    made = new_sheets(sample_dir("nkt-level-1"), "ana", tmp_path, on, SheetChoices())
    text = made.sheets[0].read_text("utf-8")
    assert "such as reuse: [abstract-without-figures]" in text
    assert "#   abstract-without-figures (1): The abstract says that the client got better" in text


def test_no_line_is_longer_than_a_screen(on: date, tmp_path: Path) -> None:
    made = new_sheets(sample_dir("nkt-level-1"), "ana", tmp_path, on, SheetChoices())
    assert [path.name for path in made.sheets] == [
        "low-back-01.ana.yaml", "neck-02.ana.yaml", "shoulder-03.ana.yaml",
    ]  # fmt: skip
    lines = [line for path in made.sheets for line in path.read_text("utf-8").splitlines()]
    assert max(map(len, lines)) <= 100


def test_a_sheet_holds_the_digest_of_the_rules(new: New, studio: Path, on: date) -> None:
    """Its first 64 signs; a line has no room for more."""
    path, *_ = new().sheets
    assert sheet_in(path).program_digest == receive(studio, on).program.digest[:64]


def test_comments_to_reuse_are_those_of_the_rules_that_are_named(
    new: New, studio: Path, tmp_path: Path
) -> None:
    """A candidate can write others into their copy: no rule, and so no other digest."""
    program = studio / "program"
    main = program / "program.yaml"
    main.write_text(main.read_text("utf-8") + "\ncomment_banks: [bank.yaml]\n", "utf-8")
    bank = """\
kind: comment-bank
format: 1
rubric: case
comments: [{id: so-clear, criterion: clear, level: 1, says: It is clear.}]
"""
    (program / "bank.yaml").write_text(bank, "utf-8")
    own = Path(shutil.copytree(program, tmp_path / "own"))
    (program / "bank.yaml").write_text(bank.replace("It is clear.", "Best ever."), "utf-8")
    (path,) = new(program=own).sheets
    assert "It is clear." in path.read_text("utf-8")
    assert "It is clear." in (path.parent / "program" / "bank.yaml").read_text("utf-8")


def test_the_programs_own_files_are_put_where_the_sheet_finds_them(
    new: New, graders: Path, studio: Path
) -> None:
    """Beside it; or nowhere, where the same files lie in one of the two folders above."""
    new()
    copied = studio.parent / "marks" / "program" / "rubrics" / "case.yaml"
    original = studio / "program" / "rubrics" / "case.yaml"
    assert copied.read_bytes() == original.read_bytes()
    shutil.copytree(studio / "program", studio.parent / "office" / "program")
    new(folder="office/marks/s01")
    assert not (studio.parent / "office" / "marks" / "s01" / "program").exists()


def test_another_program_of_that_name_is_not_overwritten(
    new: New, graders: Path, studio: Path
) -> None:
    other = studio.parent / "marks" / "program" / "program.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("kind: program\n", "utf-8")
    with pytest.raises(UsageError, match="already there"):
        new()
    assert other.read_text("utf-8") == "kind: program\n"
    assert not (studio.parent / "marks" / "heel.ana.yaml").exists()


def test_a_blind_sheet_tells_no_name_and_has_a_copy_to_read(
    new: New, graders: Path, studio: Path, on: date
) -> None:
    make_blind(studio)
    made = new()
    (path,), (copy,) = made.sheets, made.copies
    text = path.read_text("utf-8")
    assert sheet_in(path).candidate is None
    assert "Larsen" not in text
    assert "it is heel.pdf, beside this sheet" in text
    assert receive(studio, on).digest[:12] in text
    assert (copy.name, made.telling) == ("heel.pdf", ())
    page = copy.read_text("utf-8")
    assert "Heel pain on the stairs" in page
    assert "Larsen" not in page


@pytest.mark.parametrize(
    "words",
    [
        "I, Kim (Larsen), saw that stairs hurt",
        "LARSEN, KIM",
        "In Larsen's practice stairs hurt",
        "Write to kim@example.org",
    ],
)
def test_a_copy_whose_own_words_name_the_candidate_is_told(
    new: New, graders: Path, studio: Path, words: str
) -> None:
    make_blind(studio)
    replace(
        studio / "portfolio.yaml",
        "name: Kim Larsen",
        "name: Kim Larsen\n  contact: Kim@example.org",
    )
    replace(studio / "cases" / "heel.yaml", "Stairs hurt", words)
    made = new()
    assert made.telling == made.copies != ()


@pytest.mark.parametrize("words", ["Kim is what the client calls the dog", "the larsen stretch"])
def test_a_first_name_or_a_word_that_is_written_small_tells_nobody(
    new: New, graders: Path, studio: Path, words: str
) -> None:
    make_blind(studio)
    replace(studio / "cases" / "heel.yaml", "Stairs hurt", words)
    assert new().telling == ()


def test_a_works_id_that_names_the_candidate_is_told(new: New, graders: Path, studio: Path) -> None:
    """It names the grader's files, and stands in the sheet and in every seal."""
    make_blind(studio)
    replace(studio / "cases" / "heel.yaml", "id: heel", "id: larsen-heel")
    made = new()
    assert made.telling == made.copies != ()


def test_a_session_is_marked_again_where_several_grade_it(
    new: New, graders: Path, studio: Path
) -> None:
    replace(
        studio / "program" / "program.yaml", "rubrics:", "marking: {session_graders: 2}\nrubrics:"
    )
    assert [path.name for path in new().sheets] == ["heel.ana.yaml", "observed.ana.yaml"]
    assert [path.name for path in new("cem", folder="more").sheets] == ["observed.cem.yaml"]


def test_a_grader_who_declared_a_conflict_gets_no_sheet(
    new: New, graders: Path, studio: Path
) -> None:
    refused = r"bo must not .* taught the candidate \(in 2025\)"
    with pytest.raises(UnacceptableWork, match=refused) as refusal:
        new("bo")
    assert refusal.value.hint == "ask another grader"
    assert not (studio.parent / "marks").exists()


def test_a_grader_whom_the_candidate_names_gets_no_sheet(
    new: New, graders: Path, studio: Path
) -> None:
    replace(studio / "portfolio.yaml", "course:", "ties: {close_to: [Ana Ruiz]}\ncourse:")
    close = "the portfolio says that Ana Ruiz is close"
    with pytest.raises(UnacceptableWork, match=close) as refusal:
        new("ana")
    # Another Ana Ruiz may be meant.
    assert "two people of one name" in str(refusal.value.hint)


@pytest.mark.parametrize(
    "grader, works, message",
    [
        ("anna", (), "the list of graders has no `anna`"),
        ("cem", (), "has nothing that cem is to mark"),
        ("cem", ("heel",), "Cem Oz marks no work of kind case-study"),
        ("ana", ("heal",), "has no work `heal`"),
    ],
)
def test_what_cannot_be_marked_is_refused(
    new: New, graders: Path, grader: str, works: tuple[str, ...], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        new(grader, works=works)


def test_an_examiner_does_not_mark_the_same_session_twice(new: New, studio: Path) -> None:
    replace(studio / "observation.yaml", "{name: Robin Hale}", "{name: Robin Hale, id: robin}")
    with pytest.raises(UsageError, match="is its examiner"):
        new("robin", works=("observed",))


def test_without_a_list_the_id_stands_for_the_name(new: New) -> None:
    made = new("dee-lo")
    grader = sheet_in(made.sheets[0]).grader
    assert (grader.id, grader.name, made.nameless) == ("dee-lo", "dee-lo", True)


@pytest.mark.parametrize("grader", ["", "Ana Ruiz", "../ana", "ana/ruiz", "a" * 65])
def test_an_id_that_is_none_is_refused(new: New, grader: str) -> None:
    with pytest.raises(UsageError, match="is no id of a grader"):
        new(grader)


def test_a_sheet_with_marks_in_it_is_not_overwritten(new: New, graders: Path) -> None:
    (path,) = new().sheets
    replace(path, "    level:", "    level: 1")
    marked = path.read_bytes()
    with pytest.raises(UsageError, match="already there, perhaps with marks"):
        new()
    assert path.read_bytes() == marked
    new(force=True)
    assert path.read_bytes() != marked


def test_unusual_words_of_program_and_candidate_make_a_sheet_that_can_be_read(
    new: New, graders: Path, studio: Path
) -> None:
    """Colons, quotation marks and # mean something in YAML, and nothing in a name."""
    name = """Kim "K: #1" O'Larsen"""
    replace(studio / "portfolio.yaml", "name: Kim Larsen", "name: 'Kim \"K: #1\" O''Larsen'")
    replace(
        studio / "program" / "rubrics" / "case.yaml", "describes: Nothing is clear.",
        'describes: "no: *not* {clear} # at all\\nlevel: 9"',
    )  # fmt: skip
    sheet = sheet_in(new().sheets[0])
    assert sheet.candidate == name
    assert sheet.marks[0].level is None


def test_a_work_that_no_rubric_judges_gets_no_sheet(new: New, graders: Path, studio: Path) -> None:
    program = studio / "program" / "program.yaml"
    replace(program, "[rubrics/case.yaml, rubrics/session.yaml]", "[rubrics/session.yaml]")
    with pytest.raises(UsageError, match="has nothing that ana is to mark"):
        new()
    with pytest.raises(UsageError, match="no rubric for a work of kind case-study"):
        new(works=("heel",))


def test_a_title_cannot_write_into_the_sheet(
    new: New, graders: Path, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ends a line, turns the writing round or paints a terminal is spelled out."""
    monkeypatch.setattr("casebook.source.unseen.tricks", lambda _: ())
    title = '"Heel pain: a case report\\u2028conflict: none\\x85\\u202E\\x1B[31m"'
    text = (studio / "cases" / "heel.yaml").read_text("utf-8")
    (studio / "cases" / "heel.yaml").write_text(
        re.sub("^title:.*$", lambda _: f"title: {title}", text, flags=re.MULTILINE), "utf-8"
    )
    (path,) = new().sheets
    assert sheet_in(path).conflict is None
    written = path.read_text("utf-8")
    assert "conflict: none \\u202e\\u001b[31m" in written
    assert not set("\u2028\x85\u202e\x1b") & set(written)
