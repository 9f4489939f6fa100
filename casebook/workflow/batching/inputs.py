"""Which items a batch is about: those named, and those in folders that hold many."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from casebook.batch.input_list import Input
from casebook.batch.places import Place, StoreAddress, place_meant
from casebook.batch.stores import StoreAccess, listed_below
from casebook.errors import UsageError
from casebook.source.folder import BUILD_FOLDER
from casebook.source.portfolio import PORTFOLIO_FILE, is_portfolio
from casebook.source.program import PROGRAM_FILE
from casebook.workflow.batching.jobs import Job

_SUBMISSIONS: Final = (".zip", ".age", ".pdf")


def inputs_named(written: Iterable[str], job: Job, access: StoreAccess) -> Iterator[Input]:
    """The items that inputs of the command line stand for, in their order.

    A folder that is no portfolio stands for the portfolios in it, or for the submissions; so does
    a URL that ends with a slash. Where nothing is found in it, it stands for itself.

    Raises:
        UsageError: An input is neither a path nor a URL.
        MachineError: A store refuses to list what it has.
    """
    for each in written:
        place = place_meant(each)
        below = list(_below(place, job, access))
        yield from map(Input, below or [each])


def _below(place: Place, job: Job, access: StoreAccess) -> Iterator[str]:
    if isinstance(place, StoreAddress):
        if place.is_folder:
            yield from (_submissions_at if job.reads_submissions else _portfolios_at)(place, access)
    elif place.is_dir():
        yield from (_submissions_in if job.reads_submissions else _portfolios_in)(place)


def _submissions_in(folder: Path) -> Iterator[str]:
    for here, below, files in os.walk(folder):
        below[:] = sorted(each for each in below if each[0] != ".")
        yield from (os.path.join(here, each) for each in sorted(files) if _may_be_submission(each))  # noqa: PTH118 - as it was typed


def _portfolios_in(folder: Path) -> Iterator[str]:
    if is_portfolio(folder) or (folder / PROGRAM_FILE).is_file():
        return
    for here, below, _ in os.walk(folder):
        if is_portfolio(Path(here)):
            below.clear()
            yield here
        below[:] = sorted(each for each in below if each[0] != "." and each != BUILD_FOLDER)


def _submissions_at(address: StoreAddress, access: StoreAccess) -> Iterator[str]:
    for each in listed_below(address, access):
        if _may_be_submission(each.address.name):
            yield str(each.address)


def _portfolios_at(address: StoreAddress, access: StoreAccess) -> Iterator[str]:
    """The folders with a portfolio.yaml, but for those inside of another portfolio."""
    found = {
        each.address.key.removesuffix(PORTFOLIO_FILE)
        for each in listed_below(address, access)
        if each.address.name == PORTFOLIO_FILE
    }
    for key in sorted(found):
        above = (f"{each}/" for each in map(str, PurePosixPath(key).parents))
        if found.isdisjoint(above) and ("" not in found or not key):
            yield str(StoreAddress(address.bucket, key))


def _may_be_submission(name: str) -> bool:
    return name.lower().endswith(_SUBMISSIONS) and not name.startswith(".")


def outputs_for(inputs: Iterable[Input], job: Job, output: str | None) -> Iterator[str | None]:
    """Where what is made of each input is to go.

    Args:
        inputs: Their order is that of the outputs.
        job: It names what it makes.
        output: The folder or URL for all of them; each goes to its own place when left out.

    Raises:
        UsageError: Two inputs would be written to one place, or one has no place of its own.
    """
    taken: dict[str, str] = {}
    folder = place_meant(output) if output is not None else None
    for each in inputs:
        place = place_meant(each.written)
        name = job.output_name(_name_of(place))
        if name is None:
            yield None
            continue
        if folder is None:
            if isinstance(place, StoreAddress):
                raise UsageError(
                    f"nothing says where to write what is made of {each.written}",
                    hint="name a folder or a URL for all: -o PLACE",
                )
            yield None
            continue
        if (other := taken.setdefault(name.casefold(), each.written)) != each.written:
            raise UsageError(
                f"{other} and {each.written} would both be written to {name}",
                hint="give them different names, or leave -o out",
            )
        yield str(folder / name if isinstance(folder, Path) else folder.below(name))


def _name_of(place: Place) -> str:
    """What an input is called: its own last name; that of its folder for a portfolio.yaml."""
    if isinstance(place, StoreAddress):
        path = PurePosixPath(place.key)
        parent, name = path.parent.name, path.name or place.bucket
    else:
        whole = Path(os.path.abspath(place))  # noqa: PTH100 - links keep the names they were given
        parent, name = whole.parent.name, whole.name
    if name == PORTFOLIO_FILE:
        return parent
    return name.removesuffix(".yaml").removesuffix(".yml") or "item"
