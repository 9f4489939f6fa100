"""Files checked a second: `casebook check` beside check-jsonschema with our exported schema.

Both are one process that is given the same files. check-jsonschema holds each file against the
schema; casebook does that by its own records, and then goes by the program's rules, by the words
of names and structures, by consent forms and citations.
"""

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, Setting, Skipped, rate
from benchmarks.measuring import in_turns, run
from benchmarks.portfolio import ON, case_files, write_portfolio
from casebook.workflow.check import check_paths

SUBJECT: Final = "check"
_FILES: Final = 50
_FEW: Final = 10
_SCHEMA: Final = Path(__file__).resolve().parent.parent / "schemas" / "case-study.schema.json"


def figures(setting: Setting) -> Iterator[Figure | Skipped]:
    """Many files named one by one, and the portfolio that they are in."""
    count = _FEW if setting.quick else _FILES
    folder = write_portfolio(setting.scratch / "portfolio", count)
    files = case_files(folder)
    works = {
        "casebook": lambda: run((sys.executable, "-m", "casebook", "check", *files, "--date", ON)),
        "folder": lambda: run((sys.executable, "-m", "casebook", "check", folder, "--date", ON)),
        "this process": lambda: check_paths(files, date.fromisoformat(ON)),
    }
    other = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    if other is None:
        yield Skipped(SUBJECT, "check-jsonschema", "pip install check-jsonschema")
    else:
        works["other"] = lambda: run((other, "--schemafile", _SCHEMA, *files))
    measured = in_turns(works, setting.rounds)
    reference = measured.get("other")
    unit = "files/s"
    beside = f"check-jsonschema, {count} files"
    if reference is not None:
        yield rate(SUBJECT, beside, reference, unit=unit, amount=count)
    for name, work in {
        f"casebook check, {count} files": "casebook",
        "the same in a process that is warm": "this process",
        f"casebook check, a portfolio of {count} cases": "folder",
    }.items():
        yield rate(
            SUBJECT, name, measured[work], reference, beside if reference else "",
            unit=unit, amount=count,
        )  # fmt: skip
