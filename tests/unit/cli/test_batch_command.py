"""Many inputs on the command line: one line each, in order, and one exit code for all."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from click.testing import CliRunner, Result

from casebook.batch import pool
from casebook.batch.answers import Workers
from casebook.cli import batch_run, main
from casebook.cli.batch_run import _duration
from casebook.workflow.batching.jobs import Check, Done
from tests.object_store import ObjectStore

Run: TypeAlias = Callable[..., Result]


@pytest.fixture(autouse=True)
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are threads of the test, so that pages cost nothing."""

    @contextmanager
    def threads(count: int) -> Iterator[Workers]:
        with ThreadPoolExecutor(count) as executor:
            yield Workers(executor, "threads")

    monkeypatch.setattr(pool, "pool_workers", threads)


@pytest.fixture
def batch() -> Run:
    """A function of the words behind ``casebook batch``."""

    def call(*words: str | Path, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, ["batch", *map(str, words)], input=stdin)
        assert "a fault of casebook itself" not in result.output, result.output
        return result

    return call


@pytest.fixture
def three(studio: Path) -> tuple[str, str, str]:
    """A sound portfolio, one with an error, and a name of nothing."""
    bad = Path("bad")
    bad.mkdir()
    (bad / "portfolio.yaml").write_text("kind: portfolio\n")
    return str(studio), "bad", "nowhere"


DAY = ("--date", "2026-07-01")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in text.splitlines()]


def test_each_input_has_its_line_in_their_order(batch: Run, three: tuple[str, ...]) -> None:
    """One that is bad keeps no other from being done; stdout holds the lines alone."""
    result = batch("check", *three, *DAY)
    found = lines(result.stdout)
    assert [(each["number"], each["input"], each["code"]) for each in found] == [
        (1, three[0], 0), (2, three[1], 1), (3, three[2], 2),
    ]  # fmt: skip
    assert result.exit_code == 1
    assert result.stderr == "3 through: 1 well, 2 with something found\n"


def test_all_is_well(batch: Run, studio: Path) -> None:
    assert batch("check", studio, *DAY).exit_code == 0


def test_what_the_machine_refuses_counts_most(
    batch: Run, three: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Check.do

    def refuse(self: Check, path: Path, *others: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is
        if path.name == "nowhere":
            raise OSError(5, "fault")
        return real(self, path, *others, **named)

    monkeypatch.setattr(Check, "do", refuse)
    result = batch("check", *three, *DAY)
    assert result.exit_code == 3
    assert result.stderr.endswith("1 well, 1 with something found, 1 not done\n")


def test_for_people_a_line_is_short(batch: Run, three: tuple[str, ...]) -> None:
    result = batch("check", *three, *DAY, "--format", "text")
    assert result.stdout.splitlines() == [
        f"well    {three[0]}", "found   bad", "no      nowhere: there is no file 'nowhere'",
    ]  # fmt: skip


def test_the_whole_way_of_a_submission(batch: Run, studio: Path) -> None:
    """Scored, rendered, submitted and verified, each by itself and by the list of sha256sum."""
    assert batch("score", studio, *DAY).exit_code == 0
    assert batch("render", studio, "-o", "pages", "--html", *DAY).exit_code == 0
    assert list(Path("pages/studio").glob("*.html"))
    made = batch("submit", studio, "-o", "out", *DAY)
    assert made.exit_code == 0, made.output
    verified = lines(batch("verify", "out").stdout)
    assert [each["input"] for each in verified] == ["out/studio.zip"]
    digest = verified[0]["sha256"]
    right = batch("verify", "--from", "-", stdin=f"{digest}  out/studio.zip\n".encode())
    assert "result" in lines(right.stdout)[0]
    wrong = batch("verify", "--from", "-", stdin=b"0" * 64 + b"  out/studio.zip\n")
    assert "not the file that the list means" in lines(wrong.stdout)[0]["error"]
    assert wrong.exit_code == 1


def test_lists_come_from_a_file_too(batch: Run, studio: Path) -> None:
    """Behind what the command line names; each once."""
    Path("list").write_text(f"nowhere\n{studio}\nnowhere\n")
    result = batch("check", studio, "--from", "list", *DAY)
    assert [each["input"] for each in lines(result.stdout)] == [str(studio), "nowhere"]
    assert "2 inputs are named more than once" in result.stderr


@pytest.mark.parametrize(
    "words,says",
    [
        (("check",), "there is nothing to work on"),
        (("check", "--from", "empty"), "there is nothing to work on"),
        (("check", "--from", "nowhere"), "there is no file 'nowhere'"),
        (("check", "--from", "bad"), "bad:2: the line is no UTF-8 text"),
        (("check", "--from", "sums"), "the list has digests"),
        (("check", "https://office/a"), "https:// is not read"),
        (("check", "studio", "--resume"), "nothing says what to resume"),
        (("check", "studio", "--results", "empty"), "empty is already there"),
        (("check", "studio", "--tls-ca", "empty"), "--tls-… is for a cluster"),
        (("check", "studio", "--cluster", "office"), "is no address of a cluster"),
        (("check", "studio", "--cluster", "tls://a:1", "--tls-ca", "empty"), "three files"),
        (("submit", "studio", "studio/../studio", "-o", "out"), "would both be written"),
        (("submit", "s3://office/ana/"), "nothing says where to write"),
        (("submit", "studio", "--sign", "nowhere"), "there is no file"),
        (("submit", "studio", "--passphrase-file", "empty"), "none is named"),
        (("verify", "studio", "--as", "kim"), "nothing says which key"),
        (("verify", "studio", "--identity", "nowhere"), "there is no file"),
    ],
)
def test_a_mistake_ends_all_of_it_in_one_line(
    batch: Run, studio: Path, words: tuple[str, ...], says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from casebook.workflow.batching import inputs

    monkeypatch.setattr(inputs, "listed_below", lambda *_: iter(()))
    Path("empty").touch()
    Path("bad").write_bytes(b"a\n\xff\n")
    Path("sums").write_text(f"{'0' * 64}  studio\n")
    result = batch(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    told = result.stderr.splitlines()[-1]
    assert told.startswith("casebook: ")
    assert says in told


def test_results_go_to_a_file_and_are_continued(batch: Run, three: tuple[str, ...]) -> None:
    """Of what stands, only what failed or changed is done again; the file is in order after it."""
    results = Path("results.jsonl")
    first = batch("check", *three[1:], "--results", results, *DAY)
    assert first.stdout == ""
    before = lines(results.read_text())
    results.write_text(results.read_text() + '{"input": "half')
    Path("nowhere").mkdir()
    (Path("nowhere") / "portfolio.yaml").write_text("kind: portfolio\n")
    second = batch("check", *three, "--results", results, "--resume")
    after = lines(results.read_text())
    assert [each["input"] for each in after] == list(three)
    assert after[1] == before[0]
    assert after[2]["code"] == 1
    assert {each["date"] for each in after} == {"2026-07-01"}, "the day of the results counts"
    assert second.exit_code == 1
    assert second.stderr.endswith("2 with something found, 1 of them known from before\n")
    Path("bad/more.yaml").write_text("kind: program\n")
    third = batch("check", *three, "--results", results, "--resume")
    assert third.stderr.endswith("2 of them known from before\n")
    assert lines(results.read_text())[1] != before[0]


def test_another_day_is_another_question(batch: Run, studio: Path) -> None:
    results = ("--results", "results.jsonl")
    batch("check", studio, *results, *DAY)
    again = batch("check", studio, *results, "--resume", "--date", "2026-07-02")
    assert "known from before" not in again.stderr
    found = lines(Path("results.jsonl").read_text())
    assert [each["date"] for each in found] == ["2026-07-02"]


def test_a_store_is_named_by_urls_and_options(
    batch: Run, studio: Path, object_store: ObjectStore
) -> None:
    at = ("--endpoint", object_store.endpoint, "--region", "us-east-1")
    made = batch("submit", studio, "-o", object_store.url("out/"), *at, *DAY)
    assert made.exit_code == 0, made.output
    found = lines(batch("verify", object_store.url("out/"), *at).stdout)
    assert [each["input"] for each in found] == [object_store.url("out/studio.zip")]
    assert "sha256" in found[0]


def test_control_c_says_how_to_go_on(
    batch: Run, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch_run, "_put", stopped)
    result = batch("check", studio, "--results", "results.jsonl", *DAY)
    assert result.exit_code == 130
    assert "0 of 1 are done; the same command with --resume does the rest" in result.stderr


def test_a_terminal_sees_how_far_it_is(
    batch: Run, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, int, int]] = []

    @contextmanager
    def noted() -> Iterator[Callable[[str, int, int], None]]:
        yield lambda doing, done, total: shown.append((doing, done, total))

    monkeypatch.setattr(batch_run, "progress", noted)
    batch("check", studio, "nowhere", *DAY)
    assert [(done, total) for _, done, total in shown] == [(0, 2), (1, 2), (2, 2)]
    assert shown[1][0].startswith("1 of 2, ")
    assert shown[1][0].endswith(" left")


@pytest.mark.parametrize(
    "seconds,words", [(3.4, "3 s"), (61, "1 min 1 s"), (3_600, "1 h 0 min"), (90_061, "25 h 1 min")]
)
def test_a_time_is_told_in_its_two_largest_parts(seconds: float, words: str) -> None:
    assert _duration(seconds) == words


@pytest.mark.slow
def test_a_hundred_thousand_inputs_are_no_trouble(
    batch: Run, studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has its line."""
    monkeypatch.setattr(Check, "do", lambda *_, **__: Done(well=True, result={}))
    Path("list").write_text("".join(f"submissions/{number}\n" for number in range(100_000)))
    result = batch("check", "--from", "list", "--results", "results.jsonl", "--jobs", "2")
    assert result.exit_code == 0
    with Path("results.jsonl").open() as found:
        assert sum(1 for _ in found) == 100_000
