"""Python's own refusals, which stand where the kernel has none."""

import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import os, pathlib, socket, subprocess, sys
from casebook.confinement.audit import refuse_in_python
allowed, secret = map(pathlib.Path, sys.argv[1:])
refuse_in_python([allowed])
print((allowed / "in.txt").read_text())
tries = {
    "read": secret.read_bytes,
    "beside": (allowed / ".." / secret.name).read_bytes,
    "list": lambda: os.listdir(secret.parent),
    "write": lambda: (allowed / "new").write_text("x"),
    "append": lambda: (allowed / "in.txt").open("a"),
    "remove": (allowed / "in.txt").unlink,
    "socket": lambda: socket.socket().connect(("127.0.0.1", 9)),
    "run": lambda: subprocess.run([sys.executable, "-c", ""]),
    "system": lambda: os.system("true"),
    "link": lambda: (allowed / "link").read_bytes(),
}
for name, tried in tries.items():
    try:
        tried()
    except PermissionError:
        continue
    print("open:", name)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it makes a link")
@pytest.mark.may_skip("links want a right on Windows")
def test_all_but_reading_where_that_is_allowed_is_refused(tmp_path: Path) -> None:
    """Names that lead elsewhere by dots or by a link are followed first."""
    allowed = tmp_path / "allowed"
    allowed.mkdir()
    (allowed / "in.txt").write_text("words")
    secret = tmp_path / "secret"
    secret.write_text("name")
    (allowed / "link").symlink_to(secret)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(allowed), str(secret)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["words"]
    assert (allowed / "in.txt").read_text() == "words"
