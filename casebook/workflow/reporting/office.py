"""Sums up many issued results for a certifying office, as rows of two tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from casebook.bundle.signing.signers import SignerPolicy
from casebook.domain.canonical import brief
from casebook.domain.outcome.issued import IssuedResult
from casebook.domain.outcome.moderation import ModeratedWork
from casebook.domain.outcome.results import ResultName
from casebook.errors import UsageError
from casebook.evaluation.lineage import Filed, Unsigned, trace
from casebook.exchange.tables import Cell, Column, Table, csv_bytes, xlsx_bytes
from casebook.files import write_file
from casebook.workflow.examination import Checked
from casebook.workflow.results.files import read_result_files

Rows = Literal["submissions", "works"]

_Counts = Literal["yes", "no", "in doubt"]

_SUBMISSION_COLUMNS: Final = (
    Column("candidate"), Column("program"), Column("version"), Column("level", "number"),
    Column("level name"), Column("result"), Column("counts"), Column("works", "number"),
    Column("works passed", "number"), Column("lowest margin", "number"), Column("totals"),
    Column("requirements met"), Column("open requirements"), Column("rules fired"),
    Column("needs"), Column("graders"), Column("marked twice"), Column("issued", "date"),
    Column("appeal until", "date"), Column("follows"), Column("appeal"), Column("submission"),
    Column("result digest"), Column("program digest"), Column("file"),
)  # fmt: skip

_WORK_COLUMNS: Final = (
    Column("candidate"), Column("work"), Column("kind"), Column("title"), Column("rubric"),
    Column("result"), Column("counts"), Column("total", "percent"), Column("pass mark", "percent"),
    Column("margin", "number"), Column("SEM", "percent"), Column("graders"), Column("marks"),
    Column("graders' totals"), Column("must-pass failed"), Column("rules fired"), Column("needs"),
    Column("issued", "date"), Column("submission"), Column("rubric digest"),
    Column("result digest"), Column("file"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """Many results in a few figures; those replaced by an appeal, or in doubt, are not among them.

    Attributes:
        submissions: How many of them have each result.
        works: How many works have each result.
        rules: How many works each rule of moderation bore on, the most frequent first.
        graders: How many graders took part.
        in_doubt: Of how many it cannot be said whether they count: what follows them is not
            signed as it has to be.
        replaced: How many results were followed by another.
        last_appeal: The last day on which one of them can be appealed against.
    """

    submissions: dict[ResultName, int]
    works: dict[ResultName, int]
    rules: dict[str, int]
    graders: int
    in_doubt: int
    replaced: int
    last_appeal: date | None


@dataclass(frozen=True, slots=True)
class OfficeSummary:
    """Results as an office looks at them: in figures, by submission, by work."""

    overview: Overview
    submissions: Table
    works: Table
    checked: Checked


def sum_up_results(
    paths: Sequence[Path], output: Path | None = None, signers: SignerPolicy | None = None
) -> OfficeSummary:
    """Sum up issued results.

    Args:
        paths: Results, and folders that hold some.
        output: Where tables are to be written later; refused early where that cannot be.
        signers: Whose signatures count; all results have to be signed then.

    Raises:
        UsageError: There is no result, or the file for the tables is of no kind they can have.
    """
    if output is not None:
        _ending(output)
    found = read_result_files(paths, signers)
    if not found.results and found.checked.report.acceptable:
        raise UsageError(
            "there is no result among these files",
            hint="name results as `casebook moderate` writes them: NAME.result.json",
        )
    standing = _standing(found.results, found.unsigned)
    newest = [each.record for each in found.results if standing[each.digest] == "yes"]
    results = sorted(
        found.results,
        key=lambda each: (each.record.candidate.casefold(), each.record.issued, each.path),
    )
    return OfficeSummary(
        overview=_overview(newest, Counter(standing.values())),
        submissions=Table(
            "Submissions",
            _SUBMISSION_COLUMNS,
            tuple(_submission(each, standing[each.digest]) for each in results),
        ),
        works=Table(
            "Works",
            _WORK_COLUMNS,
            tuple(
                _work(each, work, standing[each.digest])
                for each in results
                for work in each.record.works
            ),
        ),
        checked=found.checked,
    )


def write_tables(
    summary: OfficeSummary, output: Path, *, rows: Rows = "submissions", force: bool = False
) -> None:
    """Write both tables as a workbook, or one of them as CSV.

    Raises:
        UsageError: A file of another kind, or one that is there already.
    """
    if _ending(output) == ".xlsx":
        content = xlsx_bytes(summary.submissions, summary.works)
    else:
        content = csv_bytes(summary.works if rows == "works" else summary.submissions)
    write_file(output, content, force=force)


def _standing(results: Iterable[Filed[IssuedResult]], unsigned: Unsigned) -> dict[str, _Counts]:
    """Digest of each result -> whether it counts."""
    found: dict[str, _Counts] = {}
    for line in trace(results, (), unsigned).lines:
        found |= dict.fromkeys(line.digests, "no")
        found[line.newest.digest] = "in doubt" if line.doubts else "yes"
    return found


def _ending(output: Path) -> str:
    ending = output.suffix.lower()
    if ending not in {".csv", ".xlsx"}:
        raise UsageError(
            f"{output} is neither a .csv nor an .xlsx file",
            hint="end its name in .xlsx for Excel and LibreOffice, in .csv for other programs",
        )
    return ending


def _overview(results: Sequence[IssuedResult], standing: Mapping[_Counts, int]) -> Overview:
    works = [work for result in results for work in result.works]
    rules = Counter(rule for work in works for rule in _rules([work]))
    last = [result.appeal_until for result in results if result.appeal_until]
    return Overview(
        submissions=_by_result(result.result for result in results),
        works=_by_result(work.result for work in works),
        rules=dict(sorted(rules.items(), key=lambda each: (-each[1], each[0]))),
        graders=len({grader for work in works for grader in work.evaluations}),
        in_doubt=standing.get("in doubt", 0),
        replaced=standing.get("no", 0),
        last_appeal=max(last, default=None),
    )


def _by_result(names: Iterable[ResultName]) -> dict[ResultName, int]:
    found = Counter(names)
    return {"pass": found["pass"], "fail": found["fail"], "incomplete": found["incomplete"]}


def _submission(filed: Filed[IssuedResult], counts: _Counts) -> tuple[Cell, ...]:
    result = filed.record
    unmet = (each.says for each in result.eligibility.requirements if not each.met)
    margins = [margin for work in result.works if (margin := _margin(work)) is not None]
    follows = result.follows
    return (
        result.candidate,
        result.program,
        result.program_version,
        result.level,
        result.level_name,
        result.result,
        counts,
        len(result.works),
        sum(work.result == "pass" for work in result.works),
        min(margins, default=None),
        _listed(
            f"{work.work} {work.cut_percent:g} of {work.pass_percent:g}"
            for work in result.works
            if work.cut_percent is not None
        ),
        _yes(result.eligibility.eligible),
        _listed(unmet),
        _listed(_rules(result.works)),
        _needs(result.works),
        _listed(dict.fromkeys(name for work in result.works for name in _graders(work).values())),
        _yes(result.draw.marked_twice) if result.draw else None,
        result.issued,
        result.appeal_until,
        brief(follows.result) if follows else None,
        follows.outcome if follows else None,
        result.submission,
        filed.digest,
        result.program_digest,
        filed.path,
    )


def _work(filed: Filed[IssuedResult], work: ModeratedWork, counts: _Counts) -> tuple[Cell, ...]:
    result, names = filed.record, _graders(work)
    return (
        result.candidate,
        work.work,
        work.judges,
        work.title,
        work.rubric,
        work.result,
        counts,
        # Why cut: rounded, a total below the pass mark could read as the pass mark.
        work.cut_percent,
        work.pass_percent,
        _margin(work),
        work.sem_percent,
        _listed(names.values()),
        _listed(names[each] for each in work.counted if each in names),
        _listed(
            f"{names[grader]} {_total(each.cut_percent)}"
            for grader, each in work.evaluations.items()
        ),
        _listed(each.title for each in work.criteria if each.reached is False),
        _listed(_rules([work])),
        _needs([work]),
        result.issued,
        result.submission,
        work.rubric_digest,
        filed.digest,
        filed.path,
    )


def _total(percent: float | None) -> str:
    return "incomplete" if percent is None else f"{percent:g}"


def _margin(work: ModeratedWork) -> float | None:
    """Percentage points above the pass mark; below it they are negative, however few."""
    if work.cut_percent is None:
        return None
    return round(work.cut_percent - work.pass_percent, 6)


def _rules(works: Iterable[ModeratedWork]) -> Iterator[str]:
    """The rules that bore on some works, each once."""
    return iter(dict.fromkeys(rule.rule for work in works for rule in work.rules))


def _needs(works: Iterable[ModeratedWork]) -> str | None:
    return _listed(
        f"{work.work}: {need.what} ({', '.join(need.graders)})"
        for work in works
        for need in work.needs
    )


def _graders(work: ModeratedWork) -> dict[str, str]:
    return {grader: evaluation.grader for grader, evaluation in work.evaluations.items()}


def _yes(holds: bool) -> str:  # noqa: FBT001 - it is turned into a word
    return "yes" if holds else "no"


def _listed(words: Iterable[str]) -> str | None:
    """Words in one cell; a comma may be part of each."""
    return "; ".join(words) or None
