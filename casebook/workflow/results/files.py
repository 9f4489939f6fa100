"""Reads issued results and appeals from files and folders, and writes new ones beside them.

None is ever replaced: what was issued stays, and what follows it is a file of its own.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.signers import SignerPolicy
from casebook.bundle.signing.sshsig import APPEAL, RESULT
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report
from casebook.diagnostics.place import Place
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.errors import CasebookError, UnacceptableWork, UsageError
from casebook.evaluation.lineage import Filed, Unsigned, filed
from casebook.files import read_bytes
from casebook.limits import LARGEST_READ_BYTES
from casebook.rules.issued import check_own_digest
from casebook.source.load import KINDS, Loaded, load
from casebook.workflow.examination import Checked
from casebook.workflow.signatures import refuse_unsigned, signature_fault
from casebook.workflow.signing import ToSign, write_signed

RESULT_SUFFIX: Final = ".result.json"
APPEAL_SUFFIX: Final = ".appeal.json"

NAMESPACES: Final = {"result": RESULT, "appeal": APPEAL}
"""As what each kind of file is signed."""

RecordT = TypeVar("RecordT", IssuedResult, Appeal)


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """Results and appeals that could be read, and what is wrong with files that could not.

    Attributes:
        results: Those that are relied on.
        appeals: The same.
        checked: What is wrong with all others.
        unsigned_results: Sound by themselves, and not signed as they have to be: they count for
            nothing, and yet may have been issued.
        unsigned_appeals: The same.
    """

    results: tuple[Filed[IssuedResult], ...]
    appeals: tuple[Filed[Appeal], ...]
    checked: Checked
    unsigned_results: tuple[Filed[IssuedResult], ...] = ()
    unsigned_appeals: tuple[Filed[Appeal], ...] = ()

    @property
    def unsigned(self) -> Unsigned:
        """All that counts for nothing for its signature."""
        return Unsigned(self.unsigned_results, self.unsigned_appeals)

    @property
    def every_result(self) -> tuple[Filed[IssuedResult], ...]:
        """All that may have been issued."""
        return (*self.results, *self.unsigned_results)

    @property
    def every_appeal(self) -> tuple[Filed[Appeal], ...]:
        """All that may have been opened or decided."""
        return (*self.appeals, *self.unsigned_appeals)


@dataclass(slots=True)
class _Sorting:
    """Files on their way into those that are relied on, and those that are not."""

    results: list[Filed[IssuedResult]] = field(default_factory=list)
    appeals: list[Filed[Appeal]] = field(default_factory=list)
    unsigned_results: list[Filed[IssuedResult]] = field(default_factory=list)
    unsigned_appeals: list[Filed[Appeal]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)

    def result(self, found: Filed[IssuedResult], *, signed: bool) -> None:
        """Take in a result."""
        (self.results if signed else self.unsigned_results).append(found)

    def appeal(self, found: Filed[Appeal], *, signed: bool) -> None:
        """Take in an appeal."""
        (self.appeals if signed else self.unsigned_appeals).append(found)

    def sorted(self, read: int) -> ResultFiles:
        """Where all of them went, and how many were read."""
        return ResultFiles(
            tuple(self.results),
            tuple(self.appeals),
            Checked(Report.of(self.findings, read), self.sources),
            tuple(self.unsigned_results),
            tuple(self.unsigned_appeals),
        )


def read_result_files(paths: Iterable[Path], signers: SignerPolicy | None = None) -> ResultFiles:
    """Read results and appeals.

    Args:
        paths: Files of either kind, and folders: all that lies in them or below as
            ``*.result.json`` and ``*.appeal.json``.
        signers: Whose signatures count; all have to be signed then.

    Raises:
        UsageError: A file is missing or is something else, or a folder holds none.
    """
    found = _Sorting()
    files = _files(paths)
    for path in files:
        content = read_bytes(path, LARGEST_READ_BYTES)
        untouched = _untouched(str(path), content)
        if untouched is not None and not _unsigned(path, content, RESULT, signers):
            found.result(untouched, signed=True)
            continue
        loaded = load(str(path), content)
        faults = _faults(loaded)
        unsigned = () if faults else _unsigned(path, content, _namespace(loaded), signers)
        if faults or unsigned:
            found.sources[str(path)] = content
        found.findings += faults or unsigned
        record = loaded.piece.record if loaded.piece else None
        if loaded.kind not in {None, "result", "appeal"}:
            raise UsageError(
                f"{path} is a file of kind {loaded.kind}, neither a result nor an appeal",
                hint="name results as `casebook moderate` writes them, and appeals against them",
            )
        if faults:
            continue
        if isinstance(record, IssuedResult):
            found.result(filed(str(path), record.without_own_digest), signed=not unsigned)
        elif isinstance(record, Appeal):
            found.appeal(filed(str(path), record.without_own_digest), signed=not unsigned)
    return found.sorted(len(files))


def read_result(path: Path, signers: SignerPolicy | None = None) -> Filed[IssuedResult]:
    """Read one result; where signers are named, one of them has to have signed it.

    Raises:
        UnacceptableWork: It cannot be read as it is written, or is not signed as it has to be.
        UsageError: There is no such file, or it is of another kind.
    """
    return _read_one(path, "result", IssuedResult, signers)


def read_appeal(path: Path, signers: SignerPolicy | None = None) -> Filed[Appeal]:
    """Read one appeal; where signers are named, one of them has to have signed it.

    Raises:
        UnacceptableWork: It cannot be read as it is written, or is not signed as it has to be.
        UsageError: There is no such file, or it is of another kind.
    """
    return _read_one(path, "appeal", Appeal, signers)


def around(path: Path, signers: SignerPolicy | None = None) -> ResultFiles:
    """Everything that lies in a file's folder and can be read: what may refer to it.

    What is not signed as it has to be is told: it may have been.
    """
    found = _Sorting()
    for each in _below(path.absolute().parent, deep=False):
        shown = Path(os.path.normpath(path.parent / each.name))
        is_result = each.name.endswith(RESULT_SUFFIX)
        try:
            content = read_bytes(shown, LARGEST_READ_BYTES)
            result = appeal = None
            if is_result:
                untouched = _untouched(str(shown), content)
                result = untouched or _parsed(shown, content, "result", IssuedResult)
            else:
                appeal = _parsed(shown, content, "appeal", Appeal)
        except CasebookError:
            continue  # Why: a neighbour's fault is no reason against this file.
        unsigned = _unsigned(shown, content, RESULT if result else APPEAL, signers)
        found.findings += unsigned
        if result:
            found.result(result, signed=not unsigned)
        elif appeal:
            found.appeal(appeal, signed=not unsigned)
    return found.sorted(0)


def record_bytes(record: IssuedResult | Appeal) -> bytes:
    """A record as it is written to a file, with its own digest: JSON for people and programs."""
    values = record.model_dump(mode="json", exclude_none=True) | {"own_digest": record.digest}
    return f"{json.dumps(values, indent=2, ensure_ascii=False)}\n".encode()


def refuse_taken(path: Path) -> None:
    """Refuse to write where something stands already.

    Raises:
        UsageError: Something does.
    """
    if os.path.lexists(path):
        raise UsageError(
            f"{path} is already there, and results and appeals are never replaced",
            hint="name another file with -o",
        )


def refuse_misnamed(path: Path, suffix: str) -> None:
    """Refuse a name by which a file is not found among others in its folder.

    Raises:
        UsageError: It does not end with the suffix.
    """
    if not path.name.endswith(suffix) or path.name == suffix:
        raise UsageError(
            f"{path} would not be found among results and appeals",
            hint=f"let its name end with {suffix}",
        )


def write_new(path: Path, record: IssuedResult | Appeal, key: SigningKey | None = None) -> None:
    """Write a result or an appeal as a new file, signed where somebody signs.

    Raises:
        UsageError: Something stands there already, or the text could not be read again.
        MachineError: The system refuses.
    """
    write_new_together({path: record}, key)


def write_new_together(
    records: Mapping[Path, IssuedResult | Appeal], key: SigningKey | None = None
) -> None:
    """Write results and appeals that belong together as new files, in the order given.

    Raises:
        UsageError: Something stands there already, or the text could not be read again.
        MachineError: The system refuses.
    """
    contents = {path: record_bytes(record) for path, record in records.items()}
    for path, content in contents.items():
        refuse_taken(path)
        loaded = load(str(path), content)
        if loaded.findings:
            first = loaded.findings[0]
            raise UsageError(f"{path} would not be readable: {first.message}", hint=first.hint)
    things = {path: ToSign(contents[path], NAMESPACES[records[path].kind]) for path in records}
    write_signed(things, key)


def beside(path: Path, suffix: str, word: str = "") -> Path:
    """The name of a file that belongs to a result or an appeal, in the same folder.

    Args:
        path: The result or the appeal.
        suffix: What the name ends with.
        word: What stands before the suffix.
    """
    stem = path.name
    for known in (RESULT_SUFFIX, APPEAL_SUFFIX):
        stem = stem.removesuffix(known)
    return path.with_name(f"{stem}{word}{suffix}")


def _untouched(path: str, content: bytes) -> Filed[IssuedResult] | None:
    """A result whose file is byte for byte as casebook writes it.

    Why: it needs no places of faults, and is read five times as fast as any other file.
    """
    # Why no null: the reader of files takes it for a key that is missing, and digests must agree.
    if not content.startswith(b'{\n  "kind": "result"') or b": null" in content:
        return None
    try:
        record = IssuedResult.model_validate_json(content)
    except ValueError:
        return None
    # Why not `record_bytes`: pydantic writes all but some numbers alike, in a tenth of the time.
    written = record.model_dump_json(indent=2, exclude_none=True)
    if f"{written}\n".encode() != content or record.own_digest is None:
        return None
    found = filed(path, record.without_own_digest)
    return found if found.digest == record.own_digest else None


def _read_one(
    path: Path, kind: str, record_type: type[RecordT], signers: SignerPolicy | None
) -> Filed[RecordT]:
    content = read_bytes(path, LARGEST_READ_BYTES)
    record = _parsed(path, content, kind, record_type)
    refuse_unsigned(path, content, NAMESPACES[kind], signers)
    return record


def _parsed(path: Path, content: bytes, kind: str, record_type: type[RecordT]) -> Filed[RecordT]:
    loaded = load(str(path), content, expect=kind)
    if loaded.kind in KINDS and loaded.kind != kind:
        raise UsageError(
            f"{path} is a file of kind {loaded.kind}, and a file of kind {kind} is wanted in its "
            "place",
            hint="see whether two files were named in the wrong order",
        )
    if loaded.piece is None or loaded.findings:
        first = loaded.findings[0]
        raise UnacceptableWork(
            f"{path} is no {kind} that can be read: line {first.place.span.line}: {first.message}",
            hint=f"`casebook check {path}` says all that is wrong with it",
        )
    record = loaded.piece.record
    assert isinstance(record, record_type)  # noqa: S101 - no other kind was expected
    for fault in check_own_digest(loaded.piece):
        raise UnacceptableWork(f"{path}: {fault.message}", hint=fault.hint)
    return filed(str(path), record.without_own_digest)


def _faults(loaded: Loaded[Any]) -> tuple[Finding, ...]:
    """Why a file is not relied on; of what cannot be read no digest is counted."""
    if loaded.findings or loaded.piece is None:
        return loaded.findings
    if isinstance(loaded.piece.record, IssuedResult | Appeal):
        return tuple(check_own_digest(loaded.piece))
    return ()


def _namespace(loaded: Loaded[Any]) -> str:
    return NAMESPACES.get(str(loaded.kind), RESULT)


def _unsigned(
    path: Path, content: bytes, namespace: str, signers: SignerPolicy | None
) -> tuple[Finding, ...]:
    fault = signature_fault(path, content, namespace, signers)
    if fault is None:
        return ()
    return (codes.NOT_SIGNED.at(Place(str(path)), f"the file {fault}", fault.remedy),)


def _files(paths: Iterable[Path]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        inside = [path]
        if path.is_dir():
            inside = list(_below(path, deep=True))
            if not inside:
                raise UsageError(
                    f"{path} holds no result and no appeal",
                    hint=f"their names end with {RESULT_SUFFIX} and {APPEAL_SUFFIX}",
                )
        for each in inside:
            found.setdefault(each.resolve(), Path(os.path.normpath(each)))
    return list(found.values())


def _below(folder: Path, *, deep: bool) -> Iterator[Path]:
    if not folder.is_dir():
        return
    inside = folder.rglob("*") if deep else folder.iterdir()
    yield from sorted(
        each
        for each in inside
        if each.name.endswith((RESULT_SUFFIX, APPEAL_SUFFIX))
        and not each.name.startswith(".")
        and each.is_file()
    )
