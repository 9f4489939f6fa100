"""Sections and their labelled parts: the frame that every written text shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casebook.render.prose import Citations, prose


@dataclass(frozen=True, slots=True)
class Part:
    """A text beside its label; the label is empty where the heading says it all."""

    label: str
    html: Markup

    @property
    def block(self) -> Markup:
        """The text with its label inside its first paragraph.

        Why inside: a label before it could stay behind at the foot of a page.
        """
        if not self.label:
            return Markup('<div class="text">{}</div>').format(self.html)
        label = Markup('<span class="part-label hanging">{}</span>').format(self.label)
        if self.html.startswith("<p>"):
            rest = Markup(self.html[3:])  # noqa: S704 - a tail of finished markup
            return Markup('<div class="part"><p>{}{}</div>').format(label, rest)
        alone = Markup('<p class="part-alone">{}&#8203;</p>').format(label)
        return Markup('<div class="part">{}{}</div>').format(alone, self.html)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it.

    Attributes:
        anchor: The id of the heading on its page.
        title: The heading's words.
        parts: Texts, in order.
        holds: Names what else the template puts here, such as "timeline"; empty for nothing.
        number: Counts the sections of the case itself; None for what surrounds it.
    """

    anchor: str
    title: str
    parts: tuple[Part, ...] = ()
    holds: str = ""
    number: int | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to put under the heading."""
        return not self.parts and not self.holds


def written(texts: Sequence[tuple[str, str | None]], citations: Citations) -> tuple[Part, ...]:
    """The texts that were written, each with its label; what is absent leaves no trace."""
    return tuple(Part(label, prose(text, citations)) for label, text in texts if text)
