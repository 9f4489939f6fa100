"""What a version of BagIt asks differs in few things, and a submission is asked for most."""

from casebook.bundle.bag.rules import SUBMISSION, VERSIONS, BagRules


def test_each_version_that_was_published_has_its_rules() -> None:
    rules = {version: BagRules(version, "utf-8") for version in VERSIONS}
    assert [version for version in VERSIONS if rules[version].is_final] == ["1.0"]
    assert {version: rules[version].information for version in VERSIONS} == {
        "0.93": "package-info.txt", "0.94": "package-info.txt", "0.95": "package-info.txt",
        "0.96": "bag-info.txt", "0.97": "bag-info.txt", "1.0": "bag-info.txt",
    }  # fmt: skip
    assert not any(each.strict for each in rules.values())


def test_a_submission_is_strictly_of_the_last_version_in_utf8() -> None:
    assert (SUBMISSION.version, SUBMISSION.encoding, SUBMISSION.strict) == ("1.0", "utf-8", True)
    assert SUBMISSION.is_final
