"""One item, from where it lies to the values of its line."""

import hashlib
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebook.batch.stores import StoreAccess
from casebook.workflow.batching import items
from casebook.workflow.batching.arrivals import Asked
from casebook.workflow.batching.items import Setting, Task, work_on
from casebook.workflow.batching.jobs import Check, Render, Score, Submit, Verify
from casebook.workflow.check import check_paths
from casebook.workflow.plain_values import submitted_values, verification_values
from casebook.workflow.submit import submit
from casebook.workflow.verify import verify
from tests.object_store import ObjectStore
from tests.unit.workflow.batching.conftest import WorkOn
from tests.unit.workflow.conftest import ON


def line(values: dict[str, Any] | None) -> dict[str, Any]:
    assert values is not None
    return values


def test_a_line_says_what_was_asked_and_what_came_of_it(studio: Path, work: WorkOn) -> None:
    found = line(work(Check(ON), studio))
    assert list(found) == ["number", "input", "job", "date", "code", "seconds", "stamp", "result"]
    assert (found["number"], found["input"], found["job"]) == (1, str(studio), "check")
    assert (found["date"], found["code"]) == ("2026-07-01", 0)
    assert found["result"]["summary"]["files"] == len(check_paths([studio], ON).sources)


def test_what_is_wrong_is_a_finding_of_the_item(studio: Path, work: WorkOn) -> None:
    (studio / "portfolio.yaml").write_text("kind: portfolio\n")
    assert line(work(Check(ON), studio))["code"] == 1
    found = line(work(Score(ON), studio))
    assert (found["code"], found["result"]["result"]) == (1, "incomplete")


def test_an_input_that_is_not_there_is_wrong_usage_of_this_item(work: WorkOn) -> None:
    found = line(work(Check(ON), "nowhere"))
    assert found["code"] == 2
    assert found["error"] == "there is no file 'nowhere'"
    assert found["hint"]
    assert "result" not in found


def test_a_submission_is_the_one_that_the_command_makes(
    studio: Path, work: WorkOn, tmp_path: Path, fake_pages: list[str]
) -> None:
    """The same bytes, and the same values."""
    found = line(work(Submit(ON), studio, output=str(tmp_path / "out" / "ana.zip")))
    alone = submit(studio, ON)
    assert alone.path is not None
    assert found["code"] == 0
    assert (tmp_path / "out" / "ana.zip").read_bytes() == alone.path.read_bytes()
    expected = submitted_values(alone) | {"path": str(tmp_path / "out" / "ana.zip")}
    assert found["result"] == expected


def test_pages_go_to_the_folder_that_is_named(
    studio: Path, work: WorkOn, tmp_path: Path, fake_pages: list[str]
) -> None:
    found = line(work(Render(ON, "html"), studio, output=str(tmp_path / "out" / "ana")))
    made = sorted(str(each) for each in (tmp_path / "out" / "ana").iterdir())
    assert made
    assert sorted(found["result"]["written"]) == made


def test_a_verification_says_what_the_command_says(submissions: Path, work: WorkOn) -> None:
    path = submissions / "a.zip"
    found = line(work(Verify(), path))
    assert found["result"] == verification_values(verify(path))
    assert found["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert line(work(Verify(), submissions / "b.zip"))["code"] == 1


def test_another_file_than_the_one_meant_is_not_opened(
    submissions: Path, work: WorkOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = submissions / "a.zip"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert "result" in line(work(Verify(), path, digest=digest))
    monkeypatch.setattr(Verify, "do", None)
    found = line(work(Verify(), path, digest="0" * 64))
    assert found["code"] == 1
    assert digest in found["error"]
    assert "0" * 64 in found["hint"]


def test_nothing_is_done_where_the_result_stands(studio: Path, work: WorkOn) -> None:
    """Until a file of it changes, or something else is asked."""
    stamp = line(work(Check(ON), studio))["stamp"]
    assert work(Check(ON), studio, before=stamp) is None
    assert work(Check(date(2026, 7, 2)), studio, before=stamp) is not None
    assert work(Score(ON), studio, before=stamp) is not None
    assert work(Check(ON), studio, before=stamp, output="elsewhere") is not None
    (studio / "cases" / "new.yaml").write_text("kind: case-study\n")
    assert work(Check(ON), studio, before=stamp) is not None


def test_what_casebook_made_changes_no_input(
    studio: Path, work: WorkOn, fake_pages: list[str]
) -> None:
    stamp = line(work(Submit(ON), studio))["stamp"]
    assert (studio / "build").is_dir()
    assert work(Submit(ON), studio, before=stamp) is None


def test_a_changed_program_makes_a_result_old(studio: Path, work: WorkOn, tmp_path: Path) -> None:
    program = tmp_path / "program.yaml"
    program.write_text("kind: program\n")
    stamp = line(work(Score(ON, program), studio))["stamp"]
    assert work(Score(ON, program), studio, before=stamp) is None
    program.write_text("kind: program\nformat: 1\n")
    assert work(Score(ON, program), studio, before=stamp) is not None


@pytest.mark.parametrize(
    "error,says",
    [
        (OSError(28, "no space"), "the machine refuses: the disk is full"),
        (MemoryError(), "there is too little memory"),
        (ZeroDivisionError("Client A"), "a fault of casebook itself: ZeroDivisionError"),
    ],
)
def test_what_goes_wrong_is_told_in_a_line(
    studio: Path, work: WorkOn, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    """Nothing that a file holds is in it."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Check, "do", fail)
    found = line(work(Check(ON), studio))
    assert (found["code"], found["error"]) == (3, says)


def test_a_worker_of_another_version_does_nothing(studio: Path) -> None:
    setting = Setting(Check(ON), version="0.0.1")
    found = line(work_on(setting, Task(1, "studio", Asked(str(studio)))))
    assert found["code"] == 3
    assert "0.0.1 asks" in found["error"]


def test_a_task_travels_and_is_called_by_its_number_alone() -> None:
    """What a cluster may log tells nobody whose work it is."""
    task = Task(7, "back pain of Ana", Asked("back pain of Ana"))
    assert pickle.loads(pickle.dumps(task)) == task
    assert repr(task) == "item 7"
    setting = Setting(Submit(ON), StoreAccess("http://127.0.0.1"))
    assert pickle.loads(pickle.dumps(setting)) == setting


def put_portfolio(store: ObjectStore, studio: Path, key: str) -> None:
    for each in studio.rglob("*"):
        if each.is_file():
            store.put(f"{key}{each.relative_to(studio).as_posix()}", each.read_bytes())


def test_a_portfolio_in_a_store_is_made_a_submission_in_a_store(
    studio: Path, work: WorkOn, object_store: ObjectStore, fake_pages: list[str]
) -> None:
    """The same bytes as on the disk; lines speak of the store, not of where files lay meanwhile."""
    put_portfolio(object_store, studio, "in/ana/")
    object_store.put("in/ana/build/old.pdf", b"old")
    given = (object_store.url("in/ana/"), object_store.access)
    found = line(work(Submit(ON), *given, output=object_store.url("out/ana.zip")))
    assert found["code"] == 0
    assert found["result"]["path"] == object_store.url("out/ana.zip")
    alone = submit(studio, ON).path
    assert alone is not None
    assert object_store.get("out/ana.zip") == alone.read_bytes()
    verified = line(work(Verify(), object_store.url("out/ana.zip"), object_store.access))
    assert verified["sha256"] == hashlib.sha256(alone.read_bytes()).hexdigest()
    assert verified["result"] == verification_values(verify(alone))


def test_pages_of_a_work_in_a_store_lie_below_its_name(
    studio: Path, work: WorkOn, object_store: ObjectStore, fake_pages: list[str]
) -> None:
    put_portfolio(object_store, studio, "in/ana/")
    given = (object_store.url("in/ana/"), object_store.access)
    found = line(work(Render(ON), *given, output=object_store.url("out/ana")))
    made = [key for key in object_store.names() if key.startswith("out/")]
    assert made
    assert sorted(found["result"]["written"]) == sorted(map(object_store.url, made))


def test_findings_in_a_store_say_where_they_are_in_the_store(
    studio: Path, work: WorkOn, object_store: ObjectStore
) -> None:
    (studio / "portfolio.yaml").write_text("kind: portfolio\n")
    put_portfolio(object_store, studio, "in/ana/")
    found = line(work(Check(ON), object_store.url("in/ana/"), object_store.access))
    paths = {each["path"] for each in found["result"]["findings"]}
    assert object_store.url("in/ana/portfolio.yaml") in paths
    assert all(each.startswith(object_store.url("in/ana/")) for each in paths)


def test_an_error_about_an_object_says_where_it_is_in_the_store(
    work: WorkOn, object_store: ObjectStore
) -> None:
    object_store.put("notes.yaml", b"kind: program\nformat: 1\n")
    found = line(work(Render(ON), object_store.url("notes.yaml"), object_store.access))
    assert found["code"] == 2
    assert found["error"].startswith(object_store.url("notes.yaml"))


def test_a_name_that_is_taken_is_this_items_fault(
    studio: Path, work: WorkOn, object_store: ObjectStore, fake_pages: list[str]
) -> None:
    """What lies there stays, unless force is wanted."""
    object_store.put("out/ana.zip", b"another's")
    given = (studio, object_store.access)
    output = object_store.url("out/ana.zip")
    found = line(work(Submit(ON), *given, output=output))
    assert (found["code"], found["error"]) == (
        2,
        f"{output} is already there, with another content",
    )
    assert object_store.get("out/ana.zip") == b"another's"
    assert line(work(Submit(ON, force=True), *given, output=output))["code"] == 0
    assert line(work(Submit(ON), *given, output=output))["code"] == 0, "the same is no other"


def test_an_object_that_did_not_change_is_not_fetched(
    work: WorkOn, object_store: ObjectStore, submissions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    object_store.put("a.zip", (submissions / "a.zip").read_bytes())
    given = (Verify(), object_store.url("a.zip"), object_store.access)
    stamp = line(work(*given))["stamp"]
    object_store.put("a.zip", b"changed")
    assert work(*given, before=stamp) is not None
    object_store.put("a.zip", (submissions / "a.zip").read_bytes())
    monkeypatch.setattr(items, "destination", None)
    assert work(*given, before=stamp) is None


@pytest.mark.parametrize("key", ["in/../../x.yaml", "in/a\\b.yaml"])
def test_names_in_a_store_lead_nowhere_else(
    work: WorkOn, object_store: ObjectStore, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is none for a file ends the item before anything is written by it."""
    from casebook.batch.stores import Stored
    from casebook.workflow.batching import arrivals

    listed = [Stored(object_store.at(key), 1, "mark")]
    monkeypatch.setattr(arrivals, "listed_below", lambda *_: listed)
    monkeypatch.setattr(arrivals, "fetch", lambda *_: (b"x", "mark"))
    found = line(work(Check(ON), object_store.url("in/"), object_store.access))
    assert found["code"] == 2


def test_a_store_that_refuses_is_the_machines_matter(
    work: WorkOn, object_store: ObjectStore
) -> None:
    with object_store.refusing():
        found = line(work(Verify(), object_store.url("a.zip"), object_store.access))
    assert found["code"] == 3
    assert "permission is denied" in found["error"]
