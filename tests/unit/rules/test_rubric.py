"""A rubric by itself can be marked by, or it is told what keeps it from that."""

from casebook.rules.rubric import check_rubric
from casebook.source.load import load

CRITERION = (
    "  - id: {id}\n    title: T\n    asks: A?\n{more}"
    "    levels: [{{level: 0, label: l, describes: d{figure}}}, "
    "{{level: 1, label: l, describes: d{figure_1}}}]\n"
)


def found(text: str, judges: str = "case-study") -> list[tuple[str, int]]:
    head = f"kind: rubric\nformat: 1\nid: r\ntitle: R\njudges: {judges}\npass_percent: 60\n"
    head += "criteria:\n"
    loaded = load("r.yaml", (head + text).encode())
    assert loaded.findings == ()
    assert loaded.piece is not None
    return [(each.code, each.place.span.line) for each in check_rubric(loaded.piece)]


def by_hand(name: str) -> str:
    return CRITERION.format(id=name, more="", figure="", figure_1="")


def test_a_sound_rubric_draws_no_finding() -> None:
    assert found(by_hand("a") + by_hand("b")) == []


def test_each_id_that_is_used_again_is_told() -> None:
    rating = "  - {id: x, label: X, position: 0}\n"
    ratings = f"global_ratings:\n{rating}{rating}"
    assert found(by_hand("a") + by_hand("a") + by_hand("a") + ratings) == [
        ("CB301", 12), ("CB301", 16), ("CB301", 22),
    ]  # fmt: skip


def test_only_an_observed_session_has_a_protocol() -> None:
    text = CRITERION.format(id="a", more="    from_protocol: faults\n", figure=", from_figure: 2",
                            figure_1=", from_figure: 1")  # fmt: skip
    assert found(text) == [("CB903", 11)]
    assert found(text, "observation") == []
