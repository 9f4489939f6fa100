"""A program whose rubric has global ratings, and mark sheets by it."""

from pathlib import Path

PROGRAM = """\
kind: program
format: 1
id: school
name: Rating School
version: "1"
owner: A school that does not exist
notice: An invented program, for tests.
levels:
  - level: 1
    name: First Level
    requirements: [{id: course, needs: course, says: Finish the course., course_hours: 10}]
case_study: {required: [consent]}
consent_scopes: [record]
rubrics: [case.yaml]
certificate: {title: First Level, statement: The course is finished.}
"""

LEVELS = "\n".join(
    f"      - {{level: {level}, label: step {level}, describes: Step {level}.}}"
    for level in range(21)
)

RUBRIC = f"""\
kind: rubric
format: 1
id: case
title: Written case
judges: case-study
pass_percent: 80
criteria:
  - id: safe
    title: Safe
    asks: Is it safe?
    must_pass: {{level: 1, reason: Nothing makes up for harm.}}
    levels:
      - {{level: 0, label: unsafe, describes: It is not.}}
      - {{level: 1, label: safe, describes: It is.}}
  - id: quality
    title: Quality
    asks: How good is it?
    levels:
{LEVELS}
global_ratings:
  - {{id: fail, label: Fail, position: 0}}
  - {{id: borderline, label: Borderline, position: 1}}
  - {{id: pass, label: Pass, position: 2}}
  - {{id: good, label: Good, position: 3}}
"""


def write_school(folder: Path) -> Path:
    """Write the program; returns its file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(RUBRIC, "utf-8")
    program = folder / "program.yaml"
    program.write_text(PROGRAM, "utf-8")
    return program


def write_sheet(
    path: Path,
    quality: int | None,
    rating: str | None,
    *,
    safe: int = 1,
    work: str = "case-1",
    grader: str = "Kim",
    more: str = "",
) -> Path:
    """Write a mark sheet beside its program.

    Its total is 50 % for ``safe`` 1, and 2.5 % more for each of the 20 steps of ``quality``.
    """
    marks = [f"  - {{criterion: safe, level: {safe}, note: Seen., place: Here.}}"]
    if quality is not None:
        marks.append(f"  - {{criterion: quality, level: {quality}}}")
    lines = [
        "kind: mark-sheet", "format: 1", "program: program.yaml", "level: 1", f"work: {work}",
        f"grader: {{name: {grader}}}", "rubric: case", "marks:", *marks,
        *([f"global_rating: {rating}"] if rating else []), *([more] if more else []),
    ]  # fmt: skip
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


STEPS = {
    "fail": (0, 2, 3, 5), "borderline": (4, 6, 7, 9), "pass": (8, 10, 11, 13),
    "good": (12, 14, 15, 17),
}  # fmt: skip
"""The quality of four sheets for each rating: means 2.5, 6.5, 10.5, 14.5, so 4 steps a rating."""


def write_sheets(folder: Path) -> None:
    """Write sixteen rated sheets, of works and by graders of their own, beside their program.

    Total = 50 + 2.5 * quality: means 56.25, 66.25, 76.25 and 86.25 %, 10 points a rating; within a
    rating the quality lies 2.5, 0.5, 0.5 and 2.5 steps from its mean.
    """
    write_school(folder)
    for rating, steps in STEPS.items():
        for at, quality in enumerate(steps):
            name = f"{rating}-{at}"
            write_sheet(folder / f"{name}.yaml", quality, rating, work=name, grader=f"Kim {at}")
