"""What is built: the contents of the archive, and the main job of an installed copy."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.slow

# Reports name it from any folder, so the copy under test cannot be the checkout.
WHERE = "import casebook; print(casebook.__file__)"


def run(*command: str | Path, folder: Path) -> str:
    """The standard output of a program that must end well."""
    # Why: a build or a copy that finds the checkout through these proves nothing.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"}
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive as a release is."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, folder=repository)
    (built,) = folder.glob("casebook-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel, and our libraries beside it."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", environment, folder=environment)
    scheme = "nt_venv" if os.name == "nt" else "posix_venv"
    places = {"base": str(environment), "platbase": str(environment)}
    programs = Path(sysconfig.get_path("scripts", scheme, places))
    run(
        programs / "python",
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel),
        folder=environment,
    )
    # Why a path file: it adds the libraries, but not what they add, our editable install.
    libraries = Path(sysconfig.get_path("purelib", scheme, places)) / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def test_the_wheel_holds_the_package_and_its_data_only(wheel: Path) -> None:
    """At its top the package and its metadata; among the data three folders and two samples."""
    names = [Path(name).parts for name in zipfile.ZipFile(wheel).namelist()]
    assert {parts[0].partition("-")[0] for parts in names} == {"casebook"}
    data = [parts[2:] for parts in names if parts[:2] == ("casebook", "_data")]
    assert {parts[0] for parts in data} == {"templates", "schemas", "samples"}
    samples = {parts[1] for parts in data if parts[0] == "samples"}
    assert samples == {"nkt-level-1", "reflexology"}
    assert [parts for parts in data if "build" in parts] == []


@pytest.mark.parametrize(
    "folder, place",
    [
        ("templates", "casebook/_data/templates"),
        ("schemas", "casebook/_data/schemas"),
        ("casebook/language", "casebook/language"),
        ("casebook/anatomy", "casebook/anatomy"),
        ("casebook/programs", "casebook/programs"),
    ],
)
def test_the_wheel_holds_each_file_of_a_folder_of_data(
    wheel: Path, repository: Path, folder: str, place: str
) -> None:
    """Typefaces, themes, catalogues, positions: only some pages or languages would miss one."""
    there = {
        f"{place}/{path.relative_to(repository / folder).as_posix()}"
        for path in (repository / folder).rglob("*.*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert there
    assert there <= set(zipfile.ZipFile(wheel).namelist())


def test_an_installed_copy_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    """From a sample to a verified submission, far from the checkout."""
    where = Path(run(installed / "python", "-c", WHERE, folder=tmp_path).strip())
    assert where.is_relative_to(installed.parent)

    casebook = installed / "casebook"
    run(casebook, "new", "mine", "--sample", "nkt-level-1", folder=tmp_path)
    run(casebook, "check", "mine", folder=tmp_path)
    run(casebook, "submit", "mine", "-o", "submission.zip", folder=tmp_path)
    report = run(casebook, "verify", "submission.zip", "--format", "json", folder=tmp_path)
    assert '"ok": true' in report
    assert zipfile.is_zipfile(tmp_path / "submission.zip")


def test_an_installed_copy_speaks_german_and_writes_chinese(
    installed: Path, tmp_path: Path
) -> None:
    """Catalogues and typefaces are found outside the checkout too."""
    run(installed / "casebook", "new", "mine", "--sample", "nkt-level-1", folder=tmp_path)
    main = tmp_path / "mine" / "portfolio.yaml"
    main.write_text(
        main.read_text("utf-8")
        .replace("name: Jordan Avery", "name: Jordan 林")
        .replace("kind: portfolio", "kind: portfolio\nlanguage: de"),
        encoding="utf-8",
    )
    run(installed / "casebook", "render", "mine", "--pdf", "-o", "pages", folder=tmp_path)
    cover = PdfReader(tmp_path / "pages" / "packet.pdf").pages[0].extract_text()
    assert "Jordan 林" in cover
    assert "Fallstudien" in cover
