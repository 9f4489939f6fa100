"""The rules that a reader has of their own: those count, and never the ones that came along."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.bundle.inventory import ProgramUsed
from casebook.domain.program.program import Program
from casebook.source.program import shipped_programs
from casebook.workflow.programs import program_with_files

DIGEST_SHOWN: Final = 16


@dataclass(frozen=True, slots=True)
class OwnRules:
    """Rules that a submission is held against.

    Attributes:
        program: The rules.
        files: Its files by their names in its own folder.
        called: Whose they are, in words.
    """

    program: Program
    files: Mapping[str, bytes]
    called: str

    def fault_of(self, named: ProgramUsed, used: str) -> str | None:
        """In what a submission was made by other rules than these; None where it was not.

        Args:
            named: The rules that it says it was made by.
            used: The digest of the rules that its files lead to.
        """
        if self.program.digest == named.digest == used:
            return None
        return (
            f"the submission was made by other rules than {self.called}: "
            f"{self._difference(named, used)}"
        )

    def _difference(self, named: ProgramUsed, used: str) -> str:
        own = self.program
        if named.id != own.rules.id:
            return f"'{named.id}', yours is '{own.rules.id}'"
        if named.version != own.rules.version:
            return f"version {named.version}, yours is {own.rules.version}"
        digest = used if used != own.digest else named.digest
        return (
            f"version {named.version} as yours, with other content (digest "
            f"{digest[:DIGEST_SHOWN]}…, yours is {own.digest[:DIGEST_SHOWN]}…); whoever changes "
            "rules raises their `version`"
        )


def own_rules(program_id: str, program_path: Path | None) -> OwnRules | None:
    """The rules to hold a submission against; None where the reader has none.

    Args:
        program_id: The program that the submission names.
        program_path: The rules that the reader named, which go before those that ship.

    Raises:
        UsageError: There is no such program, or it has faults.
    """
    if program_path is not None:
        return OwnRules(*program_with_files(str(program_path)), "the rules you named")
    if program_id in shipped_programs():
        return OwnRules(*program_with_files(program_id), "the rules that ship with casebook")
    return None
