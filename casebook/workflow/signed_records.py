"""Signs sealed marks, results and appeals that are there already, and checks their signatures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.signers import SignerPolicy
from casebook.bundle.signing.sshsig import APPEAL, MARKS, RESULT
from casebook.domain.marking.sealed_marks import SealedMarks, chain_faults
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import read_bytes, telling_what_stands
from casebook.limits import LARGEST_READ_BYTES
from casebook.source.load import load
from casebook.source.named_files import files_named
from casebook.workflow.marking.sealed_file import SEALED_SUFFIX
from casebook.workflow.results.files import APPEAL_SUFFIX, RESULT_SUFFIX
from casebook.workflow.signatures import SignatureBeside, signature_beside
from casebook.workflow.signing import refuse_several_graders, sign_beside

NAMESPACES: Final = {"sealed-marks": MARKS, "result": RESULT, "appeal": APPEAL}
"""As what each kind of file is signed."""

_SUFFIXES: Final = (SEALED_SUFFIX, RESULT_SUFFIX, APPEAL_SUFFIX)


@dataclass(frozen=True, slots=True)
class SignableRecord:
    """A file that can be signed by itself.

    Attributes:
        path: The file.
        content: What it holds.
        namespace: As what it is signed.
        grader: Of sealed marks, whose they are: nobody else's signature counts.
    """

    path: Path
    content: bytes
    namespace: str
    grader: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """A record, and what the signature beside it comes to; no record where it cannot be read."""

    path: Path
    record: SignableRecord | None
    signature: SignatureBeside

    @property
    def holds(self) -> bool:
        """Whether it counts as signed."""
        return self.signature.holds


def refuse_unsignable(paths: Sequence[Path]) -> None:
    """Refuse what ``sign_records`` would, before anybody is asked for a passphrase.

    Raises:
        UnacceptableWork: A record cannot be read, or was changed.
        UsageError: A file is something else, or the marks are of more than one grader.
    """
    _to_sign(paths)


def sign_records(paths: Sequence[Path], key: SigningKey) -> tuple[Path, ...]:
    """Sign records, each beside its file; nothing is signed where one of them does not hold.

    Args:
        paths: Sealed marks, results and appeals, and folders of them.
        key: Who signs.

    Returns:
        The signatures' files.

    Raises:
        UnacceptableWork: A record cannot be read, or was changed.
        UsageError: A file is something else, the marks are of more than one grader, or another's
            signature stands beside it.
    """
    records = _to_sign(paths)
    written: list[Path] = []
    with telling_what_stands(written):
        written.extend(
            sign_beside(each.path, each.content, key, each.namespace) for each in records
        )
    return tuple(written)


def check_signatures(
    paths: Sequence[Path], policy: SignerPolicy | None
) -> tuple[CheckedSignature, ...]:
    """Hold the signatures of records against a policy; any key counts where there is none.

    Raises:
        UsageError: A file is not there or something else, or a folder holds none.
    """
    return tuple(_checked(path, policy) for path in _files(paths))


def _to_sign(paths: Sequence[Path]) -> list[SignableRecord]:
    records = [_record(path) for path in _files(paths)]
    refuse_several_graders(each.grader for each in records if each.grader is not None)
    return records


def _checked(path: Path, policy: SignerPolicy | None) -> CheckedSignature:
    try:
        record = _record(path)
    except UnacceptableWork as error:
        said = str(error).removeprefix(f"{path} ")
        return CheckedSignature(path, None, SignatureBeside(None, None, said))
    wanted = policy.demanding(record.grader) if policy and record.grader else policy
    found = signature_beside(path, record.content, record.namespace, wanted)
    return CheckedSignature(path, record, found)


def _record(path: Path) -> SignableRecord:
    """A record that holds by itself: what was changed is not signed, nor checked."""
    content = read_bytes(path, LARGEST_READ_BYTES)
    loaded = load(str(path), content)
    if loaded.kind not in {None, *NAMESPACES} or (loaded.kind is None and not loaded.findings):
        raise _nothing_to_sign(path, loaded.called)
    if loaded.piece is None or loaded.findings:
        if not path.name.endswith(_SUFFIXES):
            raise _nothing_to_sign(path, "something else")
        raise UnacceptableWork(
            f"{path} cannot be read as it is written: {loaded.findings[0].message}",
            hint=f"see `casebook check {path}`",
        )
    if fault := next(_faults(loaded.piece.record), None):
        raise UnacceptableWork(
            f"{path} is not as it was written: {fault}", hint="take it as casebook wrote it"
        )
    record = loaded.piece.record
    grader = record.grader if isinstance(record, SealedMarks) else None
    return SignableRecord(path, content, NAMESPACES[str(loaded.kind)], grader)


def _faults(record: object) -> Iterator[str]:
    if isinstance(record, SealedMarks):
        yield from chain_faults(record)
    elif isinstance(record, IssuedResult | Appeal) and record.own_digest != record.digest:
        yield "its own digest is another"


def _nothing_to_sign(path: Path, called: str) -> UsageError:
    return UsageError(
        f"{path} is {called}, and no sealed marks, result or appeal",
        hint="a submission is signed as it is made (`casebook submit --sign`), and checked by "
        "`casebook verify --signers`",
    )


def _files(paths: Iterable[Path]) -> list[Path]:
    every = tuple(paths)
    found = [each.path for each in files_named(every, _SUFFIXES)]
    if not found:
        raise UsageError(
            "there is nothing signed in this way in the folder",
            hint=f"sealed marks, results and appeals end with {', '.join(_SUFFIXES)}",
        )
    return found
