"""Published values come out to their printed precision, and the documentation shows them."""

from pathlib import Path

import pytest

from casebook.evaluation.agreement.catalogue import KINDS
from casebook.evaluation.agreement.minimums import MINIMUMS, SUBMISSIONS_RESAMPLED, Minimum
from tests.unit.evaluation.agreement.published import PUBLISHED, Published, published_table

DOC = Path("docs") / "agreement.md"
END = "<!-- end -->"


@pytest.mark.parametrize("each", PUBLISHED, ids=lambda each: f"{each.source}: {each.figure}")
def test_a_published_value_comes_out_to_its_printed_precision(each: Published) -> None:
    assert each.shown == each.printed


def minimums_table() -> str:
    """Every stated minimum, as Markdown."""
    families: dict[str, list[str]] = {}
    for kind in dict.fromkeys(kind for kinds in KINDS.values() for kind in kinds):
        name = kind.title.partition(" (")[0].partition(",")[0]
        families.setdefault(kind.family, []).append(name)
    families |= {"candidates": ["Several works"], "severity": ["Severity"]}
    stated: list[tuple[list[str], Minimum]] = [
        (families[family], minimum) for family, minimum in MINIMUMS.items()
    ]
    stated.append((["An interval by the bootstrap"], SUBMISSIONS_RESAMPLED))
    lines = ["| figure | needs | because |", "| --- | --- | --- |"]
    lines += [
        f"| {', '.join(dict.fromkeys(names))} | {minimum.works} {minimum.what} | {minimum.reason} |"
        for names, minimum in stated
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "name, table",
    [("published values", published_table()), ("minimums", minimums_table())],
    ids=["published values", "minimums"],
)
def test_the_documentation_shows_what_is_so(
    name: str, table: str, repository: Path, request: pytest.FixtureRequest
) -> None:
    """``pytest --renew-references`` writes the tables anew."""
    path = repository / DOC
    before, begin, rest = path.read_text("utf-8").partition(f"<!-- {name}: made by tests -->\n")
    shown, end, after = rest.partition(END)
    assert begin
    assert end
    if request.config.getoption("--renew-references"):
        path.write_text(f"{before}{begin}{table}\n{end}{after}", "utf-8")
    else:
        assert shown == f"{table}\n"
