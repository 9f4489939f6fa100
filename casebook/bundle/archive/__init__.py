"""The submission as one zip: written alike everywhere, and read from strangers without harm.

RFC 8493 section 4 asks that a packed bag unpack to exactly one folder. There is one way only to
write such a zip, ``profile``; the reader refuses every other, whatever other programs make of it.
"""

from casebook.bundle.archive.reader import Archive, parse_archive
from casebook.bundle.archive.refusal import LIMITS, ArchiveRefused, Limits
from casebook.bundle.archive.writer import write_archive

__all__ = ["LIMITS", "Archive", "ArchiveRefused", "Limits", "parse_archive", "write_archive"]
