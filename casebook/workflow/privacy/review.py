"""Looks through everything at a path, and says what a person is still to look at."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding, Report, Severity
from casebook.diagnostics.place import Place
from casebook.domain.portfolio import Piece
from casebook.domain.work.privacy_review import PrivacyReview
from casebook.errors import CasebookError, UsageError
from casebook.limits import SEARCHED_TOTAL_BYTES
from casebook.rules.privacy.checking import PrivacyFinding
from casebook.rules.privacy.listed_names import ListedNames
from casebook.rules.privacy.review import changed_since
from casebook.rules.privacy.safe_harbor import RULES
from casebook.source.encoding import plain_text
from casebook.source.pictures import drawing_once
from casebook.source.portfolio import REVIEW_FILE, read_portfolio
from casebook.source.private_names import copies_of
from casebook.workflow.examination import Checked
from casebook.workflow.privacy.handed_in import handed_in, lists_in_vain
from casebook.workflow.privacy.looking import Looking, Question, general_questions
from casebook.workflow.privacy.material import Material, material_at, shown_name


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What looking through files gave.

    Attributes:
        checked: The findings that wait for somebody, with the texts they stand in.
        rules: The Safe Harbor kind of each finding, by its id.
        questions: What no search answers.
        names: How many names of a private list were looked for.
        accepted: How many findings a review that holds lets stand.
        review: The review that is kept with the portfolio, if there is one.
        changed: Files that changed since that review.
        material: What was looked through.
    """

    checked: Checked
    rules: Mapping[Finding, str]
    questions: tuple[Question, ...]
    names: int
    material: Material
    accepted: int = 0
    review: Piece[PrivacyReview] | None = None
    changed: tuple[str, ...] = ()

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """What somebody has to decide about."""
        return tuple(
            each for each in self.checked.report.findings if each.severity is not Severity.NOTE
        )


@drawing_once()
def look_through(
    path: Path, names_path: Path | None = None, regions: Sequence[str] = ()
) -> LookedThrough:
    """Look through a portfolio, a folder, a file, a submission or a packet.

    Args:
        path: What to look through.
        names_path: The private list of names; else the one that lies in the portfolio.
        regions: Countries, by two letters, whose telephone numbers are looked for first.

    Raises:
        UsageError: There is no such path or nothing in it, or the list of names cannot be read.
        UnacceptableWork: A submission is too damaged to be looked into.
    """
    material = material_at(path, names_path)
    if not material.names:
        raise UsageError(
            f"there is no file in '{path}' to look through", hint="is it the right one?"
        )
    looking = Looking(ListedNames(material.private.names, material.private.excepted), regions)
    found: list[PrivacyFinding] = []
    questions: list[Question] = []
    texts: dict[str, bytes] = {}
    for name, content in _searched(material):
        if isinstance(content, PrivacyFinding):
            found.append(content)
            continue
        looked = looking.look(name, content, made=name in material.made)
        found += looked.findings
        questions += looked.questions
        if looked.text:
            texts[name] = content
        if copies_of(material.private, {name: content}):
            found.append(_copy(name))
    found += _lists_in_vain(material)
    if texts:
        questions = [*general_questions(), *questions]
    return _shown(_with_review(material, found, questions, texts), material)


def _searched(material: Material) -> Iterator[tuple[str, bytes | PrivacyFinding]]:
    """Every file but the review, by name: its content, or why it is not looked into."""
    searched_bytes = 0
    for name, content in material.contents():
        if isinstance(content, CasebookError):
            yield name, _unreadable(name, content)
        elif name != f"{material.below}{REVIEW_FILE}":
            searched_bytes += len(content) if plain_text(content) is not None else 0
            yield name, content if searched_bytes <= SEARCHED_TOTAL_BYTES else _too_much(name)


def _lists_in_vain(material: Material) -> Iterator[PrivacyFinding]:
    if material.root is not None:
        for each in lists_in_vain(material.root, listed=bool(material.private.digest)):
            yield PrivacyFinding(RULES["A"].id, each)


def _with_review(
    material: Material,
    found: Sequence[PrivacyFinding],
    questions: Sequence[Question],
    texts: Mapping[str, bytes],
) -> LookedThrough:
    rules = {each.finding: each.rule for each in found}
    findings = tuple(rules)
    review: Piece[PrivacyReview] | None = None
    changed: tuple[str, ...] = ()
    accepted = 0
    if material.portfolio is not None:
        reading = read_portfolio(material.portfolio)
        review = reading.review
        if review is not None:
            changed = changed_since(review.record, handed_in(reading))
            if not changed:
                let_stand = {(each.path, each.line, each.column) for each in review.record.accepted}
                kept = tuple(
                    each for each in findings if not _answered(each, let_stand, material.below)
                )
                accepted = len(findings) - len(kept)
                findings = kept
    report = Report.of(findings, len(material.names))
    return LookedThrough(
        Checked(report, texts), rules, tuple(questions), len(material.private.names),
        material, accepted, review, changed,
    )  # fmt: skip


def _answered(finding: Finding, accepted: Container[tuple[str, int, int]], below: str) -> bool:
    path = finding.place.path.removeprefix(below)
    place = (path, finding.place.span.line, finding.place.span.column)
    return finding.code != codes.LISTED_NAME.id and place in accepted


def _shown(looked: LookedThrough, material: Material) -> LookedThrough:
    """Call files by the way the user got to them."""

    def renamed(each: Finding) -> Finding:
        return replace(each, place=replace(each.place, path=shown_name(material, each.place.path)))

    report = looked.checked.report
    shown = Report.of(map(renamed, report.findings), report.files)
    sources = {shown_name(material, name): each for name, each in looked.checked.sources.items()}
    rules = {renamed(each): rule for each, rule in looked.rules.items()}
    questions = tuple(
        replace(each, path=shown_name(material, each.path)) if each.path else each
        for each in looked.questions
    )
    return replace(looked, checked=Checked(shown, sources), rules=rules, questions=questions)


def _unreadable(name: str, error: CasebookError) -> PrivacyFinding:
    return PrivacyFinding(
        RULES["R"].id,
        codes.NOT_LOOKED_INTO.at(Place(name), f"it was not looked into: {error}", error.hint),
    )


def _too_much(name: str) -> PrivacyFinding:
    return PrivacyFinding(
        RULES["R"].id,
        codes.NOT_LOOKED_INTO.at(
            Place(name),
            f"it was not looked into: with it, more than {SEARCHED_TOTAL_BYTES:,} bytes of text",
            "look through it by itself, or read it",
        ),
    )


def _copy(name: str) -> PrivacyFinding:
    return PrivacyFinding(
        RULES["A"].id,
        codes.PRIVATE_FILE.at(
            Place(name),
            "this is a copy of your private list of names",
            "remove it: that list is for your eyes alone",
        ),
    )
