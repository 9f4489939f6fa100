"""What a confined process asks of the kernel while it works on hostile input, by strace."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.confinement.landlock import landlock_version
from casebook.resources import templates_dir
from tests.hostile.rendering_bombs import BOMBS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.may_skip("strace is a tool of Linux"),
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
    pytest.mark.skipif(landlock_version() == 0, reason="the kernel keeps no process from files"),
]

_CALLS = "%network,%file,%process,kill,tkill,ptrace,landlock_restrict_self,seccomp,prctl"

_BAIT = (
    '<p><img src="https://example.org/x.png" alt="a"> ![b](file:///etc/passwd) '
    "[c](http://169.254.169.254/latest) ![d](//example.org/d.png)"
)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The calls of all children, from the moment their walls stood."""
    folder = tmp_path_factory.mktemp("traced")
    studio = Path(__file__).parents[1] / "portfolios" / "studio"
    shutil.copytree(studio, folder / "studio")
    for name, content in BOMBS["emphasis in emphasis"]().items():
        text = content.replace(
            b"introduction: |2\n", b"introduction: |2\n  " + _BAIT.encode() + b"\n"
        )
        (folder / "studio" / name).write_bytes(text[:12_000].rpartition(b"\n")[0] + b"\n")
    done = subprocess.run(
        ["strace", "-f", "-ff", "-qq", "-o", "calls", "-e", f"trace={_CALLS}",
         sys.executable, "-m", "casebook", "render", "studio", "--date", "2026-07-01"],
        cwd=folder, env={"PYTHONPATH": str(studio.parents[2]), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    found = []
    for trace in folder.glob("calls.*"):
        _, confined, after = trace.read_text("utf-8", "replace").partition("landlock_restrict_self")
        if confined:
            found.append(after)
    assert len(found) >= 2, "children that make pages were traced"
    return found


def test_no_call_goes_to_the_network(calls: list[str]) -> None:
    """Nothing even asks, so that nothing had to be refused."""
    for trace in calls:
        assert not re.search(r"^(socket|connect|sendto|sendmsg|bind)\(", trace, re.MULTILINE)


def test_no_program_or_process_is_started_and_none_is_reached(calls: list[str]) -> None:
    """A thread of its own is: Pango starts one."""
    starting = re.compile(r"^(?:execve|execveat|fork|vfork|kill|ptrace|clone3?)\(.*", re.MULTILINE)
    for trace in calls:
        for call in starting.findall(trace):
            assert "CLONE_THREAD" in call or "ENOSYS" in call


def test_only_casebooks_own_files_and_libraries_are_opened_and_for_reading(
    calls: list[str],
) -> None:
    """The interpreter's modules, and templates with typefaces."""
    own = Path(templates_dir()).resolve()
    allowed = (str(own), str(own.parent / "casebook"), sys.prefix, sys.base_prefix)
    opened = [
        (path, flags)
        for trace in calls
        for path, flags in re.findall(
            r'^open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|]+)', trace, re.MULTILINE
        )
        if not path.startswith("/proc/self/")
    ]
    assert any(path.startswith(str(own)) for path, _ in opened)
    assert [path for path, _ in opened if not path.startswith(allowed)] == []
    assert [path for path, flags in opened if re.search("WRONLY|RDWR|CREAT", flags)] == []
