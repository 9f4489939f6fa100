"""Makes a portfolio folder to fill in, or a copy of a complete sample."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2

from casebook import resources
from casebook.domain.program import CertificationLevel, Program, ProgramFile
from casebook.domain.requirements import CaseStudiesRequirement, Requirement
from casebook.errors import UsageError
from casebook.files import read_bytes, write_tree
from casebook.rules.completeness import part_hint
from casebook.source.folder import BUILD_FOLDER, DiskFolder
from casebook.source.json_schema import schema_files
from casebook.source.program import is_shipped_id
from casebook.workflow.programs import program_reading, show_program

SCHEMAS_FOLDER: Final = ".casebook/schemas"
PROGRAM_FOLDER: Final = "program"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SAMPLE_BYTES: Final = 25_000_000

# What the skeleton spells out itself, or what is no text of the case.
_NOT_PROSE: Final = {
    "title", "keywords", "client", "consent", "patterns", "sessions", "references", "practitioner",
    "figures", "program_sections",
}  # fmt: skip

_HEADINGS: Final = {
    "abstract": "The case in a few sentences, written last.",
    "presentation": "What the client came with, as the client told it.",
    "assessment": "How the findings were reached and weighed. A diagnosis belongs to who made it.",
    "intervention": "What was done, so that a colleague could do it again.",
    "follow_up": "What came of it.",
    "discussion": "What the case can teach, and what it cannot.",
}


@dataclass(frozen=True, slots=True)
class SkeletonPart:
    """One text of a case study that the program asks for or advises."""

    key: str
    hint: str
    required: bool


@dataclass(frozen=True, slots=True)
class SkeletonSection:
    """A key of a case study with its texts; without texts it is a text itself."""

    key: str
    heading: str | None
    parts: tuple[SkeletonPart, ...]


def new_portfolio(target: Path, program_reference: str, level_number: int) -> tuple[str, ...]:
    """Make a folder whose files say what belongs where; returns the files' names.

    Raises:
        UsageError: The folder is there already, or there is no such program or level.
    """
    program = show_program(program_reference)
    level = program.level(level_number)
    if level is None:
        known = ", ".join(f"{each.level} ({each.name})" for each in program.rules.levels)
        raise UsageError(
            f"{program.rules.name} has no level {level_number}", hint=f"its levels: {known}"
        )
    files = _skeleton(program, level, program_reference)
    if not is_shipped_id(program_reference) or Path(program_reference).exists():
        own = program_reading(program_reference).files
        files |= {f"{PROGRAM_FOLDER}/{name}": content for name, content in own.items()}
    write_tree(target, files)
    return tuple(sorted(files))


def new_sample(target: Path, name: str) -> tuple[str, ...]:
    """Copy a sample portfolio; returns the files' names.

    Raises:
        UsageError: The folder is there already, or there is no such sample.
    """
    source = resources.sample_dir(name)
    files = {
        relative: read_bytes(source / relative, _SAMPLE_BYTES)
        for relative in DiskFolder(source).names()
        if not relative.startswith(f"{BUILD_FOLDER}/")
    }
    schemas = _schemas()
    for relative, content in files.items():
        files[relative] = _with_schema_nearby(relative, content)
    write_tree(target, files | schemas)
    return tuple(sorted(files))


def _skeleton(
    program: Program, level: CertificationLevel, program_reference: str
) -> dict[str, bytes]:
    rules = program.rules
    shipped = is_shipped_id(program_reference) and not Path(program_reference).exists()
    own_name = "program.yaml" if Path(program_reference).is_dir() else Path(program_reference).name
    by_need: dict[str, Requirement] = {each.needs: each for each in level.requirements}
    cases = by_need.get("case-studies")
    count = cases.count if isinstance(cases, CaseStudiesRequirement) else 0
    has_observation = "observed-sessions" in by_need
    shared: dict[str, Any] = {
        "program": rules,
        "level": level,
        "rules": rules.case_study,
        "protocol": program.protocol,
        "scopes": rules.consent_scopes,
    }
    files = {
        "START-HERE.txt": _fill("START-HERE.txt", shared | {"has_observation": has_observation}),
        "portfolio.yaml": _fill(
            "portfolio.yaml",
            shared
            | {
                "program_reference": rules.id if shipped else f"{PROGRAM_FOLDER}/{own_name}",
                "course": by_need.get("course"),
                "practice": by_need.get("practice"),
                "certificate": by_need.get("certificate"),
                "example_day": "2026-03-02",
            },
        ),
        "attachments/.keep": b"",
    }
    wanted = (*rules.case_study.required, *rules.case_study.recommended)
    for number in range(1, count + 1):
        files[f"cases/case-{number}.yaml"] = _fill(
            "case-study.yaml",
            shared
            | {
                "number": number,
                "letter": _letter(number),
                "sections": _sections(rules),
                "wants_patterns": "patterns" in wanted,
                "measures_example": _measures_example(rules),
            },
        )
    if has_observation:
        files["observation.yaml"] = _fill(
            "observation.yaml",
            shared | {"letter": _letter(count + 1), "rubric": program.rubric_for("observation")},
        )
    return files | _schemas()


def _sections(rules: ProgramFile) -> tuple[SkeletonSection, ...]:
    """The texts of a case study that a program wants, in the order it lists them."""
    grouped: dict[str, list[SkeletonPart]] = {}
    wanted = rules.case_study
    for required, parts in ((True, wanted.required), (False, wanted.recommended)):
        for part in parts:
            top, _, below = part.partition(".")
            if top in _NOT_PROSE and top != "program_sections":
                continue
            hint = part_hint(part, wanted) or ""
            found = grouped.setdefault(top, [])
            if below:
                found.append(SkeletonPart(below, hint, required))
    return tuple(
        SkeletonSection(
            top,
            _HEADINGS.get(top) or (part_hint(top, wanted) if not parts else None),
            tuple(parts),
        )
        for top, parts in _in_order_of_the_record(grouped)
    )


def _in_order_of_the_record(
    grouped: dict[str, list[SkeletonPart]],
) -> list[tuple[str, list[SkeletonPart]]]:
    from casebook.domain.case_study import CaseStudy

    order = list(CaseStudy.model_fields)
    return sorted(grouped.items(), key=lambda item: order.index(item[0]))


def _measures_example(rules: ProgramFile) -> str:
    own = [measure.id for measure in rules.measures] or ["nprs", "psfs"]
    example = ", ".join(f"{measure_id}: 5" for measure_id in own[:2])
    return f"outcome measures before the work: {{{example}}}"


def _letter(number: int) -> str:
    """A, B, … Z, A1, B1, …: the pseudonyms of the clients."""
    turns, index = divmod(number - 1, len(_LETTERS))
    return f"{_LETTERS[index]}{turns or ''}"


def _schemas() -> dict[str, bytes]:
    return {f"{SCHEMAS_FOLDER}/{name}": text.encode() for name, text in schema_files().items()}


def _with_schema_nearby(relative: str, content: bytes) -> bytes:
    """Let a sample's schema line lead to the copy beside it, not to the project's folder."""
    first, line_end, rest = content.partition(b"\n")
    if b"$schema=" not in first or not relative.endswith((".yaml", ".yml")):
        return content
    name = first.rpartition(b"/")[2]
    up = b"../" * relative.count("/")
    start = first.partition(b"$schema=")[0]
    return start + b"$schema=" + up + SCHEMAS_FOLDER.encode() + b"/" + name + line_end + rest


def _fill(name: str, values: dict[str, Any]) -> bytes:
    text = _templates().get_template(f"{name}.j2").render(values)
    lines = [line.rstrip() for line in text.splitlines()]
    return ("\n".join(lines).rstrip() + "\n").encode()


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.templates_dir() / "new"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - text files for an editor, no HTML
        keep_trailing_newline=True,
    )
