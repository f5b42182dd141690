"""The shapes of what `/v1/coverage` answers, and of the line about it under a check."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class CoverageShape(BaseModel):
    """Base of the shapes: no unknown members."""

    model_config = ConfigDict(extra="forbid")


class CorpusScopeAnswer(CoverageShape):
    """What was looked through: finding nothing in it can be judged by it."""

    documents: int = Field(ge=0)
    publishers: int = Field(ge=0, description="How many there are.")
    first_day: date | None
    last_day: date | None
    languages: list[str] = Field(description="BCP 47 tags, that of most documents first.")
    last_sync: datetime | None = Field(description="When a source was last brought up to date with its publisher.")
    line: str = Field(description="The same as one sentence, to be shown under an answer.")


class CountedDocuments(CoverageShape):
    """Documents of one kind."""

    name: str
    documents: int = Field(ge=0)


class PublisherHeld(CoverageShape):
    """What the corpus holds of one publisher."""

    publisher: str
    documents: int = Field(ge=0)
    versions: int = Field(ge=0)
    document_types: list[CountedDocuments]
    languages: list[CountedDocuments]
    first_day: date | None
    last_day: date | None


class SourceSynced(CoverageShape):
    """Where the sync of one source stands."""

    name: str
    title: str
    last_sync: datetime | None = Field(description="End of the last sync in which everything could be read.")
    listed_until: datetime | None = Field(description="Until when everything that it published has been listed.")
    not_before: datetime | None = Field(description="Until when its publisher wants to be left alone.")
    read: int = Field(ge=0, description="Documents listed and read.")
    waiting: int = Field(ge=0, description="Listed, and still to be read.")
    failed: int = Field(ge=0, description="Listed, and could not be read so far.")


class CoverageAnswer(CoverageShape):
    """What the corpus holds."""

    line: str
    corpus: str = Field(description="Revision of the corpus, as the answers to checks name it.")
    documents: int = Field(ge=0)
    versions: int = Field(ge=0)
    passages: int = Field(ge=0)
    first_day: date | None
    last_day: date | None
    last_sync: datetime | None
    statuses: dict[str, int] = Field(
        description="Documents by what became of them: live, withdrawn, gone, redirected. None is ever deleted for it."
    )
    languages: list[CountedDocuments]
    document_types: list[CountedDocuments]
    publishers: list[PublisherHeld] = Field(description="Those with most documents first.")
    sources: list[SourceSynced] = Field(description="Those that were ever synced.")
