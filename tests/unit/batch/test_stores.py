"""An object store gives, lists, takes what is new, and refuses in plain words."""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from casebook.batch.places import StoreAddress
from casebook.batch.stores import StoreAccess, fetch, listed_below, look_at, put
from casebook.errors import CasebookError, MachineError, UsageError
from tests.object_store import ObjectStore

MEGABYTE = 1_000_000


def test_an_object_is_fetched_whole(object_store: ObjectStore) -> None:
    """Its mark is the same with and without its content, and changes with it."""
    object_store.put("a/b c.zip", b"first")
    address = object_store.at("a/b c.zip")
    content, mark = fetch(address, object_store.access, MEGABYTE)
    assert (content, mark) == (b"first", look_at(address, object_store.access).mark)
    object_store.put("a/b c.zip", b"second")
    assert look_at(address, object_store.access).mark != mark


def test_what_lies_below_a_name_is_listed_in_order(object_store: ObjectStore) -> None:
    """More of it than one page of the store's answer holds, and nothing beside it."""
    for number in range(3):
        object_store.put(f"in/{number}.zip", b"x" * number)
    object_store.put("inside.zip", b"")
    found = list(listed_below(object_store.at("in/"), object_store.access))
    assert [(each.address.key, each.size_bytes) for each in found] == [
        ("in/0.zip", 0), ("in/1.zip", 1), ("in/2.zip", 2),
    ]  # fmt: skip
    assert len(list(listed_below(object_store.at(""), object_store.access))) == 4


def test_what_is_new_is_written(object_store: ObjectStore) -> None:
    """In one piece, however large: only so does the store see that nothing is there."""
    large = b"0123456789" * MEGABYTE
    put(object_store.at("out/a.zip"), large, object_store.access)
    assert object_store.get("out/a.zip") == large


def test_a_name_that_is_taken_is_not_written_over(object_store: ObjectStore) -> None:
    object_store.put("a.zip", b"theirs")
    for other in (b"ours, and longer", b"ours!!"):
        with pytest.raises(UsageError, match="already there") as caught:
            put(object_store.at("a.zip"), other, object_store.access)
        assert "--force" in str(caught.value.hint)
    assert object_store.get("a.zip") == b"theirs"


def test_the_same_content_there_already_is_as_good_as_written(object_store: ObjectStore) -> None:
    """A run that ended before it could say so is repeated without harm."""
    object_store.put("a.zip", b"ours")
    put(object_store.at("a.zip"), b"ours", object_store.access)


def test_what_is_there_is_replaced_by_force_alone(object_store: ObjectStore) -> None:
    object_store.put("a.zip", b"theirs")
    put(object_store.at("a.zip"), b"ours", object_store.access, force=True)
    assert object_store.get("a.zip") == b"ours"


def test_of_many_writers_at_one_moment_one_writes(object_store: ObjectStore) -> None:
    def write(number: int) -> bool:
        try:
            put(object_store.at("a.zip"), b"%d" % number, object_store.access)
        except UsageError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        wrote = list(threads.map(write, range(8)))
    assert sum(wrote) == 1
    assert object_store.get("a.zip") == b"%d" % wrote.index(True)


def refusal(address: StoreAddress, access: StoreAccess) -> CasebookError:
    with pytest.raises(CasebookError) as caught:
        fetch(address, access, MEGABYTE)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


def test_what_is_not_there_is_wrong_usage(object_store: ObjectStore) -> None:
    nothing = refusal(object_store.at("none.zip"), object_store.access)
    assert isinstance(nothing, UsageError)
    assert str(nothing) == f"there is no object {object_store.url('none.zip')}"
    nowhere = refusal(StoreAddress("no-such-bucket", "a.zip"), object_store.access)
    assert isinstance(nowhere, UsageError)
    assert str(nowhere) == "there is no bucket 'no-such-bucket'"


def test_what_is_too_large_is_not_fetched(object_store: ObjectStore) -> None:
    object_store.put("a.zip", b"x" * 11)
    with pytest.raises(UsageError, match="is larger than"):
        fetch(object_store.at("a.zip"), object_store.access, 10)


def test_a_store_that_refuses_is_the_machines_matter(object_store: ObjectStore) -> None:
    """It says what to look at, and nothing of the keys."""
    with object_store.refusing():
        error = refusal(object_store.at("a.zip"), object_store.access)
        with pytest.raises(MachineError):
            put(object_store.at("a.zip"), b"", object_store.access)
        with pytest.raises(MachineError):
            list(listed_below(object_store.at(""), object_store.access))
    assert isinstance(error, MachineError)
    assert "permission is denied" in str(error)
    assert "tester" not in f"{error} {error.hint}"


def test_a_store_that_never_answers_is_waited_for_so_long(object_store: ObjectStore) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        access = StoreAccess(f"http://127.0.0.1:{deaf.getsockname()[1]}", "us-east-1", 0.3)
        error = refusal(object_store.at("a.zip"), access)
    assert isinstance(error, MachineError)
    assert "does not answer" in str(error)


def test_a_store_that_is_not_there_is_told(object_store: ObjectStore) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        access = StoreAccess(f"http://127.0.0.1:{free.getsockname()[1]}", "us-east-1", 0.5)
    assert isinstance(refusal(object_store.at("a.zip"), access), MachineError)


def test_no_store_elsewhere_is_asked_without_encryption(object_store: ObjectStore) -> None:
    """What travels is what clients told."""
    access = StoreAccess("http://store.invalid", "us-east-1", 0.5)
    error = refusal(object_store.at("a.zip"), access)
    assert isinstance(error, UsageError)
    assert "https" in str(error.hint)


def test_a_name_that_no_object_can_have_is_wrong_usage(object_store: ObjectStore) -> None:
    assert isinstance(refusal(object_store.at("a/../b.zip"), object_store.access), UsageError)


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(MachineError) as caught:
        fetch(StoreAddress("without-library", "a.zip"), StoreAccess(), MEGABYTE)
    assert "casebook[cluster]" in str(caught.value.hint)
