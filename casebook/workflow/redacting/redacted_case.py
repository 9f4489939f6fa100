"""One case study without what may identify the client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from casebook.diagnostics.place import Loc, Place
from casebook.domain.portfolio import Piece
from casebook.domain.work.case_study import CaseStudy
from casebook.exchange.case_study_file import case_study_yaml
from casebook.rules.privacy.checking import OLDEST_AGE
from casebook.rules.privacy.passage import Passages
from casebook.rules.privacy.redaction import Redaction
from casebook.rules.privacy.safe_harbor import RULES

_LEFT_OUT: Final = {
    "consent": "the client's consent, its date and its form",
    "practitioner": "the description of the practitioner",
}
"""Parts that are not for publication, and what a report calls them."""

_FIXED: Final = frozenset(
    {"kind", "format", "id", "structure", "test", "release", "retest", "activate", "side", "result",
     "joint", "plane", "severity", "doi", "url"}
)  # fmt: skip
"""Keys whose values are words of casebook, or ids."""

_DRAFT: Final = (
    "A draft for publication, made by casebook: names and what else it knows the form of",
    "are taken out. Whoever publishes it reads it first; LEFT-OUT.txt says what was taken out.",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out at a place of the candidate's own file, and by which rule or reason."""

    place: Place
    why: str


@dataclass(slots=True)
class RedactedCase:
    """A case study on its way to publication.

    Attributes:
        name: What its file and its id are called from now on, such as case-1.
        piece: The case as the candidate wrote it.
        redaction: How its texts are redacted.
        pictures: Name of an attachment -> its new name; a figure that is not there is left out.
        taken: What was taken out.
        doubts: Places where a listed name may stand, and stayed.
    """

    name: str
    piece: Piece[CaseStudy]
    redaction: Redaction
    pictures: Mapping[str, str]
    taken: list[Taken] = field(default_factory=list)
    doubts: list[Place] = field(default_factory=list)
    _kept_figures: dict[int, int] = field(default_factory=dict)

    def content(self) -> bytes:
        """The redacted case's file; says on the way what is taken out."""
        record = self.piece.record
        values = record.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        for part, called in _LEFT_OUT.items():
            if values.pop(part, None) is not None:
                self._take(self.piece.places.of_key(part), called)
        self._figures(record, values)
        self._age(record, values)
        redacted = {key: self._walk(each, (key,)) for key, each in values.items()}
        ordered = {"kind": record.kind, "format": record.format, "id": self.name, **redacted}
        return case_study_yaml({**ordered, "id": self.name}, _DRAFT)

    def _walk(self, value: Any, way: Loc) -> Any:  # noqa: ANN401 - what JSON holds
        if isinstance(value, dict):
            return {key: self._walk(each, (*way, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [self._walk(each, (*way, index)) for index, each in enumerate(value)]
        if not isinstance(value, str) or way[-1] in _FIXED or way[0] == "references":
            self._doubt_reference(value, way)
            return value
        return self._text(value, way)

    def _text(self, text: str, way: Loc) -> str:
        redacted, removed = self.redaction.redact(text)
        doubts = self.redaction.doubts(text)
        if removed or doubts:
            passages = Passages(self.piece.places, self._way_in_file(way), text)
            for each in removed:
                place = passages.place(each.start, each.end)
                self._take(place, RULES[each.rule[-1]].title)
            self.doubts += [passages.place(start, end) for start, end in doubts]
        return redacted

    def _doubt_reference(self, value: object, way: Loc) -> None:
        if way[0] == "references" and isinstance(value, str) and self.redaction.names.within(value):
            self.doubts.append(self.piece.places.of(*way))

    def _figures(self, record: CaseStudy, values: dict[str, Any]) -> None:
        """Keep the figures whose pictures may be published, under their new names."""
        kept: list[dict[str, Any]] = []
        for index, figure in enumerate(record.figures):
            new = self.pictures.get(figure.file)
            if new is None:
                why = (
                    "the figure: its picture cannot be read"
                    if figure.publish
                    else "the figure: nothing says `publish: yes`, that the client agreed to it"
                )
                self._take(self.piece.places.of("figures", index, "file"), why)
                continue
            self._kept_figures[len(kept)] = index
            texts = {"caption": figure.caption, "alt": figure.alt}
            kept.append({"file": new, **texts, "publish": True})
        if kept:
            values["figures"] = kept
        else:
            values.pop("figures", None)

    def _way_in_file(self, way: Loc) -> Loc:
        """The way to a value in the candidate's file, where figures before it were left out."""
        if way[0] == "figures" and isinstance(way[1], int):
            return ("figures", self._kept_figures[way[1]], *way[2:])
        return way

    def _age(self, record: CaseStudy, values: dict[str, Any]) -> None:
        if record.client.age is not None and record.client.age > OLDEST_AGE:
            values["client"]["age"] = OLDEST_AGE
            self._take(self.piece.places.of("client", "age"), RULES["C"].title)

    def _take(self, place: Place, why: str) -> None:
        self.taken.append(Taken(place, why))
