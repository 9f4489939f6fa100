"""Reads issued results and appeals from files and folders, and writes new ones beside them.

None is ever replaced: what was issued stays, and what follows it is a file of its own.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from casebook.diagnostics.finding import Finding, Report
from casebook.domain.outcome.issued import Appeal, IssuedResult
from casebook.errors import CasebookError, UnacceptableWork, UsageError
from casebook.evaluation.lineage import Filed, filed
from casebook.files import read_bytes, write_new_file
from casebook.rules.issued import check_own_digest
from casebook.source.encoding import LARGEST_READ_BYTES
from casebook.source.load import KINDS, Loaded, load
from casebook.workflow.examination import Checked

RESULT_SUFFIX: Final = ".result.json"
APPEAL_SUFFIX: Final = ".appeal.json"

RecordT = TypeVar("RecordT", IssuedResult, Appeal)


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """Results and appeals that could be read, and what is wrong with files that could not."""

    results: tuple[Filed[IssuedResult], ...]
    appeals: tuple[Filed[Appeal], ...]
    checked: Checked


def read_result_files(paths: Iterable[Path]) -> ResultFiles:
    """Read results and appeals.

    Args:
        paths: Files of either kind, and folders: all that lies in them or below as
            ``*.result.json`` and ``*.appeal.json``.

    Raises:
        UsageError: A file is missing or is something else, or a folder holds none.
    """
    results: list[Filed[IssuedResult]] = []
    appeals: list[Filed[Appeal]] = []
    findings: list[Finding] = []
    sources: dict[str, bytes] = {}
    files = _files(paths)
    for path in files:
        content = read_bytes(path, LARGEST_READ_BYTES)
        if (untouched := _untouched(str(path), content)) is not None:
            results.append(untouched)
            continue
        loaded = load(str(path), content)
        faults = _faults(loaded)
        if faults:
            sources[str(path)] = content
        findings += faults
        record = loaded.piece.record if loaded.piece else None
        if loaded.kind not in {None, "result", "appeal"}:
            raise UsageError(
                f"{path} is a file of kind {loaded.kind}, neither a result nor an appeal",
                hint="name results as `casebook moderate` writes them, and appeals against them",
            )
        if faults:
            continue
        if isinstance(record, IssuedResult):
            results.append(filed(str(path), record.without_own_digest))
        elif isinstance(record, Appeal):
            appeals.append(filed(str(path), record.without_own_digest))
    checked = Checked(Report.of(findings, len(files)), sources)
    return ResultFiles(tuple(results), tuple(appeals), checked)


def read_result(path: Path) -> Filed[IssuedResult]:
    """Read one result.

    Raises:
        UnacceptableWork: It cannot be read as it is written.
        UsageError: There is no such file, or it is of another kind.
    """
    return _read_one(path, "result", IssuedResult)


def read_appeal(path: Path) -> Filed[Appeal]:
    """Read one appeal.

    Raises:
        UnacceptableWork: It cannot be read as it is written.
        UsageError: There is no such file, or it is of another kind.
    """
    return _read_one(path, "appeal", Appeal)


def around(path: Path) -> ResultFiles:
    """Everything that lies in a file's folder and can be read: what may refer to it."""
    results: list[Filed[IssuedResult]] = []
    appeals: list[Filed[Appeal]] = []
    for each in _below(path.absolute().parent, deep=False):
        shown = Path(os.path.normpath(path.parent / each.name))
        try:
            if not each.name.endswith(RESULT_SUFFIX):
                appeals.append(read_appeal(shown))
            elif untouched := _untouched(str(shown), read_bytes(shown, LARGEST_READ_BYTES)):
                results.append(untouched)
            else:
                results.append(read_result(shown))
        except CasebookError:
            continue  # Why: a neighbour's fault is no reason against this file.
    return ResultFiles(tuple(results), tuple(appeals), Checked(Report.of((), 0)))


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


def write_new(path: Path, record: IssuedResult | Appeal) -> None:
    """Write a result or an appeal as a new file.

    Raises:
        UsageError: Something stands there already, or the text could not be read again.
        MachineError: The system refuses.
    """
    refuse_taken(path)
    content = record_bytes(record)
    loaded = load(str(path), content)
    if loaded.findings:
        first = loaded.findings[0]
        raise UsageError(f"{path} would not be readable: {first.message}", hint=first.hint)
    write_new_file(path, content)


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


def _read_one(path: Path, kind: str, record_type: type[RecordT]) -> Filed[RecordT]:
    loaded = load(str(path), read_bytes(path, LARGEST_READ_BYTES), expect=kind)
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
