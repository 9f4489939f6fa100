"""``casebook appeal`` writes new files, tells what it wrote, and shows the line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import Result

from casebook.workflow.signed_records import sign_records
from tests.portfolios.issued_lines import result, written
from tests.portfolios.keys import made_key, signers_file

Run: TypeAlias = Callable[..., Result]

OLD = result(mark=0, appeal_until=date(2026, 8, 1))
NEW = result(mark=2, on=date(2026, 7, 20))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A failed result, and what new marks came to; the user stands beside them."""
    written(tmp_path, s01=OLD)
    written(tmp_path / "anew", s01=NEW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def appealed(run: Run) -> Result:
    return run(
        "appeal", "open", "s01.result.json", "--grounds", "The retest was overlooked.",
        "--date", "2026-07-10",
    )  # fmt: skip


def decided(run: Run, *more: str) -> Result:
    return run(
        "appeal", "decide", "s01.appeal.json", "s01.result.json", "--by", "Lou Lee",
        "--reason", "We looked again.", "--date", "2026-07-25", *more,
    )  # fmt: skip


def test_from_a_fail_to_a_pass_and_its_history(run: Run, folder: Path) -> None:
    """Three files are written, and the history tells four steps, oldest first."""
    opened = appealed(run)
    assert (opened.exit_code, opened.stdout) == (0, "wrote s01.appeal.json\n")
    assert "casebook appeal decide s01.appeal.json s01.result.json" in opened.stderr
    done = decided(run, "--outcome", "upheld", "--with", "anew/s01.result.json")
    assert (done.exit_code, done.stdout.splitlines()) == (
        0, ["wrote s01.decided.appeal.json", "wrote s01.after-appeal.result.json: pass"],
    )  # fmt: skip
    history = run("appeal", "history", "s01.result.json")
    assert history.exit_code == 0
    steps = [line.split()[0:2] for line in history.stdout.splitlines() if line[2:4] == "20"]
    assert steps == [
        ["2026-07-01", "result"], ["2026-07-10", "appeal"],
        ["2026-07-25", "appeal"], ["2026-07-25", "result"],
    ]  # fmt: skip
    assert history.stdout.count("counts now") == 1


@pytest.mark.usefixtures("folder")
def test_what_was_written_is_told_as_json_too(run: Run) -> None:
    opened = run(
        "appeal", "open", "s01.result.json", "--grounds", "The retest.", "--date", "2026-07-10",
        "--format", "json",
    )  # fmt: skip
    values = json.loads(opened.stdout)
    assert (values["signed_by"], values["appeal"]["path"]) == (None, "s01.appeal.json")
    assert values["appeal"]["result"] == OLD.digest
    done = json.loads(decided(run, "--outcome", "dismissed", "--format", "json").stdout)
    assert done["appeal"]["decision"]["outcome"] == "dismissed"
    result = done["result"]
    assert (result["path"], result["result"]) == ("s01.after-appeal.result.json", "fail")
    assert result["follows"]["result"] == OLD.digest


@pytest.mark.usefixtures("folder")
def test_while_a_later_result_is_not_signed_none_is_said_to_count(run: Run) -> None:
    """The one that it follows is still signed, and was what counted before."""
    signers_file(Path("allowed"), lou=9)
    sign_records([Path("s01.result.json")], made_key(9))
    appealed(run)
    decided(run, "--outcome", "dismissed")
    sign_records([*Path().glob("*.appeal.json")], made_key(9))
    words = ("appeal", "history", "s01.result.json", "--signers", "allowed")
    history = run(*words)
    assert history.exit_code == 1
    assert "counts now" not in history.stdout
    assert history.stdout.splitlines()[1].endswith("FAIL  in doubt")
    assert "which one counts cannot be said" in " ".join(history.stderr.split())
    (line,) = json.loads(run(*words, "--format", "json").stdout)["lines"]
    assert (line["newest"], line["counts"]) == ("s01.result.json", None)
    sign_records([Path("s01.after-appeal.result.json")], made_key(9))
    (line,) = json.loads(run(*words, "--format", "json").stdout)["lines"]
    assert line["counts"] == "s01.after-appeal.result.json"


def test_the_history_as_json_carries_the_digests(run: Run, folder: Path) -> None:
    appealed(run)
    decided(run, "--outcome", "dismissed")
    history = run("appeal", "history", ".", "--format", "json")
    # The result in anew/ is a second first one for the same submission.
    values = json.loads(history.stdout)
    assert (history.exit_code, values["ok"]) == (1, False)
    (line,) = json.loads(run("appeal", "history", "s01.result.json", "--format", "json").stdout)[
        "lines"
    ]
    assert line["newest"] == "s01.after-appeal.result.json"
    assert line["results"][0]["digest"] == OLD.digest
    assert line["results"][1]["follows"]["result"] == OLD.digest
    assert line["results"][1]["follows"]["appeal"] == line["appeals"][1]["digest"]


def test_an_edited_result_ends_with_1_and_is_named(run: Run, folder: Path) -> None:
    appealed(run)
    decided(run, "--outcome", "dismissed")
    path = folder / "s01.result.json"
    path.write_text(path.read_text("utf-8").replace('"fail"', '"pass"', 1), encoding="utf-8")
    history = run("appeal", "history", "s01.after-appeal.result.json")
    assert history.exit_code == 1
    assert f"s01.after-appeal.result.json follows the result {OLD.digest[:12]}" in history.stderr


def test_an_appeal_is_shown_open_and_decided(run: Run, folder: Path) -> None:
    appealed(run)
    shown = run("appeal", "show", "s01.appeal.json")
    assert (shown.exit_code, "not decided" in shown.stdout) == (0, True)
    decided(run, "--outcome", "dismissed")
    shown = run("appeal", "show", ".", "--format", "json")
    (only,) = json.loads(shown.stdout)
    assert only["decision"]["outcome"] == "dismissed"
    assert only["path"] == "s01.decided.appeal.json"
    assert "dismissed on 2026-07-25 by Lou Lee" in run("appeal", "show", ".").stdout


def test_an_appeal_tells_the_works_it_is_about(run: Run, folder: Path) -> None:
    opened = run(
        "appeal", "open", "s01.result.json", "--grounds", "x", "--work", "low-back",
        "--date", "2026-07-10", "-o", "mine.appeal.json",
    )  # fmt: skip
    assert opened.exit_code == 0
    assert "about low-back" in run("appeal", "show", "mine.appeal.json").stdout


@pytest.mark.parametrize(
    "words, code, says",
    [
        (("open", "s01.result.json", "--date", "2026-07-10"), 2, "say what is wrong"),
        (
            ("open", "s01.result.json", "--grounds", "x", "--date", "2026-08-02"), 1,
            "the last day for an appeal was 2026-08-01",
        ),
        (("open", "gone.json", "--grounds", "x"), 2, "there is no file"),
        (("decide", "s01.result.json", "s01.result.json", "--outcome", "dismissed", "--by", "L L",
          "--reason", "x"), 2, "a file of kind appeal is wanted in its place"),
        (("show", "s01.result.json"), 2, "no appeal among the files"),
        (("history", "s01.result.json", "--known", "1"), 2, "is no digest"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(
    run: Run, folder: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    refused = run("appeal", *words)
    assert (refused.exit_code, refused.stdout) == (code, "")
    assert says in refused.stderr


def test_what_a_terminal_would_obey_is_shown_escaped(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where nothing looked for it when the file was read."""
    monkeypatch.setattr("casebook.source.unseen.tricks", lambda _: ())
    odd = OLD.model_copy(update={"candidate": "Jo \u202eadélP"})
    written(folder / "odd", r=odd)
    history = run("appeal", "history", "odd/r.result.json")
    assert "\u202e" not in history.stdout
    assert "\\u202e" in history.stdout
