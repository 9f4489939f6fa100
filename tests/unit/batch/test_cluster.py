"""A Dask cluster does the same work by the same lines, and tells nobody what it is about."""

import re
import sys
from functools import partial
from pathlib import Path

import pytest

from casebook.batch import cluster as clusters
from casebook.batch.answers import Unanswered, answers
from casebook.batch.cluster import TlsFiles, cluster_workers
from casebook.errors import MachineError, UsageError
from tests.dask_cluster import dask_cluster
from tests.tls_files import tls_files
from tests.unit.batch import works

NO_FILES = TlsFiles(Path("none"), Path("none"), Path("none"))


@pytest.mark.parametrize(
    "address,tls,says",
    [
        ("office:8786", None, "no address"),
        ("ftp://office", None, "no address"),
        ("tls://office:8786", None, "nothing proves"),
        ("tcp://office:8786", NO_FILES, "not encrypted"),
        ("local", NO_FILES, "not encrypted"),
        ("tls://office:8786", NO_FILES, "there is no file"),
    ],
)
def test_a_mistake_is_told_before_anybody_is_asked(
    address: str, tls: TlsFiles | None, says: str
) -> None:
    with pytest.raises(UsageError, match=says) as caught, cluster_workers(address, 1, tls):
        pass
    assert caught.value.hint


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError) as caught, cluster_workers("local", 1):
        pass
    assert "casebook[cluster]" in str(caught.value.hint)


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_waited_for_so_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clusters, "WAIT_FOR_CLUSTER_S", 1)
    with pytest.raises(MachineError, match="cannot be reached") as caught:  # noqa: SIM117
        with cluster_workers("tcp://127.0.0.1:9", 1):
            pass
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_a_local_cluster_answers_in_order_and_loses_one_item_alone() -> None:
    with cluster_workers("local", 2) as workers:
        assert [each for _, each in answers(workers, works.doubled, range(20))] == [
            2 * number for number in range(20)
        ]
        found = [each for _, each in answers(workers, partial(works.always_killed_at, 1), range(4))]
        failed = [each for _, each in answers(workers, works.refused, range(4))]
    assert isinstance(found[1], Unanswered)
    assert found[1].lost
    assert [found[0], *found[2:]] == [0, 2, 3]
    assert failed == [0, 1, Unanswered("the work failed: ValueError", lost=False), 3]


@pytest.mark.slow
def test_a_cluster_with_tls_answers_who_has_its_certificates(tmp_path: Path) -> None:
    """Who has those of another authority is not answered, nor who has none."""
    tls, others = tls_files(tmp_path / "ours"), tls_files(tmp_path / "theirs")
    with dask_cluster(tmp_path / "cluster", 1, tls) as cluster:
        assert cluster.address.startswith("tls://")
        with cluster_workers(cluster.address, 1, tls) as workers:
            assert [each for _, each in answers(workers, works.doubled, [1, 2])] == [2, 4]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clusters, "WAIT_FOR_CLUSTER_S", 2)
            for address, shown in (
                (cluster.address, others),
                (cluster.address.replace("tls://", "tcp://"), None),
            ):
                with pytest.raises(MachineError), cluster_workers(address, 1, shown):
                    pass


@pytest.mark.slow
def test_a_lost_worker_is_made_up_for_by_another(tmp_path: Path) -> None:
    marker = tmp_path / "kill"
    marker.touch()
    with dask_cluster(tmp_path / "cluster", 2) as cluster:
        with cluster_workers(cluster.address, 1) as workers:
            found = list(answers(workers, partial(works.killed_at, marker), range(6)))
        assert found == [(number, number) for number in range(6)]
        assert not marker.exists(), "nothing was killed"
        assert sum(each.poll() is not None for each in cluster.workers) == 1


@pytest.mark.slow
def test_without_any_worker_left_the_work_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "WAIT_FOR_WORKERS_S", 1)
    with (
        dask_cluster(tmp_path / "cluster", 1) as cluster,
        pytest.raises(MachineError, match="has had no worker"),
        cluster_workers(cluster.address, 1) as workers,
    ):
        list(answers(workers, partial(works.always_killed_at, 1), range(4)))


@pytest.mark.slow
def test_without_its_scheduler_the_work_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "WAIT_FOR_CLUSTER_S", 2)
    with dask_cluster(tmp_path / "cluster", 1) as cluster:  # noqa: SIM117
        with pytest.raises(MachineError, match="scheduler is gone"):  # noqa: PT012
            with cluster_workers(cluster.address, 1) as workers:
                found = answers(workers, works.doubled, range(10_000), window=2)
                assert next(found) == (0, 0)
                cluster.scheduler.kill()
                list(found)


@pytest.mark.slow
def test_the_names_of_work_say_nothing_of_what_it_is_about(tmp_path: Path) -> None:
    """Nor are two of them the same, from which one could tell that two items are."""
    with (
        dask_cluster(tmp_path / "cluster", 1) as cluster,
        cluster_workers(cluster.address, 1) as workers,
    ):
        asked = [workers.executor.submit(works.doubled, 7_000_111) for _ in range(2)]
        assert [each.result() for each in asked] == [14_000_222] * 2
        client = workers.executor._client  # type: ignore[attr-defined]
        names = client.run_on_scheduler(lambda dask_scheduler: sorted(dask_scheduler.tasks))
    assert len(names) == 2
    assert all(re.fullmatch(r"doubled-[0-9a-f-]{36}", each) for each in names)
