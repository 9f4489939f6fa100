"""Workers on this machine: processes of which each has one item, and is replaced when it ends.

Why not one ``ProcessPoolExecutor``: when one of its processes is killed, it gives up the items of
all the others too.
"""

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any, Final, ParamSpec, TypeVar

from casebook.batch.answers import Workers

ITEMS_A_WORKER: Final = 500
"""After so many items a worker is replaced, so that its memory stays level in any case."""

_LEAVING_S: Final = 10
"""What a worker may take to put away what it holds before it is ended."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class WorkerLost(BrokenExecutor):
    """A worker ended with its work undone."""


@contextmanager
def pool_workers(count: int) -> Iterator[Workers]:
    """Workers on this machine, ended with the block: at once where an error leaves it."""
    pool = Pool(count)
    try:
        yield Workers(pool, f"{count} workers on this machine")
    except BaseException:
        pool.stop()
        raise
    pool.shutdown()


class Pool(Executor):
    """So many processes, each begun when there is work for it.

    A worker that is killed fails the one item that it has, with ``WorkerLost``.
    """

    def __init__(self, count: int, items_a_worker: int = ITEMS_A_WORKER) -> None:
        self._items_a_worker = items_a_worker
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._workers: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"worker {number}", daemon=True)
            for number in range(1, count + 1)
        ]
        for each in self._threads:
            each.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Have a function called by the next worker that is free; both have to be picklable."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the workers were sent home")
            future: Future[_T] = Future()
            self._calls.put(_Call(future, pickle.dumps((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the executor's own form
        """Take no more work, and end each worker when it has done what it has."""
        with self._lock:
            self._closed = True
        if cancel_futures:
            self._cancel_waiting()
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for each in self._threads:
                each.join()

    def stop(self) -> None:
        """End every worker in the middle of its work; it puts away what it holds, and goes."""
        with self._lock:
            self._closed = True
            workers = tuple(self._workers)
        for each in workers:
            each.leave()
        self.shutdown(cancel_futures=True)

    def _cancel_waiting(self) -> None:
        with suppress(Empty):
            while True:
                if call := self._calls.get_nowait():
                    call.future.cancel()
                    # Why besides: it wakes whoever waits for the future.
                    call.future.set_running_or_notify_cancel()

    def _serve(self) -> None:
        """Give one worker after the other work, until there is no more."""
        worker: _Worker | None = None
        while (call := self._calls.get()) is not None:
            if not call.future.set_running_or_notify_cancel():
                continue
            try:
                worker = worker or self._new_worker()
                call.future.set_result(worker.do(call.content))
            except WorkerLost as error:
                self._without(worker)
                worker = None
                call.future.set_exception(error)
            except Exception as error:  # noqa: BLE001 - whoever asked has to know
                call.future.set_exception(error)
            if worker is not None and worker.items >= self._items_a_worker:
                self._without(worker)
                worker = None
        self._without(worker)

    def _new_worker(self) -> "_Worker":
        try:
            worker = _Worker()
        except OSError as error:
            raise WorkerLost(str(error.strerror)) from None
        with self._lock:
            self._workers.add(worker)
            if self._closed:
                # Why: ``stop`` may have looked before it was there.
                worker.leave()
        return worker

    def _without(self, worker: "_Worker | None") -> None:
        if worker is not None:
            worker.close()
            with self._lock:
                self._workers.discard(worker)


@dataclass(frozen=True, slots=True)
class _Call:
    """What is to be called, pickled, and where what comes of it is waited for."""

    future: "Future[Any]"
    content: bytes


class _Worker:
    """A process that does one piece of work after the other, asked by one thread."""

    def __init__(self) -> None:
        self.items = 0
        # Why spawned: a copy of this process would have its locks, and nobody to open them.
        context = multiprocessing.get_context("spawn")
        self._pipe, its_end = context.Pipe()
        self._process = context.Process(target=_work, args=(its_end,), daemon=True)
        try:
            self._process.start()
        except BaseException:
            self._pipe.close()
            raise
        finally:
            # Why: when the process ends, its end of the pipe is the last, and that is noticed here.
            its_end.close()

    def do(self, content: bytes) -> object:
        """What comes of a piece of work.

        Raises:
            WorkerLost: The process ended.
            Exception: What the work itself raised.
        """
        self.items += 1
        try:
            self._pipe.send_bytes(content)
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError):
            raise WorkerLost("a worker ended with its work undone") from None
        # Why unpickled here: it is our own process that sent it.
        done, value = pickle.loads(answer)  # noqa: S301
        if not done:
            raise value
        return value

    def leave(self) -> None:
        """Ask the process to put away what it holds and go."""
        with suppress(ValueError):  # It is gone already.
            self._process.terminate()

    def close(self) -> None:
        """End the process, and be done with it."""
        self._pipe.close()
        self._process.join(_LEAVING_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _work(pipe: Connection) -> None:
    """Do what comes, until nobody is there who wants more."""
    _leave_signals_to_parent()
    while True:
        try:
            content = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        answer = _done(content)
        with suppress(OSError):  # Nobody waits for it any more.
            pipe.send_bytes(answer)


def _done(content: bytes) -> bytes:
    try:
        function, arguments, named = pickle.loads(content)  # noqa: S301 - the parent sent it
        return pickle.dumps((True, function(*arguments, **named)))
    except Exception as error:  # noqa: BLE001 - the parent has to know, and other items wait
        return _failure(error)


def _failure(error: Exception) -> bytes:
    """An exception, on its way to another process; by its kind alone where it cannot go itself."""
    try:
        content = pickle.dumps((False, error))
        pickle.loads(content)  # noqa: S301 - made in the line above
    except Exception:  # noqa: BLE001 - it can fail in any way of its own
        return pickle.dumps((False, RuntimeError(type(error).__name__)))
    return content


def _leave_signals_to_parent() -> None:
    """Let Ctrl-C reach the parent alone, which then ends its workers.

    Why a group of its own: what a terminal sends on Ctrl-C goes to a whole group, and would reach
    what the worker has started too.
    """
    if hasattr(os, "setpgid"):
        with suppress(OSError):
            os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as an exception does, so that temporary files go and what was started ends."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(1)
