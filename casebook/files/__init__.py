"""Files on the user's disk: names that are safe, reading with limits, writing that never harms."""

from casebook.files.marks import made_by_casebook
from casebook.files.names import contained, name_clash, name_fault, safe_name
from casebook.files.reading import read_bytes
from casebook.files.turns import turn_in
from casebook.files.writing import sweep_orphans, write_file, write_new_file, write_tree

__all__ = [
    "contained",
    "made_by_casebook",
    "name_clash",
    "name_fault",
    "read_bytes",
    "safe_name",
    "sweep_orphans",
    "turn_in",
    "write_file",
    "write_new_file",
    "write_tree",
]
