"""A new portfolio can be filled in by somebody who has nothing but the findings to go by.

The robot below reads a finding's path, line, code and message, goes to that line, and writes what
its table holds for the key that the message names. It knows nothing else about the files.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from casebook.resources import sample_dir
from casebook.workflow.programs import show_program

REFLEXOLOGY = str(sample_dir("reflexology") / "program" / "program.yaml")
DAY = ("--date", "2026-07-01")
MOST_ROUNDS = 12

Check = Callable[..., list[dict[str, Any]]]
Run = Callable[..., Result]

# 43 words, each of running text.
PROSE = (
    "I wrote down what I saw before I touched the client, asked what had changed since the last "
    "time, and compared both sides. Whatever I could not tell I left open. The client read these "
    "lines and agreed that they say what happened."
)

LISTS = {
    "keywords": "[low back pain, gluteus maximus]",
    "patterns": "[{inhibited: {structure: gluteus maximus, side: left}, "
    "facilitated: {structure: QL, side: left}}]",
    "references": "[{id: gagnier2013, text: The CARE guidelines, doi: 10.1186/1752-1947-7-223}]",
    "events": "[{at: '10:00', test: gluteus maximus, side: left, result: inhibited}, "
    "{at: '10:05', until: '10:25', release: QL, side: left}, "
    "{at: '10:30', retest: gluteus maximus, side: left, result: fires}]",
}

VALUES = {
    "portfolio.yaml": {
        "name": "Kim Larsen",
        "finished": "2026-02-28",
        "hours": "60",
        "issued": "2025-12-01",
    },
    "observation.yaml": {
        "date": "2026-06-15",
        "name": "Robin Hale",
        "signed": "2026-06-01",
        "form": "attachments/consent-observed.pdf",
        "duration": '"31:20"',
        "level": "2",
        "global_rating": "pass",
        **LISTS,
    },
    "case": {
        "title": '"An ordinary back, STEM: a case report"',
        "age": "46",
        "gender": "woman",
        "occupation": "delivery driver",
        "signed": "2026-03-02",
        "form": "attachments/consent-STEM.pdf",
        "name": "Test, release and retest",
        "literature": f"{PROSE} Others have written about it [@gagnier2013].",
        **LISTS,
    },
}
"""What is written behind a key, in each kind of file; every other key gets ``PROSE``."""

DAYS_BETWEEN = 10
"""The first session is on day 0, the second on day 10, the third on day 20."""


class Robot:
    """Mends a portfolio by its findings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: set[str] = set()
        """The ways of all parts that were written, such as discussion.limitations."""

    def mend(self, findings: list[dict[str, Any]]) -> None:
        """Answer each finding once, from the last line of a file to its first."""
        by_file: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for each in findings:
            by_file[each["path"]].append(each)
        for path, found in by_file.items():
            for each in sorted(found, key=lambda one: -one["line"]):
                self._answer(Path(path), each)

    def _answer(self, path: Path, finding: Mapping[str, Any]) -> None:
        message, code = str(finding["message"]), finding["code"]
        if code in {"CB201", "CB401", "CB402"}:
            item = re.search(r"in item (\d+)", message)
            self._write(path, finding["line"], _first_name(message), int(item[1]) if item else 1)
        elif code == "CB404":
            self._write(path, finding["line"], "keywords")
        elif code == "CB508":
            self._write(path, finding["line"], "events")
        elif code == "CB804":
            self._write(path, finding["line"], "level")
        elif code == "CB307":
            (self.folder / _first_name(message)).write_bytes(b"A signed form.\n")
        elif code == "CB701" and (work := re.search(r"'([\w-]+)' ", message)):
            self._meet(self._file_of(work[1]), str(finding["hint"]))
        elif code != "CB405":  # The texts grow as the other findings are answered.
            pytest.fail(f"the robot has no answer to {finding}")

    def _write(self, path: Path, number: int, part: str, item: int = 1) -> None:
        """Write behind the key on a line, or below it where a text begins with >-."""
        key = part.rpartition(".")[2]
        lines = path.read_text("utf-8").splitlines()
        line = lines[number - 1]
        found = re.fullmatch(rf"(?P<key>\s*(?:- )?{key}:) *(?P<old>>-|\[\])? *(?P<note>#.*)?", line)
        assert found, f"{path}:{number}: {part} is not to be written here: {line}"
        kind = path.name if path.name in VALUES else "case"
        value = VALUES[kind].get(key, PROSE).replace("STEM", path.stem)
        value = str(DAYS_BETWEEN * (item - 1)) if key == "day" else value
        if found["old"] == ">-":
            indent = " " * (len(line) - len(line.lstrip()) + 2)
            lines.insert(number, f"{indent}{value}")
        else:
            lines[number - 1] = f"{found['key']} {value}"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.written.add(part)

    def _meet(self, path: Path, hint: str) -> None:
        """Do what a requirement still needs of one piece of work."""
        keys = [line.partition(":")[0] for line in path.read_text("utf-8").splitlines()]
        self._write(path, keys.index(_first_name(hint)) + 1, _first_name(hint))

    def _file_of(self, work_id: str) -> Path:
        texts = {path: path.read_text("utf-8") for path in sorted(self.folder.rglob("*.yaml"))}
        return next(path for path, text in texts.items() if f"id: {work_id}\n" in text)


def _first_name(message: str) -> str:
    """What a message names first, between `marks`."""
    found = re.search(r"`([^`]+)`", message)
    assert found, message
    return found[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "program, level", [("nkt", 1), ("nkt", 2), ("nkt", 3), (REFLEXOLOGY, 1)],
    ids=["nkt-1", "nkt-2", "nkt-3", "reflexology"],
)  # fmt: skip
def test_the_findings_alone_lead_from_a_new_folder_to_a_clean_one(
    program: str, level: int, tmp_path: Path, run: Run, check: Check
) -> None:
    folder = tmp_path / "mine"
    assert run("new", folder, "--program", program, "--level", level).exit_code == 0
    robot = Robot(folder)
    for _ in range(MOST_ROUNDS):
        findings = check(folder)
        if not findings:
            break
        robot.mend(findings)
    assert check(folder) == []

    rules = show_program(program).rules.case_study
    parts = {*rules.required, *rules.recommended} - {"consent", "sessions"}
    assert parts <= robot.written
    if (folder / "observation.yaml").exists():
        scored = run("score", folder, *DAY, "--format", "json")
        assert json.loads(scored.stdout)["result"] in {"pass", "fail"}


def test_a_new_folder_has_a_file_for_each_thing_asked_for(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    made = run("new", folder, "--level", 2)
    names = {Path(line).relative_to(folder).as_posix() for line in made.stdout.splitlines()}
    assert names == {
        "START-HERE.txt", "portfolio.yaml", "observation.yaml",
        "cases/case-1.yaml", "cases/case-2.yaml", "cases/case-3.yaml",
    }  # fmt: skip
    assert (folder / "attachments").is_dir()
    assert "Hold a certificate at Level One." in (folder / "START-HERE.txt").read_text("utf-8")


def test_a_program_of_ones_own_is_copied_into_the_new_folder(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    assert run("new", folder, "--program", REFLEXOLOGY).exit_code == 0
    copied = folder / "program" / "program.yaml"
    assert show_program(str(copied)).digest == show_program(REFLEXOLOGY).digest
    assert len(list((folder / "cases").iterdir())) == 5
    assert not (folder / "observation.yaml").exists()


@pytest.mark.parametrize("program", ["nkt", REFLEXOLOGY], ids=["nkt", "reflexology"])
def test_each_new_file_leads_an_editor_to_its_schema(
    program: str, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "mine"
    run("new", folder, "--program", program)
    written = [path for path in folder.rglob("*.yaml") if "program" not in path.parts]
    assert written
    for path in written:
        first = path.read_text("utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, path
        schema = json.loads((path.parent / found[1]).read_text("utf-8"))
        kind = re.search(r"^kind: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
        assert kind
        assert schema["$id"] == f"{kind[1]}.schema.json"


def test_a_new_folder_never_takes_the_place_of_an_old_one(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    run("new", folder)
    note = folder / "portfolio.yaml"
    note.write_text("mine\n")
    refused = run("new", folder)
    assert refused.exit_code == 2
    assert "is not empty" in refused.stderr
    assert note.read_text() == "mine\n"


@pytest.mark.parametrize(
    "words, said",
    [
        (("--level", "4"), "has no level 4; its levels: 1 (Level One)"),
        (("--program", "ntk"), "did you mean `nkt`?"),
        (("--program", "no/such/program.yaml"), "there is no file"),
        (("--sample", "nkt-level-one"), "did you mean nkt-level-1?"),
    ],
)
def test_what_cannot_be_made_anew_is_refused_with_what_can(
    words: tuple[str, ...], said: str, tmp_path: Path, run: Run
) -> None:
    refused = run("new", tmp_path / "mine", *words)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert not (tmp_path / "mine").exists()
