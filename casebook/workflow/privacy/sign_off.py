"""Records that a person looked a portfolio through, and why what was found may stand."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casebook import __version__
from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Severity
from casebook.domain.work.privacy_review import AcceptedFinding, PrivacyReview, ReviewedFile
from casebook.errors import UnacceptableWork, UsageError
from casebook.files import write_file
from casebook.limits import LINE_CHARACTERS
from casebook.source.load import load
from casebook.source.portfolio import REVIEW_FILE, portfolio_around, read_portfolio
from casebook.workflow.privacy.handed_in import handed_in
from casebook.workflow.privacy.material import shown_name
from casebook.workflow.privacy.review import LookedThrough

_NEVER: Final = frozenset({codes.LISTED_NAME.id, codes.PRIVATE_FILE.id})
"""What no reason lets stand: a record of it would tell which word is the client's name."""

_NOT_LOOKED_FOR: Final = "names have not been looked for, so this cannot be signed off"


@dataclass(frozen=True, slots=True)
class SignedOff:
    """The record, where it was written, and what it is silent about.

    Attributes:
        path: The record's file.
        record: What it says.
        not_handed_in: Findings in files that a submission does not hold.
    """

    path: Path
    record: PrivacyReview
    not_handed_in: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why findings may stand.

    Attributes:
        particular: A rule's id, a code, or a file (with or without its line) -> the reason.
        general: The reason for all others; None where there is none.
    """

    particular: Mapping[str, str]
    general: str | None = None

    def reason_for(self, rule: str, finding: Finding) -> str | None:
        """The most particular reason that there is for a finding."""
        path, line = finding.place.path, finding.place.span.line
        for key in (f"{path}:{line}", path, finding.code, rule):
            if key in self.particular:
                return self.particular[key]
        return self.general


def sign_off(
    looked: LookedThrough, by: str, on: date, reasons: Reasons, *, force: bool = False
) -> SignedOff:
    """Write the record beside the portfolio's own file.

    Args:
        looked: What was just found.
        by: Who looked.
        on: The day.
        reasons: Why what was found may stand.
        force: Replace a file of that name that casebook did not make.

    Raises:
        UsageError: It was no portfolio, or something was found and no reason is given for it.
        UnacceptableWork: Something was found that no reason lets stand, or names were not
            looked for since nothing reads the list of them.
    """
    material = looked.material
    if not material.on_disk:
        raise UsageError("a sign-off is kept in a portfolio's folder", hint=_meant(material.path))
    _refuse_unused(reasons, looked)
    reading = read_portfolio(material.folder)
    files = handed_in(reading)
    shown = {shown_name(material, name): name for name in files}
    due = [each for each in looked.open_findings if each.place.path in shown]
    _refuse_names(due)
    _refuse_unread_list(looked.open_findings)
    record = PrivacyReview.model_construct(
        kind="privacy-review",
        format=1,
        casebook=__version__,
        by=" ".join(by.split()),
        on=on,
        files=[
            ReviewedFile(path=name, sha256=hashlib.sha256(content).hexdigest())
            for name, content in sorted(files.items())
        ],
        accepted=list(_accepted(due, looked.rules, shown, reasons)),
        looked_at=_looked_at(looked, shown),
    )
    target = material.path / REVIEW_FILE
    write_file(target, _content(record), force=force)
    return SignedOff(target, record, len(looked.open_findings) - len(due))


def _accepted(
    due: Sequence[Finding],
    rules: Mapping[Finding, str],
    shown: Mapping[str, str],
    reasons: Reasons,
) -> Iterable[AcceptedFinding]:
    unexplained = [each for each in due if not reasons.reason_for(rules[each], each)]
    if unexplained:
        first = unexplained[0].place
        more = f" and {len(unexplained) - 1} more" if len(unexplained) > 1 else ""
        raise UsageError(
            f"{first.path}:{first.span.line}{more} may identify, and no reason is given why it "
            "may stand",
            hint='take it out; or add --reason "…" for all, or --accept "HIPAA-C=…" for some',
        )
    for each in due:
        yield AcceptedFinding(
            path=shown[each.place.path],
            line=each.place.span.line,
            column=each.place.span.column,
            rule=rules[each],
            reason=_one_line(reasons.reason_for(rules[each], each) or ""),
        )


def _refuse_names(due: Sequence[Finding]) -> None:
    for each in due:
        if each.code in _NEVER:
            raise UnacceptableWork(
                f"{each.place.path}:{each.place.span.line} {each.message}; that cannot be signed "
                "off",
                hint=each.hint,
            )


def _refuse_unread_list(found: Sequence[Finding]) -> None:
    """Refuse where the only list of names is one that nothing reads."""
    for each in found:
        if each.code == codes.LIST_NOT_READ.id and each.severity is Severity.ERROR:
            raise UnacceptableWork(f"{each.message}: {_NOT_LOOKED_FOR}", hint=each.hint)


def _refuse_unused(reasons: Reasons, looked: LookedThrough) -> None:
    """Refuse a reason for what was not found: it is a slip, or out of date."""
    known = {
        key
        for each in looked.open_findings
        for key in (
            f"{each.place.path}:{each.place.span.line}", each.place.path, each.code,
            looked.rules[each],
        )
    }  # fmt: skip
    for key in reasons.particular:
        if key not in known:
            raise UsageError(
                f"nothing was found that --accept {key!r} is about",
                hint="name what stands in the findings: a rule (HIPAA-C), a code, or path:line",
            )


def _looked_at(looked: LookedThrough, shown: Mapping[str, str]) -> list[str]:
    asked = {each.path for each in looked.questions if each.path in shown}
    return sorted(shown[path] for path in asked if path is not None)


def _content(record: PrivacyReview) -> bytes:
    """The record as a file's bytes.

    Raises:
        UsageError: It could not be read again, such as for a name without a letter.
    """
    values = record.model_dump(mode="json")
    content = f"{json.dumps(values, indent=1, ensure_ascii=False)}\n".encode()
    loaded = load(REVIEW_FILE, content)
    if loaded.findings or loaded.piece is None:
        why = loaded.findings[0].message if loaded.findings else "it would be read otherwise"
        raise UsageError(
            f"this cannot be recorded: {why}", hint="write the name and the reasons on one line"
        )
    return content


def _one_line(reason: str) -> str:
    return " ".join(reason.split())[:LINE_CHARACTERS]


def _meant(path: Path) -> str:
    root = portfolio_around(path)
    if root is not None:
        return f"name the portfolio itself: {root}"
    return "name the folder that holds portfolio.yaml, before it is submitted"
