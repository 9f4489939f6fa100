"""What casebook takes from strangers at most: every limit on untrusted input, in one place.

``docs/limits.md`` is made of this module. A limit says its unit in its name, and below it what it
bounds and why it is this figure and no other.
"""

from typing import Final

# --- a submission's zip ----------------------------------------------------------------------

ARCHIVE_BYTES: Final = 256_000_000
"""A zip, sealed or not, before it is unpacked; about ten times the largest submission seen."""

ARCHIVE_ENTRIES: Final = 4_000
"""Files in a zip."""

ARCHIVE_TOTAL_BYTES: Final = 512_000_000
"""All files of a zip unpacked."""

ARCHIVE_FILE_BYTES: Final = 128_000_000
"""One file of a zip unpacked."""

ARCHIVE_NAME_BYTES: Final = 512
"""One name in a zip, folders included."""

ARCHIVE_RATIO: Final = 200
"""Unpacked to packed size of one file that unpacks to more than a megabyte; text reaches about 20,
deflate at most 1032."""
