"""The Library of Congress's BagIt conformance suite, kept beside the checkout."""

import sys
from pathlib import Path

import pytest

from tests.conformance.bagit_suite import CATEGORIES, Verdict, judge, table

BAGS = 60
"""How many the suite has."""

pytestmark = pytest.mark.may_skip(reason="the suite is kept beside the checkout, not in it")


@pytest.fixture(scope="module")
def verdicts(shared_dir: Path) -> list[Verdict]:
    suite = shared_dir / "suites" / "bagit-conformance-suite"
    if not suite.is_dir():
        pytest.skip(f"{suite} is not here")
    return judge(suite)


def test_every_bag_of_the_suite_is_judged(verdicts: list[Verdict]) -> None:
    assert len(verdicts) == BAGS
    assert {each.category for each in verdicts} == set(CATEGORIES)


def test_every_verdict_is_the_one_that_the_suite_expects(verdicts: list[Verdict]) -> None:
    sys.stdout.write(table(verdicts))  # to be seen with `pytest -rP`
    assert [each.folder for each in verdicts if not each.right] == []


def test_the_score_in_the_documentation_is_the_one_counted(
    verdicts: list[Verdict], repository: Path
) -> None:
    assert table(verdicts) in (repository / "docs" / "bags.md").read_text("utf-8")
