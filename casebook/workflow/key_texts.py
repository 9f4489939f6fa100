"""Small files that are named for keys in them: read within bounds, and told by what they are."""

from collections.abc import Container
from pathlib import Path
from typing import Final, TypeVar

from casebook.errors import UsageError
from casebook.files import read_bytes
from casebook.limits import KEY_FILE_BYTES
from casebook.source.mistaken_files import MistakenFile, mistaken_file

_MARK: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

FaultT = TypeVar("FaultT", bound=UsageError)


def key_text(path: Path, limit_bytes: int = KEY_FILE_BYTES) -> bytes:
    """What a file with keys, a passphrase or signers holds, without a byte order mark.

    Why without: an editor puts it there, nobody sees it, and it would be a part of a passphrase.

    Raises:
        UsageError: There is no such file, it is too large, or in UTF-16.
        MachineError: The system refuses to read it.
    """
    try:
        content = read_bytes(path, limit_bytes)
    except UsageError as error:
        if not path.is_file():
            raise
        raise UsageError(
            f"{path} is too large for a file with a key",
            hint="such a file has a few lines; see whether another one is meant",
        ) from error
    if content.startswith(_UTF_16) and len(content) % 2 == 0:
        raise UsageError(f"{path} is in UTF-16", hint="save it again with the encoding UTF-8")
    return content.removeprefix(_MARK)


def key_fault(
    path: Path, content: bytes, fault: FaultT, wanted: str, but: Container[MistakenFile] = ()
) -> FaultT:
    """The fault of a file that was named for a key, told by what the file is where that is known.

    Args:
        path: The file.
        content: What it holds.
        fault: What is wrong, as whoever read it says.
        wanted: What was looked for in it, without an article.
        but: Kinds of files that the fault itself tells of better.
    """
    kind = mistaken_file(content)
    if kind is None or kind in but:
        return type(fault)(f"{path}: {fault}", hint=fault.hint)
    return type(fault)(f"{path} is {kind.called}, and no {wanted}", hint=fault.hint)
