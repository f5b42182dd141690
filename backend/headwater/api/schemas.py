"""The shapes of requests. Unknown fields are refused; a text passes as it came, lone surrogates included."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from headwater.checking import CheckContext
from headwater.comparison.house_style import UnknownHouseStyleError, house_styles, parse_house_style
from headwater.corpus.filters import PassageFilters
from headwater.report.linked import LinkedArticle

MAX_SHORT_CHARACTERS = 2_000  # titles, addresses, and the words around a highlight
MAX_FILTER_VALUES = 50
MAX_PASSAGES = 20  # per claim: a reader compares a handful
AS_OF = (
    "A day: of each document the version in force at its end answers, and what the latest says otherwise is named; "
    "documents that had not appeared are left out."
)
LARGEST_WHOLE = 2**53  # beyond it a float no longer tells one whole number from the next
ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].{1,40})?")


def _as_it_came(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Input should be a valid string")
    return value


def _short(value: object) -> str:
    text = _as_it_came(value)
    if len(text) > MAX_SHORT_CHARACTERS:
        raise PydanticCustomError("string_too_long", f"Input should have at most {MAX_SHORT_CHARACTERS} characters")
    return text


def whole(value: object) -> object:
    """Return 12 for 12.0, which is an integer in JSON; anything else as it came."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_WHOLE else value


def _iso_day(value: object) -> date | None:
    if value is None:
        return None
    match = ISO_DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        message = "Input should be a day as YYYY-MM-DD; a time after it is left out"
        raise PydanticCustomError("date_type", message) from None


def _house_style(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise PydanticCustomError("list_type", "Input should be a list of switches of house style")
    try:
        return parse_house_style(value)
    except UnknownHouseStyleError as error:
        raise PydanticCustomError("house_style", "{reason}", {"reason": str(error)}) from None


Text = Annotated[str, PlainValidator(_as_it_came), WithJsonSchema({"type": "string"})]
ShortText = Annotated[
    str, PlainValidator(_short), WithJsonSchema({"type": "string", "maxLength": MAX_SHORT_CHARACTERS})
]
Day = Annotated[
    date | None,
    PlainValidator(_iso_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}),
]
HouseStyle = Annotated[
    tuple[str, ...] | None,
    PlainValidator(_house_style),
    WithJsonSchema(
        {"anyOf": [{"type": "array", "items": {"type": "string", "enum": list(house_styles())}}, {"type": "null"}]}
    ),
    Field(description="Switches of house style that are on for this text; null for the operator's, [] for none."),
]

Shown = Annotated[int, Field(ge=1, le=MAX_PASSAGES), BeforeValidator(whole)]  # bounds first: the schema names them
FilterValues = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=MAX_FILTER_VALUES)]


class Request(BaseModel):
    """Base of all requests: unknown fields are refused, types are not converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Context(Request):
    """What is known of the document that a text stands in."""

    url: ShortText = Field("", description="Where it stands; a notice says so where that page is itself in the corpus.")
    title: ShortText = Field("", description="Its headline.")
    published: Day = Field(None, description='Its day. Without it "last year" cannot be resolved.')
    prefix: ShortText = Field(
        "", description="Text just before the highlight: it tells who speaks and which year is meant."
    )
    suffix: ShortText = Field("", description="Text just after the highlight.")
    publisher: ShortText = Field("", description="Who published it: of a given source, who says what nobody else says.")
    speaker: ShortText = Field("", description='Who speaks in it as "I" and "we".')

    def to_domain(self, house_style: tuple[str, ...] | None = None) -> CheckContext:
        """Return the pipeline's own form.

        Args:
            house_style: Switches that the request turns on; None for the operator's.
        """
        return CheckContext(
            self.url,
            self.title,
            self.published,
            prefix=self.prefix,
            suffix=self.suffix,
            house_style=house_style,
            publisher=self.publisher,
            speaker=self.speaker,
        )

    def to_linked(self) -> LinkedArticle:
        """Return what linked data say of the article."""
        published = self.published.isoformat() if self.published else ""
        return LinkedArticle(self.url, self.title, published)


class Filters(Request):
    """Which documents may answer; an absent field does not limit, and all fields hold together."""

    publishers: FilterValues = Field([], description="Names of publishers as stored; any of them.")
    document_types: FilterValues = Field([], description="The publishers' words for the type; any of them.")
    published_from: Day = Field(None, description="First day, inclusive.")
    published_to: Day = Field(None, description="Last day, inclusive.")
    language: str = Field("", max_length=35, description='BCP 47 tag; "en" passes "en-GB".')
    latest_only: bool = Field(False, description="Leave out superseded versions.")
    as_of: Day = Field(None, description=AS_OF)

    def to_domain(self) -> PassageFilters:
        """Return the corpus's own form."""
        return PassageFilters(
            tuple(self.publishers),
            tuple(self.document_types),
            self.published_from,
            self.published_to,
            language=self.language,
            latest_only=self.latest_only,
            as_of=self.as_of,
        )


class MatchRequest(Request):
    """A text to check against the corpus."""

    text: Text = Field(description="A highlighted passage or a whole article.")
    context: Context = Field(default_factory=Context)
    filters: Filters | None = None
    as_of: Day = Field(None, description=f"{AS_OF} The same as `as_of` of the filters, before which it goes.")
    limit: Shown | None = Field(None, description="Passages shown per claim.")
    house_style: HouseStyle = None

    def passage_filters(self) -> PassageFilters | None:
        """Return which documents may answer, or None where all may."""
        filters = self.filters.to_domain() if self.filters else PassageFilters()
        if self.as_of is not None:
            filters = replace(filters, as_of=self.as_of)
        return None if filters.is_empty else filters


class CompareRequest(Request):
    """A text to check against one given official text."""

    text: Text = Field(description="The text in hand.")
    source: Text = Field(description="The official text.")
    context: Context = Field(default_factory=Context)
    source_context: Context = Field(default_factory=Context)
    house_style: HouseStyle = None
