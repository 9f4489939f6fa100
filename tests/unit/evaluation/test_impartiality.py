"""Nobody judges themselves, those they taught or treated, or those they are close to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.domain.marking.graders import ListedGrader
from casebook.domain.marking.marks import Conflict, Grader
from casebook.domain.portfolio import PortfolioFile
from casebook.evaluation.impartiality import conflicts_between, same_person


def candidate(name: str = "Jordan Avery", **values: object) -> PortfolioFile:
    person = {"name": name, "contact": values.pop("contact", None)}
    return PortfolioFile.model_validate(
        {"kind": "portfolio", "format": 1, "program": "nkt", "level": 1, "candidate": person}
        | values
    )


def taught_by(instructor: str) -> PortfolioFile:
    return candidate(course={"finished": "2026-03-01", "hours": 15, "instructor": instructor})


def listed(name: str = "Robin Hale", **values: object) -> ListedGrader:
    return ListedGrader.model_validate({"id": "robin", "name": name} | values)


def found(
    grader: ListedGrader | Grader, main: PortfolioFile, conflict: Conflict | None = None
) -> list[tuple[str, str]]:
    return [(each.relation, each.says) for each in conflicts_between(grader, main, conflict)]


def test_strangers_may_judge() -> None:
    main = candidate(
        contact="jordan@example.org",
        course={"finished": "2026-03-01", "hours": 15, "instructor": "Kim Lee"},
        ties={"taught_by": ["Lou Park"]},
    )
    grader = listed(
        contact="robin@example.org", declares=[{"candidate": "Sam Okafor", "relation": "taught"}]
    )
    assert found(grader, main, "none") == []


@pytest.mark.parametrize(
    "one, other",
    [
        ("Robin Hale", "ROBIN  hale"),
        ("Robin Hale", "Hale, Robin"),
        ("Robin Hale", "Dr. Robin J. Hale"),
        ("Robin Hale", "Robin Hale, LMT"),
        ("José Muñoz", "Jose Munoz"),
        ("Anna Müller", "Anna Mueller"),
        ("Lou Jäger", "Lou Jaeger"),
        ("Jörg Bach", "Joerg Bach"),
        ("Lou Lecœur", "Lou Lecoeur"),
        ("Đorđe Ilić", "Dorde Ilic"),
        ("Jón Guðmundsson", "Jon Gudmundsson"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Søren Æbelø", "Soren Aebelo"),
        ("Pat O’Neil", "Pat ONeil"),
        ("O'Neil, Pat", "Pat ONeil"),
        ("Pat O`Neil", "ONeil, Pat"),
        ("Robin Robin Hale", "Hale Robin"),
        ("Ann Mc Donald", "Ann McDonald"),
        ("María López", "María López García"),
        ("李小龙", "李 小龙"),
        ("Kim", "kim"),
        ("Mag", "mag"),  # short for Magdalena, and for Magister
    ],
)
def test_two_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Robin Hale", "Robin Hall"),
        ("Robin Hale", "Kim Hale"),
        ("Robin J. Hale", "Robin P. Hale"),
        ("Kim", "Kim Lee"),
        ("Dr. Hale", "Dr. Lee"),
        ("Dr. Hale", "Dr. Robin Hale"),  # a title and one word are no full name
        ("…", "Robin Hale"),
        ("…", "—"),
    ],
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    """A first name by itself tells nobody, and signs without a letter are no name."""
    assert not same_person(one, other)
    assert not same_person(other, one)


@given(st.text(alphabet=st.characters(categories=["L", "Zs"]), max_size=30))
def test_a_name_with_a_letter_in_it_is_its_own_in_any_order_and_any_capitals(name: str) -> None:
    words = name.split()
    same = same_person(name, " ".join(reversed(words)).casefold())
    assert same == bool(words)


TITLES = "Dr. Prof. Professor Mag. Dipl. Mr. Mrs. Ms. Miss Herr Frau Sr."
BETWEEN = ("; ", " & ", "/", " + ", " and ", " AND ", " und ", " et ", " y ")
"""What people write between two names in one line."""


@pytest.mark.parametrize("title", TITLES.split())
def test_a_title_is_no_part_of_a_name(title: str) -> None:
    """Neither where it stands before the one name that is given nor beside a full one."""
    assert same_person(f"{title} Hale", "Hale")
    assert not same_person(f"{title} Hale", f"{title} Robin Hale")


def test_a_candidate_does_not_judge_themselves() -> None:
    assert found(listed("Avery, Jordan"), candidate()) == [
        ("candidate", "Avery, Jordan is the candidate by name")
    ]
    assert [each[0] for each in found(Grader(name="Jordan Avery"), candidate())] == ["candidate"]


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("Robin <studio@example.org>", "STUDIO@example.org, 555 0100", True),
        ("robin@example.org", "jordan@example.org", False),
        ("555 0100", "555  0100", True),
        ("robin@example.org", "555 0100", False),
    ],
)
def test_two_who_are_reached_alike_are_close(one: str, other: str, *, alike: bool) -> None:
    conflicts = found(listed(contact=one), candidate(contact=other))
    assert [each[0] for each in conflicts] == (["close"] if alike else [])


def test_what_a_grader_declared_is_found_by_the_candidates_name() -> None:
    declares = [
        {"candidate": "AVERY Jordan", "relation": "treated", "note": "in 2024"},
        {"candidate": "Sam Okafor", "relation": "taught"},
    ]
    assert found(listed(declares=declares), candidate()) == [
        (
            "treated",
            "the list of graders says that Robin Hale treated the candidate (in 2024)",
        )
    ]
    bare = [{"candidate": "Jordan Avery", "relation": "close"}]
    assert found(listed(declares=bare), candidate()) == [
        ("close", "the list of graders says that Robin Hale is close to the candidate")
    ]


@pytest.mark.parametrize(
    "instructor",
    ["Robin Hale", "Hale, Robin", *(f"Kim Lee{between}Robin Hale" for between in BETWEEN)],
)
def test_the_instructor_of_the_course_taught_the_candidate(instructor: str) -> None:
    """Each of several who are named in one line did."""
    assert found(listed(), taught_by(instructor)) == [
        ("taught", "the portfolio names Robin Hale as instructor of the candidate's course")
    ]


def test_an_initial_may_be_anybodys() -> None:
    assert found(listed(), taught_by("K. Lee/R. Hale")) == []


@pytest.mark.parametrize("name", ["Andrea Hale", "Sandy Hale", "Roland Etter"])
def test_a_name_with_such_a_word_in_it_is_one_name(name: str) -> None:
    """The "and" of Andrea, Sandy and Roland stands between no two people."""
    assert [each[0] for each in found(listed(name), taught_by(name))] == ["taught"]


@pytest.mark.parametrize("between", BETWEEN)
def test_two_instructors_names_are_not_mixed_into_a_third(between: str) -> None:
    assert found(listed("Robin Hale"), taught_by(f"Robin Lee{between}Kim Hale")) == []


@pytest.mark.parametrize(
    "key, relation, done",
    [
        ("taught_by", "taught", "taught the candidate"),
        ("treated_by", "treated", "treated the candidate"),
        ("close_to", "close", "is close to the candidate"),
    ],
)
def test_ties_that_the_candidate_names_are_found(key: str, relation: str, done: str) -> None:
    assert found(listed(), candidate(ties={key: ["Kim Lee", "Hale, Robin"]})) == [
        (relation, f"the portfolio says that Robin Hale {done}")
    ]


@pytest.mark.parametrize(
    "conflict, done",
    [
        ("candidate", "is the candidate"),
        ("taught", "taught the candidate"),
        ("treated", "treated the candidate"),
        ("close", "is close to the candidate"),
    ],
)
def test_what_the_sheet_itself_declares_counts(conflict: Conflict, done: str) -> None:
    assert found(Grader(name="Robin Hale"), candidate(), conflict) == [
        (conflict, f"the mark sheet says that its grader {done}")
    ]


def test_everything_that_is_found_is_told_once() -> None:
    main = candidate(
        course={"finished": "2026-03-01", "hours": 15, "instructor": "Robin Hale"},
        ties={"taught_by": ["Robin Hale", "robin hale"], "close_to": ["Robin Hale"]},
    )
    assert [each[0] for each in found(listed(), main, "taught")] == [
        "taught", "taught", "close", "taught",
    ]  # fmt: skip


def test_no_sentence_tells_the_candidates_name() -> None:
    """They are shown where graders are not to know whose work it is."""
    declares = [{"candidate": "Jordan Avery", "relation": "taught"}]
    main = candidate(ties={"close_to": ["Robin Hale"]})
    told = found(listed(declares=declares), main, "treated")
    assert len(told) == 3
    assert not any("Avery" in says for _, says in told)
