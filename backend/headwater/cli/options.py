"""Options that several commands share, each with the one help text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from headwater.checking import CheckContext
    from headwater.corpus.filters import PassageFilters

Database = Annotated[
    Path | None, typer.Option("--database", metavar="FILE", help="The corpus.  [HEADWATER_DATABASE]", dir_okay=False)
]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="The embedding model.  [HEADWATER_MODEL]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, in the schema of the service.")]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help='Day of the article, so that "last year" can be read.'),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Answer with the documents as they stood on this day; what the latest versions say otherwise is named.",
    ),
]
HouseStyle = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Differences that are your house's style and count as none, by commas: serial_comma, ise_ize, percent ..."
        "  [HEADWATER_HOUSE_STYLE]",
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, max=20, metavar="N", help="Passages shown per claim.")]


def context_of(published: datetime | None) -> CheckContext:
    """Return what is known of the text's document: its day, or nothing."""
    from headwater.checking import CheckContext  # noqa: PLC0415 - loads the whole pipeline

    return CheckContext(published=published.date() if published else None)


def filters_of(as_of: datetime | None) -> PassageFilters | None:
    """Return which versions may answer: those in force on a day, or all."""
    from headwater.corpus.filters import PassageFilters  # noqa: PLC0415

    return PassageFilters(as_of=as_of.date()) if as_of else None
