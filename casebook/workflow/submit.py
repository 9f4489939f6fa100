"""Makes a submission: checks, scores, renders and bundles a portfolio. The main job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casebook.bundle.archive import write_archive
from casebook.bundle.bag import make_bag
from casebook.bundle.inventory import RECORD_NAME, SubmissionRecord
from casebook.bundle.secrecy import Recipient, seal
from casebook.bundle.signing.keys import SigningKey
from casebook.bundle.signing.sshsig import SUBMISSION, sign
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report
from casebook.domain.handed_in import Role
from casebook.domain.outcome.results import Evaluation
from casebook.files import sweep_orphans, write_file
from casebook.render.together import Presses
from casebook.source.folder import BUILD_FOLDER
from casebook.source.pictures import drawing_once
from casebook.source.portfolio import open_portfolio
from casebook.workflow.documents import document_files, documents_of
from casebook.workflow.examination import (
    Checked,
    examine_portfolio,
    portfolio_meant,
    shown_below,
)
from casebook.workflow.grading import GradedPortfolio, grade
from casebook.workflow.originals import keep_originals
from casebook.workflow.payload import (
    DOCUMENTS_PART,
    SEALED_ENDING,
    SUBMISSION_FILE,
    folder_of,
    record_of,
    source_files,
)
from casebook.workflow.progress import Progress, quietly
from casebook.workflow.provenance import SIGNATURE_FILE, SIGNED_FILE
from casebook.workflow.sealing import is_sealed_file, refuse_misleading_name


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of it.

    Attributes:
        checked: What was found.
        evaluations: What each graded work came to.
        path: The submission; None when it was refused.
        signer: The fingerprint of the key that signed it.
        sealed_to: The recipient that it is sealed to.
        plain_left: A submission of this portfolio that lies in its build folder unsealed, beside
            the sealed one.
    """

    checked: Checked
    evaluations: tuple[Evaluation, ...] = ()
    path: Path | None = None
    signer: str | None = None
    sealed_to: str | None = None
    plain_left: Path | None = None


@drawing_once()
def submit(  # noqa: PLR0913 - each an option of the command
    root: Path,
    on: date,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Progress = quietly,
    signing_key: SigningKey | None = None,
    recipient: Recipient | None = None,
    presses: Presses | None = None,
) -> Submitted:
    """Turn a portfolio folder into one submission, or refuse with findings.

    Args:
        root: The portfolio folder, or the portfolio.yaml in it.
        on: The submission's date; the same folder, date and key give the same zip.
        output: The submission; in the portfolio's build folder when left out, where it is
            ``submission.zip``, or ``submission.zip.age`` when it is sealed.
        force: Whether to overwrite a file that casebook did not make.
        progress: Told what is being done.
        signing_key: Who signs it.
        recipient: Whom it is sealed to; no unsealed copy of it reaches the disk.
        presses: What makes its documents; processes for this once when left out.

    Raises:
        UsageError: No portfolio, a name that would mislead about the seal, or a refused
            overwrite: of a portfolio's own files even by force.
        MachineError: A missing library, or a disk that refuses.
    """
    progress("checking", 0, 0)
    if output is not None:
        refuse_misleading_name(output, sealed=recipient is not None)
    root = portfolio_meant(root)
    sweep_orphans(output.parent if output else root / BUILD_FOLDER)
    examined = examine_portfolio(open_portfolio(root), on)
    graded = grade(examined)
    findings = (*examined.report.findings, *(_unfinished(graded) if graded else ()))
    report = Report.of(findings, examined.report.files)
    checked = shown_below(root, report, examined.reading.contents)
    evaluations = graded.evaluations if graded else ()
    if graded is None or not report.acceptable:
        return Submitted(checked, evaluations)
    plain = root / BUILD_FOLDER / SUBMISSION_FILE
    own_place = plain if recipient is None else plain.with_name(f"{plain.name}{SEALED_ENDING}")
    target = output or own_place
    keep_originals([target], root, {each.path for each in graded.attachments})
    sources = source_files(graded)
    documents = document_files(documents_of(graded, sources), progress, presses)
    files: dict[str, tuple[Role, bytes]] = {
        **sources,
        **{f"{DOCUMENTS_PART}/{name}": ("document", each) for name, each in documents.items()},
    }
    progress("bundling", 1, 1)
    signer = signing_key.public.fingerprint if signing_key else None
    sealed_to = str(recipient) if recipient else None
    record = record_of(graded, files, signer=signer, sealed_to=sealed_to)
    content = _bundled(graded, files, record, signing_key)
    if recipient is not None:
        content = seal(content, recipient)
        # Why: nothing in a sealed file says who made it, but its place in the build folder does.
        force = force or (target == own_place and is_sealed_file(target))
    write_file(target, content, force=force)
    left = plain if recipient is not None and plain.is_file() else None
    return Submitted(checked, evaluations, target, signer, sealed_to, left)


def _unfinished(graded: GradedPortfolio) -> list[Finding]:
    """Find what keeps work from having a result: a submission holds none without one."""
    places = {piece.record.id: piece.places for piece in graded.portfolio.observations}
    return [
        codes.NO_RESULT.at(
            places[each.work].of_key("marks"),
            f"'{each.work}' has no result: {each.reasons[0]}",
            "let the examiner mark every criterion",
        )
        for each in graded.evaluations
        if each.result == "incomplete"
    ]


def _bundled(
    graded: GradedPortfolio,
    files: Mapping[str, tuple[Role, bytes]],
    record: SubmissionRecord,
    signing_key: SigningKey | None,
) -> bytes:
    """The submission's bytes: a bag of the files and their record, maybe signed, in one zip."""
    payload = {name: content for name, (_, content) in files.items()}
    program = graded.portfolio.program.rules
    bag = make_bag(
        {**payload, RECORD_NAME: record.to_json()},
        {
            "Bagging-Date": graded.on.isoformat(),
            "Contact-Name": record.candidate,
            "External-Description": f"Submission for {program.name}, level {record.level}",
        },
    )
    if signing_key is not None:
        bag[SIGNATURE_FILE] = sign(bag[SIGNED_FILE], signing_key, SUBMISSION)
    return write_archive(bag, folder_of(record), graded.on)
