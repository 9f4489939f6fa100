"""What the files of one portfolio may hold together.

Why beside the limits of one file: four thousand files that are each within theirs would take hours
and all memory.
"""

from dataclasses import dataclass, field

from casebook.diagnostics import codes
from casebook.diagnostics.finding import Finding
from casebook.diagnostics.place import Place
from casebook.limits import FILE_BYTES, PORTFOLIO_NODES, PORTFOLIO_TEXT_BYTES, PORTFOLIO_WORKS

_REMEDY = "hand in what the program asks for, and no more; is a text in it twice?"


@dataclass(slots=True)
class Allowance:
    """What is left of it while file after file is read.

    Attributes:
        text_bytes: Bytes of text.
        nodes: Values in files.
        spent: Whether something was refused, so that nothing further is read.
    """

    text_bytes: int = PORTFOLIO_TEXT_BYTES
    nodes: int = PORTFOLIO_NODES
    spent: bool = field(default=False, init=False)

    def fault_of_count(self, path: str, works: int) -> Finding | None:
        """Say that there are too many works for one portfolio, at the path of its own file."""
        if works <= PORTFOLIO_WORKS:
            return None
        said = f"{works:,} case studies and sessions; a portfolio has at most {PORTFOLIO_WORKS:,}"
        return self._refused(path, said)

    def fault_of_text(self, path: str, size_bytes: int) -> Finding | None:
        """Take a file's bytes off before it is read; say so where too few are left.

        A file above the limit for one is refused unread, and counts no further than that.
        """
        self.text_bytes -= min(size_bytes, FILE_BYTES)
        if self.text_bytes >= 0:
            return None
        return self._refused(
            path,
            f"with this file, all texts together have more than {PORTFOLIO_TEXT_BYTES:,} bytes",
        )

    def fault_of_nodes(self, path: str, nodes: int) -> Finding | None:
        """Take a file's values off once they were read; say so where it had too many."""
        self.nodes -= nodes
        if self.nodes >= 0:
            return None
        return self._refused(
            path, f"with this file, all files together have more than {PORTFOLIO_NODES:,} values"
        )

    def _refused(self, path: str, said: str) -> Finding:
        self.spent = True
        return codes.TOO_MUCH.at(Place(path), said, _REMEDY)
