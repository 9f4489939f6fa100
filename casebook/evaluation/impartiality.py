"""Whether a grader may judge a candidate, from what grader, candidate and office declare.

ISO/IEC 17024 asks a certifying body for impartiality, and to keep training and certifying apart:
nobody judges themselves, those they taught or treated, or those they are close to.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from casebook.domain.marking.graders import ListedGrader, Relation
from casebook.domain.marking.impartiality import ConflictFound
from casebook.domain.marking.marks import Conflict, Grader
from casebook.domain.portfolio import PortfolioFile

_PEOPLE: Final = re.compile(r"\s*(?:[;&/+]|\b(?:and|und|et|y)\b)\s*", re.IGNORECASE)
"""Between the names of several people in one line. A comma may also stand between the two parts
of one name."""

_TITLES: Final = frozenset(
    {"dr", "prof", "professor", "mag", "dipl", "mr", "mrs", "ms", "miss", "herr", "frau", "sr"}
)
_SPELLED_OUT: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})
_UMLAUT: Final = re.compile("([aou])e")
_EMAIL: Final = re.compile(r"[^\s<>,;:()]+@[^\s<>,;:()]+\.\w+")
_FULL_NAME: Final = 2
"""Words from which a name tells one person; a first name by itself does not."""

_DONE: Final[dict[Relation, str]] = {
    "candidate": "is the candidate",
    "taught": "taught the candidate",
    "treated": "treated the candidate",
    "close": "is close to the candidate",
}


def conflicts_between(
    grader: ListedGrader | Grader, main: PortfolioFile, conflict: Conflict | None = None
) -> tuple[ConflictFound, ...]:
    """Everything declared that keeps a grader from judging a candidate; nothing when they may.

    Args:
        grader: As the list of graders has them, or as a mark sheet or an observation names them.
        main: The candidate's own file.
        conflict: What the grader's mark sheet says, where there is one.
    """
    found = (
        *_one_person(grader, main),
        *_declared_in_the_list(grader, main),
        *_declared_by_the_candidate(grader, main),
        *_declared_in_the_sheet(conflict),
    )
    return tuple(dict.fromkeys(found))


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's.

    Capitals, accents, titles and the order of the words make no difference, and neither do
    further names: "Hale, Robin" and "Dr. Robin J. Hale" count as one. Why so readily: a grader
    asked in vain costs a day; one who judges a pupil costs the result. Whoever shares a name
    with a candidate is told apart by a further one: "Robin J. Hale" and "Robin P. Hale".
    """
    first, second = _words(one), _words(other)
    if not first:
        return False
    if "".join(first) == "".join(second):
        return True
    shared = set(first) & set(second)
    return len(shared) >= _FULL_NAME and shared in (set(first), set(second))


def _one_person(grader: ListedGrader | Grader, main: PortfolioFile) -> Iterator[ConflictFound]:
    if same_person(grader.name, main.candidate.name):
        yield ConflictFound(relation="candidate", says=f"{grader.name} is the candidate by name")
    contact = grader.contact if isinstance(grader, ListedGrader) else None
    if contact and main.candidate.contact and _reached_alike(contact, main.candidate.contact):
        yield ConflictFound(
            relation="close", says=f"{grader.name} and the candidate give the same contact"
        )


def _declared_in_the_list(
    grader: ListedGrader | Grader, main: PortfolioFile
) -> Iterator[ConflictFound]:
    for each in grader.declares if isinstance(grader, ListedGrader) else ():
        if same_person(each.candidate, main.candidate.name):
            more = f" ({each.note})" if each.note else ""
            yield ConflictFound(
                relation=each.relation,
                says=f"the list of graders says that {grader.name} {_DONE[each.relation]}{more}",
            )


def _declared_by_the_candidate(
    grader: ListedGrader | Grader, main: PortfolioFile
) -> Iterator[ConflictFound]:
    instructor = main.course.instructor if main.course else None
    if instructor and _is_among(grader.name, instructor):
        yield ConflictFound(
            relation="taught",
            says=f"the portfolio names {grader.name} as instructor of the candidate's course",
        )
    if main.ties is None:
        return
    ties: tuple[tuple[Relation, list[str]], ...] = (
        ("taught", main.ties.taught_by),
        ("treated", main.ties.treated_by),
        ("close", main.ties.close_to),
    )
    for relation, names in ties:
        if any(_is_among(grader.name, name) for name in names):
            yield ConflictFound(
                relation=relation,
                says=f"the portfolio says that {grader.name} {_DONE[relation]}",
            )


def _declared_in_the_sheet(conflict: Conflict | None) -> Iterator[ConflictFound]:
    if conflict is not None and conflict != "none":
        yield ConflictFound(
            relation=conflict, says=f"the mark sheet says that its grader {_DONE[conflict]}"
        )


def _is_among(name: str, people: str) -> bool:
    return any(same_person(name, each) for each in _PEOPLE.split(people))


def _words(name: str) -> list[str]:
    """A name's words without what people write now one way, now another."""
    spread = unicodedata.normalize("NFKD", name).casefold().translate(_SPELLED_OUT)
    letters = "".join(each for each in spread if not unicodedata.combining(each))
    words = re.findall(r"\w+", re.sub("['’`]", "", letters))
    plain = [_UMLAUT.sub(r"\1", word) for word in words]
    return [word for word in plain if word not in _TITLES] or plain


def _reached_alike(one: str, other: str) -> bool:
    addresses = [set(_EMAIL.findall(each.casefold())) for each in (one, other)]
    if all(addresses):
        return bool(addresses[0] & addresses[1])
    return _words(one) == _words(other)
