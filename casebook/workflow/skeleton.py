"""What the files of a new portfolio say, drawn from the program and from the records' words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from pydantic import StringConstraints

from casebook.domain.program.program import CertificationLevel, Program, ProgramFile
from casebook.domain.program.requirements import CaseStudiesRequirement
from casebook.domain.record import Record
from casebook.domain.work.case_study import CaseStudy
from casebook.domain.work.measures import KNOWN_MEASURES, Measure
from casebook.limits import LINE_CHARACTERS
from casebook.rules.completeness import part_hint

_COMMON_MEASURES: Final = ("nprs", "psfs")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# What the template of a case study spells out itself, or what other files say.
_SPELLED_OUT: Final = {"title", "keywords", "client", "consent", "practitioner", "figures"}

_HEADINGS: Final = {
    "abstract": "The case in a few sentences. Write it last.",
    "presentation": "What the client came with, as the client told it.",
    "assessment": "How the findings were reached and weighed. A diagnosis belongs to who made it.",
    "intervention": "What was done, so that a colleague could do it again.",
    "follow_up": "What came of it.",
    "discussion": "What the case can teach, and what it cannot.",
    "program_sections": "What this program asks for beside all that.",
}

PartForm = Literal["text", "line", "other"]
"""text: runs over lines; line: a few words behind the key; other: no text at all."""


@dataclass(frozen=True, slots=True)
class SkeletonPart:
    """One thing to write that the program asks for or advises."""

    key: str
    hint: str
    required: bool
    form: PartForm


@dataclass(frozen=True, slots=True)
class SkeletonSection:
    """A key of a case study: with parts below it, or a thing to write itself."""

    key: str
    heading: str
    parts: tuple[SkeletonPart, ...]
    itself: SkeletonPart | None = None


def portfolio_values(program: Program, level: CertificationLevel, reference: str) -> dict[str, Any]:
    """What the portfolio's own file says of the program and the level's requirements."""
    by_need = {each.needs: each for each in level.requirements}
    return {
        "program": program.rules,
        "program_reference": reference,
        "level": level,
        "has_observation": "observed-sessions" in by_need,
        "has_cases": cases_asked_for(level) is not None,
        **{need: by_need.get(need) for need in ("course", "practice", "certificate")},
    }


def case_study_values(program: Program, level: CertificationLevel, number: int) -> dict[str, Any]:
    """What the file of the case study with this number, from 1, says."""
    rules = program.rules
    wanted = rules.case_study
    requirement = cases_asked_for(level)
    return {
        "number": number,
        "letter": letter(number),
        "rules": wanted,
        "protocol": program.protocol,
        "scopes": rules.consent_scopes,
        "sections": tuple(_sections(rules)),
        "cites": "references" in {*wanted.required, *wanted.recommended},
        "sessions": max(requirement.sessions_each, 1) if requirement else 1,
        "measures": _measures(rules),
    }


def observation_values(program: Program, level: CertificationLevel) -> dict[str, Any]:
    """What the file of the observed session says."""
    requirement = cases_asked_for(level)
    return {
        "letter": letter((requirement.count if requirement else 0) + 1),
        "protocol": program.protocol,
        "scopes": program.rules.consent_scopes,
        "rubric": program.rubric_for("observation"),
    }


def cases_asked_for(level: CertificationLevel) -> CaseStudiesRequirement | None:
    """What a level asks of case studies, if it asks for any."""
    found = (each for each in level.requirements if isinstance(each, CaseStudiesRequirement))
    return next(found, None)


def letter(number: int) -> str:
    """A, B, … Z, A1, B1, …: the pseudonyms of the clients."""
    turns, index = divmod(number - 1, len(_LETTERS))
    return f"{_LETTERS[index]}{turns or ''}"


def _sections(rules: ProgramFile) -> Iterator[SkeletonSection]:
    """What a case study is to hold, in the order of the record, with its sessions always."""
    wanted = rules.case_study
    named = {**dict.fromkeys(wanted.recommended, False), **dict.fromkeys(wanted.required, True)}
    for key in CaseStudy.model_fields:
        if key in _SPELLED_OUT:
            continue
        if key in named or key == "sessions":
            hint = part_hint(key, wanted) or ""
            form = _form(CaseStudy, key)
            itself = SkeletonPart(key, hint, named.get(key, True), form)
            yield SkeletonSection(key, hint, (), itself)
        elif parts := tuple(_parts(key, rules, named)):
            yield SkeletonSection(key, _HEADINGS.get(key, ""), parts)


def _parts(key: str, rules: ProgramFile, named: Mapping[str, bool]) -> Iterator[SkeletonPart]:
    wanted = rules.case_study
    if key == "program_sections":
        owner, names = None, [section.id for section in wanted.sections]
    else:
        owner = _record_in(CaseStudy, key)
        names = list(owner.model_fields) if owner else []
    for name in names:
        part = f"{key}.{name}"
        if part in named:
            form = _form(owner, name) if owner else "text"
            yield SkeletonPart(name, part_hint(part, wanted) or "", named[part], form)


def _form(owner: type[Record], name: str) -> PartForm:
    """Whether a field is a text, a line or something else, by the length it may have."""
    annotation = owner.model_fields[name].annotation
    for kind in get_args(annotation):
        for limit in getattr(kind, "__metadata__", ()):
            if isinstance(limit, StringConstraints):
                return "line" if limit.max_length == LINE_CHARACTERS else "text"
    return "other"


def _record_in(owner: type[Record], name: str) -> type[Record] | None:
    kinds = get_args(owner.model_fields[name].annotation)
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Record)), None)


def _measures(rules: ProgramFile) -> tuple[Measure, ...]:
    """The program's own measures, or else the most common ones."""
    if rules.measures:
        return rules.measures
    return tuple(measure for measure in KNOWN_MEASURES if measure.id in _COMMON_MEASURES)
