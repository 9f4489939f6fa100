"""The line of results and appeals is told with everything that does not hold in it."""

import json
from datetime import date
from pathlib import Path

import pytest

from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.errors import UsageError
from casebook.workflow.appeals.history import appeal_history, shown_appeals
from casebook.workflow.results.files import record_bytes
from tests.portfolios.issued_lines import appeal, decided, outcome_of, result, written

OLD = result(mark=0, appeal_until=date(2026, 8, 1))
OPENED = appeal(OLD, date(2026, 7, 10))
RULING = decided(OPENED, date(2026, 7, 20))
LAST = outcome_of(RULING, OLD)


@pytest.fixture
def line(tmp_path: Path) -> dict[str, Path]:
    """A whole line, and a result of somebody else beside it."""
    other = result(submission="77", candidate="Ana Ruiz")
    return written(tmp_path, old=OLD, a=OPENED, b=RULING, last=LAST, other=other)


def edit(path: Path, key: str, value: str) -> None:
    """Change a word, by somebody who knows how to count the file's own digest anew."""
    values = json.loads(path.read_bytes()) | {key: value}
    del values["own_digest"]
    kind = IssuedResult if values["kind"] == "result" else Appeal
    path.write_bytes(record_bytes(kind.model_validate_json(json.dumps(values))))


def test_a_folder_gives_every_line_and_a_file_its_own(line: dict[str, Path]) -> None:
    """Whichever file of a line is named, all of it is found beside it."""
    assert len(appeal_history([line["old"].parent]).lineage.lines) == 2
    for name in ("old", "a", "b", "last"):
        history = appeal_history([line[name]])
        (found,) = history.lineage.lines
        assert [each.record for each in found.results] == [OLD, LAST]
        assert history.holds


@pytest.mark.parametrize("name, key", [("old", "candidate"), ("a", "grounds"), ("b", "grounds")])
def test_an_edited_file_is_told(line: dict[str, Path], name: str, key: str) -> None:
    """One changed word in any of them but the newest breaks a digest that another names."""
    edit(line[name], key, "Other words.")
    history = appeal_history([line["old"].parent])
    assert not history.holds
    assert history.problems


@pytest.mark.parametrize("name", ["old", "b"])
def test_a_file_that_was_taken_away_is_told(line: dict[str, Path], name: str) -> None:
    line[name].unlink()
    history = appeal_history([line["last"]])
    assert not history.holds
    assert any("missing or was changed" in each for each in history.problems)


def test_an_appeal_beside_an_edited_result_is_told_by_name(tmp_path: Path) -> None:
    """Only the appeal knows what the result was."""
    paths = written(tmp_path, old=OLD, a=OPENED)
    edit(paths["old"], "level_name", "Level Nine")
    (problem,) = appeal_history([paths["old"]]).problems
    assert problem.startswith(f"{paths['a']} is against the result {OLD.digest[:12]}")


def test_a_digest_somebody_was_told_shows_an_edited_newest_result(line: dict[str, Path]) -> None:
    """Nothing refers to the newest file; whoever noted its digest can tell."""
    told = LAST.digest[:12].upper()
    assert appeal_history([line["last"]], [told, OLD.digest]).holds
    edit(line["last"], "level_name", "Level Nine")
    history = appeal_history([line["last"].parent], [told])
    assert any("nothing here has the digest" in each for each in history.problems)


@pytest.mark.parametrize("digest", ["abc", "not a digest at all", "g" * 64])
def test_what_is_no_digest_is_refused(line: dict[str, Path], digest: str) -> None:
    with pytest.raises(UsageError, match="is no digest"):
        appeal_history([line["last"]], [digest])


def test_an_unreadable_file_keeps_it_from_holding(line: dict[str, Path]) -> None:
    line["old"].with_name("x.result.json").write_text("kind: result\nformat: 1\n")
    history = appeal_history([line["old"].parent])
    assert history.problems == ()
    assert not history.holds


def test_appeals_are_shown_as_they_stand_now(line: dict[str, Path]) -> None:
    """Of one that was decided, the decision; results are passed over."""
    shown = shown_appeals([line["a"].parent])
    assert [each.record for each in shown.appeals] == [RULING]
    assert [each.record for each in shown_appeals([line["a"]]).appeals] == [OPENED]
    with pytest.raises(UsageError, match="no appeal among the files"):
        shown_appeals([line["old"]])
