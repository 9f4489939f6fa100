"""The order of imports, and what the mere command line may load."""

import shutil
import subprocess
import sys
from pathlib import Path


def test_every_import_contract_is_kept(repository: Path) -> None:
    """import-linter reads modules, keeps all three contracts and breaks none."""
    beside_python = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert beside_python is not None
    done = subprocess.run(
        [beside_python, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 3 kept, 0 broken." in done.stdout
    assert "Analyzed 0 files" not in done.stdout


def test_help_loads_nothing_heavy() -> None:
    """``casebook --help`` loads neither pydantic nor WeasyPrint, and does load the commands."""
    program = (
        "import sys\n"
        "from casebook.cli import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit:\n"
        "    pass\n"
        "print('loaded:', *sorted({'click', 'pydantic', 'weasyprint'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "submit" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded: click"
