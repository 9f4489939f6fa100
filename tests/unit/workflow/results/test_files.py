"""Results and appeals are read from files and folders, and never replaced."""

import json
from datetime import date
from pathlib import Path

import pytest

from casebook.errors import UnacceptableWork, UsageError
from casebook.workflow.results import files
from casebook.workflow.results.files import (
    RESULT_SUFFIX,
    around,
    beside,
    read_appeal,
    read_result,
    read_result_files,
    record_bytes,
    write_new,
)
from tests.portfolios.issued_lines import appeal, result, written
from tests.portfolios.results import RESULT_SHAPES, result_example

RECORD = result(appeal_until=date(2026, 8, 1))
OPENED = appeal(RECORD, date(2026, 7, 2), "The retest was overlooked.\nSee day 7: “fires”.")


def test_what_is_written_is_read_again_with_the_same_digest(tmp_path: Path) -> None:
    paths = written(tmp_path, r=RECORD, a=OPENED)
    assert read_result(paths["r"]).digest == RECORD.digest
    assert read_appeal(paths["a"]).digest == OPENED.digest
    assert read_appeal(paths["a"]).record == OPENED


def test_nothing_is_replaced(tmp_path: Path) -> None:
    """Not even by the same content."""
    path = written(tmp_path, r=RECORD)["r"]
    before = path.read_bytes()
    with pytest.raises(UsageError, match="never replaced"):
        write_new(path, RECORD)
    assert path.read_bytes() == before


def test_a_text_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    """A line separator that cannot be seen is in the grounds."""
    odd = OPENED.model_copy(update={"grounds": "one\u2028two"})
    with pytest.raises(UsageError, match=r"U\+2028"):
        write_new(tmp_path / "a.appeal.json", odd)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_gives_all_below_it_by_their_names(tmp_path: Path) -> None:
    written(tmp_path / "deep" / "er", r=RECORD)
    written(tmp_path, a=OPENED)
    written(tmp_path, **{".hidden": RECORD})
    (tmp_path / "notes.json").write_text("{}")
    files = read_result_files([tmp_path, tmp_path / "deep"])
    assert [each.path for each in files.results] == [str(tmp_path / "deep/er/r.result.json")]
    assert [each.path for each in files.appeals] == [str(tmp_path / "a.appeal.json")]


def test_a_file_that_cannot_be_read_is_a_finding_and_hides_no_other(tmp_path: Path) -> None:
    written(tmp_path, good=RECORD)
    values = json.loads((tmp_path / "good.result.json").read_bytes())
    (tmp_path / "bad.result.json").write_text(json.dumps(values | {"result": "perhaps"}))
    files = read_result_files([tmp_path])
    assert [each.path for each in files.results] == [str(tmp_path / "good.result.json")]
    assert [each.code for each in files.checked.report.findings] == ["CB205"]
    assert [each.path for each in around(tmp_path / "x").results] == [
        str(tmp_path / "good.result.json")
    ]


@pytest.mark.parametrize("spaces", [2, 1])
@pytest.mark.parametrize("key", ["candidate", "own_digest"])
def test_an_edited_result_is_relied_on_nowhere(tmp_path: Path, key: str, spaces: int) -> None:
    """Neither alone, nor among many, nor as a neighbour; however its lines are broken."""
    path = written(tmp_path, r=RECORD, a=OPENED)["r"]
    values = json.loads(path.read_bytes())
    if key == "candidate":
        values["candidate"] = "Somebody Else"
    else:
        del values["own_digest"]
    path.write_text(json.dumps(values, indent=spaces, ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(UnacceptableWork, match=r"its own digest is another|says no digest"):
        read_result(path)
    files = read_result_files([tmp_path])
    assert files.results == ()
    assert [each.code for each in files.checked.report.findings] == ["CB819"]
    assert around(tmp_path / "x").results == ()


def test_an_edited_appeal_is_not_relied_on(tmp_path: Path) -> None:
    path = written(tmp_path, a=OPENED)["a"]
    text = path.read_text("utf-8").replace("overlooked", "looked at")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnacceptableWork, match="its own digest is another"):
        read_appeal(path)


def test_another_kind_of_file_is_refused(tmp_path: Path, repository: Path) -> None:
    main = repository / "tests" / "portfolios" / "studio" / "portfolio.yaml"
    with pytest.raises(UsageError, match="kind portfolio, neither a result nor an appeal"):
        read_result_files([main])
    with pytest.raises(UsageError, match="holds no result and no appeal"):
        read_result_files([tmp_path])
    with pytest.raises(UsageError, match="there is no file"):
        read_result_files([tmp_path / "gone"])


def test_one_result_is_read_or_refused_with_the_first_fault(tmp_path: Path) -> None:
    path = tmp_path / "r.result.json"
    path.write_text("kind: result\nformat: 1\n")
    with pytest.raises(UnacceptableWork, match="no result that can be read: line 1"):
        read_result(path)
    with pytest.raises(UsageError, match="of kind result, and a file of kind appeal is wanted"):
        read_appeal(path)


def test_names_beside_lose_only_our_suffixes() -> None:
    assert beside(Path("x/s01.result.json"), RESULT_SUFFIX, ".after-appeal") == Path(
        "x/s01.after-appeal.result.json"
    )
    assert beside(Path("s.01.json"), ".appeal.json") == Path("s.01.json.appeal.json")


@pytest.mark.parametrize("name", ["usual", "all at the top", "markup", "in unseen"])
def test_a_result_as_casebook_wrote_it_is_read_alike_on_both_ways(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among many, what nobody touched is read without its places; any other spacing with them."""
    path = tmp_path / "r.result.json"
    path.write_bytes(record_bytes(result_example(RESULT_SHAPES[name])))
    slowly = read_result(path)
    reformatted = tmp_path / "reformatted.result.json"
    reformatted.write_text(json.dumps(json.loads(path.read_bytes())), encoding="utf-8")
    assert read_result_files([reformatted]).results[0].record == slowly.record
    monkeypatch.delattr(files, "load")
    assert read_result_files([path]).results == (slowly,)


@pytest.mark.parametrize("shape", list(RESULT_SHAPES))
def test_a_result_has_one_digest_in_memory_among_many_and_alone(tmp_path: Path, shape: str) -> None:
    """Whatever it lacks, marks for one: others refer to it by its digest."""
    made = result_example(RESULT_SHAPES[shape])
    path = tmp_path / "r.result.json"
    path.write_bytes(record_bytes(made))
    assert b": null" not in path.read_bytes()
    (among_many,) = read_result_files([path]).results
    assert among_many == read_result(path)
    assert among_many.digest == made.digest


def test_a_key_that_stands_twice_is_found_among_many_too(tmp_path: Path) -> None:
    text = record_bytes(RECORD).decode()
    twice = text.replace('  "format": 1,', '  "format": 1,\n  "format": 1,', 1)
    assert twice != text
    (tmp_path / "r.result.json").write_text(twice, encoding="utf-8")
    files = read_result_files([tmp_path])
    assert files.results == ()
    assert not files.checked.report.acceptable
