"""Processes of this machine: one that is killed costs its own item a second try, and no more."""

import os
import time
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import pytest

from casebook.batch.answers import Unanswered, answers
from casebook.batch.pool import Pool, WorkerLost, pool_workers
from tests.unit.batch import works

WAITING_S = 60


def wait_until_there(path: Path) -> None:
    """Wait for a file; a machine that never writes it fails the test."""
    until = time.monotonic() + WAITING_S
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def is_running(process_id: int) -> bool:
    """Whether there is such a process, and it is not merely waiting to be asked how it ended."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_work_is_done_in_other_processes() -> None:
    with pool_workers(2) as workers:
        found = [each for _, each in answers(workers, works.process_id, range(4))]
    assert os.getpid() not in found
    assert len(set(found)) <= 2


def test_a_killed_worker_is_replaced_and_its_item_done_again(tmp_path: Path) -> None:
    """All lines are there, in order."""
    marker = tmp_path / "kill"
    marker.touch()
    with pool_workers(2) as workers:
        found = list(answers(workers, partial(works.killed_at, marker), range(6)))
    assert found == [(number, number) for number in range(6)]
    assert not marker.exists(), "nothing was killed"


def test_an_item_that_kills_two_workers_is_reported(tmp_path: Path) -> None:
    with pool_workers(2) as workers:
        found = [each for _, each in answers(workers, partial(works.always_killed_at, 1), range(5))]
    assert isinstance(found[1], Unanswered)
    assert found[1].lost
    assert [found[0], *found[2:]] == [0, 2, 3, 4]


def test_a_killed_worker_fails_no_other_item() -> None:
    """The executor itself gives up the one item alone."""
    with Pool(2) as pool:
        futures = [pool.submit(works.always_killed_at, 1, number) for number in range(4)]
        assert isinstance(futures[1].exception(), WorkerLost)
        assert [each.result() for each in (futures[0], *futures[2:])] == [0, 2, 3]


def test_what_work_raises_is_raised_to_whoever_asked() -> None:
    with Pool(1) as pool:
        with pytest.raises(ValueError, match="bad back"):
            pool.submit(works.refused, 2).result()
        assert pool.submit(works.refused, 3).result() == 3


@pytest.mark.parametrize("work", [works.unpicklable, works.unpicklable_error])
def test_what_cannot_travel_is_an_error_and_harms_nobody(work: object) -> None:
    assert callable(work)
    with Pool(1) as pool:
        assert pool.submit(work, 1).exception() is not None
        assert pool.submit(works.doubled, 4).result() == 8


def test_workers_are_replaced_after_so_many_items() -> None:
    """Three items by workers of two each are done by two processes."""
    pool = Pool(1, items_a_worker=2)
    with pool:
        found = [pool.submit(works.process_id, each).result() for each in range(3)]
    assert found[0] == found[1] != found[2]


def test_a_pool_that_is_closed_takes_nothing_more() -> None:
    pool = Pool(1)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(works.doubled, 1)


def test_what_waits_can_be_cancelled(tmp_path: Path) -> None:
    pool = Pool(1)
    running = pool.submit(works.busy, tmp_path, 1)
    waiting: Future[int] = pool.submit(works.doubled, 1)
    wait_until_there(tmp_path / "1.held")
    pool.stop()
    assert waiting.cancelled()
    assert isinstance(running.exception(), WorkerLost)


def test_a_worker_that_is_stopped_puts_away_what_it_holds(tmp_path: Path) -> None:
    """No file, no process, and no process of a process is left."""
    pool = Pool(2)
    for number in (1, 2):
        pool.submit(works.busy, tmp_path, number)
    held = [tmp_path / "1.held", tmp_path / "2.held"]
    for each in held:
        wait_until_there(each)
    until = time.monotonic() + WAITING_S
    while not all(each.read_text() for each in held):
        assert time.monotonic() < until
    processes = [int(number) for each in held for number in each.read_text().split()]
    assert all(map(is_running, processes))
    pool.stop()
    assert list(tmp_path.iterdir()) == []
    assert not any(map(is_running, processes))


def test_leaving_the_block_by_an_error_stops_the_workers(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), pool_workers(1) as workers:  # noqa: PT012 - in its middle
        workers.executor.submit(works.busy, tmp_path, 1)
        wait_until_there(tmp_path / "1.held")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
