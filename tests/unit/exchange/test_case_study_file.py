"""A case study's file is read as the values it was written of."""

from casebook.domain.work.case_study import CaseStudy
from casebook.exchange.case_study_file import case_study_yaml
from casebook.source.load import load

VALUES = {
    "kind": "case-study",
    "format": 1,
    "id": "case-1",
    "title": "Back: a case report",
    "client": {"pseudonym": "Client A", "age": 46},
    "introduction": "A text that is long enough to stand on lines of its own, below its key, "
    "and has a [name] in it.",
    "discussion": {"limitations": "Two paragraphs.\n\nThe second: with a colon, and #7."},
    "sessions": [{"day": 0, "measures": {"nprs": 7.0, "psfs": 3.3}}],
}


def test_it_is_read_back_whole() -> None:
    content = case_study_yaml(VALUES, ["A draft.", ""])
    loaded = load("case-1.yaml", content, expect="case-study")
    assert loaded.findings == ()
    assert loaded.piece is not None
    assert loaded.piece.record == CaseStudy.model_validate(VALUES)


def test_people_can_read_it() -> None:
    """A head, long texts on lines of their own, whole numbers as such."""
    lines = case_study_yaml(VALUES, ["A draft.", ""]).decode().splitlines()
    assert lines[:4] == ["# A draft.", "#", "kind: case-study", "format: 1"]
    assert "introduction: >-" in lines
    assert "      nprs: 7" in lines
    assert max(map(len, lines)) <= 92
