"""All facts of a text at once, and the facts of a part of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, TypeVar

from headwater.domain.facts import Attribution, Facts, Modality, NameMention, Quotation
from headwater.domain.quantities import DateMention, Quantity
from headwater.domain.spans import Span
from headwater.extraction.attribution import extract_attributions, resolve_speakers
from headwater.extraction.dates import extract_dates, find_date_order
from headwater.extraction.modality import extract_modalities
from headwater.extraction.names import extract_names
from headwater.extraction.quantities import extract_quantities
from headwater.extraction.quotations import extract_quotations

DateOrder = Literal["uk", "us"]
Spanned = TypeVar("Spanned", Quantity, DateMention, NameMention, Attribution, Modality)


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a text's own document says that its words need in order to be read.

    Args:
        published: The document's date; without it "last year" cannot be resolved.
        block_quotes: Quotations that the page sets without marks.
        date_order: How 07/11/2024 is read; None to tell by the text itself.
    """

    published: date | None = None
    block_quotes: tuple[str, ...] = ()
    date_order: DateOrder | None = None


def extract_facts(text: str, context: ReadingContext | None = None) -> Facts:
    """Extract every fact of a whole text, so that a speaker is carried from one sentence to the next.

    Args:
        text: Working text.
        context: What its document says.

    Returns:
        Facts in order of appearance; spans are of `text`.
    """
    context = context or ReadingContext()
    facts = FactsOnDemand.of(text, context)
    return Facts(*(getattr(facts, one.name) for one in fields(Facts)))


class FactsOnDemand(Facts):
    """The facts of a text, each kind of them extracted when somebody first asks for it; otherwise as `Facts`.

    A claim without a figure asks nothing about the figures of the passages it is compared with. Safe to share between
    threads: a lost race extracts twice.
    """

    __slots__ = ("_context", "_text")
    _context: ReadingContext
    _text: str

    @classmethod
    def of(cls, text: str, context: ReadingContext, only: Set[str] | None = None) -> FactsOnDemand:
        """Return the facts of a whole text.

        Args:
            text: Working text.
            context: What its document says.
            only: The kinds of facts that are wanted, by the names of their fields; None for all.
        """
        made = object.__new__(cls)  # the fields are left empty: `__getattr__` fills them
        for unwanted in () if only is None else _EXTRACTED.keys() - only:
            object.__setattr__(made, unwanted, ())
        object.__setattr__(made, "_text", text)
        object.__setattr__(made, "_context", context)
        return made

    def __getattr__(self, name: str) -> object:
        """Extract the facts of a kind, asked for the first time."""
        extract = _EXTRACTED.get(name)
        if extract is None:
            raise AttributeError(name)
        found = extract(self, self._text, self._context)
        object.__setattr__(self, name, found)
        return found

    def __eq__(self, other: object) -> bool:
        """Facts are equal whenever they were extracted."""
        if not isinstance(other, Facts):
            return NotImplemented
        return all(getattr(self, one.name) == getattr(other, one.name) for one in fields(Facts))

    __hash__ = Facts.__hash__


def _quantities_of(facts: Facts, text: str, _context: ReadingContext) -> tuple[Quantity, ...]:
    return extract_quantities(text, exclude=tuple(mention.span for mention in facts.dates))


def _dates_of(_facts: Facts, text: str, context: ReadingContext) -> tuple[DateMention, ...]:
    order = context.date_order or find_date_order(text) or "uk"
    return extract_dates(text, published=context.published, order=order)


def _quotations_of(_facts: Facts, text: str, context: ReadingContext) -> tuple[Quotation, ...]:
    return resolve_speakers(text, extract_quotations(text, block_quotes=context.block_quotes))


_EXTRACTED: Mapping[str, Callable[[Facts, str, ReadingContext], object]] = {
    "quantities": _quantities_of,
    "dates": _dates_of,
    "quotations": _quotations_of,
    "names": lambda _facts, text, _context: extract_names(text),
    "attributions": lambda facts, text, _context: extract_attributions(text, facts.quotations),
    "modalities": lambda _facts, text, _context: extract_modalities(text),
}


def facts_within(facts: Facts, span: Span, text: str) -> Facts:
    """Return the facts of a part of a text, with spans counted from the part's start.

    Args:
        facts: Of the whole text.
        span: The part.
        text: The whole text.

    Returns:
        Facts lying wholly inside the part; quotations and attributions that reach beyond it are cut to it.
    """
    return Facts(
        quantities=tuple(_moved_quantity(fact, span) for fact in facts.quantities if span.contains(fact.span)),
        dates=_inside(facts.dates, span),
        quotations=tuple(_cut(fact, span, text) for fact in facts.quotations if span.overlaps(fact.inner)),
        names=_inside(facts.names, span),
        attributions=tuple(
            replace(fact, span=fact.span.shift(-span.start), content=_clip(fact.content, span))
            for fact in facts.attributions
            if span.contains(fact.span)
        ),
        modalities=_inside(facts.modalities, span),
    )


def _inside(facts: Sequence[Spanned], span: Span) -> tuple[Spanned, ...]:
    return tuple(replace(fact, span=fact.span.shift(-span.start)) for fact in facts if span.contains(fact.span))


def _moved_quantity(quantity: Quantity, span: Span) -> Quantity:
    whole = quantity.whole.shift(-span.start) if quantity.whole and span.contains(quantity.whole) else None
    return replace(quantity, span=quantity.span.shift(-span.start), whole=whole)


def _clip(inner: Span, outer: Span) -> Span:
    start = min(max(inner.start, outer.start), outer.end)
    return Span(start, max(start, min(inner.end, outer.end))).shift(-outer.start)


def _cut(quotation: Quotation, span: Span, text: str) -> Quotation:
    if span.contains(quotation.span):
        return replace(quotation, span=quotation.span.shift(-span.start), inner=quotation.inner.shift(-span.start))
    whole, inner = _clip(quotation.span, span), _clip(quotation.inner, span)
    part = span.slice(text)
    return replace(quotation, surface=whole.slice(part), span=whole, inner=inner, words=inner.slice(part))
