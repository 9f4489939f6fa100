"""What tests of batches share: jobs on the smallest portfolio, and workers that are threads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from casebook.batch.stores import StoreAccess
from casebook.workflow.batching.arrivals import Asked
from casebook.workflow.batching.items import Setting, Task, work_on
from casebook.workflow.batching.jobs import Job

WorkOn: TypeAlias = Callable[..., dict[str, Any] | None]


@pytest.fixture
def work() -> WorkOn:
    """Does a job on one place, here; what else is asked of it by name."""

    def worked(
        job: Job, place: object, access: StoreAccess | None = None, **asked: str | None
    ) -> dict[str, Any] | None:
        setting = Setting(job, access or StoreAccess())
        return work_on(setting, Task(1, str(place), Asked(str(place), **asked)))

    return worked


@pytest.fixture
def submissions(sent: Path, tmp_path: Path) -> Path:
    """A folder with one sound submission and one file that is none."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    sent.rename(folder / "a.zip")
    (folder / "b.zip").write_bytes(b"no zip")
    return folder
