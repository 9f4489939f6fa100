"""The steps of hands-on work: test, release, retest, activation.

A step says what it is by its first key. The same steps stand in a case study's ledger, where
only durations are known, and in an observed session, where each also has its time.
"""

from typing import Annotated, Final, Literal

from pydantic import Discriminator, Field, Tag

from casebook.domain.record import Line, Record, Text
from casebook.domain.work.site import Side, StructureName

TestResult = Literal["inhibited", "fires"]
"""inhibited: the muscle fails the test; fires: it holds."""

Grade = Annotated[int, Field(ge=0, le=5)]
"""Medical Research Council grade: 0 none to 5 normal. Half grades lower agreement
(s12998-017-0159-6), so there are none."""

Seconds = Annotated[int, Field(ge=0, le=3_600)]


class _OnSide(Record):
    side: Side | None = None
    """left, right, both or midline."""
    note: Text | None = None
    """Anything worth remembering of this step."""


class TestStep(_OnSide):
    """A manual muscle test before any work on it."""

    __test__ = False  # Why: pytest takes classes named Test… for tests.

    test: StructureName
    """The muscle tested."""
    result: TestResult
    """inhibited when the muscle fails the test, fires when it holds."""
    grade: Grade | None = None
    """The strength grade, 0 to 5, if it was noted."""
    blinded: bool | None = None
    """Whether the tester did not know what was expected."""


class ReleaseStep(_OnSide):
    """Work on the structure that does the inhibited muscle's job."""

    release: StructureName
    """The structure released: a muscle, ligament, scar, or the jaw."""
    technique: Line | None = None
    """How it was released: sustained pressure, stretch, massage."""
    seconds: Seconds | None = None
    """How long the release took, in seconds."""


class RetestStep(_OnSide):
    """The same test again, after a release."""

    retest: StructureName
    """The muscle tested again."""
    result: TestResult
    """inhibited when the muscle still fails, fires when it now holds."""
    grade: Grade | None = None
    """The strength grade, 0 to 5, if it was noted."""
    blinded: bool | None = None
    """Whether the tester did not know what was expected."""


class ActivationStep(_OnSide):
    """Using the muscle that came back, right after the retest."""

    activate: StructureName
    """The muscle put to use."""
    exercise: Line | None = None
    """How: bridge, resisted abduction."""
    seconds: Seconds | None = None
    """How long, in seconds."""


STEP_KEYS: Final = ("test", "release", "retest", "activate")
"""The keys that tell what a step is."""


def step_kind(value: object) -> str | None:
    """Name a step by the key that tells its kind; None when there is none of them."""
    keys = value.keys() if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return next((f"{key}-step" for key in STEP_KEYS if key in keys), None)


Step = Annotated[
    Annotated[TestStep, Tag("test-step")]
    | Annotated[ReleaseStep, Tag("release-step")]
    | Annotated[RetestStep, Tag("retest-step")]
    | Annotated[ActivationStep, Tag("activate-step")],
    Discriminator(
        step_kind,
        custom_error_type="step_kind",
        custom_error_message="a step names one of: test, release, retest, activate",
    ),
]
