"""BagIt (RFC 8493): bags made and checked in memory, and the bags of others read from a folder."""

from casebook.bundle.bag.checking import BagReport, check_bag, examine_bag
from casebook.bundle.bag.contents import PAYLOAD
from casebook.bundle.bag.folder import FolderFiles
from casebook.bundle.bag.making import SOFTWARE_AGENT, make_bag, payload_of
from casebook.bundle.bag.problem import BagFault, BagProblem
from casebook.bundle.bag.tag_files import DECLARATION, INFORMATION

__all__ = [
    "DECLARATION",
    "INFORMATION",
    "PAYLOAD",
    "SOFTWARE_AGENT",
    "BagFault",
    "BagProblem",
    "BagReport",
    "FolderFiles",
    "check_bag",
    "examine_bag",
    "make_bag",
    "payload_of",
]
