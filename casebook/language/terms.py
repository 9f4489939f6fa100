"""The words of closed lists as pages say them: sides, findings, timings, severities and the like.

Files and results hold these words in English, whatever language the pages are in. Each list has
a context in the catalogue, since other languages need another word for a late release than for
a late train.
"""

from collections.abc import Mapping
from typing import Final

from casebook.language.catalogue import N_, _, pgettext


def side(word: str) -> str:
    """A side of the body, behind a structure's name: left, right, both sides, midline."""
    return {
        "left": pgettext("side", "left"),
        "right": pgettext("side", "right"),
        "both": pgettext("side", "both sides"),
        "midline": pgettext("side", "midline"),
    }[word]


def with_side(structure: str, side_words: str) -> str:
    """A structure with its side as ``side`` says it: "psoas, left"; alone where there is none."""
    if not side_words:
        return structure
    return _("{structure}, {side}").format(structure=structure, side=side_words)


def finding(word: str) -> str:
    """What a muscle test finds: fires or inhibited."""
    return {
        "fires": pgettext("finding", "fires"),
        "inhibited": pgettext("finding", "inhibited"),
    }[word]


def timing(word: str) -> str:
    """Where the end of the work lies in the window that the failed test opened."""
    return {
        "surely inside": pgettext("timing", "surely inside"),
        "inside": pgettext("timing", "inside"),
        "late": pgettext("timing", "late"),
        "unknown": pgettext("timing", "unknown"),
    }[word]


def severity(word: str) -> str:
    """How bad an adverse event was."""
    return {
        "mild": pgettext("severity", "mild"),
        "moderate": pgettext("severity", "moderate"),
        "severe": pgettext("severity", "severe"),
    }[word]


def mode(word: str) -> str:
    """How a session was observed."""
    return {
        "in person": pgettext("mode", "in person"),
        "video": pgettext("mode", "video"),
    }[word]


def result(word: str) -> str:
    """What an evaluation comes to."""
    return {
        "pass": pgettext("result", "Pass"),
        "fail": pgettext("result", "Fail"),
        "incomplete": pgettext("result", "Incomplete"),
    }[word]


def purpose(scope: str) -> str:
    """What a client agreed to, as it follows "gave informed consent in writing to"."""
    return {
        "record": pgettext("consent", "recording the case"),
        "certifier": pgettext("consent", "showing it to the certifying body"),
        "publish": pgettext("consent", "publishing it"),
    }[scope]


def joint(word: str) -> str:
    """A joint whose range of motion is measured."""
    return _(_JOINTS[word])


def plane(word: str) -> str:
    """A direction in which a joint moves."""
    return _(_PLANES[word])


def _by_itself(*words: str) -> Mapping[str, str]:
    return {word: word for word in words}


_JOINTS: Final = _by_itself(
    N_("neck"), N_("jaw"), N_("shoulder"), N_("elbow"), N_("forearm"), N_("wrist"), N_("thumb"),
    N_("finger"), N_("thoracic spine"), N_("lumbar spine"), N_("hip"), N_("knee"), N_("ankle"),
    N_("foot"), N_("toe"),
)  # fmt: skip

_PLANES: Final = _by_itself(
    N_("flexion"), N_("extension"), N_("abduction"), N_("adduction"), N_("internal rotation"),
    N_("external rotation"), N_("lateral flexion"), N_("rotation"), N_("horizontal abduction"),
    N_("horizontal adduction"), N_("pronation"), N_("supination"), N_("dorsiflexion"),
    N_("plantar flexion"), N_("inversion"), N_("eversion"), N_("opening"),
    N_("radial deviation"), N_("ulnar deviation"),
)  # fmt: skip
