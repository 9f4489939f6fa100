"""Reads results and appeals from files and folders as the lines they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.bundle.signing.signers import SignerPolicy
from casebook.diagnostics.finding import Report
from casebook.evaluation.lineage import Lineage, Unsigned, trace
from casebook.workflow.examination import Checked
from casebook.workflow.results.files import ResultFiles, around, read_result_files


@dataclass(frozen=True, slots=True)
class LinesRead:
    """The lines in some files, and findings about files that could not be read."""

    lineage: Lineage
    checked: Checked


def read_lines(paths: Sequence[Path], signers: SignerPolicy | None = None) -> LinesRead:
    """Read results and appeals as lines.

    Args:
        paths: Folders, or single files. A line is looked for in a single file's folder too: what
            follows a result is written beside it, and counts in its place.
        signers: Whose signatures count; all have to be signed then.

    Raises:
        UsageError: A file is missing or is something else, or a folder holds none.
    """
    named = read_result_files(paths, signers)
    # Why one file of each folder: what lies around it lies around the others too.
    single = {path.absolute().parent: path for path in paths if not path.is_dir()}
    every = (named, *(around(path, signers) for path in single.values()))
    found = trace(
        (each for files in every for each in files.results),
        (each for files in every for each in files.appeals),
        Unsigned(
            tuple(each for files in every for each in files.unsigned_results),
            tuple(each for files in every for each in files.unsigned_appeals),
        ),
    )
    wanted = {each.digest for each in named.results} | {each.digest for each in named.appeals}
    lines = tuple(line for line in found.lines if wanted & line.digests)
    candidates = {line.newest.record.candidate for line in lines}
    strays = tuple(
        each
        for each in found.strays
        if each.digest in wanted or each.record.candidate in candidates
    )
    return LinesRead(Lineage(lines, strays, found.unsigned), _together(every))


def _together(every: Sequence[ResultFiles]) -> Checked:
    """All that was found about files, those that were named and those around them."""
    findings = (each for files in every for each in files.checked.report.findings)
    sources = {path: text for files in every for path, text in files.checked.sources.items()}
    return Checked(Report.of(findings, every[0].checked.report.files), sources)
