"""An archive is refused in a line that no stranger's name can stretch or colour."""

import pickle

import pytest

from casebook.bundle.archive.refusal import ArchiveRefused, refuse, refuse_entry


def test_an_archive_is_refused_with_what_helps() -> None:
    with pytest.raises(ArchiveRefused, match=r"^the archive is refused: it is empty$") as refusal:
        refuse("it is empty", hint="put a file into it")
    assert refusal.value.hint == "put a file into it"


def test_without_advice_of_its_own_the_sender_is_to_be_asked() -> None:
    with pytest.raises(ArchiveRefused) as whole:
        refuse("it is cut")
    with pytest.raises(ArchiveRefused) as entry:
        refuse_entry("t/a", "it is cut")
    hint = "ask the sender for the file exactly as casebook wrote it"
    assert whole.value.hint == entry.value.hint == hint


def test_a_name_is_shown_up_to_80_letters_and_cannot_steer_a_terminal() -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        refuse_entry("\x1b[2J" + "x" * 76 + "y", "it is long")
    assert str(refusal.value) == f"the entry '\\x1b[2J{'x' * 76}' is refused: it is long"


def test_a_refusal_comes_whole_out_of_another_process() -> None:
    back: ArchiveRefused = pickle.loads(pickle.dumps(ArchiveRefused("no", hint="yes")))
    assert (str(back), back.hint) == ("no", "yes")
