"""What the reader of a submission has of their own: keys that open it, and whom they believe."""

from dataclasses import dataclass

from casebook.bundle.secrecy import Identity
from casebook.bundle.signing.signers import SignerPolicy


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever opens a submission.

    Attributes:
        identities: What they open sealed submissions with.
        signers: Whose signatures they believe; None where they have not said.
    """

    identities: tuple[Identity, ...] = ()
    signers: SignerPolicy | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """What others seal to, so that this reader can open it."""
        return tuple(str(each.recipient) for each in self.identities)


ANYBODY = Reader()
"""A reader without keys, who believes nobody in particular."""
