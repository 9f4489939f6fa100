"""The file that a rubric is written to reads like one made by hand."""

from casebook.exchange.rubric_file import rubric_yaml
from tests.portfolios.rubrics import rubric_of

EXPECTED = """\
# From Canvas.
#
# On the way: nothing.
kind: rubric
format: 1
id: case
title: Case
judges: case-study
# The percentage from which the work passes.
pass_percent: 60

# Judged in this order. Each counts by its weight: its share of its own scale, levels lowest
# first. must_pass, with a level and a reason, makes a criterion one that nothing else makes
# up for.
criteria:
  - id: c1
    title: '#1'
    asks: |-
      Was it safe?

      Was it kind?
    weight: 1.5
    levels:
      - level: 0
        label: label 0
        describes: Words 0.
      - level: 1
        label: 'no'
        describes: >-
          A risk was seen in time, and what was done about it is told in such a way that
          another can follow it.

# The overall impression beside the criteria, lowest first. Examiners do not space ratings
# evenly; position says where each lies.
global_ratings:
  - id: fail
    label: Fail
    position: 0
"""

LONG = (
    "A risk was seen in time, and what was done about it is told in such a way that another can "
    "follow it."
)


def test_a_file_has_comments_long_texts_on_lines_of_their_own_and_plain_numbers() -> None:
    rubric = rubric_of(
        {"title": "#1", "asks": "Was it safe?\n\nWas it kind?", "weight": 1.5,
         "levels": [0, {"level": 1, "label": "no", "describes": LONG}]},
        global_ratings=[{"id": "fail", "label": "Fail", "position": 0}],
    )  # fmt: skip
    assert rubric_yaml(rubric, ["From  Canvas.", "On the way:\nnothing."]).decode() == EXPECTED


def test_no_word_of_the_head_gets_out_of_its_comment() -> None:
    text = rubric_yaml(rubric_of({}), ["a\nkind: portfolio\r\n\u2028b: \x1b[31m"]).decode()
    assert text.startswith("# a kind: portfolio b: [31m\nkind: rubric\n")
