"""Comments that graders use again and again, kept beside the rubric they belong to."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.domain.record import FormatOne, Identifier, IdReference, Record, Text


class BankComment(Record):
    """One comment, written once and given to many candidates."""

    id: Identifier
    """The key that marks name it by."""
    criterion: IdReference
    """The criterion it speaks of: its id in the rubric."""
    level: Annotated[int, Field(ge=0, le=20)] | None = None
    """The level it goes with; leave out where it fits any."""
    says: Text
    """What the candidate reads."""


class CommentBank(Record):
    """The comments on one rubric's criteria."""

    kind: Literal["comment-bank"]
    """Always comment-bank."""
    format: FormatOne
    """Always 1."""
    rubric: IdReference
    """The id of the rubric it belongs to."""
    comments: Annotated[tuple[BankComment, ...], Field(min_length=1, max_length=1000)]
    """The comments, in the order a grader looks through them."""

    def comment(self, comment_id: str) -> BankComment | None:
        """The comment with this id, if there is one."""
        return next((each for each in self.comments if each.id == comment_id), None)

    def about(self, criterion_id: str) -> tuple[BankComment, ...]:
        """The comments on one criterion, in the order of the bank."""
        return tuple(each for each in self.comments if each.criterion == criterion_id)
