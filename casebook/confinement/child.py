"""The child's side: makes ready, lets the walls rise, and answers requests until it is ended.

A task is a module with two functions:

``prepare() -> Iterable[Path]``
    Loads what the work needs, and names the folders that it still reads from.
``answer(request) -> bytes``
    Does one piece of work. The request is what the parent gave to ``Worker.ask``.
"""

import importlib
import json
import os
import pickle
import sys
import sysconfig
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, Final

from casebook.confinement.bounds import Bounds
from casebook.confinement.frames import read_frame, write_frame
from casebook.confinement.walls import allow_computation, end_with, raise_walls
from casebook.errors import CasebookError

_LIBRARIES: Final = ("stdlib", "platstdlib", "purelib", "platlib")
_PACKAGE_FOLDERS: Final = frozenset(["site-packages", "dist-packages"])
_LARGEST_REQUEST_BYTES: Final = 1 << 40
"""No limit: requests come from the parent."""
_MESSAGE: Final = 2_000


def serve(task_name: str, parent: int, bounds: Bounds) -> None:
    """Answer requests for a task until the parent has no more."""
    end_with(parent)
    requests, replies = _private_pipes()
    try:
        task = importlib.import_module(task_name)
        folders = [*task.prepare(), *_import_folders()]
        held = raise_walls(folders, bounds)
    except CasebookError as error:
        _tell(replies, error)
        return
    write_frame(replies, {"ready": json.dumps(asdict(held))})
    while True:
        try:
            _, request = read_frame(requests, _LARGEST_REQUEST_BYTES)
        except EOFError:
            return
        allow_computation(bounds.seconds)
        try:
            # Why unpickled here: it is the parent that sent it.
            answer = task.answer(pickle.loads(request))  # noqa: S301
        except CasebookError as error:
            _tell(replies, error)
        except MemoryError:
            write_frame(replies, {"stopped": "memory"})
        except RecursionError:
            write_frame(replies, {"stopped": "nesting"})
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to know
            write_frame(replies, {"fault": f"{type(error).__name__}: {error}"[:_MESSAGE]})
        else:
            write_frame(replies, {}, answer)
            del answer


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the way of whatever reads or prints.

    Why: native libraries print, and what they print is no reply.
    """
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _import_folders() -> list[Path]:
    """Where modules come from that are loaded when they are first needed."""
    installed = [Path(sysconfig.get_path(each)) for each in _LIBRARIES]
    # Why besides: a path file may lead to the libraries of another environment.
    installed += [Path(each) for each in sys.path if Path(each).name in _PACKAGE_FOLDERS]
    return [*installed, Path(__file__).resolve().parents[1]]


def _tell(replies: BinaryIO, error: CasebookError) -> None:
    message, hint = str(error)[:_MESSAGE], error.hint
    told = {"error": type(error).__name__, "message": message}
    write_frame(replies, told if hint is None else {**told, "hint": hint[:_MESSAGE]})


def main(arguments: list[str]) -> None:
    """Serve as the parent's command line asks."""
    task_name, parent, *bounds = arguments
    serve(task_name, int(parent), Bounds(*map(int, bounds)))


if __name__ == "__main__":
    main(sys.argv[1:])
