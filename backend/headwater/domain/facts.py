"""The other facts read from text, and the bundle of all facts of one text. Spans are of the text that was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headwater.domain.findings import Side
from headwater.domain.quantities import DateMention, Quantity
from headwater.domain.spans import MappedText, Span


class QuotationForm(StrEnum):
    """How a quotation is set."""

    MARKS = "marks"  # between quotation marks
    BLOCK = "block"  # a block quote without marks
    HEADLINE = "headline"  # a fragment between marks inside a heading
    TERM = "term"  # scare quotes, a title or a coined term: one to three words, not speech


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words set as somebody's own.

    Args:
        surface: With its marks, as written.
        span: Of `surface`.
        words: The words inside, paragraph marks and outer marks removed, as working text.
        inner: Span of the words inside the marks; may hold paragraph breaks.
        form: How it is set.
        continued: True where it opens in one paragraph and closes in a later one.
        speaker: Who says it, as written near it ("They", "Home Secretary"), or "".
    """

    surface: str
    span: Span
    words: str
    inner: Span
    form: QuotationForm = QuotationForm.MARKS
    continued: bool = False
    speaker: str = ""


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    OFFICE = "office"
    ORGANISATION = "organisation"
    PLACE = "place"
    LAW = "law"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A proper name, an office or an acronym; `canonical` is the form names are compared in."""

    surface: str
    span: Span
    kind: NameKind
    canonical: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: `speaker` as written, `verb` ("said", "according to"), and the span of what is said."""

    surface: str
    span: Span
    speaker: str
    verb: str
    content: Span


@dataclass(frozen=True, slots=True)
class Modality:
    """A step on the ladder of status or strength; `cue` is the rule's name for it ("will", "may", "agreed")."""

    surface: str
    span: Span
    cue: str
    step: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts read from one text, each tuple in order of appearance."""

    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    names: tuple[NameMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    modalities: tuple[Modality, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its facts: what comparison sees of a claim and of a passage.

    Args:
        mapped: The working text, with its original: the whole article for a claim, the passage for a passage.
        facts: Their spans are of `mapped.text`.
        offset: Where `mapped.original` begins in the stored document, in code points; 0 for an article.
        passage_id: Of the passage, or None for a claim.
        speaker: Whose words these are, or "" for narration.
        publisher: Of the passage's document, where known; what it publishes it says.
        author: Who speaks in the passage's document as "I" and "we", where its record tells.
        led: An item of a list read on from the line above it, where that denies it or says how it is meant.
    """

    mapped: MappedText
    facts: Facts
    offset: int = 0
    passage_id: int | None = None
    speaker: str = ""
    publisher: str = ""
    author: str = ""
    led: Annotated | None = None

    @property
    def text(self) -> str:
        """The working text."""
        return self.mapped.text

    def side(self, span: Span, value: str = "") -> Side:
        """Return the side of a finding for a span of the working text, as written and where it stands."""
        return Side(self.mapped.surface(span), self.mapped.to_original(span).shift(self.offset), value)
