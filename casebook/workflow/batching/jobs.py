"""The jobs that are done in batches, each as the command of the same name does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Protocol

from casebook.diagnostics.writers import report_values
from casebook.domain.program.look import Theme
from casebook.workflow.batching.bench import Bench, KeyFiles, ReaderFiles
from casebook.workflow.payload import SEALED_ENDING
from casebook.workflow.plain_values import (
    rendering_values,
    scoring_values,
    submitted_values,
    verification_values,
)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one item.

    Attributes:
        well: Whether nothing was found that needs somebody.
        result: What the command of the same name gives as JSON.
        made: The files that were written.
    """

    well: bool
    result: Mapping[str, Any]
    made: tuple[Path, ...] = ()


class Job(Protocol):
    """What is done with each item; its text says everything that a result depends on."""

    name: ClassVar[str]
    """As the command is called."""

    reads_submissions: ClassVar[bool]
    """Whether an item is a submission; else it is a portfolio or one of its files."""

    @property
    def named_files(self) -> tuple[Path, ...]:
        """Files beside the item that a result depends on."""

    def output_name(self, name: str) -> str | None:
        """What is made of an item with this name, in the folder for all; None for nothing."""

    def do(self, path: Path, output: Path | None, bench: Bench, *, passing: bool) -> Done:
        """Do it.

        Args:
            path: The item.
            output: Where to write, by the name from ``output_name``; the item's own place when
                left out.
            bench: What the worker keeps.
            passing: Whether the item lies there for this moment alone.
        """


@dataclass(frozen=True, slots=True)
class Check:
    """Reports every problem."""

    name: ClassVar[str] = "check"
    reads_submissions: ClassVar[bool] = False
    on: date
    named_files: tuple[Path, ...] = field(default=(), init=False)

    def output_name(self, _name: str) -> str | None:
        """Nothing is made."""
        return None

    def do(self, path: Path, _output: Path | None, _bench: Bench, *, passing: bool) -> Done:
        """Check one file or portfolio."""
        from casebook.workflow.check import check_paths

        del passing
        report = check_paths([path], self.on).report
        return Done(report.acceptable, report_values(report))


@dataclass(frozen=True, slots=True)
class Score:
    """Scores observed sessions and mark sheets."""

    name: ClassVar[str] = "score"
    reads_submissions: ClassVar[bool] = False
    on: date
    program: Path | None = None

    @property
    def named_files(self) -> tuple[Path, ...]:
        """The program."""
        return (self.program,) if self.program else ()

    def output_name(self, _name: str) -> str | None:
        """Nothing is made."""
        return None

    def do(self, path: Path, _output: Path | None, _bench: Bench, *, passing: bool) -> Done:
        """Score one session, mark sheet or portfolio."""
        from casebook.workflow.score import score_path

        del passing
        scoring = score_path(path, self.on, self.program)
        return Done(scoring.result == "pass", scoring_values(scoring))


@dataclass(frozen=True, slots=True)
class Render:
    """Makes pages.

    Attributes:
        on: The day that they carry.
        pages: "pdf" or "html"; None for both.
        theme: Instead of the program's own.
        sources: Whether a packet carries the files that it was made of.
        kept: Whether finished pages are kept beside the portfolio.
        force: Whether to overwrite what casebook did not make.
    """

    name: ClassVar[str] = "render"
    reads_submissions: ClassVar[bool] = False
    on: date
    pages: str | None = None
    theme: Theme | None = None
    sources: bool = True
    kept: bool = field(default=True, repr=False)
    force: bool = field(default=False, repr=False)
    named_files: tuple[Path, ...] = field(default=(), init=False)

    def output_name(self, name: str) -> str | None:
        """A folder of pages."""
        return name

    def do(self, path: Path, output: Path | None, bench: Bench, *, passing: bool) -> Done:
        """Render one work or portfolio."""
        from casebook.workflow.render import Form, render_path

        forms: Mapping[str | None, tuple[Form, ...]] = {"pdf": ("pdf",), "html": ("html",)}
        presses = bench.presses(path if self.kept and not passing else None)
        rendering = render_path(
            path, self.on,
            output=output, forms=forms.get(self.pages, ("pdf", "html")), theme=self.theme,
            sources=self.sources, force=self.force, presses=presses,
        )  # fmt: skip
        return Done(bool(rendering.written), rendering_values(rendering), rendering.written)


@dataclass(frozen=True, slots=True)
class Submit:
    """Makes submissions.

    Attributes:
        on: Their date.
        key: Who signs them.
        recipient: Whom they are sealed to, as ``age1…``.
        kept: Whether finished pages are kept beside the portfolio.
        force: Whether to overwrite what casebook did not make.
    """

    name: ClassVar[str] = "submit"
    reads_submissions: ClassVar[bool] = False
    on: date
    key: KeyFiles | None = None
    recipient: str | None = None
    kept: bool = field(default=True, repr=False)
    force: bool = field(default=False, repr=False)

    @property
    def named_files(self) -> tuple[Path, ...]:
        """The key."""
        return (self.key.key,) if self.key else ()

    def output_name(self, name: str) -> str | None:
        """A submission."""
        return f"{name}.zip{SEALED_ENDING if self.recipient else ''}"

    def do(self, path: Path, output: Path | None, bench: Bench, *, passing: bool) -> Done:
        """Check, score, render and bundle one portfolio."""
        from casebook.bundle.secrecy import Recipient
        from casebook.workflow.submit import submit

        presses = bench.presses(path if self.kept and not passing else None)
        done = submit(
            path, self.on,
            output=output, force=self.force, presses=presses,
            signing_key=bench.signing_key(self.key) if self.key else None,
            recipient=Recipient.parse(self.recipient) if self.recipient else None,
        )  # fmt: skip
        return Done(
            done.path is not None, submitted_values(done), (done.path,) if done.path else ()
        )


@dataclass(frozen=True, slots=True)
class Verify:
    """Verifies submissions and packets.

    Attributes:
        program: The rules to hold them against.
        reader: What opens them, and whom to believe.
        documents: Whether to make the PDFs again and compare them.
    """

    name: ClassVar[str] = "verify"
    reads_submissions: ClassVar[bool] = True
    program: Path | None = None
    reader: ReaderFiles = field(default_factory=ReaderFiles)
    documents: bool = False

    @property
    def named_files(self) -> tuple[Path, ...]:
        """The program, the identity, and the list of signers."""
        return tuple(
            each for each in (self.program, self.reader.identity, self.reader.signers) if each
        )

    def output_name(self, _name: str) -> str | None:
        """Nothing is made."""
        return None

    def do(self, path: Path, _output: Path | None, bench: Bench, *, passing: bool) -> Done:
        """Verify one submission."""
        from casebook.workflow.verify import verify

        del passing
        report = verify(
            path, self.program,
            reader=bench.reader(self.reader), documents=self.documents,
            presses=bench.presses() if self.documents else None,
        )  # fmt: skip
        return Done(report.ok, verification_values(report))
