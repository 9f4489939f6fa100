"""What casebook asks of the machine besides Python: native libraries, and how to install them.

WeasyPrint draws pages with Pango and its relatives, which no Python package brings along. Only
the standard library is used here, so that a machine that lacks everything else can still be told
what it lacks.
"""

import ctypes
import ctypes.util
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class System(StrEnum):
    """The systems that casebook has an installing line for."""

    DEBIAN = "Debian/Ubuntu"
    FEDORA = "Fedora"
    MACOS = "macOS"
    WINDOWS = "Windows"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One line for a terminal that installs what is missing on one system."""

    system: System
    line: str

    def __str__(self) -> str:
        return f"{self.system}: {self.line}"


@dataclass(frozen=True, slots=True)
class NativeLibrary:
    """A shared library that WeasyPrint loads.

    Attributes:
        file_names: What the library is called on the different systems.
            Source: ``weasyprint/text/ffi.py`` of WeasyPrint 70.
        packages: What brings it, by system.
        needed: False where PDFs can be made without it, only more slowly.
    """

    name: str
    purpose: str
    file_names: tuple[str, ...]
    packages: Mapping[System, str]
    needed: bool = True


_PANGO = MappingProxyType(
    {
        System.DEBIAN: "libpango-1.0-0",
        System.FEDORA: "pango",
        System.MACOS: "pango",
        System.WINDOWS: "mingw-w64-ucrt-x86_64-pango",
    }
)
# Why: Debian splits off the part that reads font files; elsewhere Pango is one package.
_PANGO_FONTS = MappingProxyType({**_PANGO, System.DEBIAN: "libpangoft2-1.0-0"})
_SUBSET = MappingProxyType(
    {**_PANGO, System.DEBIAN: "libharfbuzz-subset0", System.FEDORA: "harfbuzz"}
)

LIBRARIES = (
    NativeLibrary(
        "GObject",
        "carries Pango",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll", "gobject-2.0"),
        _PANGO,
    ),
    NativeLibrary(
        "Pango",
        "sets lines of text in PDFs",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0"),
        _PANGO,
    ),
    NativeLibrary(
        "PangoFT2",
        "gives Pango its fonts",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "pangoft2-1.0"),
        _PANGO_FONTS,
    ),
    NativeLibrary(
        "HarfBuzz",
        "chooses and places letter shapes",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz"),
        _PANGO_FONTS,
    ),
    NativeLibrary(
        "Fontconfig",
        "finds fonts",
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig"),
        _PANGO_FONTS,
    ),
    NativeLibrary(
        "HarfBuzz subset",
        "puts only the letters in use into PDFs, quickly",
        (
            "libharfbuzz-subset.so.0",
            "libharfbuzz-subset.0.dylib",
            "libharfbuzz-subset-0.dll",
            "harfbuzz-subset",
        ),
        _SUBSET,
        needed=False,
    ),
)

_VERSIONS = MappingProxyType(
    {
        "Pango": "pango_version_string",
        "HarfBuzz": "hb_version_string",
        "Fontconfig": "FcGetVersion",
    }
)

_INSTALLERS = MappingProxyType(
    {
        System.DEBIAN: "sudo apt-get install {packages}",
        System.FEDORA: "sudo dnf install {packages}",
        # Why the second half: a Python from elsewhere does not look where Homebrew installs.
        System.MACOS: (
            "brew install {packages} && "
            'export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib:/usr/local/lib:/usr/lib"'
        ),
        System.WINDOWS: (
            "winget install MSYS2.MSYS2; "
            r"C:\msys64\usr\bin\pacman.exe -S --noconfirm {packages}"
        ),
    }
)

# Where WeasyPrint 70 looks for DLLs when WEASYPRINT_DLL_DIRECTORIES does not say.
_DLL_DIRECTORIES = (
    r"C:\msys64\ucrt64\bin",
    r"C:\msys64\mingw64\bin",
    r"C:\Program Files\GTK3-Runtime Win64\bin",
)


def missing_libraries() -> tuple[NativeLibrary, ...]:
    """Every library that does not load, those that PDFs can do without included."""
    return tuple(library for library in LIBRARIES if not is_loadable(library))


def is_loadable(library: NativeLibrary) -> bool:
    """Whether the library loads under one of its names, looked for as WeasyPrint does."""
    _add_dll_directories()
    if any(_loads(name) for name in library.file_names):
        return True
    # Why not all names: on Linux each search that fails starts a compiler and a linker.
    searched = [name for name in library.file_names if ".so." not in name]
    return any(_loads(ctypes.util.find_library(name)) for name in searched)


def native_versions() -> tuple[str, ...]:
    """What the libraries that lines of text depend on say of their versions; none where one lacks.

    Source: ``pango/pango-utils.h``, ``hb-common.h``, ``fontconfig/fontconfig.h``.
    """
    _add_dll_directories()
    found = []
    for library in LIBRARIES:
        ask = _VERSIONS.get(library.name)
        loaded = next((each for each in map(_loaded, library.file_names) if each), None)
        if ask is None or loaded is None:
            continue
        function = getattr(loaded, ask)
        if library.name != "Fontconfig":
            function.restype = ctypes.c_char_p
        found.append(f"{library.name} {function()}")
    return tuple(found)


def packages(system: System, libraries: Iterable[NativeLibrary]) -> tuple[str, ...]:
    """What brings the libraries on one system, each package once."""
    return tuple(dict.fromkeys(library.packages[system] for library in libraries))


def remedies(libraries: Iterable[NativeLibrary] = LIBRARIES) -> tuple[Remedy, ...]:
    """The installing line of every system, this machine's own first."""
    libraries = tuple(libraries)
    return tuple(
        Remedy(system, _INSTALLERS[system].format(packages=" ".join(packages(system, libraries))))
        for system in systems()
    )


def pango_remedy() -> str:
    """How to get what PDFs need, as one line: for this machine where its system is known."""
    lines = remedies()
    return str(lines[0]) if own_system() else "; ".join(map(str, lines))


def systems() -> tuple[System, ...]:
    """All systems, this machine's own first."""
    own = own_system()
    return tuple(sorted(System, key=lambda system: system is not own))


def own_system() -> System | None:
    """This machine's system, or None for one that casebook has no installing line for."""
    match platform.system():
        case "Darwin":
            return System.MACOS
        case "Windows":
            return System.WINDOWS
        case _:
            return _linux()


def _linux() -> System | None:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if family & {"debian", "ubuntu"}:
        return System.DEBIAN
    if family & {"fedora", "rhel", "centos"}:
        return System.FEDORA
    return None


def _loads(name: str | None) -> bool:
    return _loaded(name) is not None


def _loaded(name: str | None) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name) if name else None
    except OSError:
        return None


def _add_dll_directories() -> None:
    add_dll_directory = getattr(os, "add_dll_directory", None)
    if add_dll_directory is None:
        return
    chosen = os.environ.get("WEASYPRINT_DLL_DIRECTORIES")
    for directory in chosen.split(";") if chosen else _DLL_DIRECTORIES:
        if os.path.isdir(directory):  # noqa: PTH112 - as given; a Path would change it
            add_dll_directory(directory)
