"""Rubrics as strategies: any that casebook reads, and such as platforms can carry."""

from typing import Any, Final

from hypothesis import strategies as st

from casebook.characters import tricks
from casebook.domain.program.rubric import Criterion, Rubric

Values = dict[str, Any]

# Without separators of lines and cells that forms do not hold, marks of format that mean something
# only beside their neighbours, and what YAML calls nothing.
_CHARACTERS: Final = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"),
    exclude_characters="\ufeff\ufffe\uffff",
)  # fmt: skip
_WORDS: Final = st.one_of(
    st.sampled_from(
        ["clear", "=1+1", "- told", "a;b", 'say "yes"', "Größe", "x,y", "#1", "yes", "12"]
    ),
    st.text(_CHARACTERS, min_size=1, max_size=12),
)  # fmt: skip


def _kept(text: str) -> bool:
    written = bool(text.strip()) and text.strip().casefold() not in {"null", "~"}
    return written and not any(tricks(text))


lines: Final = (
    st.lists(_WORDS, min_size=1, max_size=3).map(lambda words: " ".join(" ".join(words).split()))
).filter(_kept)
"""One line of text, single spaces within."""

texts: Final = st.one_of(
    lines,
    st.lists(lines, min_size=2, max_size=3).map("\n".join),
    st.lists(lines, min_size=2, max_size=3).map("\n\n".join),
    lines.map(lambda line: " ".join([line] * 12)),
)
"""Prose: a line, several, paragraphs, or a long line."""

_weights: Final = st.sampled_from([0.5, 1, 1, 1.5, 2, 2.5, 4, 10, 33.3, 100])


@st.composite
def criteria(draw: st.DrawFn, *, observed: bool = False) -> Values:
    """A criterion without its id, with levels that rise in any steps."""
    steps = sorted(draw(st.sets(st.integers(0, 20), min_size=2, max_size=6)))
    levels: list[Values] = [
        {"level": step, "label": draw(lines), "describes": draw(texts)} for step in steps
    ]
    values: Values = {
        "title": draw(lines), "asks": draw(texts), "weight": draw(_weights), "levels": levels,
    }  # fmt: skip
    if draw(st.booleans()):
        must = draw(st.sampled_from(steps[1:]))
        values["must_pass"] = {"level": must, "reason": draw(texts)}
    if observed and draw(st.booleans()):
        values["from_protocol"] = "closed_cycles"
        for number, level in enumerate(levels[1:], 1):
            level["from_figure"] = number * 1.5
    return values


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any rubric."""
    judges = draw(st.sampled_from(["case-study", "observation"]))
    drawn = draw(st.lists(criteria(observed=judges == "observation"), min_size=1, max_size=4))
    values: Values = {
        "kind": "rubric", "format": 1, "id": draw(st.sampled_from(["case", "own.rubric_2"])),
        "title": draw(lines), "judges": judges,
        "pass_percent": draw(st.sampled_from([0, 62.5, 70])),
        "sem_percent": draw(st.sampled_from([None, 3.5])),
        "criteria": [{"id": f"c-{number}", **each} for number, each in enumerate(drawn)],
    }  # fmt: skip
    if draw(st.booleans()):
        values["global_ratings"] = [
            {"id": "fail", "label": draw(lines), "position": 0},
            {"id": "pass", "label": draw(lines), "position": 0.55},
        ]
    return Rubric.model_validate(values)


def rubric_of(*given: Values, **more: object) -> Rubric:
    """A rubric from what matters of its criteria; the rest is filled in."""
    filled = []
    for number, each in enumerate(given, 1):
        criterion: Values = {
            "id": f"c{number}", "title": f"Criterion {number}", "asks": f"Question {number}?",
            **each,
        }  # fmt: skip
        criterion["levels"] = [
            level if isinstance(level, dict)
            else {"level": level, "label": f"label {level}", "describes": f"Words {level}."}
            for level in criterion.get("levels", [0, 1, 2])
        ]  # fmt: skip
        filled.append(criterion)
    return Rubric.model_validate(
        {"kind": "rubric", "format": 1, "id": "case", "title": "Case", "judges": "case-study",
         "pass_percent": 60, "criteria": filled, **more}
    )  # fmt: skip


def share(criterion: Criterion, level: int) -> float:
    """A level's share of the top."""
    return level / criterion.top
