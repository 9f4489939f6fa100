"""Signs files: each signature is written after the file that it stands beside, as ``FILE.sig``.

Whoever is interrupted in between is left with a file that is not signed, never with one whose
signature belongs to something else.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.signers import SignerPolicy
from casebook.bundle.signing.sshsig import (
    SignatureRefused,
    read_signature,
    sign,
    verify_signature,
)
from casebook.errors import CasebookError, UsageError
from casebook.files import (
    sweep_orphans,
    write_file,
    write_files,
    write_new_file,
    write_new_files,
)
from casebook.files.refusals import REPEAT, machine_error
from casebook.workflow.signatures import is_signed, signature_path, signature_there


@dataclass(frozen=True, slots=True)
class ToSign:
    """What is written with a signature: the content, and the namespace that says what it is."""

    content: bytes
    namespace: str


@dataclass(frozen=True, slots=True)
class Signing:
    """What an office says of signatures.

    Attributes:
        key: Who signs what is written; nobody when left out.
        signers: Whose signatures count on what is relied on; none is wanted when left out.
    """

    key: SigningKey | None = None
    signers: SignerPolicy | None = None


_NAMED: Final = 5

UNSIGNED: Final = Signing()
"""Nobody signs, and no signature is wanted."""


def write_signed(files: Mapping[Path, ToSign], key: SigningKey | None) -> None:
    """Write new files, and where somebody signs each one's signature after it.

    Args:
        files: Where each is to stand -> what it holds and is.
        key: Who signs; None for nobody.

    Raises:
        UsageError: Something stands there already, or in the place of a signature.
        MachineError: The system refuses.
    """
    contents = {}
    for path, thing in files.items():
        _make_room(path, key)
        contents[path] = thing.content
        if key is not None:
            contents[signature_path(path)] = sign(thing.content, key, thing.namespace)
    write_new_files(contents)


def write_anew(path: Path, thing: ToSign, key: SigningKey | None) -> None:
    """Replace a file, and its signature by one that fits; the old one goes first.

    Raises:
        UsageError: What stands in the place of its signature is none.
        MachineError: The system refuses; the old file is still whole, with its signature if the
            system lets it be written again.
    """
    place = signature_path(path)
    before = signature_there(path)
    take_signature_away(path)
    contents = {path: thing.content}
    if key is not None:
        contents[place] = sign(thing.content, key, thing.namespace)
    try:
        # Why force: what stands there is the beginning of what is written.
        write_files(contents, force=True)
    except CasebookError:
        # Why asked: the file may have got its name before its signature was refused one.
        if before is not None and not _holds(path, thing.content):
            with suppress(CasebookError):
                write_new_file(place, before)
        raise


def sign_beside(path: Path, content: bytes, key: SigningKey, namespace: str) -> Path:
    """Write a file's signature beside it.

    A signature of this key that is there already stays; one that no longer fits is replaced.

    Args:
        path: The file.
        content: What it holds.
        key: Who signs.
        namespace: What kind of thing it is.

    Raises:
        UsageError: Somebody else's signature of the same content is there, or no signature.
        MachineError: The system refuses.
    """
    place = signature_path(path)
    sweep_orphans(place.parent)
    there = signature_there(path)
    signature = sign(content, key, namespace)
    if there is None:
        write_new_file(place, signature)
        return place
    with suppress(SignatureRefused):
        signer = verify_signature(content, there, namespace)
        if signer != key.public:
            raise UsageError(
                f"{path} is signed already, by the key {signer.fingerprint}",
                hint=f"to put your signature in its place, take {place} away first",
            )
    _refuse_other(place, there)
    if there != signature:
        write_file(place, signature, force=True)
    return place


def refuse_several_graders(graders: Iterable[str]) -> None:
    """Refuse to sign marks of more than one grader at once.

    Why: a grader's marks count by that grader's own signature alone, and another's in its place
    would have to be taken away again, one by one.

    Raises:
        UsageError: There are several.
    """
    names = sorted(set(graders))
    if len(names) > 1:
        raise UsageError(
            f"these are marks of {len(names)} graders, and one key signs for one: "
            f"{', '.join(names[:_NAMED])}{', …' if len(names) > _NAMED else ''}",
            hint=f"name only the files of the grader whose key it is, such as *.{names[0]}.*, or "
            "let each sign their own",
        )


def take_signature_away(path: Path) -> None:
    """Remove the signature of a file that is about to change.

    Raises:
        UsageError: What stands in its place is no signature.
        MachineError: The system refuses.
    """
    place = signature_path(path)
    there = signature_there(path)
    if there is not None:
        _refuse_other(place, there)
        try:
            place.unlink()
        except OSError as error:
            raise machine_error("remove", place, error, REPEAT) from error


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _make_room(path: Path, key: SigningKey | None) -> None:
    """Take away what an earlier file left: a signature that would fit no new one."""
    if not is_signed(path) or os.path.lexists(path):
        return
    if key is None:
        raise UsageError(
            f"{signature_path(path)} is there already, and would belong to something else",
            hint="take it away first",
        )
    take_signature_away(path)


def _refuse_other(place: Path, content: bytes) -> None:
    """Refuse to touch what is no signature of casebook's kind."""
    try:
        read_signature(content)
    except SignatureRefused as error:
        raise UsageError(
            f"{place} is in the way, and it is no signature of casebook's: {error}",
            hint="take it away, or give it another name",
        ) from error
