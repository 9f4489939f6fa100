"""No page says a word of casebook's own that translators never saw.

Two portfolios, and one with every part there is, are set with all their own texts in Greek, and
with a catalogue that puts each message between marks. A Latin letter outside of the marks is then
a word of ours that stands bare in code or in a template.
"""

import dataclasses
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from gettext import NullTranslations
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Final, Literal

import pytest
from pydantic import BaseModel

from casebook import charts
from casebook.domain.portfolio import Piece, Portfolio
from casebook.domain.work.measures import KNOWN_MEASURES, ROM_ERROR
from casebook.evaluation.eligibility import judge_eligibility
from casebook.language import catalogue, speaking
from casebook.render.document import Document
from casebook.render.html import document_html
from casebook.render.views.packet import packet_document, work_documents
from casebook.resources import sample_dir
from casebook.source.anatomy import load_anatomy
from casebook.source.portfolio import open_portfolio, read_portfolio
from casebook.workflow.score import score_portfolio
from tests.portfolios.pictures import pictures
from tests.portfolios.pieces import Shape
from tests.portfolios.shapes import example
from tests.portfolios.writing import SCRIPTS

DAY = date(2026, 7, 1)
SHAPES = {
    "every part": Shape(SCRIPTS["greek"], parts="all", sessions=3, program="nkt"),
    "marks missing": Shape(SCRIPTS["greek"], parts="all", marks="half"),
    "little": Shape(SCRIPTS["greek"], parts="none", sessions=1, marks="none"),
}

KEPT: Final = frozenset(
    {"structure", "test", "release", "retest", "activate"}
    | {"file", "form", "logo", "accent", "doi", "url"}
)
"""What keeps its letters: drawings look structures up by their names; the rest is no text."""

DRAWINGS: Final = tuple(iter_modules(charts.__path__))
KNOWN: Final = frozenset(measure.id for measure in KNOWN_MEASURES)
LATIN: Final = {
    "mm", ROM_ERROR.source, "doi:", "PMC3419574",
    *(measure.short for measure in KNOWN_MEASURES),
    *(each.source for measure in KNOWN_MEASURES for each in measure.important),
}  # fmt: skip
"""What reads the same in every language: short names of measures, units, publications."""

GREEK: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπωρστθφςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΩΡΣΤΘΦΣΧΥΖ",
)


class Marked(NullTranslations):
    """A catalogue that puts every message between marks, its places included."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


@pytest.fixture(autouse=True)
def marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """German is the marked language meanwhile; the names of months come from elsewhere."""
    monkeypatch.setattr(catalogue, "_catalogue", lambda _: Marked())
    monkeypatch.setattr("babel.dates.format_date", lambda *_, **__: "2. ΜΑΡΤΙΟΣ 2026")
    monkeypatch.setattr("babel.lists.format_list", lambda words, **_: ", ".join(words))
    # A drawing cuts what has no room, and the closing mark with it.
    drawings = [vars(import_module(f"casebook.charts.{each.name}")) for each in DRAWINGS]
    assert any("shortened" in names for names in drawings)
    for names in drawings:
        if "shortened" in names:
            monkeypatch.setitem(names, "shortened", lambda words, *_: words)


def in_greek(value: Any) -> Any:  # noqa: ANN401 - any part of a record, and the same again
    """A record with its texts in Greek letters: what comes from a closed list stays."""
    if isinstance(value, str):
        return value.translate(GREEK)
    if isinstance(value, BaseModel):
        return value.model_copy(
            update={
                name: in_greek(getattr(value, name))
                for name, field in type(value).model_fields.items()
                if name not in KEPT and not _closed(field.annotation)
            }
        )
    if isinstance(value, list | tuple):
        return type(value)(in_greek(each) for each in value)
    if isinstance(value, Mapping):
        return {
            key if key in KNOWN else in_greek(key): in_greek(each) for key, each in value.items()
        }
    if isinstance(value, Piece):
        return dataclasses.replace(value, record=in_greek(value.record))
    return value


def _closed(annotation: object) -> bool:
    return typing.get_origin(annotation) is Literal or any(
        map(_closed, typing.get_args(annotation))
    )


def as_written(value: object) -> Iterator[str]:
    """Every text of a record that kept its letters: structures, addresses."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            found = getattr(value, name)
            if name in KEPT and isinstance(found, str):
                yield found
            else:
                yield from as_written(found)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from as_written(each)


class Words(HTMLParser):
    """Collects all that a page says: its texts, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"style", "script"}
        spoken = {"alt", "title", "aria-label", "data-running"}
        told = dict(attrs)
        if tag == "meta" and told.get("name") in {"description", "keywords"}:
            spoken = {"content"}
        self.said.extend(text for name, text in attrs if name in spoken and text)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def outside_of_marks(said: Iterable[str]) -> str:
    """What stands outside of all marks; every mark that is opened must be closed again."""
    outside: list[str] = []
    depth = 0
    for letter in "\n".join(said):
        depth += (letter == "«") - (letter == "»")
        assert depth in range(9), "".join(outside[-80:])
        if depth == 0:
            outside.append(letter)
    assert depth == 0, "a message was cut"
    return "".join(outside)


def documents(portfolio: Portfolio) -> Iterator[Document]:
    main, program = portfolio.main.record, portfolio.program
    level = program.level(main.level)
    assert level is not None
    drawing = pictures()["alpha.png"]
    shown = {each.file: drawing for piece in portfolio.cases for each in piece.record.figures}
    with speaking("de"):
        eligibility = judge_eligibility(portfolio, level, DAY)
        evaluations = {each.work: each for each in score_portfolio(portfolio)}
        works = work_documents(portfolio, evaluations, made_on=DAY, attachments=shown)
        yield packet_document(portfolio, eligibility, works, made_on=DAY)
        yield from works


def opened(root: Path) -> Portfolio:
    portfolio = read_portfolio(open_portfolio(root)).portfolio
    assert portfolio is not None
    return portfolio


def written(shape: Shape, root: Path) -> Path:
    for path, content in example(shape).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nkt-level-1", "reflexology", *SHAPES])
def test_every_word_of_ours_goes_through_the_catalogue(name: str, tmp_path: Path) -> None:
    root = written(SHAPES[name], tmp_path) if name in SHAPES else sample_dir(name)
    portfolio = opened(root)
    works = [piece.record for piece in portfolio.cases]
    sessions = [piece.record for piece in portfolio.observations]
    kept = {*as_written([*works, *sessions])}
    # A drawing says a structure by its proper name.
    kept |= {found.name for found in map(load_anatomy().find, tuple(kept)) if found is not None}
    greek = dataclasses.replace(
        portfolio,
        main=in_greek(portfolio.main),
        program=in_greek(portfolio.program),
        cases=in_greek(portfolio.cases),
        observations=in_greek(portfolio.observations),
    )
    looked_at = 0
    for document in documents(greek):
        with speaking("de"):
            page = Words()
            page.feed(document_html(document))
        looked_at += len(page.said)
        outside = outside_of_marks(page.said)
        for each in sorted(kept | LATIN, key=len, reverse=True):
            outside = re.sub(re.escape(each), " ", outside, flags=re.IGNORECASE)
        assert sorted(set(re.findall(r".*[A-Za-z].*", outside))) == [], document.title
    assert looked_at > 100
