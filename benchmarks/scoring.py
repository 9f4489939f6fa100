"""Observed sessions scored a second, beside merely parsing their YAML.

The reference is PyYAML's C loader over the same file: what any program that reads it has to do.
"""

from collections.abc import Iterator
from typing import Final

import yaml

from benchmarks.figures import Figure, Setting, rate
from benchmarks.graded import DAY, graded_at
from benchmarks.measuring import in_turns
from benchmarks.portfolio import write_portfolio
from casebook.workflow.score import evaluate, score_path

SUBJECT: Final = "score"
_TIMES: Final = 20


def figures(setting: Setting) -> Iterator[Figure]:
    """Sessions as records, and as files."""
    folder = write_portfolio(setting.scratch / "portfolio")
    portfolio = graded_at(folder).portfolio.portfolio
    file, record = folder / "observation.yaml", portfolio.observations[0].record
    text = file.read_text("utf-8")

    def parse() -> None:
        for _ in range(_TIMES):
            yaml.load(text, Loader=yaml.CSafeLoader)

    def score_file() -> None:
        for _ in range(_TIMES):
            score_path(file, DAY)

    def score_record() -> None:
        for _ in range(_TIMES):
            evaluate(record, portfolio.program)

    works = {"parse": parse, "file": score_file, "record": score_record}
    measured = in_turns(works, setting.rounds)
    reference = measured["parse"]
    beside = "parsing the file's YAML"
    unit = "sessions/s"
    yield rate(SUBJECT, beside, reference, unit=unit, amount=_TIMES)
    yield rate(
        SUBJECT, "a file read, checked, scored", measured["file"], reference, beside,
        unit=unit, amount=_TIMES,
    )  # fmt: skip
    yield rate(
        SUBJECT, "a session scored that was read", measured["record"], reference, beside,
        unit=unit, amount=_TIMES,
    )  # fmt: skip
