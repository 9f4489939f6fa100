"""A finding, and the report that holds all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casebook.diagnostics.place import Place


class Severity(StrEnum):
    """error: the work is not acceptable; warning: look at it; note: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: its stable number, how grave it is, and what it means."""

    id: str
    severity: Severity
    title: str
    about: str

    def at(
        self, place: Place, message: str, hint: str | None = None, *, soft: bool = False
    ) -> "Finding":
        """Make a finding of this kind; ``soft`` turns an error into a warning."""
        severity = Severity.WARNING if soft and self.severity is Severity.ERROR else self.severity
        return Finding(self.id, severity, place, message, hint)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say about one place."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one check, by file, line and column; none is said twice."""

    findings: tuple[Finding, ...]
    files: int = 0
    """How many files were checked."""

    @classmethod
    def of(cls, findings: Iterable[Finding], files: int) -> "Report":
        """Put findings in reading order."""
        ordered = sorted(
            dict.fromkeys(findings),
            key=lambda f: (f.place.path, f.place.span.line, f.place.span.column, f.code, f.message),
        )
        return cls(tuple(ordered), files)

    def count(self, severity: Severity) -> int:
        """How many findings are of this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def acceptable(self) -> bool:
        """Whether no finding is an error."""
        return self.count(Severity.ERROR) == 0
