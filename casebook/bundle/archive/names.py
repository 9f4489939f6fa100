"""Names in an archive: what each must be by itself, and all of them together."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from casebook.bundle.archive.refusal import Limits, refuse, refuse_entry
from casebook.files import name_clash, name_fault

_TOPS_SHOWN: Final = 80
# Marks without a shape, and characters that only some private agreement gives one. Both categories
# hold the same characters in every version of Unicode that casebook meets, but for additions.
_UNSEEN: Final = frozenset(["Cf", "Co"])


def refuse_name(name: str, limits: Limits) -> None:
    """Refuse a name that some system stores otherwise than written, or shows otherwise.

    Raises:
        ArchiveRefused: It is one.
    """
    if fault := name_fault(name):
        refuse_entry(name, f"its name {fault}")
    if len(name.encode()) > limits.name_bytes:
        refuse_entry(name, f"its name is longer than {limits.name_bytes} bytes")
    if name.count("/") >= limits.name_parts:
        refuse_entry(name, f"its name has more than {limits.name_parts} parts")
    if not unicodedata.is_normalized("NFC", name):
        refuse_entry(name, "its name is not in Unicode's composed form (NFC)")
    if not _UNSEEN.isdisjoint(map(unicodedata.category, name)):
        refuse_entry(name, "its name holds a character that cannot be seen")
    if "/" not in name:
        refuse_entry(name, "it does not stand in the one top folder")


def one_top(names: Sequence[str]) -> str:
    """The one top folder of names, each without fault by itself.

    Raises:
        ArchiveRefused: There are several, or two names would meet on some disk.
    """
    if clash := name_clash(names):
        name, why = clash
        refuse_entry(name, f"its name {why}")
    tops = sorted({name.partition("/")[0] for name in names})
    if len(tops) != 1:
        refuse(
            f"it must have one top folder and has {len(tops)}: {', '.join(tops)[:_TOPS_SHOWN]!r}"
        )
    return tops[0]
