"""The one family of exceptions that casebook raises for its users.

What is wrong *inside* a user's file is never an exception: it is a finding
(``casebook.diagnostics``). These are for what stops the work.
"""

from typing import ClassVar


class CasebookError(Exception):
    """A problem the user can act on; the command line prints it without a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def advised(self) -> str:
        """What happened, and what to do about it where that is known, as one sentence."""
        return f"{self}; {self.hint}" if self.hint else str(self)

    def __reduce__(self) -> tuple[object, ...]:
        # Why: BaseException pickles positional arguments only, and process pools pickle errors.
        return (_rebuild, (type(self), str(self), self.hint))


class UnacceptableWork(CasebookError):
    """The work is not acceptable as it stands, and going on would hide that."""


class UsageError(CasebookError):
    """The request itself cannot be carried out: a wrong path, a wrong name, a refused overwrite."""

    exit_code = 2


class MachineError(CasebookError):
    """The machine refuses: a missing library, an unreadable file, a full disk."""

    exit_code = 3


class Interrupted(CasebookError):
    """The user stopped the work in its middle, and something of it stands."""

    exit_code = 130
    """What a shell expects of a program that was stopped with Control-C."""


def _rebuild(kind: type[CasebookError], message: str, hint: str | None) -> CasebookError:
    return kind(message, hint=hint)
