"""The tables of official series: columns of dated tables, and the words by which they are found.

A series belongs to a version of a document and can be read from its text anew. Its rows are kept together, packed: they
are always asked for together, and a daily series of ten years has some thousands.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from headwater.corpus.tables import NUMBER


class SeriesRow(SQLModel, table=True):
    """A column of a dated table. Names as in `domain.series`; days are YYYY-MM-DD."""

    __tablename__ = "series"

    id: int | None = Field(default=None, sa_column=Column(NUMBER, primary_key=True))
    version_id: int = Field(sa_column=Column(NUMBER, ForeignKey("versions.id"), nullable=False, index=True))
    ordinal: int  # its place among the series of the version, from 0
    measure: str
    caption: str
    step: str
    nature: str
    unit: str
    scale: str
    first_day: str
    last_day: str
    length: int = Field(sa_column=Column(Integer, nullable=False))  # rows
    points: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SeriesWordRow(SQLModel, table=True):
    """A stem of a series' names, or of its document's title."""

    __tablename__ = "series_words"

    id: int | None = Field(default=None, sa_column=Column(NUMBER, primary_key=True))
    series_id: int = Field(sa_column=Column(NUMBER, ForeignKey("series.id"), nullable=False, index=True))
    stem: str = Field(index=True)


SERIES = SQLModel.metadata.tables["series"]
SERIES_WORDS = SQLModel.metadata.tables["series_words"]
