"""How much all attachments of a portfolio hold together, before anything is made of them."""

from collections.abc import Iterable, Iterator

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.errors import CasebookError
from casebook.limits import ATTACHMENT_BYTES, ATTACHMENTS_BYTES, PICTURES_BYTES
from casebook.source.attachments import Attachment
from casebook.source.folder import Folder


def check_amounts(attachments: Iterable[Attachment], folder: Folder) -> Iterator[Finding]:
    """Find the attachment with which they are too much together.

    Files count once, pictures besides as often as pages show them. One that cannot be read counts
    nothing here.
    """
    sizes: dict[str, int] = {}
    total_bytes = shown_bytes = 0
    for named in attachments:
        if named.path not in sizes:
            sizes[named.path] = _size_bytes(folder, named.path)
            total_bytes += sizes[named.path]
        shown_bytes += sizes[named.path] if named.picture else 0
        if total_bytes > ATTACHMENTS_BYTES:
            yield codes.TOO_MUCH.at(
                named.place,
                f"with `{named.path}`, all attachments have more than {ATTACHMENTS_BYTES:,} bytes",
                "scan forms with fewer dots to the inch, or in grey",
            )
            return
        if shown_bytes > PICTURES_BYTES:
            yield codes.TOO_MUCH.at(
                named.place,
                f"with `{named.path}`, all figures have more than {PICTURES_BYTES:,} bytes; one "
                "that is shown again counts again",
                "save the pictures smaller, or show fewer",
            )
            return


def _size_bytes(folder: Folder, path: str) -> int:
    try:
        return len(folder.read(path, ATTACHMENT_BYTES)) if folder.holds(path) else 0
    except CasebookError:
        return 0
