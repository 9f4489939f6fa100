"""The portfolio that is measured: the sample's words, and ledgers of a length that we choose.

Three cases and the observed session come to about twenty pages, and to some 1,200 cells where
ledgers are set as tables. The same numbers give the same bytes.

Its texts are shorter than its program asks for, so it brings the program along with that one rule
changed.
"""

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

_ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLE: Final = _ROOT / "samples" / "nkt-level-1"
_PROGRAM: Final = _ROOT / "casebook" / "programs" / "nkt"
ON: Final = "2026-07-01"
"""The day for which it is checked, and which its pages carry."""

CASES: Final = 3
SESSIONS_A_CASE: Final = 4
_TEXT_WORDS: Final = 12
"""Of a long text so many words are kept, to the end of the sentence."""

_RULE: Final = "  words_at_least: 1200\n", "  words_at_least: 400\n"
_NAMED: Final = "\nprogram: nkt\n", "\nprogram: program/program.yaml\n"
_EDITED: Final = "discussion", "take_away"
_SENTENCE: Final = re.compile(r"(?<=[.?!][\"”]) |(?<=[.?!]) ")
_CYCLES: Final = (
    ("gluteus maximus", "quadratus lumborum", "sustained pressure", "bridge"),
    ("gluteus medius", "tensor fasciae latae", "cross-fibre massage", "side-lying leg lift"),
    ("lower trapezius", "levator scapulae", "thumb at the corner of the blade", "arm lift prone"),
    ("serratus anterior", "pectoralis minor", "slow pressure, arm supported", "wall slide"),
    ("deep neck flexors", "suboccipitals", "fingertips below the skull", "slow chin nod"),
)
"""Tested, released, how, and what is done with the muscle afterwards."""


def write_portfolio(folder: Path, cases: int = CASES) -> Path:
    """Write a portfolio that `casebook check` finds acceptable on the day ``ON``.

    Args:
        folder: A folder that does not exist yet.
        cases: How many case studies it has.
    """
    texts = sorted((SAMPLE / "cases").glob("*.yaml"))
    (folder / "cases").mkdir(parents=True)
    (folder / "attachments").mkdir()
    shutil.copytree(_PROGRAM, folder / "program")
    _replace(folder / "program" / "program.yaml", *_RULE)
    for name in ("portfolio.yaml", "observation.yaml", "attachments/consent-d.pdf"):
        shutil.copy(SAMPLE / name, folder / name)
    _replace(folder / "portfolio.yaml", *_NAMED)
    for number, source in zip(range(1, cases + 1), itertools.cycle(texts), strict=False):
        case = yaml.safe_load(source.read_text("utf-8"))
        form = Path(case["consent"]["form"])
        copied = Path("attachments") / f"consent-case-{number:02d}{form.suffix}"
        shutil.copy(SAMPLE / form, folder / copied)
        for figure in case.get("figures", ()):
            shutil.copy(SAMPLE / figure["file"], folder / figure["file"])
        _write(_case_file(folder, number), _case(case, number, copied))
    return folder


def copied(portfolio: Path, folder: Path) -> Path:
    """A copy of a portfolio without what was made of it."""
    shutil.copytree(portfolio, folder, ignore=shutil.ignore_patterns("build"))
    return folder


def edit_case(folder: Path, number: int, turn: int) -> None:
    """Change a sentence of one case study, otherwise than in every other turn."""
    path = _case_file(folder, number)
    case = yaml.safe_load(path.read_text("utf-8"))
    part, key = _EDITED
    case[part][key] = f"Look again at the visit that did not fit, for the {turn}th time."
    _write(path, case)


def case_files(folder: Path) -> list[Path]:
    """The files of its case studies, in order."""
    return sorted((folder / "cases").glob("*.yaml"))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise SystemExit(f"{path} no longer says {old.strip()!r}")
    path.write_text(text.replace(old, new), "utf-8")


def _case_file(folder: Path, number: int) -> Path:
    return folder / "cases" / f"case-{number:02d}.yaml"


def _write(path: Path, values: Any) -> None:  # noqa: ANN401 - what a file holds
    path.write_text(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), "utf-8")


def _case(case: dict[str, Any], number: int, form: Path) -> dict[str, Any]:
    """The sample's case with its texts cut and a ledger of our length."""
    kept = {key: _cut(value) for key, value in case.items() if key not in {"references", "title"}}
    client = {**case["client"], "pseudonym": f"Client {number}"}
    words = str(kept)
    return {
        **kept,
        "id": f"case-{number:02d}",
        "title": f"{case['title']}, number {number}",
        "client": client,
        "consent": {**case["consent"], "form": form.as_posix()},
        "patterns": [
            {
                "inhibited": {"structure": muscle, "side": "left"},
                "facilitated": {"structure": structure, "side": "left"},
            }
            for muscle, structure, _, _ in _CYCLES
        ],
        "sessions": list(_sessions()),
        "references": [each for each in case["references"] if f"@{each['id']}" in words],
    }


def _cut(value: Any) -> Any:  # noqa: ANN401 - what a file holds
    if isinstance(value, dict):
        return {key: _cut(each) for key, each in value.items()}
    if isinstance(value, str):
        return _first_sentences(value)
    return value


def _first_sentences(text: str) -> str:
    kept: list[str] = []
    for sentence in _SENTENCE.split(text):
        kept.append(sentence)
        if sum(len(each.split()) for each in kept) >= _TEXT_WORDS:
            break
    return " ".join(kept)


def _sessions() -> Iterator[dict[str, Any]]:
    for visit in range(SESSIONS_A_CASE):
        yield {
            "day": visit * 7,
            "minutes": 50,
            "report": f"Slept better on {visit + 2} nights of the week, and worked as before.",
            "measures": {"nprs": 7 - visit, "psfs": 3.5 + visit / 2, "odi": 38 - 4 * visit},
            "steps": list(_steps(visit)),
            "homework": [
                {"exercise": exercise, "dose": f"{visit + 2} x 8 daily", "purpose": "use it daily"}
                for _, _, _, exercise in _of_visit(visit)
            ],
        }


def _steps(visit: int) -> Iterator[dict[str, Any]]:
    for muscle, structure, technique, exercise in _of_visit(visit):
        on_side = {"side": "left"}
        seconds = 20 + 2 * visit
        yield {"test": muscle, "side": "right", "result": "fires", "grade": 5}
        yield {"test": muscle, **on_side, "result": "inhibited", "grade": 3}
        yield {"release": structure, **on_side, "technique": technique, "seconds": seconds}
        yield {"retest": muscle, **on_side, "result": "fires", "grade": 4}
        yield {"activate": muscle, **on_side, "exercise": exercise, "seconds": 45}


def _of_visit(visit: int) -> tuple[tuple[str, str, str, str], ...]:
    """The two cycles of a visit."""
    return tuple(_CYCLES[(visit + step) % len(_CYCLES)] for step in range(2))
