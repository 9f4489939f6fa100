"""One packet from a portfolio's folder, in a process of its own.

python -m benchmarks.one_packet straightforward|casebook FOLDER
"""

import sys
from pathlib import Path

from benchmarks.graded import graded_at
from casebook.source.pictures import drawing_once


def main(which: str, folder: Path) -> None:
    """Read the portfolio and make the packet; the bytes go nowhere."""
    with drawing_once():
        graded = graded_at(folder)
        packet = graded.packet()
        if which == "casebook":
            from casebook.render.together import documents_pdf

            documents_pdf({"packet": packet})
        else:
            from benchmarks.straightforward.pages import straightforward_pdf, words_of

            straightforward_pdf(words_of(graded.portfolio, packet, graded.pictures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
