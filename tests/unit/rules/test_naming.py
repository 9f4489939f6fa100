"""Every structure and measure is one that is known, and every value one that its scale has."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from casebook.domain.portfolio import Piece
from casebook.domain.work.anatomy import Anatomy, Structure
from casebook.domain.work.measures import measures_by_id
from casebook.rules.naming import check_measures, check_structures

Read: TypeAlias = Callable[[str, str], Piece[Any]]

ANATOMY = Anatomy.of(
    [
        Structure("U:1", "quadratus lumborum", "muscle"),
        Structure("U:2", "gluteus maximus", "muscle"),
        Structure("casebook:jaw", "jaw", "joint"),
        Structure("casebook:scar", "scar", "scar"),
    ],
    [("QL", "quadratus lumborum")],
)


def test_structures_are_looked_up_wherever_they_stand(read: Read) -> None:
    """In patterns and in every kind of step; synonyms and freely worded scars are known."""
    text = """\
patterns:
  - inhibited: {structure: glutaeus maximus}
    facilitated: {structure: old scar, side: left}
sessions:
  - day: 0
    steps:
      - {test: gluteus maximus, result: inhibited}
      - {release: QL}
      - {release: xyzzy}
      - {retest: quadratus lumborom, result: fires}
      - {activate: jaww}
"""
    findings = list(check_structures(read("case-study", text), ANATOMY))
    assert [(each.code, each.place.span.line) for each in findings] == [
        ("CB302", line) for line in (7, 14, 15, 16)
    ]
    assert findings[0].hint == "did you mean `gluteus maximus`?"
    assert findings[1].hint == (
        "write the muscle's full name, or what kind of structure it is: scar, jaw"
    )


def test_structures_of_events_are_looked_up_too(read: Read) -> None:
    """Remarks and exercises name none."""
    text = (
        "events:\n  - {at: '00:00', remark: xyzzy}\n  - {at: '00:10', exercise: bridge}\n"
        "  - {at: '00:45', test: xyzzy, result: fires}\n"
    )
    (finding,) = check_structures(read("observation", text), ANATOMY)
    assert finding.place.span.line == 11


@pytest.mark.parametrize(
    "measures, expected",
    [
        ("nprs: 7, psfs: 3.3, odi: 100", []),
        ("nprs: 11", [("CB304", "NPRS has no value 11; it goes from 0 to 10")]),
        ("nprs: -0.5", [("CB304", "NPRS has no value -0.5; it goes from 0 to 10")]),
        ("nrps: 7", [("CB303", "`nrps` is no outcome measure known here; did you mean `nprs`?")]),
        ("mood: 7", [("CB303", ("`mood` is no outcome measure known here; "
                               "known: ndi, nprs, odi, psfs, quickdash, vas"))]),
    ],
)  # fmt: skip
def test_measures_are_known_and_inside_their_range(
    read: Read, measures: str, expected: list[tuple[str, str]]
) -> None:
    """Before the work and after it."""
    for part in ("measures", "measures_after"):
        piece = read("case-study", f"sessions: [{{day: 0, {part}: {{{measures}}}}}]\n")
        findings = list(check_measures(piece, measures_by_id()))
        assert [(each.code, f"{each.message}; {each.hint}") for each in findings] == expected
        assert all(each.place.span.line == 6 for each in findings)
