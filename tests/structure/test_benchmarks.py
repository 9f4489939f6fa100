"""What is measured is what it is said to be."""

from pathlib import Path

import pytest

from benchmarks.blocks import blocks_of
from benchmarks.figures import Figure, Target, duration, rate
from benchmarks.graded import DAY, graded_at
from benchmarks.measuring import Measured, in_turns
from benchmarks.page import filled, middle
from benchmarks.plot import GROUPS, plot, share_of
from benchmarks.portfolio import CASES, case_files, edit_case, write_portfolio
from benchmarks.runner import SUBJECTS
from benchmarks.straightforward.comparison import added_words, cells, missing_words
from benchmarks.straightforward.pages import straightforward_html, words_of
from benchmarks.table import from_json, text_table, to_json
from casebook.source.pictures import drawing_once
from casebook.workflow.check import check_paths

TWICE = Measured((2.0, 4.0, 6.0), (1.0, 1.0, 1.0))
ONCE = Measured((1.0, 1.0, 3.0), (1.0, 4.0, 2.0))


def contents(folder: Path) -> dict[str, bytes]:
    found = {
        str(each.relative_to(folder)): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }
    assert found
    return found


def test_the_portfolio_is_acceptable_and_always_the_same(tmp_path: Path) -> None:
    """It has as many cases as asked for, and nothing in it is an error."""
    first = write_portfolio(tmp_path / "first", 4)
    second = write_portfolio(tmp_path / "second", 4)
    assert contents(first) == contents(second)
    assert len(case_files(first)) == 4
    assert check_paths([first], DAY).report.acceptable


def test_an_edit_changes_one_case_and_no_two_edits_are_alike(tmp_path: Path) -> None:
    """The other files stay as they are."""
    folder = write_portfolio(tmp_path / "portfolio")
    before = contents(folder)
    edit_case(folder, 2, 1)
    once = contents(folder)
    edit_case(folder, 2, 2)
    twice = contents(folder)
    assert [name for name in before if before[name] != once[name]] == ["cases/case-02.yaml"]
    assert once["cases/case-02.yaml"] != twice["cases/case-02.yaml"]


def test_both_renderings_say_the_same(tmp_path: Path) -> None:
    """The straightforward one has each word as often; what it adds are the heads of tables."""
    with drawing_once():
        graded = graded_at(write_portfolio(tmp_path / "portfolio"))
        packet = graded.packet()
        html = straightforward_html(words_of(graded.portfolio, packet, graded.pictures))
    assert not missing_words(packet, html)
    added = added_words(packet, html)
    assert added.total() < 100
    assert packet.text.count("<h1") == html.count("<h1") == 3 + CASES + 1
    assert 1_000 < cells(html) < 1_500


def test_a_word_left_out_is_noticed(tmp_path: Path) -> None:
    """A word that stands there once less is missing, and one more is added."""
    with drawing_once():
        packet = graded_at(write_portfolio(tmp_path / "portfolio")).packet()
    assert missing_words(packet, packet.text.replace("quadratus", "muscle", 1)) == {"quadratus": 1}
    assert added_words(packet, f"{packet.text} <p>quadratus</p>") == {"quadratus": 1}


def test_blocks_keep_words_tables_and_drawings(tmp_path: Path) -> None:
    """Of each kind one, in their order; a drawing keeps the case of its attributes."""
    html = (
        '<style>p {}</style><h2 id="a">On <i>one</i></h2><p>Two<br>words &amp; more</p>'
        '<svg viewBox="0 0 1 1"><title>x</title><rect width="1"/></svg>'
        '<table><tr><th>a</th><td colspan="2"><p>b</p> c</td></tr></table>'
    )
    found = blocks_of(html, tmp_path)
    assert found == [
        {"kind": "heading", "level": 2, "text": "On one"},
        {"kind": "text", "text": "Two words & more"},
        {"kind": "picture", "file": "2.svg", "alt": "A chart"},
        {
            "kind": "table",
            "columns": 3,
            "rows": [[{"text": "a", "span": 1}, {"text": "b c", "span": 2}]],
        },
    ]
    drawn = (tmp_path / "2.svg").read_text("utf-8")
    assert drawn == '<svg viewBox="0 0 1 1"><title>x</title><rect width="1"/></svg>'


def test_ratios_are_those_of_the_rounds() -> None:
    """By the clock 2/1, 4/1, 6/3: the middle is 2. By computing 1/1, 1/4, 1/2: it is 0.5."""
    found = duration("s", "a", TWICE, ONCE, "b")
    assert (found.value, found.ratio, found.cpu_ratio) == (4.0, 2.0, 0.5)
    # A rate is the other way round: 1/2, 1/4, 3/6 by the clock, and 1, 4, 2 by computing.
    found = rate("s", "a", TWICE, ONCE, "b", amount=8)
    assert (found.value, found.ratio, found.cpu_ratio) == (2.0, 0.5, 2.0)


def test_work_is_done_in_turns() -> None:
    """Each once to warm up and once a round, with what has to be done before it."""
    done: list[str] = []
    works = {"a": lambda: done.append("a"), "b": lambda: done.append("b")}
    measured = in_turns(works, 2, {"b": lambda: done.append("before b")})
    assert done == ["a", "before b", "b"] * 3
    assert [len(each.wall_s) for each in measured.values()] == [2, 2]


@pytest.mark.parametrize(
    "bound,ratio,met", [("at least", 3.0, True), ("at least", 2.9, False), ("at most", 3.1, False)]
)
def test_a_target_is_met_or_not(bound: str, ratio: float, met: bool) -> None:
    target = Target("at least" if bound == "at least" else "at most", 3)
    assert target.is_met(ratio) is met
    row = Figure("s", "a", 1.0, "s", ratio=ratio, target=target)
    assert ("✓" if met else "✗") in text_table([row])


def test_figures_survive_being_written_down() -> None:
    """What is read back from JSON is equal, and of several runs the middle counts."""
    runs = [
        [Figure("s", "a", value, "s", ratio=value, target=Target("at most", 2))]
        for value in (1.0, 9.0, 4.0)
    ]
    machine, read = from_json(to_json(runs[0], {"processors": "2"}))
    assert (machine, read) == ({"processors": "2"}, runs[0])
    assert middle(runs) == [Figure("s", "a", 4.0, "s", ratio=4.0, target=Target("at most", 2))]


def test_a_part_of_the_page_is_filled_and_the_others_stay() -> None:
    page = (
        "<!-- figures: t -->\n<!-- end of figures -->\nbetween\n"
        "<!-- figures: s -->\nold\n<!-- end of figures -->\n"
        "<!-- figures: t -->\nkept\n<!-- end of figures -->\n"
    )
    text = filled(page, [Figure("s", "a", 1.0, "s")], "a machine")
    assert text == filled(text, [Figure("s", "a", 1.0, "s")], "a machine")
    assert "between" in text
    assert "| a | 1.00 | s |" in text
    assert "old" not in text
    assert "kept" in text


def test_the_picture_shows_shares_of_a_time() -> None:
    """A rate three times as high takes a third of the time; a duration's ratio is its share."""
    bar = GROUPS[0].bars[0]
    figure = Figure(bar.subject, bar.name, 1.0, "packets/s", ratio=3.0)
    assert share_of(figure) == pytest.approx(1 / 3)
    assert share_of(Figure("s", "a", 1.0, "s", ratio=0.3)) == 0.3
    drawn = plot([figure])
    assert bar.words in drawn
    assert ">0.33</text>" in drawn
    with pytest.raises(SystemExit):
        plot([])


def test_the_page_has_a_part_for_every_subject_and_its_picture(repository: Path) -> None:
    page = (repository / "docs/performance.md").read_text("utf-8")
    assert SUBJECTS
    lacking = [name for name in SUBJECTS if f"<!-- figures: {name} -->" not in page]
    assert not lacking
    assert "images/performance.svg" in page
    assert "casebook" in (repository / "docs/images/performance.svg").read_text("utf-8")
