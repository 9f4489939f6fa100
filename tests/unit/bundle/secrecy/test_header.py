"""A sealed file is opened only when its header, read strictly, names X25519 keys and no other way.

The stanzas are written by hand from the grammar in c2sp.org/age: ``->`` and words, then base64
without padding in lines of 64, of which the last is shorter.
"""

from typing import Final

import pytest

from casebook.bundle.secrecy import Identity, SealRefused, is_sealed, new_identity, unseal
from casebook.bundle.secrecy.header import read_header, refuse_unwanted
from casebook.limits import SEAL_HEADER_BYTES, SEAL_STANZAS

SHARE: Final = "TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc"  # 32 bytes in 43 letters
WRAPPED: Final = "EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U"
KEY: Final = f"-> X25519 {SHARE}\n{WRAPPED}\n"
END: Final = f"--- {SHARE}\n"
GREASE: Final = "-> ~T-grease 4*z +\n" + "A" * 64 + "\n\n"


def sealed(*stanzas: str, version: str = "v1", end: str = END) -> bytes:
    text = f"age-encryption.org/{version}\n{''.join(stanzas)}{end}"
    return text.encode("latin-1") + bytes(48)


GOOD: Final = {
    "one key": sealed(KEY),
    "grease before and behind it": sealed(GREASE, KEY, GREASE),
    "as many keys as are read": sealed(KEY * SEAL_STANZAS),
}


@pytest.mark.parametrize("case", GOOD)
def test_a_header_of_keys_and_grease_is_taken(case: str) -> None:
    refuse_unwanted(GOOD[case])
    assert is_sealed(GOOD[case])


def test_a_header_is_read_into_its_stanzas() -> None:
    """Grease may have any words, and a body that ends with an empty line: 64 letters, 48 bytes."""
    key, grease = read_header(sealed(KEY, GREASE))
    assert (key.kind, key.arguments, len(key.body)) == ("X25519", (SHARE,), 32)
    assert (grease.kind, grease.arguments, grease.body) == ("~T-grease", ("4*z", "+"), bytes(48))


def other(words: str, body: str = WRAPPED) -> str:
    return f"-> {words}\n{body}\n"


UNWANTED: Final = {
    "a passphrase": (sealed(other("scrypt c2FsdA 18")), "a passphrase"),
    "a passphrase that costs years": (sealed(other("scrypt c2FsdA 62")), "a passphrase"),
    "a passphrase beside a key": (sealed(KEY, other("scrypt c2FsdA 18")), "a passphrase"),
    "an RSA key": (sealed(other("ssh-rsa aB3x")), "an SSH key"),
    "an SSH key": (sealed(KEY, other("ssh-ed25519 aB3x c2FsdA")), "an SSH key"),
    "a token": (sealed(KEY, other("piv-p256 aB3x c2FsdA")), "a security token"),
    "a tagged token": (sealed(other("p256tag aB3x c2FsdA")), "a security token"),
    "a post-quantum key": (sealed(KEY, other("mlkem768x25519 c2FsdA")), "a post-quantum key"),
    "a program's own way": (sealed(KEY, other("yubikey aB3x")), "unknown here: yubikey"),
    "another spelling": (sealed(other(f"x25519 {SHARE}")), "unknown here: x25519"),
    "grease alone": (sealed(GREASE), "no X25519 key"),
    "grease without its hyphen": (sealed(KEY, other("grease")), "unknown here: grease"),
    "more keys than are read": (sealed(KEY * (SEAL_STANZAS + 1)), "more than 8 stanzas"),
    "version 2": (sealed(KEY, version="v2"), "version 'v2'"),
    "version 1 with a line end of Windows": (sealed(KEY, version="v1\r"), "version 'v1"),
    "a colour for the terminal": (sealed(KEY, version="\x1b[31mv1"), "version"),
    "armor": (b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n", "armored"),
    "a zip": (b"PK\x03\x04" + bytes(10_000), "no file sealed with age"),
    "nothing": (b"", "no file sealed with age"),
}

DAMAGED: Final = {
    "no stanza": sealed(),
    "two shares": sealed(other(f"X25519 {SHARE} {SHARE}")),
    "no share": sealed(other("X25519")),
    "a share of 31 bytes": sealed(other(f"X25519 {'A' * 42}")),
    "a share of 33 bytes": sealed(other(f"X25519 {'A' * 44}")),
    "a share that is no base64": sealed(other(f"X25519 {SHARE[:-1]}!")),
    "a share in another spelling": sealed(other(f"X25519 {SHARE[:-1]}d")),
    "a share with padding": sealed(other(f"X25519 {SHARE}=")),
    "a key of 16 bytes": sealed(other(f"X25519 {SHARE}", "A" * 22)),
    "a key in another spelling": sealed(other(f"X25519 {SHARE}", WRAPPED[:-1] + "V")),
    "a key with padding": sealed(other(f"X25519 {SHARE}", WRAPPED + "=")),
    "a key with a blank behind it": sealed(other(f"X25519 {SHARE}", WRAPPED + " ")),
    "a key in two short lines": sealed(other(f"X25519 {SHARE}", f"{WRAPPED[:20]}\n{WRAPPED[20:]}")),
    "a body line of 65 letters": sealed(KEY, "-> a-grease\n" + "A" * 65 + "\n"),
    "a body without its last line": sealed(KEY, "-> a-grease\n" + "A" * 64 + "\n"),
    "a base64 length that no bytes have": sealed(KEY, "-> a-grease\nA\n"),
    "two blanks": sealed(other(f"X25519  {SHARE}")),
    "a blank at the end": sealed(other(f"X25519 {SHARE} ")),
    "a tab": sealed(other(f"X25519\t{SHARE}")),
    "no word": sealed(other("")),
    "another arrow": sealed(f"=> X25519 {SHARE}\n{WRAPPED}\n"),
    "a letter beyond ASCII": sealed(KEY, other("\xe9-grease")),
    "an end that is cut": sealed(KEY, end=f"--- {SHARE[:-1]}\n"),
    "an end in another spelling": sealed(KEY, end=f"--- {SHARE[:-1]}d\n"),
    "an end without its blank": sealed(KEY, end=f"---{SHARE}\n"),
    "an end with a blank behind it": sealed(KEY, end=f"--- {SHARE} \n"),
    "a line end of Windows": sealed(KEY, end=f"--- {SHARE}\r\n"),
}

REFUSED: Final = {
    **UNWANTED,
    **{case: (content, "its header is damaged") for case, content in DAMAGED.items()},
    "a header that is cut short": (sealed(KEY, end="").rstrip(b"\0"), "cut short"),
    "an end without its line end": (sealed(KEY, end=END.strip()).rstrip(b"\0"), "cut short"),
    "a line without an end": (sealed("-> a" + "b" * SEAL_HEADER_BYTES), "longer than 8192 bytes"),
    "a body without an end": (
        sealed("-> a-grease\n" + ("A" * 64 + "\n") * 200), "longer than 8192 bytes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_every_other_header_is_refused_before_anything_is_decrypted(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("it came to decrypting")

    content, words = REFUSED[case]
    identity = new_identity()
    monkeypatch.setattr("pyrage.decrypt", never)
    with pytest.raises(SealRefused, match=words):
        unseal(content, identity)


def test_a_header_may_be_as_long_as_the_limit_and_no_longer() -> None:
    """One long word fills it; behind the header stand 48 bytes that are none of it."""
    room = SEAL_HEADER_BYTES - (len(sealed(KEY, "-> a-grease \n\n")) - 48)
    refuse_unwanted(sealed(KEY, f"-> a-grease {'b' * room}\n\n"))
    with pytest.raises(SealRefused, match="longer than"):
        refuse_unwanted(sealed(KEY, f"-> a-grease {'b' * (room + 1)}\n\n"))


def test_a_refusal_shows_little_of_what_a_stranger_wrote() -> None:
    with pytest.raises(SealRefused) as refusal:
        refuse_unwanted(sealed(other("z" * 5_000)))
    assert len(str(refusal.value)) < 150


def test_an_identity_does_not_show_its_secret() -> None:
    identity = new_identity()
    assert identity.secret not in repr(identity)
    assert Identity.parse(identity.secret) == identity
