"""Which items inputs stand for, and where what is made of them goes."""

from pathlib import Path

import pytest

from casebook.batch.input_list import Input
from casebook.batch.stores import StoreAccess
from casebook.errors import UsageError
from casebook.workflow.batching.inputs import inputs_named, outputs_for
from casebook.workflow.batching.jobs import Check, Render, Submit, Verify
from tests.object_store import ObjectStore
from tests.unit.workflow.conftest import ON

OFFICE = (
    "2026/ana/portfolio.yaml", "2026/ana/build/old.zip", "2026/ben/portfolio.yaml",
    "2026/ben/inner/portfolio.yaml", "2026/a.zip", "2026/b.zip.age", "2026/c.PDF", "2026/notes.txt",
    ".hidden/portfolio.yaml", ".hidden/x.zip",
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for each in OFFICE:
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(job: Check | Verify, *written: str, access: StoreAccess | None = None) -> list[str]:
    return [each.written for each in inputs_named(written, job, access or StoreAccess())]


@pytest.mark.usefixtures("office")
def test_a_folder_stands_for_the_portfolios_in_it() -> None:
    """In the order of their names, and nothing that lies in a portfolio."""
    assert named(Check(ON), "2026") == ["2026/ana", "2026/ben"]
    assert named(Check(ON), ".") == ["./2026/ana", "./2026/ben"]


@pytest.mark.usefixtures("office")
def test_a_folder_stands_for_the_submissions_in_it() -> None:
    found = named(Verify(), "2026")
    assert found == ["2026/a.zip", "2026/b.zip.age", "2026/c.PDF", "2026/ana/build/old.zip"]


@pytest.mark.usefixtures("office")
def test_what_is_no_folder_of_many_stands_for_itself() -> None:
    given = ("2026/ben", "2026/ana/portfolio.yaml", "2026/notes.txt", "nowhere")
    assert named(Check(ON), *given) == list(given)
    Path("empty").mkdir()
    assert named(Check(ON), "empty") == ["empty"]
    Path("rules").mkdir()
    Path("rules/program.yaml").touch()
    assert named(Check(ON), "rules") == ["rules"]


def test_a_url_with_a_slash_stands_for_what_is_below(object_store: ObjectStore) -> None:
    for each in OFFICE[:8]:
        object_store.put(each, b"")
    all_below, access = object_store.url("2026/"), object_store.access
    assert named(Verify(), all_below, access=access) == [
        object_store.url(each)
        for each in ("2026/a.zip", "2026/ana/build/old.zip", "2026/b.zip.age", "2026/c.PDF")
    ]
    portfolios = [object_store.url("2026/ana/"), object_store.url("2026/ben/")]
    assert named(Check(ON), all_below, access=access) == portfolios
    assert named(Check(ON), portfolios[0], access=access) == portfolios[:1]
    nothing = object_store.url("nothing/")
    assert named(Check(ON), nothing, access=access) == [nothing]


def outputs(job: Render | Submit | Check, output: str | None, *written: str) -> list[str | None]:
    return list(outputs_for(map(Input, written), job, output))


def test_each_output_is_named_for_its_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = ("a/ana", "a/ben/", "a/cy/portfolio.yaml", "s3://office/dee/", "case.yaml")
    assert outputs(Submit(ON), "out", *written) == [
        f"out/{name}.zip" for name in ("ana", "ben", "cy", "dee", "case")
    ]
    assert outputs(Submit(ON, recipient="age1x"), "s3://office/out", "ana", ".") == [
        "s3://office/out/ana.zip.age", f"s3://office/out/{tmp_path.name}.zip.age",
    ]  # fmt: skip
    assert outputs(Render(ON), "s3://office/out/", "a/ana") == ["s3://office/out/ana"]


def test_without_a_folder_for_all_each_goes_to_its_own_place() -> None:
    assert outputs(Submit(ON), None, "a/ana", "b/ana") == [None, None]
    assert outputs(Check(ON), None, "s3://office/ana/") == [None]


def test_what_lies_in_a_store_has_no_place_of_its_own() -> None:
    with pytest.raises(UsageError, match="nothing says where") as caught:
        outputs(Submit(ON), None, "s3://office/ana/")
    assert "-o" in str(caught.value.hint)


@pytest.mark.parametrize("other", ["b/ana", "b/Ana", "s3://office/ana/", "a/ana/portfolio.yaml"])
def test_two_inputs_are_never_written_to_one_place(other: str) -> None:
    """Nor to two that some disks take for one."""
    with pytest.raises(UsageError, match="would both be written"):
        outputs(Submit(ON), "out", "a/ana", other)
