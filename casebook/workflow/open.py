"""Writes a verified submission back out as a portfolio folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.errors import UnacceptableWork
from casebook.files import write_tree
from casebook.workflow.reader import ANYBODY, Reader
from casebook.workflow.verification import VerificationReport
from casebook.workflow.verify import verify

ABOUT_THE_WORK: Final = frozenset({"program", "check", "results"})
"""Steps that may fail: they judge the work and by whose rules; a grader wants to see it then too.

All others say whether the files are those that were sent, and whether they can be read.
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened.

    Attributes:
        verification: What holds of it.
        written: The names of its files.
        place: The folder they stand in: where the one that was named leads to, if it is a link.
    """

    verification: VerificationReport
    written: tuple[str, ...]
    place: Path


def open_submission(
    path: Path, target: Path, program_path: Path | None = None, reader: Reader = ANYBODY
) -> Opened:
    """Verify a submission or a packet and write its portfolio to a new folder, or nothing at all.

    What was sealed to somebody nobody else may look into, on this disk too.

    Raises:
        UnacceptableWork: The files are damaged, not those that were sent, or cannot be read.
        UsageError: The folder is there already, or a link leads to none.
    """
    verification = as_sent(path, program_path, reader)
    files = verification.portfolio.contents if verification.portfolio else {}
    record = verification.record
    # Why by the record: what was unsealed before it was opened is no less private.
    was_sealed = record is not None and record.sealed_to is not None
    place = write_tree(target, files, private=was_sealed)
    return Opened(verification, tuple(sorted(files)), place)


def as_sent(
    path: Path, program_path: Path | None = None, reader: Reader = ANYBODY
) -> VerificationReport:
    """Verify a submission or a packet of which at least the files are those that were sent.

    Raises:
        UnacceptableWork: They are damaged, not those that were sent, or cannot be read.
    """
    verification = verify(path, program_path, reader=reader)
    opened_with = " --identity FILE" if reader.identities else ""
    opened_with += " --signers FILE" if reader.signers else ""
    for step in verification.steps:
        if not step.ok and step.id not in ABOUT_THE_WORK:
            raise UnacceptableWork(
                f"{path} is not opened: {step.detail}",
                hint=f"see `casebook verify {path}{opened_with}`, and ask the sender for it again",
            )
    return verification
