"""What tests of rules and evaluation share: pieces read from text, and a program."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.program.program import Program, ProgramFile
from casebook.domain.program.rubric import Rubric
from casebook.source.load import load

Values: TypeAlias = dict[str, Any]
ReadPiece: TypeAlias = Callable[[str, str], Piece[Any]]
MakeProgram: TypeAlias = Callable[..., Program]
MakePortfolio: TypeAlias = Callable[..., Portfolio]

HEADS = {
    "case-study": "kind: case-study\nformat: 1\nid: case-a\ntitle: 'Back: a case report'\n"
    "client: {pseudonym: Client A}\n",
    "observation": "kind: observation\nformat: 1\nid: observed\ndate: 2026-06-20\n"
    "mode: in person\nexaminer: {name: Robin}\nclient: {pseudonym: Client D}\n",
    "portfolio": "kind: portfolio\nformat: 1\nprogram: own\nlevel: 1\ncandidate: {name: Jordan}\n",
    "mark-sheet": "kind: mark-sheet\nformat: 1\nprogram: own\nlevel: 1\nwork: case-a\n"
    "grader: {name: Kim}\nrubric: session\n",
    "program": "",
    "rubric": "",
}
"""The keys that a file of each kind begins with, so that a test writes what it is about."""


def read_piece(kind: str, text: str) -> Piece[Any]:
    """Read a file; of keys that the text writes itself, the ones before it are left out."""
    own = {line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()}
    head = [line for line in HEADS[kind].splitlines() if line.partition(":")[0] not in own]
    piece = load(f"{kind}.yaml", "\n".join([*head, text]).encode(), expect=kind).piece
    assert piece is not None, "the text of a test must leave a record"
    return piece


@pytest.fixture(scope="session")
def read() -> ReadPiece:
    """Reads a file of a kind from the text below its first keys; faults are allowed in it."""
    return read_piece


@pytest.fixture(scope="session")
def make_program() -> MakeProgram:
    """Makes a program with one level, from its requirements, its case study rules and the rest."""

    def make(
        requirements: tuple[Values, ...] = (), rubrics: tuple[Rubric, ...] = (), **rules: object
    ) -> Program:
        default: Values = {"id": "c", "says": "Go.", "needs": "course", "course_hours": 15}
        values: Values = {
            "kind": "program", "format": 1, "id": "own", "name": "Own", "version": "1",
            "owner": "Us", "notice": "None.", "case_study": {"required": []},
            "certificate": {"title": "T", "statement": "S"},
            "levels": [{"level": 1, "name": "One", "requirements": requirements or [default]}],
        }  # fmt: skip
        return Program(
            rules=ProgramFile.model_validate(values | rules), rubrics=rubrics, digest="d"
        )

    return make


@pytest.fixture(scope="session")
def make_portfolio(make_program: MakeProgram) -> MakePortfolio:
    """Makes a portfolio from the text of its own file and the texts of its works."""

    def make(
        text: str = "",
        cases: tuple[str, ...] = (),
        observations: tuple[str, ...] = (),
        unread: tuple[str, ...] = (),
        program: Program | None = None,
    ) -> Portfolio:
        return Portfolio(
            main=read_piece("portfolio", text),
            program=program or make_program(),
            cases=tuple(read_piece("case-study", each) for each in cases),
            observations=tuple(read_piece("observation", each) for each in observations),
            unread=unread,
        )

    return make
