"""A rubric of another program made one of casebook's, with everything said that changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from pydantic import ValidationError

from casebook.diagnostics.finding import Finding
from casebook.domain.program.rubric import Rubric, WorkKind
from casebook.errors import UsageError
from casebook.exchange.foreign import ForeignCriterion, ForeignLevel, ForeignRubric, fault
from casebook.exchange.points import HIGHEST_WEIGHT, Scale, scale_of, shown, weights_of
from casebook.exchange.wording import cleaned, flat, holds_markup, holds_unseen, one_line
from casebook.files import safe_name
from casebook.limits import FOREIGN_CRITERIA, FOREIGN_LEVELS, LINE_CHARACTERS, TEXT_CHARACTERS

_ASSUMED: Final[WorkKind] = "case-study"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of the rubric that is to be made; None leaves it to the file."""

    id: str | None = None
    judges: WorkKind | None = None
    pass_percent: float | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A rubric made of another program's, and in sentences what is not as it was there.

    There is no rubric where ``findings`` say what keeps it from being one.
    """

    rubric: Rubric | None
    changes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def adopt(foreign: ForeignRubric, wishes: Wishes, path: str, name: str) -> Adopted:
    """Make a rubric.

    Args:
        foreign: The rubric as it was read.
        wishes: What the user says of it.
        path: What findings call the file.
        name: What the rubric is called where the file gives it no title.

    Raises:
        UsageError: Neither the file nor the user says where passing begins.
    """
    ours = foreign.ours
    if wishes.pass_percent is None and "pass_percent" not in ours:
        raise UsageError(
            "the file does not say where passing begins",
            hint="add the percentage from which the work passes, such as --pass-percent 70",
        )
    making = _Making(foreign, path)
    criteria = making.criteria()
    if making.findings:
        return Adopted(None, findings=tuple(making.findings))
    title = one_line(foreign.title or name) or "Rubric"
    if not (wishes.judges or "judges" in ours):
        making.changes.append(f"it is taken to judge {_ASSUMED}; --judges says otherwise")
    values = {
        **{key: ours[key] for key in ("sem_percent", "global_ratings") if key in ours},
        "kind": "rubric",
        "format": 1,
        "id": wishes.id or ours.get("id") or safe_name(title),
        "title": title,
        "judges": wishes.judges or ours.get("judges", _ASSUMED),
        "pass_percent": ours.get("pass_percent")
        if wishes.pass_percent is None
        else wishes.pass_percent,
        "criteria": criteria,
    }
    try:
        rubric = Rubric.model_validate(values)
    except ValidationError:
        if not _has_ours(foreign):
            raise
        plain = adopt(_without_ours(foreign), wishes, path, name)
        said = "what casebook had written beside the format's own fields does not fit any more"
        return replace(plain, changes=(*plain.changes, f"{said}, so it was left out"))
    return Adopted(rubric, (*foreign.remarks, *making.changes))


class _Making:
    """Makes the criteria, collecting what changes and what cannot be."""

    def __init__(self, foreign: ForeignRubric, path: str) -> None:
        self.foreign = foreign
        self.path = path
        self.changes: list[str] = []
        self.findings: list[Finding] = []
        self.scales: dict[str, list[str]] = {}
        """What became of points, and the criteria whose points they were."""

    def criteria(self) -> list[dict[str, Any]]:
        named = [
            replace(each, title=one_line(each.title) or f"Criterion {number}")
            for number, each in enumerate(self.foreign.criteria, 1)
        ]
        kept = [each for each in map(self._with_levels, named) if each.levels]
        if len(kept) > FOREIGN_CRITERIA:
            self._fault(self.foreign.line, f"{len(kept)} criteria are more than a rubric holds",
                        f"divide it into rubrics of at most {FOREIGN_CRITERIA}")  # fmt: skip
        if not kept:
            self._fault(self.foreign.line, "no criterion is worth more than 0 points",
                        "give the highest level of each criterion its points")  # fmt: skip
        if self.findings:
            return []
        weights = self._weights(kept)
        ids = tuple(_ids(kept))
        made = [self._criterion(*each) for each in zip(kept, ids, weights, strict=True)]
        for words, titles in self.scales.items():
            self.changes.append(f"{', '.join(map(repr, titles))}: {words}")
        self._say_of_texts(kept)
        return made

    def _with_levels(self, criterion: ForeignCriterion) -> ForeignCriterion:
        """A criterion whose levels rise: one for each number of points, and at least two."""
        title = criterion.title
        by_points: dict[Fraction, list[ForeignLevel]] = {}
        for level in criterion.levels:
            by_points.setdefault(level.points, []).append(level)
        levels = [_joined(by_points[points]) for points in sorted(by_points)]
        if len(levels) < len(criterion.levels):
            self.changes.append(f"{title!r}: levels of equal points became one")
        if levels[-1].points == 0:
            self.changes.append(f"{title!r} is left out: it is worth no points")
            return replace(criterion, levels=())
        if len(levels) == 1:
            nothing = ForeignLevel("Not reached", "What the next level describes is not there.",
                                   Fraction(0))  # fmt: skip
            levels.insert(0, nothing)
            self.changes.append(f"{title!r} has one level; a level 0, Not reached, was added")
        if len(levels) > FOREIGN_LEVELS:
            self._fault(criterion.line, f"{title!r} has {len(levels)} levels",
                        f"a criterion of casebook has at most {FOREIGN_LEVELS}")  # fmt: skip
        if criterion.covers_ranges:
            self.changes.append(
                f"{title!r}: a level stood for all points down to the next one; a grader now "
                "gives the level alone"
            )
        return replace(criterion, levels=tuple(levels))

    def _weights(self, criteria: Sequence[ForeignCriterion]) -> tuple[float, ...]:
        given = [each.weight for each in criteria]
        if all(given):
            excess = max(1.0, max(weight or 0 for weight in given) / HIGHEST_WEIGHT)
            if excess > 1:
                self.changes.append(f"all weights were divided by {excess:.4g}: none passes 100")
            return tuple((weight or 0) / excess for weight in given)
        tops = [each.levels[-1].points for each in criteria]
        weights = weights_of(tops)
        if any(weight is not None for weight in given):
            self.changes.append("not every criterion has a weight, so they follow from the points")
        elif len(set(tops)) > 1:
            shown_tops = ", ".join(map(shown, tops))
            shown_weights = ", ".join(f"{each:.4g}" for each in weights)
            self.changes.append(
                f"weights keep what each criterion counts: {shown_tops} points became "
                f"{shown_weights}"
            )
        return weights

    def _criterion(
        self, criterion: ForeignCriterion, criterion_id: str, weight: float
    ) -> dict[str, Any]:
        title = criterion.title
        points = [level.points for level in criterion.levels]
        scale = scale_of(points, weighted=criterion.weight is not None)
        if [Fraction(level) for level in scale.levels] != points:
            self.scales.setdefault(_scale_words(points, scale), []).append(title)
        levels = [
            {
                "level": number,
                "label": one_line(level.name) or f"{shown(level.points)} points",
                "describes": self._text(level.describes, criterion.line)
                or one_line(level.name)
                or f"{shown(level.points)} points.",
                **({} if level.figure is None else {"from_figure": level.figure}),
            }
            for number, level in zip(scale.levels, criterion.levels, strict=True)
        ]
        kept = {key: criterion.ours[key] for key in ("must_pass", "from_protocol")
                if key in criterion.ours}  # fmt: skip
        return {
            **kept,
            "id": criterion_id,
            "title": title,
            "asks": self._text(criterion.asks, criterion.line) or title,
            "weight": weight,
            "levels": levels,
        }

    def _say_of_texts(self, criteria: Sequence[ForeignCriterion]) -> None:
        levels = [level for each in criteria for level in each.levels]
        for what, texts, words in (
            ("criteria", [each.asks for each in criteria],
             "`asks` repeats the title; write what a grader is to ask"),
            ("levels", [level.describes for level in levels],
             "`describes` repeats the name; write what a grader sees"),
        ):  # fmt: skip
            if count := sum(not cleaned(each) for each in texts):
                which = _of(count, len(texts), what)
                self.changes.append(f"{which} had no description: {words}")
        titles = [each.title for each in self.foreign.criteria]
        lines = [*titles, *(level.name for level in levels)]
        if count := sum(len(flat(each)) > LINE_CHARACTERS for each in lines):
            self.changes.append(f"{count} titles or names were cut to {LINE_CHARACTERS} characters")
        texts = [*(each.asks for each in criteria), *(level.describes for level in levels)]
        if any(map(holds_markup, (*texts, *lines))):
            self.changes.append("some texts hold HTML, which pages show as it is written; look "
                                "through them")  # fmt: skip
        if any(map(holds_unseen, (*texts, *lines))):
            self.changes.append("characters that cannot be seen were taken out of the texts")

    def _text(self, text: str, line: int) -> str:
        kept = cleaned(text)
        if len(kept) > TEXT_CHARACTERS:
            self._fault(line, f"a text has {len(kept):,} characters",
                        f"shorten it to at most {TEXT_CHARACTERS:,}")  # fmt: skip
        return kept

    def _fault(self, line: int, message: str, hint: str) -> None:
        self.findings.append(fault(self.path, line, message, hint))


def _joined(levels: Sequence[ForeignLevel]) -> ForeignLevel:
    if len(levels) == 1:
        return levels[0]
    return ForeignLevel(
        " / ".join(level.name for level in levels),
        "\n\n".join(level.describes for level in levels if level.describes.strip()),
        levels[0].points,
    )


def _ids(criteria: Sequence[ForeignCriterion]) -> Iterator[str]:
    """An id for each criterion: casebook's own where the file has it, else made of the title."""
    taken: set[str] = set()
    for criterion in criteria:
        base = criterion.ours.get("id") or safe_name(one_line(criterion.title))
        chosen, count = str(base), 1
        while chosen in taken:
            count += 1
            chosen = f"{base}-{count}"
        taken.add(chosen)
        yield chosen


def _scale_words(points: Sequence[Fraction], scale: Scale) -> str:
    before = ", ".join(map(shown, points))
    after = ", ".join(map(str, scale.levels))
    if scale.exact:
        return f"{before} points became levels {after}, with the same shares of the top"
    most = max(
        abs(Fraction(level, scale.levels[-1]) - each / points[-1])
        for level, each in zip(scale.levels, points, strict=True)
    )
    return (
        f"{before} points became levels {after}: levels are whole numbers up to 20, so shares of "
        f"the top differ by up to {float(100 * most):.2g} percentage points"
    )


def _of(count: int, all_of_them: int, what: str) -> str:
    return f"all {what}" if count == all_of_them else f"{count} of {all_of_them} {what}"


def _has_ours(foreign: ForeignRubric) -> bool:
    return bool(foreign.ours) or any(each.ours for each in foreign.criteria)


def _without_ours(foreign: ForeignRubric) -> ForeignRubric:
    """A rubric without what casebook wrote into it."""
    return replace(foreign, ours={}, criteria=tuple(map(_plain, foreign.criteria)))


def _plain(criterion: ForeignCriterion) -> ForeignCriterion:
    levels = tuple(replace(level, figure=None) for level in criterion.levels)
    return replace(criterion, ours={}, levels=levels)
