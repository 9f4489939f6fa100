"""What of a rubric a format of another program does not carry."""

from collections.abc import Iterator

from casebook.domain.program.rubric import Rubric
from casebook.exchange.foreign import RubricFormat
from casebook.exchange.moodle import told_apart
from casebook.exchange.points import added_points, shown

_FORMULA_STARTS = tuple("=+-@")


def losses(rubric: Rubric, to: RubricFormat) -> tuple[str, ...]:
    """In sentences, everything that is left behind or changed on the way out."""
    if to == "case":
        return tuple(_only_for_casebook(rubric))
    return (*_left_behind(rubric, to), *_points(rubric), *_texts(rubric, to))


def _only_for_casebook(rubric: Rubric) -> Iterator[str]:
    kept = ", ".join(_beyond(rubric))
    yield (
        f"under `extensions`, which programs other than casebook pass over: ids, what it judges, "
        f"{kept}"
    )


def _left_behind(rubric: Rubric, to: RubricFormat) -> Iterator[str]:
    yield f"left behind: ids, what it judges, {', '.join(_beyond(rubric))}"
    if to == "moodle":
        yield "left behind: the rubric's title, and what each criterion asks"
        if any(each.levels[0].level > 0 for each in rubric.criteria):
            yield (
                "a lowest level is worth more than 0: Moodle counts it as casebook does only if "
                "the rubric's lowest score is not set to be a grade of 0"
            )


def _beyond(rubric: Rubric) -> Iterator[str]:
    """What no platform knows, by the names of the keys."""
    yield f"pass_percent ({rubric.pass_percent:g})"
    if rubric.sem_percent is not None:
        yield f"sem_percent ({rubric.sem_percent:g})"
    must = [each.title for each in rubric.criteria if each.must_pass]
    if must:
        yield f"must_pass of {_named(must)}"
    figures = [each.title for each in rubric.criteria if each.from_protocol]
    if figures:
        yield f"from_protocol of {_named(figures)}"
    if rubric.global_ratings:
        yield f"{len(rubric.global_ratings)} global ratings"


def _points(rubric: Rubric) -> Iterator[str]:
    added = added_points(rubric)
    levels = [[step.level for step in each.levels] for each in rubric.criteria]
    if [[int(each) for each in worth] for worth in added.points] != levels or not added.exact:
        tops = ", ".join(shown(worth[-1]) for worth in added.points)
        yield (
            "points follow from levels and weights, so that adding them up gives the same "
            f"percentage; the highest of each criterion: {tops}"
        )
    if not added.exact:
        yield "points were rounded to hundredths, so percentages may differ a little"


def _texts(rubric: Rubric, to: RubricFormat) -> Iterator[str]:
    titles = [each.title for each in rubric.criteria]
    if to == "moodle" and list(told_apart(rubric)) != titles:
        yield "criteria of one title were told apart by a number"
    levels = [step for each in rubric.criteria for step in each.levels]
    asked = [each.asks for each in rubric.criteria] if to == "canvas" else []
    texts = [
        rubric.title,
        *titles,
        *asked,
        *(text for s in levels for text in (s.label, s.describes)),
    ]
    if any(each.startswith(_FORMULA_STARTS) for each in texts):
        yield (
            "texts begin with =, +, - or @: a spreadsheet would run them as formulas, so do not "
            "open the file in one"
        )


def _named(titles: list[str]) -> str:
    quoted = [f"'{each}'" for each in titles]
    return " and ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else quoted[0]
