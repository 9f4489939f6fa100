"""``casebook mark`` takes a grader from a submission to sealed marks, and keeps others' closed."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from tests.portfolios.keys import key_file, made_key, signers_file

Run: TypeAlias = Callable[..., Result]

DAY = ("--date", "2026-07-01")
AT = ("--at", "2026-07-02T10:00:00Z")
LATER = ("--at", "2026-07-03T10:00:00Z")


def fill(path: Path, level: int = 1) -> None:
    text = re.sub(
        r"^    level:.*$", f"    level: {level}", path.read_text("utf-8"), flags=re.MULTILINE
    )
    path.write_text(re.sub(r"^conflict:.*$", "conflict: none", text, flags=re.MULTILINE), "utf-8")


@pytest.fixture
def sheet(run: Run, studio: Path) -> Path:
    assert run("mark", "new", studio, "--grader", "ana", "-o", "marks", *DAY).exit_code == 0
    return Path("marks/heel.ana.yaml")


@pytest.fixture
def sealed(run: Run, sheet: Path) -> Path:
    fill(sheet)
    assert run("mark", "seal", sheet, *AT).exit_code == 0
    return Path("marks/heel.ana.sealed.json")


def test_new_sheets_are_named_with_what_comes_next(run: Run, studio: Path) -> None:
    result = run("mark", "new", studio, "--grader", "ana", "-o", "my marks", *DAY)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "my marks/heel.ana.yaml  mark sheet",
        "fill it in, then: casebook mark check 'my marks/heel.ana.yaml'",
    ]
    assert "no list of graders was found" in result.stderr


def test_a_grader_who_taught_the_candidate_is_refused_with_1(run: Run, studio: Path) -> None:
    Path("graders.yaml").write_text(
        "kind: graders\nformat: 1\ngraders:\n"
        "  - {id: ana, name: Ana, declares: [{candidate: Kim Larsen, relation: taught}]}\n",
        "utf-8",
    )
    result = run("mark", "new", studio, "--grader", "ana", "-o", "marks", *DAY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the list of graders says that Ana taught the candidate" in result.stderr
    assert not Path("marks").exists()


def test_a_draft_has_notes_and_ends_with_0_and_a_final_one_with_1(run: Run, sheet: Path) -> None:
    draft = run("mark", "check", sheet)
    assert draft.exit_code == 0
    assert draft.stdout.splitlines()[-1] == "1 file checked: 2 notes"
    assert run("mark", "check", sheet, "--final").exit_code == 1
    fill(sheet)
    assert run("mark", "check", sheet, "--final", "--submission", "studio", *DAY).exit_code == 0


def test_a_check_is_told_as_json_too(run: Run, sheet: Path) -> None:
    values = json.loads(run("mark", "check", "marks", "--format", "json").stdout)
    assert values["summary"] == {"files": 1, "errors": 0, "warnings": 0, "notes": 2}


def test_a_seal_is_printed_to_be_written_down(run: Run, sheet: Path) -> None:
    fill(sheet)
    result = run("mark", "seal", "marks", "--submissions", "studio", *AT, *DAY)
    assert result.exit_code == 0
    first, second, third = result.stdout.splitlines()
    assert first == "sealed  marks/heel.ana.yaml"
    assert second.strip() == "marks/heel.ana.sealed.json"
    assert re.fullmatch("  [0-9a-f]{64}", third)
    values = json.loads(run("mark", "seal", "marks", *LATER, "--format", "json").stdout)
    (again,) = values["sheets"]
    assert (again["state"], again["seal"]) == ("unchanged", third.strip())


def test_what_is_refused_ends_with_1_and_says_why(run: Run, sheet: Path) -> None:
    result = run("mark", "seal", sheet)
    assert result.exit_code == 1
    assert "it is not finished: 1 criterion wants a mark" in result.stdout
    fill(sheet, 7)
    result = run("mark", "seal", sheet)
    assert result.exit_code == 1
    assert "it is not right; see above" in result.stdout
    assert "CB802" in result.stderr


def test_a_change_is_dated_and_its_reason_stays(run: Run, sheet: Path, sealed: Path) -> None:
    fill(sheet, 0)
    changed = run("mark", "change", sealed, sheet, "--reason", "Misread the table.", *LATER)
    assert changed.exit_code == 0
    assert re.fullmatch(r"[0-9a-f]{64}  entry 2\n", changed.stdout)
    result = run("mark", "history", sealed)
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == str(sealed)
    assert lines[1] == "heel by ana"
    assert "Misread the table." in lines
    assert "clear: level changed" in lines
    assert lines[-1] == "every entry is as it was sealed"
    opened = run("mark", "history", sealed, "--own", sealed).stdout
    assert "clear: level 1 -> 0" in opened


def test_sheets_and_changes_are_told_as_json_too(run: Run, studio: Path) -> None:
    words = ("mark", "new", studio, "--grader", "ana", "-o", "marks", *DAY)
    made = json.loads(run(*words, "--format", "json").stdout)
    assert made == {
        "sheets": ["marks/heel.ana.yaml"], "copies": [], "naming": [], "grader_listed": False,
    }  # fmt: skip
    sheet, sealed = Path("marks/heel.ana.yaml"), Path("marks/heel.ana.sealed.json")
    fill(sheet)
    run("mark", "seal", sheet, *AT)
    fill(sheet, 0)
    done = run("mark", "change", sealed, sheet, "--reason", "A slip.", "--format", "json", *LATER)
    values = json.loads(done.stdout)
    history = json.loads(run("mark", "history", sealed, "--format", "json").stdout)
    (file,) = history["files"]
    assert values == {
        "sealed": str(sealed), "seal": file["entries"][-1]["digest"], "entries": 2,
    }  # fmt: skip


def test_a_change_needs_a_reason(run: Run, sheet: Path, sealed: Path) -> None:
    fill(sheet, 0)
    assert run("mark", "change", sealed, sheet).exit_code == 2


def test_a_history_that_does_not_hold_ends_with_1(run: Run, sealed: Path) -> None:
    sealed.write_text(sealed.read_text("utf-8").replace("T10:00", "T11:00"), "utf-8")
    result = run("mark", "history", sealed)
    assert result.exit_code == 1
    assert "entry 1 is not as it was sealed" in result.stdout
    assert result.stdout.splitlines()[-1] == "does not hold: 1 of 1 files"
    values = json.loads(run("mark", "history", sealed, "--format", "json").stdout)
    assert values["holds"] is False
    assert values["files"][0]["faults"] == ["entry 1 is not as it was sealed"]


def test_a_digest_that_is_missing_ends_with_1(run: Run, sealed: Path) -> None:
    seal = json.loads(sealed.read_bytes())["entries"][0]["digest"]
    assert run("mark", "history", sealed, "--known", seal).exit_code == 0
    gone = run("mark", "history", sealed, "--known", "0" * 64)
    assert gone.exit_code == 1
    assert "does not hold: a digest that was known" in gone.stdout


def test_no_history_tells_a_mark_to_whoever_has_not_sealed(
    run: Run, sheet: Path, sealed: Path
) -> None:
    fill(sheet, 0)
    run("mark", "change", sealed, sheet, "--reason", "Again.", *LATER)
    values = json.loads(run("mark", "history", sealed, "--format", "json").stdout)
    assert values["files"][0]["entries"][1]["changes"] == [{"about": "clear", "what": "level"}]


def test_marks_are_shown_with_ones_own_and_stay_closed_without(run: Run, sealed: Path) -> None:
    closed = run("mark", "show", sealed)
    assert (closed.exit_code, closed.stdout) == (1, "")
    assert "stays closed" in closed.stderr
    shown = run("mark", "show", sealed, "--own", sealed)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0] == "heel  marked by ana"
    values = json.loads(run("mark", "show", sealed, "--own", sealed, "--format", "json").stdout)
    assert values["marks"] == [{"criterion": "clear", "level": 1}]


@pytest.mark.parametrize("at", ["today", "2026-07-02", "2026-13-02T10:00:00Z", "2026-07-02T10:00Z"])
def test_a_moment_is_written_in_one_way(run: Run, sheet: Path, at: str) -> None:
    fill(sheet)
    result = run("mark", "seal", sheet, "--at", at)
    assert result.exit_code == 2
    assert "2026-07-01T10:30:00Z" in result.stderr
    assert not Path("marks/heel.ana.sealed.json").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "nowhere"),
        ("seal", "nowhere.yaml"),
        ("history", "nowhere.json"),
        ("history", "studio/cases"),
        ("show", "marks/heel.ana.yaml", "--own", "marks/heel.ana.yaml"),
        ("check", "marks/heel.ana.yaml", "--submission", "nowhere"),
        ("new", "nowhere", "--grader", "ana"),
        ("new", "studio", "--grader", "Ana Ruiz"),
        ("new", "studio"),
    ],
)
def test_a_slip_of_the_pen_ends_with_2(run: Run, sheet: Path, words: tuple[str, ...]) -> None:
    result = run("mark", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("casebook: ")


def test_a_reason_that_a_terminal_would_obey_is_refused_and_not_sent(
    run: Run, sheet: Path, sealed: Path
) -> None:
    """A reason is somebody else's words."""
    fill(sheet, 0)
    before = sealed.read_bytes()
    reason = "\x1b[2J\x1b]0;owned\x07 Misread."
    result = run("mark", "change", sealed, sheet, "--reason", reason, *LATER)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("casebook: ")
    assert "\x1b" not in result.output
    assert sealed.read_bytes() == before


def test_a_session_is_scored_with_its_submission(run: Run, studio: Path) -> None:
    made = run("mark", "new", studio, "--grader", "ana", "--work", "observed", "-o", "marks", *DAY)
    assert made.exit_code == 0
    sheet = Path("marks/observed.ana.yaml")
    fill(sheet, 2)
    assert "no mark" in run("score", sheet).stdout
    result = run("score", sheet, "--submission", studio)
    assert result.exit_code == 0
    assert "observed  PASS  100.0 %" in result.stdout


def test_a_session_s_marks_are_shown_with_time_note_and_rating(run: Run, studio: Path) -> None:
    run("mark", "new", studio, "--grader", "ana", "--work", "observed", "-o", "marks", *DAY)
    sheet = Path("marks/observed.ana.yaml")
    fill(sheet, 1)
    text = sheet.read_text("utf-8")
    text = text.replace("    at:\n", "    at: 12:10\n", 1)
    text = text.replace("    note: >-\n", "    note: >-\n      Asked twice.\n", 1)
    text = text.replace("global_rating:\n", "global_rating: pass\n")
    sheet.write_text(f"{text}  Go on like this.\n", "utf-8")
    assert run("mark", "seal", sheet, "--submission", studio, *AT, *DAY).exit_code == 0
    sealed = sheet.with_name("observed.ana.sealed.json")
    lines = run("mark", "show", sealed, "--own", sealed).stdout.splitlines()
    assert lines[2:] == [
        "  safety    1",
        "      at 12:10",
        "      Asked twice.",
        "  explains  1",
        "  global rating  pass",
        "",
        "  Go on like this.",
    ]


def test_a_file_that_cannot_be_read_is_told_beside_the_others(run: Run, sealed: Path) -> None:
    Path("marks/cut.sealed.json").write_text(sealed.read_text("utf-8")[:200], "utf-8")
    result = run("mark", "history", "marks")
    assert result.exit_code == 1
    assert "cannot be read as sealed marks" in result.stdout
    assert "heel by ana" in result.stdout
    assert result.stdout.splitlines()[-1] == "does not hold: 1 of 2 files"


def test_a_copy_that_names_its_candidate_ends_with_1(run: Run, studio: Path) -> None:
    program, case = studio / "program" / "program.yaml", studio / "cases" / "heel.yaml"
    for path, old, new in (
        (program, "rubrics:", "marking: {blind: true}\nrubrics:"),
        (case, "Stairs hurt", "I, Kim Larsen, saw that stairs hurt"),
    ):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    result = run("mark", "new", studio, "--grader", "ana", "-o", "marks", *DAY)
    assert result.exit_code == 1
    assert "marks/heel.pdf  to read, without the name of its candidate" in result.stdout
    assert "marks/heel.pdf still names the candidate" in result.stdout


def test_marks_are_sealed_and_signed_at_once(run: Run, sheet: Path) -> None:
    """The history tells whose signature it is, and a change without one is refused."""
    fill(sheet)
    key_file(Path("key"), 1)
    signers_file(Path("allowed"), ana=1)
    sealed = run("mark", "seal", "marks", *AT, "--sign", "key")
    assert sealed.stdout.splitlines()[-1] == "  signed: marks/heel.ana.sealed.json.sig"
    history = ("mark", "history", "marks", "--signers", "allowed")
    assert "  signed by ana" in run(*history).stdout.splitlines()
    (told,) = json.loads(run(*history, "--format", "json").stdout)["files"]
    assert told["signature"] == {
        "signed": True, "key": made_key(1).public.fingerprint, "who": ["ana"],
        "why": "signed by ana",
    }  # fmt: skip
    fill(sheet, 0)
    change = ("mark", "change", "marks/heel.ana.sealed.json", sheet, "--reason", "Misread.")
    refused = run(*change, *LATER)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "sign the change too: --sign KEY" in refused.stderr
    assert run(*change, *LATER, "--sign", "key").exit_code == 0
    assert run(*history).exit_code == 0


def test_one_key_signs_for_one_grader(run: Run, studio: Path) -> None:
    """Sheets of two are not sealed with one key, nor are their sealed marks signed with one."""
    for grader in ("ana", "bo"):
        made = run("mark", "new", studio, "--grader", grader, "-o", "marks", *DAY)
        assert made.exit_code == 0
        fill(Path(f"marks/heel.{grader}.yaml"))
    key_file(Path("key"), 1)
    told = "these are marks of 2 graders, and one key signs for one: ana, bo"
    refused = run("mark", "seal", "marks", *AT, "--sign", "key")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert told in refused.stderr
    assert "such as *.ana.*, or let each sign their own" in refused.stderr
    assert not list(Path("marks").glob("*.sealed.json*"))
    assert run("mark", "seal", "marks", *AT).exit_code == 0
    later = run("key", "sign", "marks", "--sign", "key")
    assert (later.exit_code, later.stdout) == (2, "")
    assert told in later.stderr
    own = run("key", "sign", "marks/heel.ana.sealed.json", "--sign", "key")
    assert (own.exit_code, own.stdout) == (0, "marks/heel.ana.sealed.json.sig\n")


def test_marks_are_changed_by_the_key_that_signed_them(run: Run, sheet: Path, sealed: Path) -> None:
    """Else anybody's key would take the place of the grader's, and the marks no longer count."""
    key_file(Path("key"), 1)
    key_file(Path("other"), 2)
    assert run("key", "sign", sealed, "--sign", "key").exit_code == 0
    before = sealed.read_bytes()
    fill(sheet, 0)
    change = ("mark", "change", sealed, sheet, "--reason", "Misread.", *LATER, "--sign")
    refused = run(*change, "other")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"is signed by another key, {made_key(1).public.fingerprint}" in refused.stderr
    assert sealed.read_bytes() == before
    assert run(*change, "key").exit_code == 0


def test_several_new_sheets_are_checked_by_their_folder(run: Run, studio: Path) -> None:
    case = studio / "cases" / "heel.yaml"
    (studio / "cases" / "neck.yaml").write_text(
        case.read_text("utf-8").replace("id: heel", "id: neck"), encoding="utf-8"
    )
    made = run("mark", "new", studio, "--grader", "ana", "-o", "my marks", *DAY)
    assert made.stdout.splitlines()[-1] == "fill them in, then: casebook mark check 'my marks'"


def test_marks_signed_by_somebody_else_end_with_1(run: Run, sealed: Path) -> None:
    key_file(Path("key"), 2)
    signers_file(Path("allowed"), ana=1, bo=2)
    assert run("key", "sign", sealed, "--sign", "key").exit_code == 0
    history = run("mark", "history", sealed, "--signers", "allowed")
    assert history.exit_code == 1
    assert "the key is not that of 'ana', but of bo" in " ".join(history.stdout.split())
    assert history.stdout.splitlines()[-1] == "does not hold: 1 of 1 files"
