"""The line of results and appeals in some files, checked by their digests."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.bundle.signing.signers import SignerPolicy
from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import Appeal
from casebook.errors import UsageError
from casebook.evaluation.lineage import Filed, Lineage
from casebook.workflow.examination import Checked
from casebook.workflow.known_digests import known_digests, not_among
from casebook.workflow.results.files import read_result_files
from casebook.workflow.results.lines import read_lines


@dataclass(frozen=True, slots=True)
class AppealHistory:
    """Lines with what does not hold in them, and what is wrong with files that were not read.

    Attributes:
        lineage: The lines asked for.
        unknown: Digests that were to be found here and were not, in a sentence each.
        checked: Findings about files.
    """

    lineage: Lineage
    unknown: tuple[str, ...]
    checked: Checked

    @property
    def problems(self) -> tuple[str, ...]:
        """What is missing, was changed, or contradicts itself, in a sentence each."""
        lines = self.lineage.lines
        return (
            *(each for line in lines for each in (*line.faults, *line.gaps)),
            *self.lineage.faults_of_strays,
            *self.unknown,
        )

    @property
    def holds(self) -> bool:
        """Whether there is no problem, and every file could be read."""
        return not self.problems and not self.checked.report.findings


@dataclass(frozen=True, slots=True)
class ShownAppeals:
    """Appeals that could be read, and findings about those that could not."""

    appeals: tuple[Filed[Appeal], ...]
    checked: Checked


def shown_appeals(paths: Sequence[Path], signers: SignerPolicy | None = None) -> ShownAppeals:
    """Read appeals, each as it stands now; results that lie beside them are passed over.

    Args:
        paths: Appeals, and folders of them.
        signers: Whose signatures count; all have to be signed then.

    Raises:
        UsageError: A file is missing or is something else, or there is no appeal.
    """
    files = read_result_files(paths, signers)
    if not files.appeals and not files.checked.report.findings:
        raise UsageError(
            "there is no appeal among the files", hint="`casebook appeal open` writes one"
        )
    decided = {each.record.as_opened.digest for each in files.appeals if each.record.decision}
    left = [each for each in files.appeals if each.digest not in decided]
    appeals = sorted(left, key=lambda each: (each.record.opened, each.path))
    return ShownAppeals(tuple(appeals), files.checked)


def appeal_history(
    paths: Sequence[Path], known: Sequence[str] = (), signers: SignerPolicy | None = None
) -> AppealHistory:
    """Put the results and appeals of some files into lines.

    Args:
        paths: Folders, or single files: of such, what lies in their folder makes the line.
        known: Digests, or their first twelve signs and more, that somebody was told once.
        signers: Whose signatures count; all have to be signed then.

    Raises:
        UsageError: A file is missing or is something else, or a digest is none.
    """
    wanted = known_digests(known)
    read = read_lines(paths, signers)
    digests = {each for line in read.lineage.lines for each in line.digests}
    unknown = tuple(
        f"nothing here has the digest {brief(each)}: it is missing or was changed"
        for each in not_among(wanted, digests)
    )
    return AppealHistory(read.lineage, unknown, read.checked)
