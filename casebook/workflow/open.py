"""Writes a verified submission back out as a portfolio folder."""

from dataclasses import dataclass
from pathlib import Path

from casebook.errors import UnacceptableWork
from casebook.files import write_tree
from casebook.workflow.verify import VerificationReport, verify

_MAY_FAIL = {"program", "check", "results"}
"""Steps about the work; the others say that the files are not what was sent."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The verification, and the names of the files that were written."""

    verification: VerificationReport
    written: tuple[str, ...]


def open_submission(path: Path, target: Path, program_path: Path | None = None) -> Opened:
    """Verify a submission and write its portfolio to a new folder, whole or not at all.

    Raises:
        UnacceptableWork: The files are damaged or not those that were sent.
        UsageError: The folder is there already.
    """
    verification = verify(path, program_path)
    broken = [step for step in verification.steps if not step.ok and step.id not in _MAY_FAIL]
    if broken or verification.portfolio is None:
        first = broken[0]
        raise UnacceptableWork(
            f"{path} is not opened: {first.detail}",
            hint=f"see `casebook verify {path}`, and ask the sender for it again",
        )
    write_tree(target, verification.portfolio.contents)
    return Opened(verification, tuple(sorted(verification.portfolio.contents)))
