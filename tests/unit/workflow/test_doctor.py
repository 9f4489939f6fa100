"""The examination of a machine."""

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

from casebook import machine, resources
from casebook.errors import MachineError
from casebook.workflow import doctor
from casebook.workflow.doctor import Check, examine


def check_of(subject: str) -> Check:
    """What the examination says about one subject."""
    (found,) = (check for check in examine() if check.subject == subject)
    return found


def lacking() -> list[str]:
    return [check.subject for check in examine() if not check.ok]


def test_a_machine_that_runs_the_tests_lacks_nothing() -> None:
    checks = examine()
    assert {"Python", "weasyprint", "Pango", "HarfBuzz subset", "fonts"} <= {
        check.subject for check in checks
    }
    assert [check for check in checks if not check.ok] == []
    assert all(check.purpose and check.detail for check in checks)
    assert not any(check.remedies for check in checks)


def test_every_declared_package_has_a_purpose(repository: Path) -> None:
    """The packages that ``pyproject.toml`` declares are those whose purpose is known."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[>=<\[]", line)[0] for line in project["dependencies"]}
    assert declared == set(doctor._PYTHON_PACKAGES)


def test_extras_are_nobodys_need(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = ["PyYAML>=6.0", "click", 'ruff>=0.12; extra == "dev"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: declared)
    assert doctor._requirements() == (("pyyaml", "6.0", None), ("click", None, None))


def test_a_bare_checkout_is_examined_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without installed metadata the packages are still looked for, in any version."""

    def not_installed(name: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", not_installed)
    assert ("weasyprint", None, None) in doctor._requirements()


def test_a_missing_package_comes_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["no-such-package>=2"])
    check = check_of("no-such-package")
    assert (check.ok, check.needed, check.detail) == (False, True, "not installed")
    assert check.remedies[0].line == 'python -m pip install "no-such-package>=2"'


def test_a_package_that_is_too_new_is_named_with_the_version_it_must_be_below(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["weasyprint<71,>=70"])
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "71.0")
    check = check_of("weasyprint")
    assert check.detail == "71.0 is here, one before 71 is needed"
    assert check.remedies[0].line == 'python -m pip install "weasyprint>=70,<71"'
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "70.9")
    assert check_of("weasyprint").ok


def test_a_package_that_is_too_old_is_named_with_both_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """69.0 is older than 70 although its text is longer; 70.0rc1 counts as 70.0."""
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["weasyprint>=70"])
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "69.0")
    assert check_of("weasyprint").detail == "69.0 is here, 70 or newer is needed"
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "70.0rc1")
    assert check_of("weasyprint").ok


def test_a_python_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_PYTHON_NEEDED", (sys.version_info.major + 1, 0))
    check = check_of("Python")
    assert not check.ok
    assert f"{sys.version_info.major + 1}.0 or newer is needed" in check.detail
    assert len(check.remedies) == len(machine.System)


@pytest.mark.parametrize("name,needed", [("Pango", True), ("HarfBuzz subset", False)])
def test_a_missing_library_comes_with_one_line_for_all(
    monkeypatch: pytest.MonkeyPatch, name: str, needed: bool
) -> None:
    """HarfBuzz's subsetter only makes PDFs quicker; whatever is missing, one line brings all."""
    monkeypatch.setattr(machine, "is_loadable", lambda library: library.name != name)
    check = check_of(name)
    assert (check.ok, check.needed) == (False, needed)
    assert check.remedies == machine.remedies()
    assert lacking() == [name]


@pytest.mark.parametrize(
    "subject,package,extra",
    [("statistics", "scipy", "stats"), ("clusters and stores", "obstore", "cluster")],
)
def test_extras_are_told_of_and_no_need(
    monkeypatch: pytest.MonkeyPatch, subject: str, package: str, extra: str
) -> None:
    """With the line that brings them; their lack keeps nobody from the main job."""
    installed = importlib.metadata.version

    def without(name: str) -> str:
        if name == package:
            raise importlib.metadata.PackageNotFoundError(name)
        return installed(name)

    monkeypatch.setattr(importlib.metadata, "version", without)
    check = check_of(subject)
    assert (check.ok, check.needed) == (False, False)
    assert check.detail.endswith(f", {package} is not installed")
    assert check.remedies[0].line == f'python -m pip install "casebook[{extra}]"'


def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "templates_dir", lambda: tmp_path)
    check = check_of("fonts")
    assert not check.ok
    assert "--force-reinstall casebook" in check.remedies[0].line


def test_an_incomplete_copy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A copy without data lacks its fonts and its files, and the examination still ends well."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert lacking() == ["fonts", "casebook's own files"]
    with pytest.raises(MachineError):
        resources.templates_dir()
