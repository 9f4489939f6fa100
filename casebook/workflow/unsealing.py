"""Writes a sealed submission out unsealed, for the commands that take it so."""

from dataclasses import dataclass
from pathlib import Path

from casebook.bundle.secrecy import SealRefused, is_sealed
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import read_bytes, write_file
from casebook.limits import ARCHIVE_BYTES
from casebook.workflow.originals import keep_originals
from casebook.workflow.payload import SEALED_ENDING
from casebook.workflow.reader import Reader
from casebook.workflow.sealing import refuse_misleading_name, seal_off
from casebook.workflow.unpacking import Sent, take_apart


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What was inside, and the file that holds it now."""

    path: Path
    sent: Sent


def unseal_submission(
    path: Path, reader: Reader, output: Path | None = None, *, force: bool = False
) -> Unsealed:
    """Take the seal off a submission, and see that it was made for who opens it.

    What is written nobody but the user may read, where the system knows such a thing.

    Why here: the commands that take it unsealed cannot know any more whom it was sealed to.

    Args:
        path: The sealed file.
        reader: Who opens it.
        output: Where to; beside it, without the ``.age``, when left out.
        force: Whether to replace a file that casebook did not make.

    Raises:
        UnacceptableWork: It cannot be opened, holds no submission, or one made for others.
        UsageError: It is not sealed, or it is open where to write.
    """
    content = read_bytes(path, ARCHIVE_BYTES)
    if not is_sealed(content):
        raise UsageError(f"{path} is not sealed", hint="use it as it is; there is nothing to open")
    target = output or _without_ending(path)
    refuse_misleading_name(target, sealed=False)
    keep_originals([target], target.parent)
    try:
        plain = seal_off(content, path, reader)
    except SealRefused as error:
        raise UnacceptableWork(f"{path} is not unsealed: {error}", hint=error.hint) from error
    steps, sent = take_apart(plain, reader, sealed=True)
    failed = {each.id: each.detail for each in steps.all() if each.ok is False}
    if sent is None:
        raise UnacceptableWork(
            f"{path} holds no submission: {next(iter(failed.values()))}",
            hint="`age -d` opens whatever else it may be",
        )
    if "recipient" in failed:
        raise UnacceptableWork(f"{path} is not unsealed: {failed['recipient']}")
    write_file(target, plain, force=force, private=True)
    return Unsealed(target, sent)


def _without_ending(path: Path) -> Path:
    if path.suffix.lower() != SEALED_ENDING:
        raise UsageError(
            f"the name of {path} does not end in {SEALED_ENDING}",
            hint="name the file to write: -o submission.zip",
        )
    return path.with_suffix("")
