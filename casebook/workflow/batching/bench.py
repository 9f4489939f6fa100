"""What a worker keeps warm between items: what makes PDFs, and keys that were opened."""

import atexit
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from casebook.files import sweep_orphans
from casebook.workflow.reader import Reader

if TYPE_CHECKING:
    from casebook.bundle.signing.keys import SigningKey
    from casebook.render.together import Presses


@dataclass(frozen=True, slots=True)
class ReaderFiles:
    """What a reader of submissions has, as files that each worker opens for itself.

    Why not opened once: keys never travel.

    Attributes:
        identity: What opens sealed submissions.
        signers: Whose signatures count.
        who: Whose signature it has to be.
        moment: When the signers' keys have to count; no part of what a result depends on.
    """

    identity: Path | None = None
    signers: Path | None = None
    who: str | None = None
    moment: datetime | None = field(default=None, repr=False, compare=False)

    @classmethod
    def now(cls, identity: Path | None, signers: Path | None, who: str | None) -> Self:
        """Those of a reader who asks in this moment."""
        return cls(identity, signers, who, datetime.now().astimezone())

    def opened(self) -> Reader:
        """The reader who has them.

        Raises:
            UsageError: One of them cannot be read.
        """
        from casebook.workflow.sealing import identities_in
        from casebook.workflow.signatures import read_signers

        identities = identities_in(self.identity) if self.identity else ()
        if self.signers is None:
            return Reader(identities)
        moment = self.moment or datetime.now().astimezone()
        return Reader(identities, read_signers(self.signers, moment, self.who))


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """A key to sign with, as files that each worker opens for itself.

    Attributes:
        key: The private key.
        passphrase: What it is locked with.
    """

    key: Path
    passphrase: Path | None = None

    def opened(self) -> "SigningKey":
        """The key.

        Raises:
            UsageError: It cannot be opened.
        """
        from casebook.workflow.key_files import open_key, read_passphrase

        passphrase = self.passphrase
        return open_key(self.key, (lambda _: read_passphrase(passphrase)) if passphrase else None)


class Bench:
    """One worker's own: nothing on it is shared with another thread."""

    def __init__(self) -> None:
        self._presses: Presses | None = None
        self._readers: dict[ReaderFiles, Reader] = {}
        self._keys: dict[KeyFiles, SigningKey] = {}
        # Why now: a worker that was killed has left what it had fetched.
        sweep_orphans(Path(tempfile.gettempdir()))

    def presses(self, portfolio: Path | None = None) -> "Presses":
        """What makes PDFs, one at a time: there are as many workers as there are cores.

        Args:
            portfolio: That whose finished pages are kept beside it; None where none are used, nor
                kept. Why each time: a worker of a cluster does many jobs, and what one may keep
                the next may not, such as who verifies a stranger's file.
        """
        if self._presses is None:
            from casebook.render.together import Presses

            self._presses = Presses(at_once=1)
            # Why: its process is to end before the worker's, and to be counted with it.
            atexit.register(self._presses.close)
        from casebook.workflow.kept_pages import kept_pages

        self._presses.kept = kept_pages(portfolio) if portfolio is not None else None
        return self._presses

    def reader(self, files: ReaderFiles) -> Reader:
        """The reader who has these files."""
        if files not in self._readers:
            self._readers[files] = files.opened()
        return self._readers[files]

    def signing_key(self, files: KeyFiles) -> "SigningKey":
        """The key in these files."""
        if files not in self._keys:
            self._keys[files] = files.opened()
        return self._keys[files]


class _Own(threading.local):
    bench: Bench | None = None


_own = _Own()


def own_bench() -> Bench:
    """The bench of the worker that asks.

    Why of a thread: a worker of a cluster may have several, each with work of its own.
    """
    if _own.bench is None:
        _own.bench = Bench()
    return _own.bench
