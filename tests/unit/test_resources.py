"""Finding what comes with casebook."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook import resources
from casebook.errors import MachineError, UsageError

SHIPPED = [resources.templates_dir, resources.schemas_dir, resources.samples_dir]
INSIDE = [resources.programs_dir, resources.anatomy_dir]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the package."""
    package = tmp_path / "casebook"
    package.mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    return package


@pytest.mark.parametrize("find", SHIPPED + INSIDE)
def test_a_checkout_has_every_folder(find: Callable[[], Path]) -> None:
    assert any(find().iterdir())


@pytest.mark.parametrize("find", SHIPPED)
def test_an_installed_copy_uses_its_own_data(find: Callable[[], Path], package: Path) -> None:
    """Data inside the package goes before a checkout's folder of the same name."""
    name = find.__name__.removesuffix("_dir")
    (package.parent / "pyproject.toml").touch()
    (package.parent / name).mkdir()
    assert find() == package.parent / name
    (package / "_data" / name).mkdir(parents=True)
    assert find() == package / "_data" / name


@pytest.mark.parametrize("find", SHIPPED + INSIDE)
def test_a_copy_without_its_data_says_so(find: Callable[[], Path], package: Path) -> None:
    with pytest.raises(MachineError, match="this copy of casebook lacks its folder") as caught:
        find()
    assert caught.value.hint is not None
    assert "install it again" in caught.value.hint


def test_a_neighbour_of_the_package_is_no_checkout(package: Path) -> None:
    """Without ``pyproject.toml`` beside it, a folder named ``templates`` is somebody else's."""
    (package.parent / "templates").mkdir()
    with pytest.raises(MachineError):
        resources.templates_dir()


def test_a_sample_is_a_folder_with_a_portfolio(package: Path) -> None:
    samples = package / "_data" / "samples"
    (samples / "second").mkdir(parents=True)
    (samples / "second" / "portfolio.yaml").touch()
    (samples / "first").mkdir()
    (samples / "first" / "portfolio.yaml").touch()
    (samples / "notes").mkdir()
    assert resources.sample_names() == ("first", "second")
    assert resources.sample_dir("first") == samples / "first"


@pytest.mark.parametrize(
    "name,hint",
    [
        ("secnod", "did you mean second?"),
        ("zz", "there are: second"),
        ("../second", "did you mean second?"),
    ],
)
def test_an_unknown_sample_is_refused_with_advice(package: Path, name: str, hint: str) -> None:
    second = package / "_data" / "samples" / "second"
    second.mkdir(parents=True)
    (second / "portfolio.yaml").touch()
    with pytest.raises(UsageError, match="there is no sample named") as caught:
        resources.sample_dir(name)
    assert caught.value.hint == hint
