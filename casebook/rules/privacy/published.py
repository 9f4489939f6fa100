"""What in a file is about published work: citations, and the list of references.

Names in it are authors', who are no clients; and a citation whose key is changed cites nothing.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from casebook.rules.privacy.text_lines import lines_of

_KEYS: Final = r"@[^\s\[\]@;,]{1,80}(?:\s{0,80}[;,]\s{0,80}@[^\s\[\]@;,]{1,80}){0,40}"
_CITATION: Final = re.compile(rf"\[{_KEYS}\]")
_KEY: Final = re.compile(r"@([^\s\[\]@;,]+)")
_REFERENCES: Final = re.compile(r"""(["']?)references\1[ \t]*:(?=\s|$)""")
_GOES_ON: Final = frozenset(" \t-[]{}")
"""How a line begins that does not begin another key of the file itself."""


def citations_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text cites works: ``[@key]``, ``[@one; @two]``."""
    return tuple(found.span() for found in _CITATION.finditer(text))


def cites_only(citation: str, works: Collection[str]) -> bool:
    """Whether all keys of a citation are those of works that are listed."""
    return all(key in works for key in _KEY.findall(citation))


def references_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the list of references stands in the text of a case's file, line by line.

    Lines of comment in it are left out: whoever is named there need not be an author.
    """
    within = False
    for line in lines_of(text):
        start, shown = line.start, line.text
        if shown.strip() and shown[0] not in _GOES_ON and not shown.startswith("#"):
            within = _REFERENCES.match(shown) is not None
        if within and not shown.lstrip().startswith("#"):
            yield start, start + len(shown)
