"""A small certifying office: submissions, a list of graders, and sealed marks."""

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from casebook.domain.marking.marks import MarkSheet
from casebook.domain.marking.sealed_marks import SealedMarks, change, seal
from casebook.workflow.received import Received, receive

ON: Final = date(2026, 7, 1)
STUDIO: Final = Path(__file__).parent / "studio"

GRADERS: Final = """\
kind: graders
format: 1
graders:
  - {id: ana, name: Ana Ruiz}
  - {id: bo, name: Bo Lind}
  - {id: cem, name: Cem Oz}
  - {id: dee, name: Dee Ford, grades: [observation]}
"""

CASE: Final = """\
kind: rubric
format: 1
id: case
title: Written case
judges: case-study
pass_percent: 50
criteria:
  - id: safe
    title: Safe
    asks: Is it safe?
    must_pass: {level: 1, reason: Nothing makes up for harm.}
    levels:
      - {level: 0, label: unsafe, describes: It is not.}
      - {level: 1, label: safe, describes: It is.}
  - id: quality
    title: Quality
    asks: How good is it?
    weight: 3
    levels:
      - {level: 0, label: none, describes: Not good.}
      - {level: 1, label: some, describes: A little.}
      - {level: 2, label: good, describes: Good.}
      - {level: 3, label: better, describes: Better.}
"""
"""Level q of quality, with safe 1, is (1 + q) / 4: 25, 50, 75 or 100 %."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office's folder."""

    root: Path

    @property
    def submissions(self) -> Path:
        return self.root / "submissions"

    @property
    def marks(self) -> Path:
        return self.root / "marks"

    def submission(self, name: str = "s01", policy: str = "graders: 2", **texts: str) -> Path:
        """A portfolio with one case study and one session.

        Args:
            name: Its folder.
            policy: The text below ``marking``, on one line as YAML's flow style or in full.
            texts: Words of portfolio.yaml to be replaced; ``candidate`` is the name.
        """
        folder = self.submissions / name
        shutil.copytree(STUDIO, folder)
        main = folder / "portfolio.yaml"
        text = main.read_text("utf-8").replace("Kim Larsen", texts.get("candidate", f"Kim {name}"))
        main.write_text(text + texts.get("more", ""), "utf-8")
        program = folder / "program" / "program.yaml"
        program.write_text(f"{program.read_text('utf-8')}\nmarking: {{{policy}}}\n", "utf-8")
        (folder / "program" / "rubrics" / "case.yaml").write_text(CASE, "utf-8")
        (self.root / "graders.yaml").write_text(GRADERS, "utf-8")
        return folder

    def sheet(
        self,
        folder: Path,
        who: str,
        levels: tuple[int, int],
        **more: Any,  # noqa: ANN401
    ) -> MarkSheet:
        """A finished sheet on the case study: the levels of safe and quality."""
        received = receive(folder, ON)
        rubric = received.program.rubric_for("case-study")
        assert rubric is not None
        names = {"ana": "Ana Ruiz", "bo": "Bo Lind", "cem": "Cem Oz", "dee": "Dee Ford"}
        safe, quality = levels
        values: dict[str, Any] = {
            "kind": "mark-sheet", "format": 1, "program": "program/program.yaml", "level": 1,
            "submission": received.digest, "work": "heel", "conflict": "none",
            "grader": {"name": names.get(who, who), "id": who},
            "rubric": "case", "rubric_digest": rubric.digest,
            "marks": [
                {"criterion": "safe", "level": safe, "note": "Seen.", "place": "Stairs hurt"},
                {"criterion": "quality", "level": quality},
            ],
        }  # fmt: skip
        return MarkSheet.model_validate(values | more)

    def mark(
        self,
        folder: Path,
        who: str,
        levels: tuple[int, int],
        moment: str = "2026-06-30T10:00:00Z",
        **more: Any,  # noqa: ANN401
    ) -> Path:
        """Seal a grader's marks on a submission's case study."""
        return self.store(folder.name, seal(self.sheet(folder, who, levels, **more), moment))

    def remark(
        self,
        folder: Path,
        who: str,
        levels: tuple[int, int],
        moment: str,
        **more: Any,  # noqa: ANN401
    ) -> Path:
        """Enter changed marks into a grader's chain."""
        path = self.marks / folder.name / f"heel.{who}.sealed.json"
        before = SealedMarks.model_validate(json.loads(path.read_text("utf-8")))
        sheet = self.sheet(folder, who, levels, **more)
        return self.store(folder.name, change(before, sheet, moment, "we talked"))

    def mark_session(self, folder: Path, grader: str, name: str, levels: tuple[int, int]) -> Path:
        """Seal a grader's marks on the session: the levels of safety and explains."""
        received: Received = receive(folder, ON)
        rubric = received.program.rubric_for("observation")
        assert rubric is not None
        safety, explains = levels
        sheet = MarkSheet.model_validate(
            {
                "kind": "mark-sheet", "format": 1, "program": "program/program.yaml", "level": 1,
                "submission": received.digest, "work": "observed", "conflict": "none",
                "grader": {"name": name, "id": grader},
                "rubric": "session", "rubric_digest": rubric.digest,
                "marks": [
                    {"criterion": "safety", "level": safety, "note": "Seen.", "at": "01:00"},
                    {"criterion": "explains", "level": explains},
                ],
            }
        )  # fmt: skip
        return self.store(folder.name, seal(sheet, "2026-06-30T11:00:00Z"))

    def store(self, name: str, sealed: SealedMarks) -> Path:
        """Write a chain where its sheet would lie."""
        path = self.marks / name / f"{sealed.work}.{sealed.grader}.sealed.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sealed.model_dump_json(exclude_none=True), "utf-8")
        return path
