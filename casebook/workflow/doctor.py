"""What this machine has, what it lacks, and the one line that installs it.

Everything is looked at without importing it: the examination must end well on the very machine
where an import would fail.
"""

import importlib.metadata
import importlib.util
import platform
import re
import sys
from dataclasses import dataclass

from casebook import machine, resources
from casebook.confinement.trial import memory_is_bounded, ways_out
from casebook.errors import CasebookError
from casebook.machine import NativeLibrary, Remedy, System

_PYTHON_NEEDED = (3, 11)

# Distribution -> the module it brings, and what casebook uses it for.
_PYTHON_PACKAGES = {
    "babel": ("babel", "speaks other languages"),
    "bcrypt": ("bcrypt", "opens keys that have a passphrase"),
    "click": ("click", "reads the command line"),
    "cryptography": ("cryptography", "signs, and verifies signatures"),
    "fonttools": ("fontTools", "cuts typefaces for web pages"),
    "jinja2": ("jinja2", "fills the pages"),
    "markdown-it-py": ("markdown_it", "reads emphasis and lists in your texts"),
    "phonenumbers": ("phonenumbers", "knows telephone numbers"),
    "pikepdf": ("pikepdf", "binds pages into one PDF"),
    "pillow": ("PIL", "looks at pictures"),
    "platformdirs": ("platformdirs", "knows where files of your own belong"),
    "pydantic": ("pydantic", "checks what stands in your files"),
    "pypdf": ("pypdf", "reads the sources out of a packet"),
    "pyrage": ("pyrage", "seals submissions for a certifying body"),
    "pyyaml": ("yaml", "reads your files"),
    "watchfiles": ("watchfiles", "tells when you save a file"),
    "weasyprint": ("weasyprint", "makes PDFs"),
    "xlsxwriter": ("xlsxwriter", "writes tables for spreadsheets"),
}

# The extra `stats`.
_STATISTICS = ("numpy", "scipy")

# The extra `cluster`.
_CLUSTER = ("distributed", "obstore")

_OWN_FOLDERS = (
    resources.templates_dir,
    resources.schemas_dir,
    resources.samples_dir,
    resources.programs_dir,
    resources.anatomy_dir,
)

_REINSTALL = "python -m pip install --force-reinstall casebook"

_REQUIREMENT = re.compile(
    r"(?P<name>[\w.-]+)(?:\[[\w,]+\])?(?:<(?P<below>[\d.]+),)?(?:>=(?P<minimum>[\d.]+))?$"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing casebook asks of a machine, and whether it is there.

    Attributes:
        purpose: What it is for, completing "it ...".
        ok: Whether it is there and recent enough.
        needed: False where the main job works without it, if more slowly.
        detail: The version that is there, or what is wrong.
        remedies: How to install it, this machine's own system first; empty where all is well.
    """

    subject: str
    purpose: str
    ok: bool
    needed: bool
    detail: str
    remedies: tuple[Remedy, ...] = ()


def examine() -> tuple[Check, ...]:
    """Look at everything casebook needs: Python, packages, native libraries, its own files."""
    return (
        _python(),
        *(_python_package(*requirement) for requirement in _requirements()),
        _extra(
            "stats",
            "statistics",
            "says how far graders agree, and how sure a pass mark is",
            _STATISTICS,
        ),
        _extra(
            "cluster",
            "clusters and stores",
            "works on many machines, and on what lies in stores",
            _CLUSTER,
        ),
        *(_native_library(library) for library in machine.LIBRARIES),
        _fonts(),
        _confinement(),
        _own_files(),
    )


def _python() -> Check:
    installing_lines = {
        System.DEBIAN: "sudo apt-get install python3 python3-venv",
        System.FEDORA: "sudo dnf install python3",
        System.MACOS: "brew install python",
        System.WINDOWS: "winget install Python.Python.3.13",
    }
    ok = sys.version_info[:2] >= _PYTHON_NEEDED
    detail = platform.python_version()
    return Check(
        subject="Python",
        purpose="runs casebook",
        ok=ok,
        needed=True,
        detail=detail if ok else f"{detail} is here, {_dotted(_PYTHON_NEEDED)} or newer is needed",
        remedies=()
        if ok
        else tuple(Remedy(system, installing_lines[system]) for system in machine.systems()),
    )


def _requirements() -> tuple[tuple[str, str | None, str | None], ...]:
    """Each Python package casebook needs, with the least version and the first that is too new.

    Source:
        The installed metadata, so ``pyproject.toml``; a bare checkout has none.
    """
    try:
        declared = importlib.metadata.requires("casebook") or []
    except importlib.metadata.PackageNotFoundError:
        return tuple((name, None, None) for name in _PYTHON_PACKAGES)
    # Extras carry a marker after ";" and are nobody's need but a developer's.
    found = [_REQUIREMENT.match(line) for line in declared]
    return tuple(
        (match["name"].lower(), match["minimum"], match["below"]) for match in found if match
    )


def _python_package(name: str, minimum: str | None, below: str | None) -> Check:
    module, purpose = _PYTHON_PACKAGES.get(name, (name.replace("-", "_"), "is used by casebook"))
    version = _installed_version(name)
    if version is None or importlib.util.find_spec(module) is None:
        problem, detail = True, "not installed"
    elif minimum is not None and _numbers(version) < _numbers(minimum):
        problem, detail = True, f"{version} is here, {minimum} or newer is needed"
    elif below is not None and _numbers(version) >= _numbers(below):
        problem, detail = True, f"{version} is here, one before {below} is needed"
    else:
        problem, detail = False, version
    versions = ",".join(
        f"{sign}{number}" for sign, number in ((">=", minimum), ("<", below)) if number
    )
    wanted = f'"{name}{versions}"' if versions else name
    line = f"python -m pip install {wanted}"
    return Check(
        subject=name,
        purpose=purpose,
        ok=not problem,
        needed=True,
        detail=detail,
        remedies=_everywhere(line) if problem else (),
    )


def _extra(name: str, subject: str, purpose: str, packages: tuple[str, ...]) -> Check:
    """What an extra of casebook's brings, which the main job does without."""
    versions = {each: _installed_version(each) for each in packages}
    ok = all(versions.values())
    return Check(
        subject=subject,
        purpose=purpose,
        ok=ok,
        needed=False,
        detail=", ".join(
            f"{each} {version or 'is not installed'}" for each, version in versions.items()
        ),
        remedies=() if ok else _everywhere(f'python -m pip install "casebook[{name}]"'),
    )


def _native_library(library: NativeLibrary) -> Check:
    ok = machine.is_loadable(library)
    return Check(
        subject=library.name,
        purpose=library.purpose,
        ok=ok,
        needed=library.needed,
        detail="loads" if ok else "not found",
        # Why all packages: whoever lacks one library is helped with one line for all of them.
        remedies=() if ok else machine.remedies(),
    )


def _fonts() -> Check:
    try:
        found = [
            path
            for path in (resources.templates_dir() / "fonts").rglob("*")
            if path.suffix in {".ttf", ".otf", ".woff2"}
        ]
    except CasebookError:
        found = []
    return Check(
        subject="fonts",
        purpose="make pages look alike everywhere",
        ok=bool(found),
        needed=True,
        detail=f"{len(found)} files" if found else "not found",
        remedies=() if found else _everywhere(_REINSTALL),
    )


def _confinement() -> Check:
    """Try each way out of a confined process; what stands open is no fault of the user's."""
    try:
        found = ways_out()
    except CasebookError as error:
        problem, detail = True, f"cannot be tried: {error}"
    else:
        bounded = "memory and time bounded" if memory_is_bounded() else "time bounded"
        problem = bool(found)
        detail = (
            f"this system leaves it {', '.join(found)}; {bounded}"
            if found
            else f"no files, network or programs; {bounded}"
        )
    return Check(
        subject="confined work",
        purpose="keeps what strangers wrote from harming this machine",
        ok=not problem,
        needed=False,
        detail=detail,
    )


def _own_files() -> Check:
    try:
        folders = [find() for find in _OWN_FOLDERS]
    except CasebookError as error:
        problem, detail = True, str(error)
    else:
        problem, detail = False, ", ".join(folder.name for folder in folders)
    return Check(
        subject="casebook's own files",
        purpose="are what it reads and fills",
        ok=not problem,
        needed=True,
        detail=detail,
        remedies=_everywhere(_REINSTALL) if problem else (),
    )


def _installed_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _everywhere(line: str) -> tuple[Remedy, ...]:
    return tuple(Remedy(system, line) for system in machine.systems())


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: enough to compare releases, blind to pre-releases."""
    leading = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, leading[0].split("."))) if leading else ()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
