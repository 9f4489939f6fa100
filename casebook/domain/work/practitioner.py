"""Who did the work: the part that published bodywork case reports leave out most often.

Source: the bodywork adaptation of CARE (IJTMB; PubMed 25184013).
"""

from casebook.domain.record import Record, Text


class Practitioner(Record):
    """The practitioner, without a name: the portfolio's cover has that."""

    scope: Text | None = None
    """What the practitioner may do where they work, and may not."""
    environment: Text | None = None
    """The practice: rooms, equipment, alone or in a team."""
    experience: Text | None = None
    """Years in practice, and with cases like this."""
    training: Text | None = None
    """Courses that bear on the work."""
    credentials: Text | None = None
    """Licences and certificates, without their numbers."""
