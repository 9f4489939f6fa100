"""Files on the user's disk: names that are safe, reading with limits, writing that never harms."""

from casebook.files.marks import made_by_casebook
from casebook.files.names import contained, name_clash, name_fault, safe_name
from casebook.files.reading import read_bytes
from casebook.files.refusals import telling_what_stands
from casebook.files.temporaries import sweep_orphans
from casebook.files.trees import write_tree
from casebook.files.turns import turn_in
from casebook.files.writing import write_file, write_files, write_new_file, write_new_files

__all__ = [
    "contained",
    "made_by_casebook",
    "name_clash",
    "name_fault",
    "read_bytes",
    "safe_name",
    "sweep_orphans",
    "telling_what_stands",
    "turn_in",
    "write_file",
    "write_files",
    "write_new_file",
    "write_new_files",
    "write_tree",
]
