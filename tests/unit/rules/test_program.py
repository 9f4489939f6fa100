"""A program's own files fit together."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece
from casebook.rules.program import check_program

Read: TypeAlias = Callable[[str, str], Piece[Any]]

HEAD = """\
kind: program
format: 1
id: own
name: Own
version: "1"
owner: Us
notice: None.
certificate: {title: T, statement: S}
"""
COURSE = "{id: course, says: Go., needs: course, course_hours: 15}"
CASES = "{id: cases, says: Write., needs: case-studies, count: 3}"
SESSION = "{id: seen, says: Show., needs: observed-sessions, count: 1}"
PROTOCOL = "protocol: {name: P, describes: D, window: {sure_seconds: 30, limit_seconds: 60}}\n"


def program(read: Read, *requirements: str, more: str = "", parts: str = "") -> Piece[Any]:
    return read(
        "program",
        f"{HEAD}case_study:\n  required: [{parts}]\n  recommended: []\n{more}"
        "levels:\n  - level: 1\n    name: One\n    requirements:\n"
        + "".join(f"      - {each}\n" for each in requirements or (COURSE,)),
    )


def rubric(read: Read, judges: str, *criteria: str, name: str = "r") -> Piece[Any]:
    text = f"kind: rubric\nformat: 1\nid: {name}\ntitle: R\njudges: {judges}\npass_percent: 75\n"
    return read("rubric", text + "criteria:\n" + "".join(criteria or (criterion("a"),)))


def criterion(name: str, figure: str = "") -> str:
    bound = ", from_figure: 1" if figure else ""
    return (
        f"  - id: {name}\n    title: T\n    asks: A\n{figure}    levels:\n"
        f"      - {{level: 0, label: l, describes: d}}\n"
        f"      - {{level: 1, label: l, describes: d{bound}}}\n"
    )


FROM_PROTOCOL = criterion("cycles", "    from_protocol: closed_cycles\n")


def found(main: Piece[Any], *rubrics: Piece[Any]) -> list[tuple[str, int]]:
    findings = list(check_program(main, rubrics))
    assert all(each.hint for each in findings)
    return [(each.code, each.place.span.line) for each in findings]


def test_a_program_that_fits_together_has_no_findings(read: Read) -> None:
    """Parts that exist, a rubric for each kind of work, and a protocol for what needs one."""
    main = program(
        read, COURSE, CASES, SESSION, more=PROTOCOL + "rubrics: [a, b]\n", parts="consent"
    )
    rubrics = (rubric(read, "case-study"), rubric(read, "observation", FROM_PROTOCOL))
    assert found(main, *rubrics) == []


def test_parts_are_parts_of_a_case_study(read: Read) -> None:
    """An unknown one is found at its place in the list."""
    main = program(read, parts="consent, discussion.limits")
    (finding,) = check_program(main, ())
    assert (finding.code, finding.place.span.line, finding.place.span.column) == ("CB901", 10, 23)


def test_requirements_of_a_level_have_ids_of_their_own(read: Read) -> None:
    """The second use is the fault."""
    assert found(program(read, COURSE, COURSE)) == [("CB301", 17)]


def test_criteria_of_a_rubric_have_ids_of_their_own(read: Read) -> None:
    """Marks name a criterion by its id."""
    twice = rubric(read, "observation", criterion("a"), criterion("a"))
    # Six lines of the first keys, `criteria:` on line 7, six lines for each criterion.
    assert found(program(read), twice) == [("CB301", 14)]


def test_one_rubric_judges_one_kind_of_work(read: Read) -> None:
    """A second one for the same kind would leave open which counts."""
    pair = (rubric(read, "observation"), rubric(read, "observation", name="s"))
    assert found(program(read), *pair) == [("CB902", 5)]


@pytest.mark.parametrize(
    "judges, more, codes",
    [
        ("observation", "", ["CB903"]),
        ("observation", PROTOCOL, ["CB905"]),
        ("observation", "protocol: the usual\n", []),  # broken: that has its own finding
        ("case-study", PROTOCOL, ["CB903", "CB905"]),
    ],
)
def test_only_a_session_with_a_protocol_gives_figures(
    read: Read, judges: str, more: str, codes: list[str]
) -> None:
    """A criterion taken from the protocol needs one, and a case study has none."""
    findings = found(program(read, more=more), rubric(read, judges, FROM_PROTOCOL))
    assert [code for code, _ in findings] == codes


@pytest.mark.parametrize("need, judges", [(CASES, "case-study"), (SESSION, "observation")])
def test_work_that_is_asked_for_has_a_rubric(read: Read, need: str, judges: str) -> None:
    """Without one there is no result, which is a warning; a rubric that is broken is not missed."""
    assert found(program(read, need)) == [("CB904", 1)]
    assert found(program(read, need, more="rubrics: [a]\n"), rubric(read, judges)) == []
    assert found(program(read, need, more="rubrics: [a]\n")) == []


@pytest.mark.parametrize("accent,pale", [("#767676", False), ("#777777", True)])
def test_an_accent_must_be_readable_on_paper(read: Read, accent: str, pale: bool) -> None:
    """#767676 has a contrast of 4.54 to white, #777777 one of 4.48; AA asks for 4.5."""
    main = program(read, more=f'look: {{accent: "{accent}"}}\n')
    assert [code for code, _ in found(main)] == ["CB906"] * pale


def test_the_contrast_of_a_pale_accent_is_never_rounded_up_to_enough(read: Read) -> None:
    """4.478 is not 4.5."""
    (finding,) = check_program(program(read, more='look: {accent: "#777777"}\n'), ())
    assert "a contrast of 4.47 " in finding.message


def test_a_certificate_is_asked_for_at_a_level_that_there_is(read: Read) -> None:
    """Among the requirements and for admission; the level itself may be a wrong one, too."""
    held = "{id: held, says: Hold it., needs: certificate, level_held: 9}"
    month = "{id: m, says: Wait., needs: time-before-class, level_held: 8, months_before_class: 1}"
    main = program(read, held)
    text = f"    admission:\n      - {month}\n      - {month}\n"
    both = read("program", _text_of(held) + text)
    assert [code for code, _ in found(main)] == ["CB312"]
    assert [code for code, _ in found(both)] == ["CB301", "CB312", "CB312", "CB312"]


def _text_of(requirement: str) -> str:
    return (
        f"{HEAD}case_study: {{required: []}}\nlevels:\n  - level: 1\n    name: One\n"
        f"    requirements:\n      - {requirement}\n"
    )
