"""The program's files that mark sheets have to lie beside."""

from pathlib import Path

from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.program import folder_naming
from casebook.workflow.payload import PORTFOLIO_PART, Files
from casebook.workflow.received import Received


def program_files_beside(received: Received, folder: Path) -> Files:
    """What has to be written beside sheets so that the rubric can be found from them.

    Nothing for a program that ships with casebook, and nothing where the same files lie in the
    folder already, or in one of the two above it.

    Where whoever grades has named rules of their own, it is those: the comments to reuse in a
    submission's copy could be anybody's.

    Args:
        received: The submission, which holds its own program where it has one.
        folder: Where the sheets are put.
    """
    portfolio = received.portfolio
    files = {
        name: received.sources[f"{PORTFOLIO_PART}/{name}"][1] for name in portfolio.program_files
    }
    if received.own is not None and files:
        around = portfolio.main.record.program.rpartition("/")[0]
        files = {
            f"{around}/{name}" if around else name: content
            for name, content in received.own.files.items()
        }
    near = folder_naming(portfolio.main.record.program, folder).root
    if all(_is_there(near / name, content) for name, content in files.items()):
        return {}
    return {
        name: content for name, content in files.items() if not _is_there(folder / name, content)
    }


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and read_bytes(path, LARGEST_READ_BYTES) == content
