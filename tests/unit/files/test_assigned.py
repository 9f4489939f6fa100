"""Names are made of Unicode 14.0, whatever version of Unicode the Python at hand knows."""

import hashlib
import unicodedata

import pytest

from casebook.files import name_fault, safe_name
from casebook.files.assigned import is_assigned

LATER = {
    "15.0": "\U0001fae8",  # shaking face
    "15.1": "\u2ffc",  # an ideographic description character
    "16.0": "\U0001cce1",  # outlined latin capital letter l, taken apart by NFKD since then
    "never": "\u0378",
}


def test_every_python_has_the_same_characters() -> None:
    """The digest is of what Python 3.11 says, whose Unicode is 14.0; another must come to it too.

    284,278 are the 144,697 of 14.0 with its 65 control characters, 2,048 surrogates and 137,468
    places for private use.
    """
    known = "".join(each for each in map(chr, range(0x110000)) if is_assigned(each))
    assert len(known) == 144_697 + 65 + 2_048 + 137_468
    assert hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest() == (
        "2b9e2ba58c245e6c26abde92c6c0c7fa85ce8259a385116bf2a3086121b90189"
    )


def test_the_table_reaches_as_far_as_this_python() -> None:
    """Of a Unicode after 18.0 the additions have to be put into the table first."""
    assert tuple(map(int, unicodedata.unidata_version.split("."))) <= (18, 0, 0)


@pytest.mark.parametrize("character", LATER.values(), ids=LATER)
def test_a_later_character_is_in_no_name(character: str) -> None:
    fault = name_fault(f"attachments/form {character}.pdf")
    assert fault == "holds a character that Unicode 14.0 does not have"
    assert safe_name(f"Jo {character} Lo") == "jo-lo"


def test_characters_up_to_14_are_in_names() -> None:
    """A capital sharp s of 5.1, an emoji of 13.0, and letters of 14.0 itself."""
    assert name_fault("STRA\u1e9eE/\U0001f977/\U00010570.pdf") is None
