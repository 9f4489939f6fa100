"""Native libraries: whether they are there, and what installs them."""

import ctypes.util
import os
import platform
from collections.abc import Mapping

import pytest

from casebook import machine
from casebook.machine import LIBRARIES, NativeLibrary, System

NOWHERE = NativeLibrary("Nowhere", "tests", ("libnowhere.so.9", "nowhere-9"), {})


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A Linux machine whose os-release holds the given fields."""

    def release() -> Mapping[str, str]:
        if request.param is None:
            raise OSError
        fields: Mapping[str, str] = request.param
        return fields

    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "freedesktop_os_release", release)


def test_the_libraries_of_this_machine_load() -> None:
    """Where PDFs can be made, every library loads under one of its names."""
    assert machine.missing_libraries() == ()


def test_a_library_that_is_nowhere_does_not_load() -> None:
    assert not machine.is_loadable(NOWHERE)


def test_a_library_is_also_found_by_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain name is searched for as the system's linker does, and what is found is loaded."""
    pango = next(library for library in LIBRARIES if library.name == "Pango")
    paths = {"nowhere-9": pango.file_names[0]}
    monkeypatch.setattr(ctypes.util, "find_library", paths.get)
    assert machine.is_loadable(NOWHERE)


def test_folders_of_dlls_are_those_weasyprint_looks_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On Windows the folders in WEASYPRINT_DLL_DIRECTORIES that exist are added."""
    here = str(tmp_path_factory.mktemp("dlls"))
    added: list[str] = []
    monkeypatch.setattr(os, "add_dll_directory", added.append, raising=False)
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"{here};{here}/none")
    machine.is_loadable(NOWHERE)
    assert added == [here]


def test_every_system_has_a_package_for_every_library() -> None:
    assert LIBRARIES
    for system in System:
        assert all(library.packages[system] for library in LIBRARIES)


def test_the_debian_line_names_each_package_once() -> None:
    """Six libraries come in three packages."""
    assert machine.packages(System.DEBIAN, LIBRARIES) == (
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
    )


@pytest.mark.parametrize(
    "linux,own",
    [
        ({"ID": "debian"}, System.DEBIAN),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, System.DEBIAN),
        ({"ID": "fedora"}, System.FEDORA),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, System.FEDORA),
        ({"ID": "arch"}, None),
        (None, None),
    ],
    indirect=["linux"],
)
@pytest.mark.usefixtures("linux")
def test_a_linux_is_known_by_its_family(own: System | None) -> None:
    assert machine.own_system() is own


@pytest.mark.parametrize(
    "name,own", [("Darwin", System.MACOS), ("Windows", System.WINDOWS), ("Plan9", None)]
)
def test_other_systems_are_known_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, own: System | None
) -> None:
    def no_release() -> Mapping[str, str]:
        raise OSError

    monkeypatch.setattr(platform, "system", lambda: name)
    monkeypatch.setattr(platform, "freedesktop_os_release", no_release)
    assert machine.own_system() is own


@pytest.mark.parametrize("linux", [{"ID": "fedora"}], indirect=True)
@pytest.mark.usefixtures("linux")
def test_the_remedy_is_this_machines_own_line() -> None:
    assert machine.pango_remedy() == "Fedora: sudo dnf install pango harfbuzz"
    assert machine.remedies()[0].system is System.FEDORA
    assert {remedy.system for remedy in machine.remedies()} == set(System)


@pytest.mark.parametrize("linux", [None], indirect=True)
@pytest.mark.usefixtures("linux")
def test_an_unknown_system_is_told_every_line() -> None:
    """One line, with the four systems that have one."""
    remedy = machine.pango_remedy()
    assert "\n" not in remedy
    assert all(f"{system}: " in remedy for system in System)
