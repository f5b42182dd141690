# Reads a text the way the figure lane's tests need it: figures and dates, no document around them.
from datetime import date

from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText
from headwater.extraction.dates import extract_dates
from headwater.extraction.quantities import extract_quantities


def read(text: str, published: date | None = None, passage: int | None = None) -> Annotated:
    dates = extract_dates(text, published=published)
    quantities = extract_quantities(text, exclude=tuple(mention.span for mention in dates))
    return Annotated(MappedText.identity(text), Facts(quantities=quantities, dates=dates), passage_id=passage)
