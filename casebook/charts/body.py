"""A human figure, front and back, with the structures of a case marked where they lie.

What is inhibited has an open ring and what is facilitated a full diamond, so that the two stand
apart without colour. In the front view the body's right is on the reader's left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casebook.charts.body_figure import Role, body_view, finding_sign
from casebook.charts.body_layout import BodyLayout, Note, PlacedNote, line_at
from casebook.charts.legend import Key, legend, legend_height
from casebook.charts.svg import element, figure, label, line, shortened, wrapped
from casebook.domain.work.positions import Place, Position, View
from casebook.domain.work.site import Side
from casebook.language import _, pgettext
from casebook.language.forms import enumeration
from casebook.language.terms import finding, with_side
from casebook.language.terms import side as side_words

_VIEWS: Final[tuple[View, ...]] = ("front", "back")
_ROLES: Final[tuple[Role, ...]] = ("inhibited", "facilitated")
_CAPTION_PX = 20.0
_ROW_PX = 14.0
_LISTS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A structure to be marked.

    Attributes:
        structure: Its name, as shown.
        side: None where it was not stated.
        role: What was found of it; one structure may have a mark of either kind.
        position: Where it lies, or None where nobody knows.
    """

    structure: str
    side: Side | None
    role: Role
    position: Position | None


@dataclass(frozen=True, slots=True)
class BodyChart:
    """The structures of a case or a session, in the order in which they are to be listed."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    """A structure on a side, with all that was found of it."""

    structure: str
    side: Side | None
    position: Position | None
    roles: frozenset[Role]

    @property
    def words(self) -> str:
        side = side_words(self.side) if self.side else ""
        if not side and len(self.places) > 1:
            side = _("side not stated")
        return with_side(self.structure, side)

    @property
    def places(self) -> tuple[Place, ...]:
        return self.position.places(self.side) if self.position else ()

    @property
    def view(self) -> View | None:
        return self.position.right.view if self.position else None

    def side_at(self, place: Place) -> str:
        """The side to write at one of its places."""
        if self.side is None:
            return _("side not stated") if len(self.places) > 1 else ""
        if len(self.places) == 1:
            return side_words(self.side)
        return side_words("right" if place.x > 0 else "left")


def body_chart(chart: BodyChart, *, width: float = 580.0) -> str:
    """Draw both views with a label for each mark; where they are too many, numbers and a list.

    Marks without a position are named below the figures.
    """
    subjects = _subjects(chart)
    layout = BodyLayout(width)
    spots = layout.spots([subject.places for subject in subjects])
    notes = [Note(s, _note(subjects[s.subject], s.place, layout.words_px)) for s in spots]
    numbered = not layout.holds(notes)
    if numbered:
        layout = BodyLayout(width, numbered=True)
        notes = [Note(s, (("label-strong", str(s.subject + 1)),)) for s in spots]
    placed = layout.placed(notes)
    y = max(layout.height + _CAPTION_PX, layout.bottom(placed) + 4)
    below = []
    for draw in ([_list] if numbered else []) + [_legend, _not_drawn]:
        drawn, height = draw(subjects, y, width)
        below.append(drawn)
        y += height
    return figure(
        _("Body chart"),
        _description(subjects),
        width,
        y,
        *(
            body_view(view, layout, [s.place for s in spots if s.place.view == view])
            for view in _VIEWS
        ),
        element("g", None, *(line("leader", *p.note.spot.at, *p.leader_end) for p in placed)),
        element("g", None, *(finding_sign(subjects[s.subject].roles, *s.at) for s in spots)),
        element("g", None, *map(_written, placed)),
        *below,
    )


def _subjects(chart: BodyChart) -> list[_Subject]:
    """The marks with those of one structure on one side taken together, in their order."""
    found: dict[tuple[str, Side | None], _Subject] = {}
    for mark in chart.marks:
        key = (mark.structure, mark.side)
        earlier = found[key].roles if key in found else frozenset[Role]()
        found[key] = _Subject(*key, mark.position, earlier | {mark.role})
    return list(found.values())


def _note(subject: _Subject, place: Place, room: float) -> tuple[tuple[str, str], ...]:
    lines = [("label-name", words) for words in wrapped(subject.structure, room, 4, "label-name")]
    side = subject.side_at(place)
    return (*lines, ("label-small", side)) if side else tuple(lines)


def _written(placed: PlacedNote) -> str:
    return "".join(
        label(look, placed.x, placed.y + line_at(index), words, placed.anchor)
        for index, (look, words) in enumerate(placed.note.lines)
    )


def _list(subjects: Sequence[_Subject], y: float, width: float) -> tuple[str, float]:
    """Every number with its sign and its words, down one column and then down the next."""
    shown = [(at, subject) for at, subject in enumerate(subjects) if subject.places]
    rows = -(-len(shown) // _LISTS)
    drawn = []
    for index, (at, subject) in enumerate(shown):
        x = index // rows * width / _LISTS
        base = y + (index % rows + 1) * _ROW_PX - 3
        words = shortened(subject.words, width / _LISTS - 48, "label")
        drawn.append(label("label-strong", x + 16, base, str(at + 1), "end"))
        drawn.append(finding_sign(subject.roles, x + 27, base - 3.5))
        drawn.append(label("label", x + 38, base, words))
    return element("g", None, *drawn), rows * _ROW_PX + 4


def _legend(subjects: Sequence[_Subject], y: float, width: float) -> tuple[str, float]:
    used = dict.fromkeys(subject.roles for subject in subjects if subject.places)
    meanings: tuple[tuple[frozenset[Role], str], ...] = (
        (frozenset({"inhibited"}), _role("inhibited")),
        (frozenset({"facilitated"}), _role("facilitated")),
        (frozenset({"inhibited", "facilitated"}), _("both, at different times")),
    )
    keys = [Key(finding_sign(roles, 6, 0), 12, words) for roles, words in meanings if roles in used]
    if any(place.rx for subject in subjects for place in subject.places):
        reach = element("ellipse", "band-strong", cx=8.0, cy=0.0, rx=8.0, ry=5.0)
        keys.append(Key(reach, 16, _("about where it lies")))
    if not subjects:
        return label("label-muted", 0, y + 12, _("No structure is marked.")), 18.0
    return legend(keys, y, width), legend_height(keys, width)


def _not_drawn(subjects: Sequence[_Subject], y: float, width: float) -> tuple[str, float]:
    missing = [subject for subject in subjects if not subject.places]
    if not missing:
        return "", 0.0
    lines = wrapped(_words_not_drawn(missing), width, len(missing) + 1, "label")
    drawn = [label("label", 0, y + (at + 1) * _ROW_PX, words) for at, words in enumerate(lines)]
    return element("g", None, *drawn), len(lines) * _ROW_PX + 5


def _words_not_drawn(missing: Sequence[_Subject]) -> str:
    return _("Not drawn, as the place is not known: {structures}.").format(
        structures=_enumerated(missing)
    )


def _description(subjects: Sequence[_Subject]) -> str:
    """Every mark in words, by view."""
    if not subjects:
        return _("No structure is marked.")
    shown = {view: [s for s in subjects if s.view == view] for view in _VIEWS}
    sentences = [_("A human figure from the front and from the back.")]
    if shown["front"]:
        words = _("Marked in front: {structures}.")
        sentences.append(words.format(structures=_enumerated(shown["front"])))
    if shown["back"]:
        words = _("Marked at the back: {structures}.")
        sentences.append(words.format(structures=_enumerated(shown["back"])))
    if missing := [subject for subject in subjects if not subject.places]:
        sentences.append(_words_not_drawn(missing))
    return " ".join(sentences)


def _enumerated(subjects: Sequence[_Subject]) -> str:
    """Structures with what was found of each."""
    return "; ".join(
        _("{structure} ({found})").format(
            structure=each.words,
            found=enumeration(_role(role) for role in _ROLES if role in each.roles),
        )
        for each in subjects
    )


def _role(role: Role) -> str:
    return finding(role) if role == "inhibited" else pgettext("finding", "facilitated")
