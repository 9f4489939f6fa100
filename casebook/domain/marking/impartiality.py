"""What keeps a grader from judging a candidate, once it is found."""

from casebook.domain.marking.graders import Relation
from casebook.domain.record import Record


class ConflictFound(Record):
    """One reason why a grader must not judge a candidate."""

    relation: Relation
    """candidate: they are one person; taught, treated, close: what lies between them."""
    says: str
    """Who declares it and what, in a clause without the candidate's name."""
