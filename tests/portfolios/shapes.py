"""Whole portfolios as strategies for Hypothesis: of any shape and in any script."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

from hypothesis import strategies as st

from casebook.domain.work.practitioner import Practitioner
from casebook.resources import samples_dir
from tests.portfolios.drawing import drawn
from tests.portfolios.pictures import pictures
from tests.portfolios.pieces import Shape, Values, Writer, some, texts_of
from tests.portfolios.works import cases, observations
from tests.portfolios.writing import EVERY_SCRIPT, SCRIPTS

Files: TypeAlias = dict[str, bytes]
"""A portfolio: its files by their names."""

_STUDIO: Final = Path(__file__).parent / "studio"

SHAPES: Final[Mapping[str, Shape]] = {
    "nothing that may be left out": Shape(parts="none", sessions=0),
    "nothing under a program without protocol": Shape(
        parts="none", sessions=1, program="reflexology", marks="none"
    ),
    "every part": Shape(parts="all", program="nkt", figures=("rgb.jpg",)),
    "every part without protocol": Shape(parts="all", program="reflexology", marks="none"),
    "twelve sessions": Shape(phrases=EVERY_SCRIPT, sessions=12, rows=2, program="nkt"),
    "long tables": Shape(parts="all", sessions=3, rows=12, marks="half"),
    "markup": Shape(parts="all", marked_up=True, marks="half"),
    "markup in any script": Shape(EVERY_SCRIPT, parts="all", marked_up=True, program="reflexology"),
    "pictures": Shape(sessions=1, figures=tuple(pictures())),
    **{
        f"in {' and '.join(names)}": Shape(
            tuple(phrase for name in names for phrase in SCRIPTS[name]),
            sessions=1, rows=2, figures=("alpha.png",), marks="half",
        )
        for names in (
            ("english", "diacritics", "combining"), ("greek", "cyrillic"), ("arabic", "hebrew"),
            ("devanagari", "elsewhere"), ("chinese", "japanese", "korean"), ("emoji", "signs"),
            ("unseen",), ("long words",),
        )
    },
}  # fmt: skip
"""A shape of every kind there is, by what it stands for."""


def portfolios(shape: Shape) -> st.SearchStrategy[Files]:
    """Portfolios of one case study and one observed session."""
    return _portfolios(Writer(shape))


def example(shape: Shape) -> Files:
    """One portfolio, which is the same in every run."""
    return drawn(portfolios(shape))


@st.composite
def _portfolios(draw: st.DrawFn, writer: Writer) -> Files:
    shape = writer.shape
    files = _program(shape)
    reference = "nkt" if shape.program == "nkt" else "program/program.yaml"
    main: Values = {
        "kind": "portfolio", "format": 1, "program": reference, "level": 1,
        "candidate": draw(some(writer, {"name": writer.line}, place=writer.line)),
    }  # fmt: skip
    if draw(writer.there):
        main["course"] = {"finished": "2026-03-02", "hours": 62.5, "place": draw(writer.line)}
        main["practice"] = {"until": "2026-06-30", "summary": draw(writer.text)}
        main["certificates"] = [{"program": "walks", "level": 1, "issued": "2025-01-02"}]
        main["practitioner"] = draw(texts_of(writer, Practitioner))
    files["portfolio.yaml"] = _written(main)
    files["cases/case.yaml"] = _written(draw(cases(writer)))
    files["observation.yaml"] = _written(draw(observations(writer)))
    for name in shape.figures:
        files[f"attachments/{name}"] = pictures()[name]
    return files


def _program(shape: Shape) -> Files:
    if shape.program == "nkt":
        return {}
    around = _STUDIO if shape.program == "studio" else samples_dir() / "reflexology"
    return {
        path.relative_to(around).as_posix(): path.read_bytes()
        for path in sorted((around / "program").rglob("*"))
        if path.is_file()
    }


def _written(values: Values) -> bytes:
    """As YAML: JSON is a part of it."""
    return json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8")
