"""The doctor's trial tells which ways stand open; here the task tries them without walls."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest

from casebook.confinement import trial
from casebook.confinement.landlock import landlock_version


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Where a connection would go; none is made, so that the network of a test does not matter."""
    asked: list[object] = []
    monkeypatch.setattr(
        socket.socket, "connect", lambda _, address: asked.append(address), raising=False
    )
    return asked


def found(*request: object) -> list[str]:
    told: list[str] = json.loads(trial.answer(request))
    return told


def test_without_walls_every_way_stands_open_and_nothing_stays_behind(
    tmp_path: Path, connected: list[object]
) -> None:
    """Else a wall could be told where there is none."""
    assert set(found(sys.executable, str(tmp_path))) == set(trial.OPEN)
    assert list(tmp_path.iterdir()) == []
    # An address for documents alone (RFC 5737).
    assert connected == [("192.0.2.1", 9)]


def test_a_way_that_is_refused_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connected: list[object]
) -> None:
    nowhere = str(tmp_path / "gone" / "file")
    assert set(found(nowhere, str(tmp_path))) == {*trial.OPEN} - {"reading files"}
    assert set(found(sys.executable, nowhere)) == {*trial.OPEN} - {"writing files"}

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(subprocess, "run", refuse)
    assert set(found(sys.executable, str(tmp_path))) == {*trial.OPEN} - {"other programs"}
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert found(sys.executable, str(tmp_path)) == ["reading files", "writing files"]


def test_ways_out_are_told_in_one_order_and_only_those_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Telling:
        def __init__(self, task: str, _bounds: object) -> None:
            assert task == "casebook.confinement.trial"

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            return

        def ask(self, request: tuple[str, str]) -> bytes:
            assert all(map(os.path.exists, request))
            return b'["other programs", "the moon", "reading files"]'

    monkeypatch.setattr(trial, "Worker", Telling)
    assert trial.ways_out() == ("reading files", "other programs")


@pytest.mark.skipif(landlock_version() < 1, reason="the kernel keeps no process from its files")
@pytest.mark.may_skip("other systems have other walls")
def test_a_confined_process_finds_no_way_out() -> None:
    assert trial.ways_out() == ()


@pytest.mark.parametrize("system, bounded", [("linux", True), ("darwin", False), ("win32", False)])
def test_memory_is_bounded_on_linux_alone(
    monkeypatch: pytest.MonkeyPatch, system: str, *, bounded: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert trial.memory_is_bounded() is bounded
