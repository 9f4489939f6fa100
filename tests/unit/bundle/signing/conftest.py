"""What tests of signatures share: the same keys in every run, and OpenSSH's own program."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.bundle.signing.keys import SigningKey
from tests.portfolios.keys import made_key

Keygen = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def key() -> SigningKey:
    """Ana's key."""
    return made_key(1)


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    """Somebody else's."""
    return made_key(2)


@pytest.fixture(scope="session")
def keygen() -> Keygen:
    """Runs ssh-keygen; its exit code and its output are for the test to judge."""
    program = shutil.which("ssh-keygen")
    if program is None:
        pytest.skip("ssh-keygen is not installed")

    def run(*words: str | Path, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        line: Sequence[str | Path] = (program, *words)
        return subprocess.run(line, input=given, capture_output=True, check=False, timeout=60)

    return run
