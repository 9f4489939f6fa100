"""Sealing and unsealing in memory, by pyrage (the age format, version 1)."""

from typing import Final

from casebook.bundle.secrecy.header import SealRefused, refuse_unwanted
from casebook.bundle.secrecy.keys import Identity, Recipient
from casebook.limits import ARCHIVE_BYTES

_NO_KEY_FITS: Final = "No matching keys found"


def seal(content: bytes, recipient: Recipient) -> bytes:
    """Encrypt to one recipient; the same content gives other bytes each time.

    Raises:
        SealRefused: The sealed file would be larger than its readers take.
    """
    import pyrage

    sealed: bytes = pyrage.encrypt(content, [recipient.for_sealing()])
    if len(sealed) > ARCHIVE_BYTES:
        raise SealRefused(f"it would be larger than {ARCHIVE_BYTES} bytes", hint="make it smaller")
    return sealed


def unseal(content: bytes, *identities: Identity) -> bytes:
    """Decrypt with the first identity that fits, after the header was found to be plain.

    What comes out is never larger than what goes in: the format does not compress.

    Raises:
        SealRefused: Too large, an unwanted header, no identity fits, or damaged; nothing of a
            damaged file is given out.
    """
    if len(content) > ARCHIVE_BYTES:
        raise SealRefused(f"it is larger than {ARCHIVE_BYTES} bytes")
    refuse_unwanted(content)
    import pyrage

    try:
        plain: bytes = pyrage.decrypt(content, [each.for_unsealing() for each in identities])
    except pyrage.DecryptError as error:
        if _NO_KEY_FITS in str(error):
            own = " or ".join(str(each.recipient) for each in identities)
            raise SealRefused(
                f"it is not sealed to {own}",
                hint="name the identity it was sealed to, or ask the sender to seal it to yours",
            ) from None
        raise SealRefused(
            "the sealed file is damaged: it is not as it was sealed",
            hint="ask the sender for the file exactly as casebook wrote it",
        ) from None
    return plain
