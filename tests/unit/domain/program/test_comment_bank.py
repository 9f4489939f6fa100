"""A comment bank finds its comments by their ids and criteria."""

from casebook.domain.program.comment_bank import CommentBank

BANK = CommentBank.model_validate(
    {"kind": "comment-bank", "format": 1, "rubric": "case", "comments": [
        {"id": "a", "criterion": "safety", "says": "One."},
        {"id": "b", "criterion": "words", "level": 2, "says": "Two."},
        {"id": "c", "criterion": "safety", "says": "Three."},
    ]}
)  # fmt: skip


def test_a_comment_is_found_by_its_id() -> None:
    found = BANK.comment("b")
    assert found is not None
    assert (found.level, found.says) == (2, "Two.")
    assert BANK.comment("d") is None


def test_comments_on_a_criterion_stay_in_their_order() -> None:
    assert [each.id for each in BANK.about("safety")] == ["a", "c"]
    assert BANK.about("other") == ()
