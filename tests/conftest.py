"""What all tests share: where things stand, the switch of references, the rule on skipping."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.object_store import ObjectStore

REPOSITORY = Path(__file__).resolve().parent.parent

# No test asserts a time, and none may fail on a busy machine.
hypothesis.settings.register_profile("casebook", deadline=None)
hypothesis.settings.register_profile("quick", deadline=None, max_examples=25)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-references",
        action="store_true",
        help="write references anew instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Try laws on fewer examples where only quick tests are wanted, and nobody measures them."""
    measured = config.getoption("cov_source", [])
    quick = "not slow" in config.getoption("markexpr", "") and not measured
    hypothesis.settings.load_profile("quick" if quick else "casebook")


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """What casebook keeps for its user is kept for the tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of conformance suites and source data kept beside the checkout."""
    folder = Path(os.environ.get("CASEBOOK_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here; set CASEBOOK_SHARED to where it is")
    return folder


@pytest.fixture(scope="session")
def s3_endpoint() -> Generator[str]:
    """The address of a server that speaks S3, for all tests of one process."""
    # Why here: few tests need it, and it takes half a second to load.
    from tests.object_store import s3_server

    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture
def object_store(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> "ObjectStore":
    """A bucket of the test's own, and what says who asks for it."""
    from tests.object_store import new_bucket

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tester")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return new_bucket(s3_endpoint)


def _as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under CI, make a skipped test a failed one: a test that looks at nothing must fail."""
    expected = hasattr(report, "wasxfail")
    if not report.skipped or expected or not os.environ.get("CI"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"{reason}\nUnder CI only a test marked may_skip may be skipped."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.get_closest_marker("may_skip") is None:
        _as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _as_failure(report)
    return report
