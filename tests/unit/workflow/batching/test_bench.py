"""What a worker keeps: keys that it opened itself, and one press."""

import threading
from datetime import date
from pathlib import Path

import pytest

from casebook.bundle.signing.private_keys import private_text
from casebook.errors import UsageError
from casebook.workflow.batching.bench import Bench, KeyFiles, ReaderFiles, own_bench
from casebook.workflow.batching.jobs import Submit, Verify
from casebook.workflow.key_files import new_sealing_key
from tests.portfolios.keys import made_key, signers_file
from tests.unit.workflow.batching.conftest import WorkOn
from tests.unit.workflow.conftest import ON


@pytest.fixture
def key(tmp_path: Path) -> KeyFiles:
    """A key that is locked with a passphrase in a file."""
    (tmp_path / "key").write_bytes(private_text(made_key(1), b"open sesame"))
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "passphrase").write_text("open sesame\n")
    return KeyFiles(tmp_path / "key", tmp_path / "passphrase")


def test_a_key_is_opened_once(key: KeyFiles) -> None:
    bench = Bench()
    opened = bench.signing_key(key)
    assert opened.public == made_key(1).public
    key.key.unlink()
    assert bench.signing_key(key) is opened


def test_a_locked_key_needs_its_passphrase(key: KeyFiles) -> None:
    """Nobody is there who could be asked."""
    with pytest.raises(UsageError):
        KeyFiles(key.key).opened()


def test_each_thread_has_a_bench_of_its_own() -> None:
    found: list[Bench] = []
    thread = threading.Thread(target=lambda: found.append(own_bench()))
    thread.start()
    thread.join()
    assert own_bench() is own_bench()
    assert found[0] is not own_bench()


def test_when_it_is_asked_is_no_part_of_a_question() -> None:
    """Else no result would stand the next time."""
    early, late = (ReaderFiles.now(None, Path("signers"), "kim") for _ in range(2))
    assert early.moment != late.moment
    assert (early, repr(early)) == (late, repr(late))


def test_submissions_are_signed_and_sealed_and_opened_again(
    studio: Path, work: WorkOn, tmp_path: Path, key: KeyFiles, fake_pages: list[str]
) -> None:
    """By workers that have the files alone."""
    identity = new_sealing_key(tmp_path / "identity.txt", date(2026, 7, 1))
    signers_file(tmp_path / "signers", ana=1)
    made = work(
        Submit(ON, key, identity.recipient), studio, output=str(tmp_path / "out" / "a.zip.age")
    )
    assert made is not None
    assert made["code"] == 0, made
    assert made["result"]["signer"] == made_key(1).public.fingerprint
    assert made["result"]["sealed_to"] == identity.recipient
    reader = ReaderFiles.now(identity.private, tmp_path / "signers", None)
    found = work(Verify(reader=reader), tmp_path / "out" / "a.zip.age")
    assert found is not None
    steps = {each["id"]: each["ok"] for each in found["result"]["steps"]}
    assert (steps["recipient"], steps["signature"]) == (True, True)
    sealed = work(Verify(), tmp_path / "out" / "a.zip.age")
    assert sealed is not None
    assert sealed["code"] == 2, "without an identity"


def test_a_reader_without_signers_believes_nobody(tmp_path: Path) -> None:
    identity = new_sealing_key(tmp_path / "identity.txt", date(2026, 7, 1))
    bench = Bench()
    files = ReaderFiles(identity.private)
    assert bench.reader(files) is bench.reader(files)
    assert bench.reader(files).signers is None
    assert bench.reader(files).recipients == (identity.recipient,)


def test_pages_are_kept_for_a_portfolio_and_not_for_what_comes_after_it(studio: Path) -> None:
    """A worker of a cluster may verify a stranger's file next: no kept page may stand in for it."""
    bench = Bench()
    made = bench.presses(studio)
    assert made.kept is not None
    assert bench.presses() is made
    assert made.kept is None
