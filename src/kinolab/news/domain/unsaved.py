"""What an editor has typed and not saved yet, and what becomes of it where something else has come meanwhile.

Which text was seen is one number for a browser: the number of the saved text that the typing began from, and how often it
was kept since. So whoever saved, and whoever typed on another device, both make it another one.
"""

from dataclasses import dataclass

from kinolab.foundation import merging
from kinolab.foundation.refusals import Refusal

LONGEST = 400_000  # characters; a book
_KEPT = 1_000_000  # more often nobody's text is kept between two savings


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a field for its writer: their own unsaved text, else the saved one.

    `run` names the browser's run of typing that wrote it, `sent` is what that had sent where another's words came in.
    """

    text: str
    began_from: int
    kept: int
    run: str = ""
    sent: str | None = None

    @property
    def version(self) -> int:
        """The number by which a browser says what it has seen."""
        return self.began_from * _KEPT + self.kept


@dataclass(frozen=True, slots=True)
class Typed:
    """A text on its way: the version it began from, its run of typing, and the text it began from, if told."""

    text: str
    version: int
    run: str = ""
    base: str | None = None


def why_not_keep(text: str) -> Refusal | None:
    """Say why the text cannot be kept."""
    return Refusal("text_far_too_long", {"limit": LONGEST}) if len(text) > LONGEST else None


def is_saved(text: str, saved: str) -> bool:
    """Whether a text says what is saved; the empty lines at its ends are not kept by saving."""
    return text.strip("\n") == saved.strip("\n")


def met(now: Standing, typed: Typed) -> str | Refusal:
    """What the field says with the typed text in it. Refused: typing_began_unknown; typed_meanwhile, which a person decides."""
    stands = merging.Written(now.version, now.run, now.text, now.text if now.sent is None else now.sent)
    base = merging.beginning(typed.version, typed.run, [stands])
    if base is merging.UNKNOWN:
        base = typed.base
    if base is None:
        return Refusal("typing_began_unknown")
    merged = merging.texts(str(base), typed.text, now.text)
    return Refusal("typed_meanwhile", {"text": now.text, "version": now.version}) if merged is None else merged
