"""The table of readers: what kind of reader an entry of the table of sources names, and what makes it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from headwater.domain.errors import InvalidInputError
from headwater.sources.publishers.contract import ReaderMaker, SourceEntry, SourceReader
from headwater.sources.publishers.federal_register import FederalRegisterReader
from headwater.sources.publishers.feeds import FeedReader
from headwater.sources.publishers.govinfo import GovInfoReader
from headwater.sources.publishers.govuk import GovUkReader
from headwater.sources.publishers.hansard import HansardReader
from headwater.sources.publishers.ons import OnsReader
from headwater.sources.publishers.parliament_written import WrittenQuestionsReader, WrittenStatementsReader
from headwater.sources.publishers.sitemaps import PageReader

READERS: Mapping[str, ReaderMaker] = {
    "govuk": GovUkReader,
    "parliament_questions": WrittenQuestionsReader,
    "parliament_statements": WrittenStatementsReader,
    "hansard": HansardReader,
    "ons": OnsReader,
    "federal_register": FederalRegisterReader,
    "govinfo": GovInfoReader,
    "feed": FeedReader,
    "pages": PageReader,
}


@cache
def shipped_sources() -> Mapping[str, SourceEntry]:
    """Return the entries of the table of sources that is shipped, by name, in its order."""
    table = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
    return {
        name: SourceEntry(name, entry["title"], entry["reader"], entry.get("options", {}))
        for name, entry in table.items()
    }


def make_reader(entry: SourceEntry) -> SourceReader:
    """Return the reader of an entry.

    Args:
        entry: Of the shipped table, or as a user added it.

    Raises:
        InvalidInputError: If there is no reader of its kind, or an option is missing or cannot be used.
    """
    maker = READERS.get(entry.reader)
    if maker is None:
        known = ", ".join(READERS)
        raise InvalidInputError(f"source {entry.name!r}: no reader of kind {entry.reader!r}; those there are: {known}")
    return maker(entry)
